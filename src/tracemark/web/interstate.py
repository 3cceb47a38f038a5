from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from tracemark import tracing
from tracemark.authorities import Permission
from tracemark.kernel import Finding, Refused
from tracemark.node import judge_for_inquiry
from tracemark.recordkeeping import EventKind
from tracemark.tracing import Inquiry, Purpose, Result, StateAnswer, StateRequest, Verdict, Withholding
from tracemark.weapons import catalogue
from tracemark.web.access import Desk, needs
from tracemark.web.dossier_steps import Step, Steps, taken
from tracemark.web.forms.desk import DeskForm
from tracemark.web.forms.interstate import (
    AskForm,
    DataForm,
    FoundForm,
    LackingForm,
    NoteForm,
    OutcomeForm,
    PlainForm,
    QuestionForm,
    StateAnswerForm,
    SupplyForm,
    WhyForm,
)
from tracemark.web.journeys import journey_shown
from tracemark.web.lists import listing
from tracemark.web.pages import page, tell

_CANDIDATES = 10


def _by(desk: Desk) -> dict[str, Any]:
    return {"actor": desk.actor, "bureau": desk.node.bureau}


def _supply(desk: Desk, name: str, form: SupplyForm) -> object:
    before = tracing.state_request(name=name, actor=desk.actor, stores=desk.node.stores).request
    given = {field: text for field, text in form.cleaned_data.items() if field != "note" and text}
    note = form.cleaned_data["note"]
    return tracing.supply_information(request=name, told=replace(before, **given), note=note, **_by(desk))


REQUEST_STEPS = Steps(
    {
        "send": Step(
            EventKind.REQUEST_SENT,
            PlainForm,
            lambda desk, name, _: tracing.send_request(request=name, **_by(desk)),
        ),
        "supply": Step(EventKind.REQUEST_SUPPLIED, SupplyForm, _supply),
        "remind": Step(
            EventKind.REQUEST_REMINDED,
            NoteForm,
            lambda desk, name, form: tracing.remind(request=name, **form.cleaned_data, **_by(desk)),
        ),
        "clarify": Step(
            EventKind.REQUEST_CLARIFIED,
            QuestionForm,
            lambda desk, name, form: tracing.ask_clarification(request=name, **form.cleaned_data, **_by(desk)),
        ),
        "consent": Step(
            EventKind.REQUEST_NOTED,
            DataForm,
            lambda desk, name, form: tracing.ask_consent(
                request=name, data=tuple(form.cleaned_data["told"]), **_by(desk)
            ),
        ),
        "readers": Step(
            EventKind.REQUEST_NOTED,
            PlainForm,
            lambda desk, name, _: tracing.ask_who_read(request=name, **_by(desk)),
        ),
        "close": Step(
            EventKind.REQUEST_CLOSED,
            OutcomeForm,
            lambda desk, name, form: tracing.close_request(request=name, **form.cleaned_data, **_by(desk)),
        ),
        "withdraw": Step(
            EventKind.REQUEST_WITHDRAWN,
            WhyForm,
            lambda desk, name, form: tracing.withdraw_request(request=name, **form.cleaned_data, **_by(desk)),
        ),
    }
)


def _judge(desk: Desk, name: str, form: FoundForm) -> object:
    given = form.cleaned_data
    return judge_for_inquiry(desk.node, name, given["weapon"], Verdict(given["verdict"]), given["note"], desk.actor)


def _answer(desk: Desk, name: str, form: StateAnswerForm) -> object:
    given = form.cleaned_data
    known = tracing.data_for_answer(inquiry=name, handling=form.handling(), **_by(desk))
    answer = StateAnswer(
        Result(given["result"]),
        tuple(each for each in known if each.name.value in given["told"]),
        tuple(map(Withholding, given["grounds"])),
        given["reasons"],
        expected_on=given["expected_on"].isoformat() if given["expected_on"] else "",
    )
    return tracing.answer_inquiry(inquiry=name, answer=answer, **_by(desk))


INQUIRY_STEPS = Steps(
    {
        "acknowledge": Step(
            EventKind.INQUIRY_ACKNOWLEDGED,
            PlainForm,
            lambda desk, name, _: tracing.acknowledge_inquiry(inquiry=name, **_by(desk)),
        ),
        "judge": Step(EventKind.INQUIRY_JUDGED, FoundForm, _judge),
        "reply": Step(EventKind.INQUIRY_ANSWERED, StateAnswerForm, _answer),
        "return": Step(
            EventKind.INQUIRY_RETURNED,
            LackingForm,
            lambda desk, name, form: tracing.return_inquiry(inquiry=name, **form.cleaned_data, **_by(desk)),
        ),
        "allow": Step(
            EventKind.INQUIRY_NOTED,
            DataForm,
            lambda desk, name, form: tracing.consent_onward(inquiry=name, data=form.cleaned_data["told"], **_by(desk)),
        ),
        "looked": Step(
            EventKind.INQUIRY_NOTED,
            PlainForm,
            lambda desk, name, _: tracing.ask_who_looked(inquiry=name, **_by(desk)),
        ),
    }
)


@needs(Permission.TRACE_READ)
def state_requests(desk: Desk) -> HttpResponse:
    """List what we ask of other States, newest first."""
    listed = listing(desk, "request", tracing.request_list)
    today = desk.node.clock.now().date()
    return page(desk, "web/interstate/requests.html", listed=listed, rows=[(each, each.late(today)) for each in listed])


