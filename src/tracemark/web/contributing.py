"""Comments and numbers of people without an account: a form, a receipt, and what became of it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from tracemark import participation
from tracemark.kernel import Refused
from tracemark.node import CONTRIBUTIONS_AN_HOUR, RECEIPTS_AN_HOUR, takes_contributions, this_node
from tracemark.participation import Subject
from tracemark.web.access import public
from tracemark.web.fairness import too_often
from tracemark.web.forms.contributions import ContributionForm, ReceiptForm
from tracemark.web.openness import require_public
from tracemark.web.pages import page
from tracemark.web.said import say


@public
@require_http_methods(["GET", "POST"])
def contribute(request: HttpRequest, name: str) -> HttpResponse:
    """Take a comment or a number about something published, where the State takes any, and give a receipt."""
    asked = _subjects(name)
    form = ContributionForm(request.POST or None, subjects=asked, initial={"sort": "comment"})
    if request.method == "POST" and form.is_valid():
        if too_often(request, "contribute", CONTRIBUTIONS_AN_HOUR):
            form.add_error(None, say("web.contribute.too_often", most=CONTRIBUTIONS_AN_HOUR))
            return page(request, "web/public/contribute.html", 429, form=form, about=name)
        node = this_node()
        try:
            receipt = participation.receive_contribution(
                about=name, draft=form.draft(), stores=node.stores, clock=node.clock
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            return page(request, "web/public/received.html", 201, receipt=receipt, about=name)
    return page(request, "web/public/contribute.html", 422 if form.errors else 200, form=form, about=name)


@public
@require_http_methods(["GET", "POST"])
def receipt(request: HttpRequest) -> HttpResponse:
    """Say to whoever holds a receipt what became of their contribution, and let them take it back."""
    require_public()
    form, known, node = ReceiptForm(request.POST or None), None, this_node()
    if request.method == "POST" and form.is_valid():
        if too_often(request, "receipt", RECEIPTS_AN_HOUR):
            form.add_error(None, say("web.contribute.too_often", most=RECEIPTS_AN_HOUR))
            return page(request, "web/public/receipt.html", 429, form=form)
        code = form.cleaned_data["code"].strip()
        try:
            if request.POST.get("step") == "withdraw":
                known = participation.withdraw_contribution(code=code, stores=node.stores, clock=node.clock)
            else:
                known = participation.contribution_by_receipt(code, node.stores)
        except KeyError:
            form.add_error("code", say("web.receipt.unknown"))
        except Refused as refused:
            form.refuse(refused)
    done = participation.what_was_done(known, node.stores) if known else None
    return page(request, "web/public/receipt.html", 422 if form.errors else 200, form=form, known=known, done=done)


def _subjects(name: str) -> tuple[Subject, ...]:
    require_public()
    if not takes_contributions():
        raise Http404
    node = this_node()
    try:
        return participation.subjects(name, node.stores, node.clock.now().date())
    except KeyError:
        raise Http404 from None
