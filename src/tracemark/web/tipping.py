"""Tips without a name: pages that set no cookie, keep no address, and hand over nothing but a sealed box.

They are exempt from the check against forged forms, which would need a cookie in the browser of whoever writes, and
nobody's account stands behind them; a form that another site sends is refused by what the browser says of it.
"""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from tracemark import wording
from tracemark.kernel import Refused
from tracemark.node import takes_tips, this_node
from tracemark.participation import MOST_TIP, TIP_DAYS
from tracemark.web.access import View, public
from tracemark.web.forms.consultations import TipCodeForm, TipForm
from tracemark.web.openness import require_public
from tracemark.web.pages import page

_MOST_BYTES = 64 * 1024
_OWN_FORM = ("same-origin", "none", "")
_NO_COOKIE = ""
"""What stands for the token of a form: to ask for one would set a cookie."""


def _tracelessly(view: Callable[[HttpRequest], HttpResponse]) -> View:
    """Open a page where the channel is open; leave nothing of the visitor here, and nothing here in their browser."""

    @csrf_exempt
    @sensitive_post_parameters()
    @require_http_methods(["GET", "POST"])
    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        require_public()
        if not takes_tips() or this_node().tips.desk_key is None:
            raise Http404
        with translation.override(_language(request)):
            answer = _told_off(request) or view(request)
            answer["Content-Language"] = translation.get_language() or "en"
        answer["Referrer-Policy"] = "no-referrer"
        return answer

    return public(guarded)


@_tracelessly
def tip(request: HttpRequest) -> HttpResponse:
    """Take a tip, seal it at once, and give the code that opens the reply."""
    form = TipForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            code = this_node().tips.receive(form.cleaned_data["text"])
        except Refused as refused:
            form.refuse(refused)
        else:
            return _page(request, "web/public/tip_sent.html", 201, code=code)
    status = 422 if form.errors else 200
    return _page(request, "web/public/tip.html", status, form=form, key=this_node().tips.key_name, most=MOST_TIP)


@_tracelessly
def tip_reply(request: HttpRequest) -> HttpResponse:
    """Show the desk's reply to whoever holds a tip's code, and let them take the tip back."""
    form, tips = TipCodeForm(request.POST or None), this_node().tips
    reply, found, gone = None, False, False
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        try:
            if request.POST.get("step") == "take_back":
                tips.take_back(code)
                gone = True
            else:
                reply, found = tips.reply(code), True
        except KeyError:
            form.add_error("code", wording.sentence("web.tips.unknown", {}, to=_language(request)))
    status = 422 if form.errors else 200
    return _page(request, "web/public/tip_reply.html", status, form=form, reply=reply, found=found, gone=gone)


def _told_off(request: HttpRequest) -> HttpResponse | None:
    """Return a page that says why nothing is taken; None where something may be."""
    if request.user.is_authenticated:
        return page(request, "web/public/tip_shut.html", 403, why="web.tips.signed_in")
    if request.method == "POST" and request.headers.get("Sec-Fetch-Site", "") not in _OWN_FORM:
        return _page(request, "web/public/tip_shut.html", 403, why="web.tips.foreign_form")
    if int(request.META.get("CONTENT_LENGTH") or 0) > _MOST_BYTES:
        return _page(request, "web/public/tip_shut.html", 413, why="web.tips.too_large")
    return None


def _page(request: HttpRequest, template: str, status: int, **context: object) -> HttpResponse:
    return page(request, template, status, csrf_token=_NO_COOKIE, days=TIP_DAYS, **context)


def _language(request: HttpRequest) -> str:
    """Return the language asked for in the address, since a cookie would stay; without one, that of the browser."""
    asked = request.GET.get("language", "")
    return asked if asked in [each.code for each in wording.LANGUAGES] else translation.get_language() or "en"