@needs(Permission.TRACE_READ)
def inquiries(desk: Desk) -> HttpResponse:
    """List what other States ask of us, newest first."""
    listed = listing(desk, "inquiry", tracing.inquiry_list)
    today = desk.node.clock.now().date()
    rows = [(each, each.late(today)) for each in listed]
    return page(desk, "web/interstate/inquiries.html", listed=listed, rows=rows)


@needs(Permission.TRACE_ASK)
@require_http_methods(["GET", "POST"])
def ask_state(desk: Desk, number: str) -> HttpResponse:
    """Name the States that may know more of a case's weapon, and draft a request to one."""
    case = tracing.trace_case(case=number, actor=desk.actor, stores=desk.node.stores)
    try:
        listed = tracing.whom_to_ask(case=number, tables=catalogue(), **_by(desk))
    except tracing.InterstateRefused:
        listed = []
    unasked = [each.state for each in listed if not each.asked]
    form = AskForm(desk.POST or None, initial={"to_state": unasked[0] if unasked else ""})

    def drafted() -> StateRequest:
        to_state, node = form.cleaned_data["to_state"], form.cleaned_data["node"]
        asking = tracing.Asking(number, to_state, node, case.request, form.handling())
        return tracing.draft_request(asking=asking, tables=catalogue(), **_by(desk))

    if request := taken(desk, form, drafted):
        tell(desk, "web.transfers.sealed", kind=EventKind.REQUEST_DRAFTED.value, name=request.name)
        return redirect("state_request", request.name)
    status = 422 if form.errors else 200
    return page(desk, "web/interstate/ask.html", status, case=case, listed=listed, form=form)


@needs(Permission.TRACE_READ)
def state_request(desk: Desk, name: str) -> HttpResponse:
    """Show a request and every hop of its weapon's trace; what was told in confidence only to who opens it."""
    return _request_page(desk, tracing.state_request(name=name, actor=desk.actor, stores=desk.node.stores))


@needs(Permission.TRACE_ASK)
@require_POST
def request_step(desk: Desk, name: str, slug: str) -> HttpResponse:
    """Take a step of a request."""
    known = tracing.state_request(name=name, actor=desk.actor, stores=desk.node.stores)
    if tried := REQUEST_STEPS.take(desk, slug, name):
        return _request_page(desk, known, tried)
    tell(desk, "web.transfers.sealed", kind=REQUEST_STEPS.kind(slug).value, name=name)
    return redirect("state_request", name)


@needs(Permission.TRACE_READ)
def inquiry(desk: Desk, name: str) -> HttpResponse:
    """Show an inquiry; what it asks, and the candidates for it, only to who opens it."""
    return _inquiry_page(desk, tracing.state_inquiry(name=name, actor=desk.actor, stores=desk.node.stores))


@needs(Permission.TRACE_REPLY, Permission.TRACE_JUDGE)
@require_POST
def inquiry_step(desk: Desk, name: str, slug: str) -> HttpResponse:
    """Take a step of an inquiry."""
    known = tracing.state_inquiry(name=name, actor=desk.actor, stores=desk.node.stores)
    if tried := INQUIRY_STEPS.take(desk, slug, name):
        return _inquiry_page(desk, known, tried)
    tell(desk, "web.transfers.sealed", kind=INQUIRY_STEPS.kind(slug).value, name=name)
    return redirect("inquiry", name)


def _opens(desk: Desk) -> Purpose | None:
    """For which purpose what was told in confidence is to be opened; None where it is not."""
    told = desk.GET.get("read", "")
    return Purpose(told) if told in list(Purpose) else None


def _request_page(desk: Desk, known: StateRequest, tried: tuple[str, DeskForm] | None = None) -> HttpResponse:
    purpose, shown = _opens(desk), None
    refused: tuple[Finding, ...] = ()
    if purpose:
        try:
            shown = tracing.answer_shown(request=known.name, purpose=purpose, **_by(desk))
        except Refused as error:
            refused = error.findings
    recovered = desk.node.stores.cases.get(known.case).request.recovered
    hops = tracing.requests_of_weapon(recovered, desk.node.stores)
    return page(
        desk,
        "web/interstate/request.html",
        422 if tried else 200,
        known=known,
        shown=shown,
        refused=refused,
        hops=hops,
        journey=journey_shown(desk, hops, purpose) if purpose and shown else None,
        steps=list(REQUEST_STEPS.offered(desk, known.standing, tried)),
        purposes=list(Purpose),
    )


def _inquiry_page(desk: Desk, known: Inquiry, tried: tuple[str, DeskForm] | None = None) -> HttpResponse:
    purpose, asked, ranking = _opens(desk), None, None
    refused: tuple[Finding, ...] = ()
    if purpose:
        try:
            asked = tracing.inquiry_shown(inquiry=known.name, purpose=purpose, **_by(desk))
            ranking = desk.node.trace(tracing.query_of(asked.request), desk.actor, _CANDIDATES, known.name)
        except Refused as error:
            refused = error.findings
    return page(
        desk,
        "web/interstate/inquiry.html",
        422 if tried else 200,
        known=known,
        asked=asked,
        ranking=ranking,
        refused=refused,
        steps=list(INQUIRY_STEPS.offered(desk, known.standing, tried)),
    )
