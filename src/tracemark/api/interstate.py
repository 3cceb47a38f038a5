from typing import Annotated, Any

from ninja import Query, Router
from ninja.responses import Status as Answer

from tracemark import tracing
from tracemark.api.access import Call, needs
from tracemark.api.licences import today
from tracemark.api.schemas.fields import CaseId, RequestName
from tracemark.api.schemas.inquiries import OverdueOut
from tracemark.api.schemas.interstate import (
    AnswerShownOut,
    DataIn,
    QuestionIn,
    ReadForIn,
    RequestClosingIn,
    StateRequestIn,
    StateRequestOut,
    StateRequestsOut,
    StatesToAskOut,
    StepNoteIn,
    SupplementIn,
)
from tracemark.api.schemas.lists import Asked
from tracemark.api.schemas.transfers import ReasonIn
from tracemark.authorities import Permission
from tracemark.weapons import catalogue

router = Router(tags=["interstate"])


@router.get("/cases/{case}/states", response=StatesToAskOut, operation_id="whom_to_ask")
@needs(Permission.TRACE_ASK)
def whom_to_ask(request: Call, case: CaseId) -> StatesToAskOut:
    """List the States that may know more of a case's weapon, the likeliest first, with reasons."""
    return StatesToAskOut.of(tracing.whom_to_ask(case=case, tables=catalogue(), **by(request)))


@router.get("/requests", response=StateRequestsOut, operation_id="list_state_requests")
@needs(Permission.TRACE_READ)
def list_state_requests(request: Call, asked: Annotated[Asked, Query()]) -> StateRequestsOut:
    """List the requests to other States, newest first."""
    found = tracing.request_list(wanted=asked.wanted(), **request.auth.reading)
    return StateRequestsOut.of(found, today(request))


@router.post("/requests", response={201: StateRequestOut}, operation_id="draft_state_request")
@needs(Permission.TRACE_ASK)
def draft_state_request(request: Call, body: StateRequestIn) -> Answer[StateRequestOut]:
    """Draft a request to another State about the weapon of a case; nothing is sent yet."""
    about = tracing.trace_case(case=body.case, **request.auth.reading).request
    asking = tracing.Asking(body.case, body.to_state, body.node, about, body.handling.noun())
    return _told(request, tracing.draft_request(asking=asking, tables=catalogue(), **by(request)))


@router.get("/requests/{state_request}", response=StateRequestOut, operation_id="read_state_request")
@needs(Permission.TRACE_READ)
def read_state_request(request: Call, state_request: RequestName) -> StateRequestOut:
    """Give a request: how it stands and each step. What was told in confidence is read by an operation of its own."""
    known = tracing.state_request(name=state_request, **request.auth.reading)
    return StateRequestOut.of(known, today(request))


@router.post("/requests/{state_request}/read", response=AnswerShownOut, operation_id="read_state_answer")
@needs(Permission.TRACE_READ)
def read_state_answer(request: Call, state_request: RequestName, body: ReadForIn) -> AnswerShownOut:
    """Show what another State answered, as far as its handling codes allow; that it was read is noted."""
    shown = tracing.answer_shown(request=state_request, purpose=body.purpose, **by(request))
    return AnswerShownOut.of(shown, request.auth.language)


@router.post("/requests/{state_request}/sending", response={201: StateRequestOut}, operation_id="send_state_request")
@needs(Permission.TRACE_ASK)
def send_state_request(request: Call, state_request: RequestName) -> Answer[StateRequestOut]:
    """Send a drafted request; what it lacks of ITI 17 is said, and it is not sent."""
    return _told(request, tracing.send_request(request=state_request, **by(request)))


@router.post("/requests/{state_request}/reminders", response={201: StateRequestOut}, operation_id="remind_state")
@needs(Permission.TRACE_ASK)
def remind_state(request: Call, state_request: RequestName, body: StepNoteIn) -> Answer[StateRequestOut]:
    """Remind the other State of a request that is late."""
    return _told(request, tracing.remind(request=state_request, note=body.note, **by(request)))


@router.post("/requests/{state_request}/supplements", response={201: StateRequestOut}, operation_id="supply_state")
@needs(Permission.TRACE_ASK)
def supply_state(request: Call, state_request: RequestName, body: SupplementIn) -> Answer[StateRequestOut]:
    """Supply what the other State asked for."""
    before = tracing.state_request(name=state_request, **request.auth.reading).request
    told = body.told(before)
    return _told(request, tracing.supply_information(request=state_request, told=told, note=body.note, **by(request)))


@router.post(
    "/requests/{state_request}/clarifications", response={201: StateRequestOut}, operation_id="ask_state_to_clarify"
)
@needs(Permission.TRACE_ASK)
def ask_state_to_clarify(request: Call, state_request: RequestName, body: QuestionIn) -> Answer[StateRequestOut]:
    """Ask the other State to clarify its answer."""
    return _told(request, tracing.ask_clarification(request=state_request, question=body.question, **by(request)))


@router.post("/requests/{state_request}/consents", response={201: StateRequestOut}, operation_id="ask_state_consent")
@needs(Permission.TRACE_ASK)
def ask_state_consent(request: Call, state_request: RequestName, body: DataIn) -> Answer[StateRequestOut]:
    """Ask the State that answered to let what it told be passed on."""
    data = tuple(each.value for each in body.data)
    return _told(request, tracing.ask_consent(request=state_request, data=data, **by(request)))


@router.post("/requests/{state_request}/readers", response={201: StateRequestOut}, operation_id="ask_request_readers")
@needs(Permission.TRACE_ASK)
def ask_request_readers(request: Call, state_request: RequestName) -> Answer[StateRequestOut]:
    """Ask the other State who looked at what we told it; its answer shows in the request."""
    return _told(request, tracing.ask_who_read(request=state_request, **by(request)))


@router.post("/requests/{state_request}/closing", response={201: StateRequestOut}, operation_id="close_state_request")
@needs(Permission.TRACE_ASK)
def close_state_request(request: Call, state_request: RequestName, body: RequestClosingIn) -> Answer[StateRequestOut]:
    """Close a request, and tell the other State what came of the trace."""
    outcome = body.outcome.value if body.outcome else ""
    return _told(request, tracing.close_request(request=state_request, outcome=outcome, note=body.note, **by(request)))


@router.post(
    "/requests/{state_request}/withdrawal", response={201: StateRequestOut}, operation_id="withdraw_state_request"
)
@needs(Permission.TRACE_ASK)
def withdraw_state_request(request: Call, state_request: RequestName, body: ReasonIn) -> Answer[StateRequestOut]:
    """Withdraw a draft."""
    return _told(request, tracing.withdraw_request(request=state_request, reason=body.reason, **by(request)))


@router.get("/interstate/overdue", response=OverdueOut, operation_id="list_overdue_traces")
@needs(Permission.TRACE_READ)
def list_overdue_traces(request: Call) -> OverdueOut:
    """List what is late: requests on which other States have not acted, inquiries on which we have not."""
    return OverdueOut.of(tracing.overdue(**by(request)), today(request))


def by(request: Call) -> dict[str, Any]:
    """Return who acts, and for which State's bureau, as the steps between States ask for it."""
    return {"actor": request.auth.actor, "bureau": request.auth.node.bureau}


def _told(request: Call, known: tracing.StateRequest) -> Answer[StateRequestOut]:
    return Answer(201, StateRequestOut.of(known, today(request)))
