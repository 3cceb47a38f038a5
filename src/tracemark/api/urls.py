from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt

from tracemark.api.door import api
from tracemark.api.problems import method_not_allowed, not_found

_ROOT = "api-root"


def _worded(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a wrong method be answered like everything else."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        found = view(request, *args, **kwargs)
        return method_not_allowed(request, found["Allow"]) if isinstance(found, HttpResponseNotAllowed) else found

    return answer


@csrf_exempt
def _no_such_operation(request: HttpRequest, rest: str) -> HttpResponse:  # noqa: ARG001 - the address names it
    return not_found(request)


_operations = [each for each in api.urls[0] if isinstance(each, URLPattern) and each.name != _ROOT]
for operation in _operations:
    operation.callback = _worded(operation.callback)

urlpatterns = [
    *_operations,
    path("api/<path:rest>", _no_such_operation),
    path("log/<path:rest>", _no_such_operation),
    path("exchange/<path:rest>", _no_such_operation),
]
"""What a root URL conf takes in as it stands: everything under `api/`, `log/` and `exchange/`."""
