import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

_BEGUN, _KEPT = "begun", "seen"
_SECONDS = 5 * 60


class SessionAgeMiddleware:
    """Let a session end when it lies idle, and a day's work after it began however busy it is.

    Its idle life begins anew at a request, written at most every five minutes.
    """

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(time.time())
            if now - request.session.setdefault(_BEGUN, now) >= settings.SESSION_LONGEST_AGE:
                logout(request)
            elif now - request.session.get(_KEPT, 0) >= _SECONDS:
                request.session[_KEPT] = now
        return self._answer(request)
