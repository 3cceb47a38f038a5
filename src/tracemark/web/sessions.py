import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

_KEPT = "seen"
_SECONDS = 5 * 60


class IdleMiddleware:
    """Let a session end when it lies idle: its life begins anew at a request, written at most every five minutes."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(time.time())
            if now - request.session.get(_KEPT, 0) >= _SECONDS:
                request.session[_KEPT] = now
        return self._answer(request)
