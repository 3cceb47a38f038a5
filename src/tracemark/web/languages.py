from collections.abc import Callable
from typing import Protocol

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

from tracemark import wording

COOKIE = "language"


class LanguageMiddleware:
    """Answer in the language of the account, of the cookie or of the browser; Django's own words included."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with translation.override(chosen(request).code):
            response = self._answer(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "en")
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response


def chosen(request: HttpRequest) -> wording.Language:
    """Return the language to answer in: the account's own, else that of the cookie, else what the browser asks for."""
    own = getattr(request.user, "language", "") or request.COOKIES.get(COOKIE)
    if own:
        return wording.language(own)
    accepted = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    return wording.negotiate([code for code, _ in accepted])


class HasLanguage(Protocol):
    """An account that keeps its language."""

    language: str

    def save(self, *, update_fields: list[str]) -> None: ...
