"""The fellowship programme: money, calls, cohorts, the room in which fellows are selected, and what more would buy."""

from collections.abc import Iterable
from decimal import Decimal

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from tracemark import fellowship, wording
from tracemark.authorities import Permission, may
from tracemark.fellowship import CohortRecord
from tracemark.recordkeeping import EventKind
from tracemark.targets import number_of
from tracemark.web.access import Desk, needs
from tracemark.web.dossier_steps import Step, Steps, by, taken
from tracemark.web.forms.desk import DeskForm
from tracemark.web.forms.fellowships import (
    CallForm,
    ContributionForm,
    CostForm,
    DecideForm,
    HoldForm,
    RecuseForm,
    WhyForm,
    nominee_label,
)
from tracemark.web.once import sealed_once, ticket_of
from tracemark.web.pages import page, tell
from tracemark.web.said import spoken
from tracemark.web.selections import balance, nominee_lines, scenario_trend, selection_chart, state_namer

_FILE = "call.toml"
_MOST_SCENARIOS = 8

STEPS = Steps(
    {
        "hold": Step(
            EventKind.COHORT_MODULE_HELD,
            HoldForm,
            lambda desk, name, form: fellowship.hold_module(cohort=name, held=form.held(), **by(desk)),
        ),
        "cost": Step(
            EventKind.COHORT_COST_BOOKED,
            CostForm,
            lambda desk, name, form: fellowship.book_cost(cohort=name, cost=form.cost(), **by(desk)),
        ),
        "recuse": Step(
            EventKind.COHORT_CONFLICT_DECLARED,
            RecuseForm,
            lambda desk, name, form: fellowship.declare_conflict(cohort=name, **form.cleaned_data, **by(desk)),
        ),
        "abstain": Step(
            EventKind.COHORT_APPROVAL_RECUSED,
            WhyForm,
            lambda desk, name, form: fellowship.declare_conflict(cohort=name, **form.cleaned_data, **by(desk)),
        ),
        "complete": Step(
            EventKind.COHORT_COMPLETED,
            DeskForm,
            lambda desk, name, _: fellowship.complete_cohort(cohort=name, **by(desk)),
        ),
        "cancel": Step(
            EventKind.COHORT_CANCELLED,
            WhyForm,
            lambda desk, name, form: fellowship.cancel_cohort(cohort=name, **form.cleaned_data, **by(desk)),
        ),
    }
)

SELECTING = Steps(
    {
        "propose": Step(
            EventKind.COHORT_SELECTION_PROPOSED,
            DeskForm,
            lambda desk, name, _: fellowship.propose_selection(cohort=name, **by(desk)),
        ),
        "return": Step(
            EventKind.COHORT_SELECTION_RETURNED,
            WhyForm,
            lambda desk, name, form: fellowship.return_selection(cohort=name, **form.cleaned_data, **by(desk)),
        ),
    }
)


@needs(Permission.FELLOWSHIP_READ)
def fellowships(desk: Desk) -> HttpResponse:
    """Show the programme: money and its ceilings, cohorts, follow-ups that are due, fellows that were."""
    return page(
        desk,
        "web/fellowship/programme.html",
        funds=fellowship.fund_list(actor=desk.actor, stores=desk.node.stores),
        cohorts=fellowship.cohort_list(actor=desk.actor, stores=desk.node.stores),
        sent=fellowship.sent_nominations(actor=desk.actor, stores=desk.node.stores),
        due=fellowship.follow_ups_due(**by(desk)),
        alumni=fellowship.alumni(**by(desk)),
    )


@needs(Permission.FELLOWSHIP_WRITE)
@require_http_methods(["GET", "POST"])
def new_cohort(desk: Desk) -> HttpResponse:
    """Call for nominations, as the file of the call says it."""
    form = CallForm(desk.POST or None)

    def call() -> str:
        read = fellowship.read_call(form.cleaned_data["text"], _FILE)
        return sealed_once(desk, lambda: fellowship.call_cohort(call=read, **by(desk)))

    if name := taken(desk, form, call):
        tell(desk, "web.targets.sealed", kind=EventKind.COHORT_CALLED.value, name=name)
        return redirect("cohort", name)
    status = 422 if form.errors else 200
    return page(desk, "web/fellowship/new_cohort.html", status, form=form, once=ticket_of(desk))


@needs(Permission.FELLOWSHIP_READ)
def cohort(desk: Desk, name: str) -> HttpResponse:
    """Show a cohort: its call, its money, its curriculum, its fellows, and what may be done."""
    return _cohort_page(desk, _read(desk, name))


@needs(Permission.FELLOWSHIP_WRITE, Permission.FELLOWSHIP_APPROVE)
@require_POST
def cohort_step(desk: Desk, name: str, slug: str) -> HttpResponse:
    """Take a step of a cohort."""
    record = _read(desk, name)
    if tried := STEPS.take(desk, slug, name):
        return _cohort_page(desk, record, tried)
    tell(desk, "web.targets.sealed", kind=STEPS.kind(slug).value, name=name)
    return redirect("cohort", name)


@needs(Permission.FELLOWSHIP_READ)
def selection(desk: Desk, name: str) -> HttpResponse:
    """Show the room in which fellows are selected: who is proposed, why, and what others would have needed."""
    return _selection_page(desk, _read(desk, name))


