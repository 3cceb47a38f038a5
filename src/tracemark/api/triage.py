import json
from datetime import date
from typing import Annotated, Any

from ninja import Query, Router
from ninja.responses import Status as Answer

from tracemark import diversion, wording
from tracemark.api.access import Call, Caller, needs
from tracemark.api.schemas.fields import WholeDay
from tracemark.api.schemas.triage import (
    ConfirmationIn,
    DismissalIn,
    EscalationIn,
    MergerIn,
    PointIn,
    PointOut,
    PointsOut,
    PrecisionOut,
    RecipientIn,
    RulesOut,
    SignalName,
    SignalOut,
    SignalsAsked,
    SignalsOut,
)
from tracemark.authorities import Permission
from tracemark.diversion import RaisedSignal

router = Router(tags=["signals"])


@router.get("/signals", response=SignalsOut, operation_id="list_signals")
@needs(Permission.SIGNAL_READ)
def list_signals(request: Call, asked: Annotated[SignalsAsked, Query()]) -> SignalsOut:
    """List signals, the strongest first and of equal ones the oldest: those that wait, or those of one standing."""
    found = diversion.signal_queue(
        wanted=asked.wanted(), limit=asked.limit + 1, after=asked.after or "", **request.auth.reading
    )
    shown = found[: asked.limit]
    more = shown[-1].name if len(found) > asked.limit else None
    return SignalsOut(items=[SignalOut.of(each, _said(each, request.auth)) for each in shown], after=more)


@router.get("/signals/{signal}", response=SignalOut, operation_id="read_signal")
@needs(Permission.SIGNAL_READ)
def read_signal(request: Call, signal: SignalName) -> SignalOut:
    """Give a signal with its evidence, its innocent reading and what was done. It is never a finding of guilt."""
    record = diversion.signal_record(name=signal, **request.auth.reading)
    return SignalOut.of(record.raised, _said(record.raised, request.auth), record)


@router.post("/signals/{signal}/merger", response={201: SignalOut}, operation_id="merge_signal")
@needs(Permission.SIGNAL_JUDGE)
def merge_signal(request: Call, signal: SignalName, body: MergerIn) -> Answer[SignalOut]:
    """Merge a signal into another that is about the same."""
    diversion.merge_signal(signal=signal, into=body.into, note=body.note, **request.auth.acting)
    return _told(request, signal)


@router.post("/signals/{signal}/dismissal", response={201: SignalOut}, operation_id="dismiss_signal")
@needs(Permission.SIGNAL_JUDGE)
def dismiss_signal(request: Call, signal: SignalName, body: DismissalIn) -> Answer[SignalOut]:
    """Dismiss a signal for one or more innocent readings. It comes back with new evidence only."""
    diversion.dismiss_signal(signal=signal, readings=body.readings, note=body.note, **request.auth.acting)
    return _told(request, signal)


@router.post("/signals/{signal}/escalation", response={201: SignalOut}, operation_id="escalate_signal")
@needs(Permission.SIGNAL_JUDGE)
def escalate_signal(request: Call, signal: SignalName, body: EscalationIn) -> Answer[SignalOut]:
    """Escalate a signal, to an investigation or a trace case that there is, or to one that is opened with it."""
    diversion.escalate_signal(signal=signal, note=body.note, onward=body.onward(), **request.auth.acting)
    return _told(request, signal)


@router.post("/signals/{signal}/confirmation", response={201: SignalOut}, operation_id="confirm_signal")
@needs(Permission.SIGNAL_CONFIRM)
def confirm_signal(request: Call, signal: SignalName, body: ConfirmationIn) -> Answer[SignalOut]:
    """Confirm an escalated signal as a second person, with its point of diversion where that is known."""
    found = body.point.noun() if body.point else None
    diversion.confirm_signal(signal=signal, note=body.note, found=found, **request.auth.acting)
    return _told(request, signal)


@router.post("/signals/{signal}/notices", response={201: dict[str, Any]}, operation_id="share_signal")
@needs(Permission.SIGNAL_SHARE)
def share_signal(request: Call, signal: SignalName, body: RecipientIn) -> Answer[dict[str, Any]]:
    """Give a signal as a signed notice for another State or a region. That it was given is sealed."""
    state = request.auth.node.state
    text = diversion.share_signal(signal=signal, to_state=body.to_state, state=state, **request.auth.acting)
    return Answer(201, json.loads(text))


@router.get("/signal-rules", response=RulesOut, operation_id="list_signal_rules")
@needs(Permission.SIGNAL_READ)
def list_signal_rules(request: Call) -> RulesOut:
    """Give by rule how often officers found it right."""
    return RulesOut(items=[PrecisionOut.of(each) for each in diversion.precision_by_rule(**request.auth.reading)])


@router.get("/diversions", response=PointsOut, operation_id="list_diversions")
@needs(Permission.SIGNAL_READ)
def list_diversions(request: Call, since: WholeDay = date(1900, 1, 1), until: WholeDay = date(2200, 1, 1)) -> PointsOut:
    """List the points of diversion that were established within two days, the last of each weapon."""
    found = diversion.points_of_diversion(since=since, until=until, **request.auth.reading)
    return PointsOut(items=[PointOut.of(each) for each in found])


@router.post("/diversions", response={201: PointsOut}, operation_id="establish_diversion")
@needs(Permission.SIGNAL_JUDGE)
def establish_diversion(request: Call, body: PointIn) -> Answer[PointsOut]:
    """Code where, when and how weapons left lawful hands: for all of them, or for none."""
    found = diversion.establish_diversion(weapons=body.weapons, found=body.noun(), **request.auth.acting)
    return Answer(201, PointsOut(items=[PointOut.of(each) for each in found]))


def _told(request: Call, signal: str) -> Answer[SignalOut]:
    return Answer(201, read_signal(request, signal))


def _said(raised: RaisedSignal, caller: Caller) -> tuple[str, str]:
    names, to = caller.node.agency_names, caller.language
    return wording.signal_text(raised.signal, names, to=to), wording.innocent_text(raised.signal, to=to)
