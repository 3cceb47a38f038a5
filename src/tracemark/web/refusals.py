from collections.abc import Callable
from types import TracebackType

from django.http import HttpRequest, HttpResponse

from tracemark.authorities import NotPermitted
from tracemark.kernel import Refused
from tracemark.tracing import UnreadableReading
from tracemark.web.access import public
from tracemark.web.pages import page


class RefusalMiddleware:
    """Turn what rooms raise into pages with sentences: the one place where a door says no."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._answer(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer what a room refused; anything else is a fault of ours and stays one."""
        if isinstance(error, NotPermitted):
            return page(request, "web/refusals/not_permitted.html", status=403, findings=error.findings)
        if isinstance(error, Refused):
            return page(request, "web/refusals/refused.html", status=422, findings=error.findings)
        if isinstance(error, UnreadableReading):
            return page(request, "web/refusals/unreadable.html", status=422, error=error)
        if isinstance(error, KeyError) and _of_a_room(error.__traceback__):
            return not_found(request)
        return None


def _of_a_room(trace: TracebackType | None) -> bool:
    """Whether a KeyError comes from behind the door: one of the door's own is a mistake, and no 404."""
    module = ""
    while trace is not None:
        module = trace.tb_frame.f_globals.get("__name__", "")
        trace = trace.tb_next
    return module.startswith("tracemark.") and not module.startswith("tracemark.web")


@public
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django passes it
    """Say that there is no such page, weapon, event or case."""
    return page(request, "web/refusals/not_found.html", status=404)


@public
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django passes it
    """Say that this is not permitted."""
    return page(request, "web/refusals/not_permitted.html", status=403, findings=())


@public
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django passes it
    """Say that the request cannot be understood."""
    return page(request, "web/refusals/bad_request.html", status=400)


@public
def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django passes it
    """Say that the form came from elsewhere or was open too long."""
    return page(request, "web/refusals/stale_form.html", status=403)


@public
def failed(request: HttpRequest) -> HttpResponse:
    """Say that something broke here, in a page that needs nothing of what may have broken."""
    return page(request, "web/refusals/failed.html", status=500)