@needs(Permission.FELLOWSHIP_WRITE, Permission.FELLOWSHIP_APPROVE)
@require_POST
def selection_step(desk: Desk, name: str, slug: str) -> HttpResponse:
    """Propose a selection, send it back, or decide it."""
    record = _read(desk, name)
    if slug == "decide":
        return _decided(desk, record)
    if tried := SELECTING.take(desk, slug, name):
        return _selection_page(desk, record, tried)
    tell(desk, "web.targets.sealed", kind=SELECTING.kind(slug).value, name=name)
    return redirect("selection", name)


@needs(Permission.FELLOWSHIP_READ)
def cohort_scenarios(desk: Desk, name: str) -> HttpResponse:
    """Show what further contributions would buy: how many seats, and which States get in next."""
    record = _read(desk, name)
    form = ContributionForm(desk.GET if "contributions" in desk.GET else None)
    asked = form.cleaned_data["contributions"] if form.is_valid() else ()
    anew = form.is_bound and form.is_valid() and form.cleaned_data["anew"]
    money = sorted({amount for each in asked if (amount := number_of(each)) is not None and amount > 0})
    seat = record.cohort.call.seat_cost
    found = fellowship.cohort_scenarios(
        cohort=name,
        contributions=money[:_MOST_SCENARIOS] or [seat * Decimal(seats) for seats in range(1, 5)],
        anew=anew,
        actor=desk.actor,
        stores=desk.node.stores,
    )
    named = state_namer(record)

    def states(names: Iterable[str]) -> list[tuple[str, str]]:
        return [(each, named(record.nomination(each).nominee.state)) for each in names]

    return page(
        desk,
        "web/fellowship/scenarios.html",
        record=record,
        call=record.cohort.call,
        form=form,
        into=[(each, states(each.comes_in), states(each.goes_out)) for each in found],
        trend=scenario_trend(found),
        decided=bool(record.fellows) and not anew,
    )


def _read(desk: Desk, name: str) -> CohortRecord:
    try:
        return fellowship.cohort_record(cohort=name, actor=desk.actor, stores=desk.node.stores)
    except KeyError:
        raise Http404 from None


def _cohort_page(desk: Desk, record: CohortRecord, tried: tuple[str, DeskForm] | None = None) -> HttpResponse:
    cohort = record.cohort
    held = {each.module: each for each in cohort.held}
    named = state_namer(record)
    fellows = [
        (each, named(each.nominee.state), len(cohort.attended(each.name)), len(cohort.passed(each.name)))
        for each in record.fellows
    ]
    return page(
        desk,
        "web/fellowship/cohort.html",
        422 if tried else 200,
        record=record,
        cohort=cohort,
        call=cohort.call,
        modules=[(each, held.get(each.code)) for each in cohort.call.modules],
        fellows=fellows,
        nominations=[(each, named(each.nominee.state)) for each in record.nominations],
        is_open=cohort.standing == "open" and _is_open(desk, record),
        steps=list(STEPS.offered(desk, cohort.standing, tried)),
    )


def _is_open(desk: Desk, record: CohortRecord) -> bool:
    call = record.cohort.call
    return call.opens <= desk.node.clock.now().date() <= call.closes


def _selection_page(
    desk: Desk, record: CohortRecord, tried: tuple[str, DeskForm] | None = None, form: DecideForm | None = None
) -> HttpResponse:
    cohort = record.cohort
    lines = nominee_lines(record)
    if cohort.standing == "proposed" and form is None and may(desk.actor, Permission.FELLOWSHIP_APPROVE):
        form = _decide_form(record)
    return page(
        desk,
        "web/fellowship/selection.html",
        422 if tried or (form and form.errors) else 200,
        record=record,
        cohort=cohort,
        proposal=cohort.proposal,
        policy=fellowship.fellowship_policies()[cohort.call.policy],
        rules=fellowship.eligibility_rules(),
        lines=lines,
        balance=balance(record, lines),
        chart=selection_chart(lines, mirrored=wording.language(spoken()).right_to_left) if cohort.proposal else None,
        steps=list(SELECTING.offered(desk, cohort.standing, tried)),
        decide=form if form and may(desk.actor, Permission.FELLOWSHIP_APPROVE) else None,
    )


def _decided(desk: Desk, record: CohortRecord) -> HttpResponse:
    name = record.cohort.name
    if record.cohort.proposal is None:
        raise Http404
    form = _decide_form(record, desk)

    def decide() -> bool:
        departures, reason = form.departures(), form.cleaned_data["reason"]
        return bool(fellowship.decide_selection(cohort=name, departures=departures, reason=reason, **by(desk)))

    if taken(desk, form, decide):
        tell(desk, "web.targets.sealed", kind=EventKind.COHORT_SELECTION_DECIDED.value, name=name)
        return redirect("selection", name)
    return _selection_page(desk, record, form=form)


def _decide_form(record: CohortRecord, desk: Desk | None = None) -> DecideForm:
    named, proposal = state_namer(record), record.cohort.proposal
    if proposal is None:
        raise Http404
    states = {each.name: named(each.nominee.state) for each in record.nominations}
    proposed = {name: each for each in fellowship.OUTCOMES for name in getattr(proposal, each)}
    labels = {name: nominee_label(name, states[name], outcome) for name, outcome in proposed.items()}
    return DecideForm(desk.POST if desk else None, proposal=proposal, labels=labels, auto_id="id_decide_%s")
