"""Sources of money for fellowships: put on record, shown, revised and closed."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from tracemark import fellowship
from tracemark.authorities import Permission
from tracemark.fellowship import FundRecord
from tracemark.recordkeeping import EventKind
from tracemark.web.access import Desk, needs
from tracemark.web.dossier_steps import Step, Steps, by, taken
from tracemark.web.forms.desk import DeskForm
from tracemark.web.forms.fellowships import FundForm, ReviseFundForm, WhyForm
from tracemark.web.pages import page, tell

STEPS = Steps(
    {
        "revise": Step(
            EventKind.FUND_REVISED,
            ReviseFundForm,
            lambda desk, name, form: fellowship.revise_fund(
                fund=name, source=form.source(), reason=form.cleaned_data["reason"], **by(desk)
            ),
        ),
        "close": Step(
            EventKind.FUND_CLOSED,
            WhyForm,
            lambda desk, name, form: fellowship.close_fund(fund=name, **form.cleaned_data, **by(desk)),
        ),
    }
)


@needs(Permission.FELLOWSHIP_WRITE)
@require_http_methods(["GET", "POST"])
def new_fund(desk: Desk) -> HttpResponse:
    """Put a source of money on record."""
    form = FundForm(desk.POST or None)
    if name := taken(desk, form, lambda: fellowship.open_fund(source=form.source(), **by(desk))):
        tell(desk, "web.targets.sealed", kind=EventKind.FUND_OPENED.value, name=name)
        return redirect("fund", name)
    return page(desk, "web/fellowship/new_fund.html", 422 if form.errors else 200, form=form)


@needs(Permission.FELLOWSHIP_READ)
def fund(desk: Desk, name: str) -> HttpResponse:
    """Show a source of money: its ceiling, what is left, its conditions, and that it may be revised or closed."""
    return _shown(desk, _read(desk, name))


@needs(Permission.FELLOWSHIP_WRITE)
@require_POST
def fund_step(desk: Desk, name: str, slug: str) -> HttpResponse:
    """Revise a source of money, or close it."""
    record = _read(desk, name)
    if tried := STEPS.take(desk, slug, name):
        return _shown(desk, record, tried)
    tell(desk, "web.targets.sealed", kind=STEPS.kind(slug).value, name=name)
    return redirect("fund", name)


def _read(desk: Desk, name: str) -> FundRecord:
    try:
        return fellowship.fund_record(fund=name, actor=desk.actor, stores=desk.node.stores)
    except KeyError:
        raise Http404 from None


def _shown(desk: Desk, record: FundRecord, tried: tuple[str, DeskForm] | None = None) -> HttpResponse:
    steps = list(STEPS.offered(desk, record.fund.standing, tried))
    for each in steps:
        if each.slug == "revise":
            each.form.initial = dict(record.fund.source.plain())
    status = 422 if tried else 200
    return page(desk, "web/fellowship/fund.html", status, record=record, fund=record.fund, steps=steps)
