from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from tracemark import wording
from tracemark.web import languages, themes
from tracemark.web.access import public

_YEAR = 365 * 24 * 3600


@public
@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Keep the language or the theme chosen at the foot of a page in a cookie, the language in the account too."""
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    answer = redirect(back if safe else "home")
    if (theme := request.POST.get("theme", "")) in themes.THEMES:
        _keep(answer, themes.COOKIE, theme, request)
    if (code := request.POST.get("language", "")) in {each.code for each in wording.LANGUAGES}:
        _keep(answer, languages.COOKIE, code, request)
        if request.user.is_authenticated:
            account = cast("languages.HasLanguage", request.user)
            account.language = code
            account.save(update_fields=["language"])
    return answer


def _keep(answer: HttpResponse, name: str, value: str, request: HttpRequest) -> None:
    answer.set_cookie(name, value, max_age=_YEAR, samesite="Lax", secure=request.is_secure(), httponly=True)
