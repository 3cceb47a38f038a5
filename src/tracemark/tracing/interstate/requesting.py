from dataclasses import dataclass

from tracemark.authorities import Permission, require
from tracemark.correspondence import Message
from tracemark.kernel import Actor, Plain, findings
from tracemark.marking import Mark
from tracemark.recordkeeping import EventKind, fold, require_step, steps
from tracemark.tracing.cases import TraceCase, TraceRequest
from tracemark.tracing.interstate.clues import Clues, StateToAsk, states_to_ask
from tracemark.tracing.interstate.confiding import onward_states, require_competent, tellable
from tracemark.tracing.interstate.deadlines import Due
from tracemark.tracing.interstate.handling import Handling
from tracemark.tracing.interstate.messages import (
    ASKED,
    CLARIFIED,
    CLOSED,
    CONSENT_ASKED,
    LOOKED,
    REMINDED,
    SUPPLIED,
    asked_body,
    request_told,
)
from tracemark.tracing.interstate.requests import StateRequest
from tracemark.tracing.interstate.turns import (
    Bureau,
    InterstateRefused,
    Step,
    refuse,
    request_named,
    seal,
    seal_in_life,
    tell,
)
from tracemark.tracing.ports import TracingStores
from tracemark.tracing.queries import standing_case
from tracemark.tracing.rules import COMPLETENESS_RULES
from tracemark.weapons import Catalogue, WeaponId


@dataclass(frozen=True, slots=True)
class Asking:
    """Whom to ask about a case, through which node, what, and under which handling code we tell what we tell."""

    case: str
    to_state: str
    peer: str
    request: TraceRequest
    handling: Handling


def whom_to_ask(*, case: str, actor: Actor, bureau: Bureau, tables: Catalogue) -> list[StateToAsk]:
    """Return the States that may know more of a case's weapon, the likeliest first, with reasons.

    Raises:
        NotPermitted: the actor may not ask other States.
        KeyError: there is no such case.

    Source: ITI 17, SDG 16.4.2.
    """
    require(actor, Permission.TRACE_ASK)
    standing = standing_case(case, bureau.stores)
    return states_to_ask(_clues(standing, actor, bureau), tables)


def draft_request(*, asking: Asking, actor: Actor, bureau: Bureau, tables: Catalogue) -> StateRequest:
    """Draft a request to another State, tied to the recovered weapon of a case, with the reasons there are to ask it.

    Raises:
        NotPermitted: the actor may not ask other States.
        InterstateRefused: it is our own State, or a request to it stands already.
        KeyError: there is no such case.

    Source: ITI 17.
    """
    kind = EventKind.REQUEST_DRAFTED
    require_step(kind, actor, bureau.stores)
    standing = standing_case(asking.case, bureau.stores)
    if asking.to_state == bureau.own:
        raise refuse("tracing.own_state", "ITI 17", state=asking.to_state)
    clues = _clues(standing, actor, bureau)
    known = [each for each in states_to_ask(clues, tables) if each.state == asking.to_state]
    because = known[0].because if known else ()
    with bureau.stores.atomic():
        name = bureau.stores.dossiers.next_name("request", bureau.clock.now().year)
        details: dict[str, Plain] = {
            "case": standing.id,
            "to_state": asking.to_state,
            "peer": asking.peer,
            "request": asking.request.plain(),
            "handling": asking.handling.plain(),
            "because": [each.plain() for each in because],
            "previous": next((each.given_by for each in because if each.given_by), ""),
        }
        seal(Step(kind, name, details), actor, bureau)
        directed: dict[str, Plain] = {"matter": name, "case": standing.id, "to_state": asking.to_state}
        seal_in_life(EventKind.TRACE_DIRECTED, standing.request.recovered, directed, actor, bureau)
        return request_named(name, bureau.stores)


def send_request(*, request: str, actor: Actor, bureau: Bureau) -> StateRequest:
    """Send a drafted request: only once it says what ITI 17 asks, and our own register was searched for the case.

    A reason that another State gave us goes along only if that State lets us pass it on.

    Raises:
        NotPermitted: the actor may not ask other States.
        InterstateRefused: it lacks what ITI 17 asks, or nobody searched at home.
        EventRefused: it is sent already, or was withdrawn.
        KeyError: there is no such request.

    Source: ITI 16, ITI 17.
    """
    require_step(EventKind.REQUEST_SENT, actor, bureau.stores)
    known = request_named(request, bureau.stores)
    if lacking := findings(COMPLETENESS_RULES, known.request):
        raise InterstateRefused(lacking)
    if not bureau.stores.searches.made_for(known.case):
        raise refuse("tracing.not_searched_at_home", "ITI 14", case=known.case)
    due = _due(Due.ACKNOWLEDGE, known, bureau)
    reply_by = _due(Due.ANSWER, known, bureau)
    with bureau.stores.atomic():
        told = [each for each, held in tellable(known.because, actor, bureau) if not held]
        body = asked_body(known.name, known.request, known.handling, told, reply_by)
        details: dict[str, Plain] = {"case": known.case, "to_state": known.to_state, "due": due}
        return _take(EventKind.REQUEST_SENT, known, ASKED, body, details, actor, bureau)


def supply_information(
    *, request: str, told: TraceRequest, note: str = "", actor: Actor, bureau: Bureau
) -> StateRequest:
    """Supply what the other State asked for: the request as it now reads, with a note.

    Raises:
        NotPermitted: the actor may not ask other States.
        InterstateRefused: it still lacks what ITI 17 asks.
        EventRefused: nothing was asked for.
        KeyError: there is no such request.

    Source: ITI 21.
    """
    require_step(EventKind.REQUEST_SUPPLIED, actor, bureau.stores)
    known = request_named(request, bureau.stores)
    if lacking := findings(COMPLETENESS_RULES, told):
        raise InterstateRefused(lacking)
    body: dict[str, Plain] = {"request": known.name, "asks": request_told(told), "note": note}
    details: dict[str, Plain] = {"request": told.plain(), "note": note, "due": _due(Due.ANSWER, known, bureau)}
    with bureau.stores.atomic():
        return _take(EventKind.REQUEST_SUPPLIED, known, SUPPLIED, body, details, actor, bureau)


def remind(*, request: str, note: str = "", actor: Actor, bureau: Bureau) -> StateRequest:
    """Remind the other State of a request that it has not acted on in time.

    Raises:
        NotPermitted: the actor may not ask other States.
        InterstateRefused: it is not late.
        KeyError: there is no such request.

    Source: ITI 18, ITI 19.
    """
    require_step(EventKind.REQUEST_REMINDED, actor, bureau.stores)
    known = request_named(request, bureau.stores)
    if not known.late(bureau.clock.now().date()):
        raise refuse("tracing.not_late", "ITI 18", dossier=known.name, due=known.due)
    step = Due.ACKNOWLEDGE if known.standing == "sent" else Due.ANSWER
    number = known.reminders + 1
    escalated = number > bureau.deadlines.escalate_after
    body: dict[str, Plain] = {"request": known.name, "note": note, "number": number, "escalated": escalated}
    details: dict[str, Plain] = {"note": note, "due": _due(step, known, bureau)}
    with bureau.stores.atomic():
        return _take(EventKind.REQUEST_REMINDED, known, REMINDED, body, details, actor, bureau)


def ask_clarification(*, request: str, question: str, actor: Actor, bureau: Bureau) -> StateRequest:
    """Ask the other State to clarify why it withheld, or what it answered.

    Raises:
        NotPermitted: the actor may not ask other States.
        InterstateRefused: nothing is asked.
        EventRefused: it has not answered.
        KeyError: there is no such request.

    Source: ITI 23.
    """
    require_step(EventKind.REQUEST_CLARIFIED, actor, bureau.stores)
    known = request_named(request, bureau.stores)
    if not question.strip():
        raise refuse("tracing.question_missing", "ITI 23", dossier=known.name)
    body: dict[str, Plain] = {"request": known.name, "question": question}
    details: dict[str, Plain] = {"note": question, "due": _due(Due.CLARIFY, known, bureau)}
    with bureau.stores.atomic():
        return _take(EventKind.REQUEST_CLARIFIED, known, CLARIFIED, body, details, actor, bureau)


def ask_consent(*, request: str, data: tuple[str, ...], actor: Actor, bureau: Bureau) -> StateRequest:
    """Ask the State that answered to let us pass on what it told, by the names of the data.

    Raises:
        NotPermitted: the actor may not ask other States.
        KeyError: there is no such request.

    Source: ITI 15(c).
    """
    require_step(EventKind.REQUEST_NOTED, actor, bureau.stores)
    require_competent(actor, bureau.stores)
    known = request_named(request, bureau.stores)
    body: dict[str, Plain] = {"request": known.name, "data": list(data)}
    details: dict[str, Plain] = {"contents": {"consent_asked": list(data)}}
    with bureau.stores.atomic():
        return _take(EventKind.REQUEST_NOTED, known, CONSENT_ASKED, body, details, actor, bureau)


def ask_who_read(*, request: str, actor: Actor, bureau: Bureau) -> StateRequest:
    """Ask the State that we asked who looked at what we told it; its node reports that by itself.

    Raises:
        NotPermitted: the actor may not ask other States.
        EventRefused: it was not sent.
        KeyError: there is no such request.

    Source: ITI 15(a).
    """
    require_step(EventKind.REQUEST_NOTED, actor, bureau.stores)
    known = request_named(request, bureau.stores)
    body: dict[str, Plain] = {"request": known.name, "of": "request"}
    details: dict[str, Plain] = {"contents": {"readers_asked": True}}
    with bureau.stores.atomic():
        return _take(EventKind.REQUEST_NOTED, known, LOOKED, body, details, actor, bureau)


def close_request(*, request: str, outcome: str, note: str = "", actor: Actor, bureau: Bureau) -> StateRequest:
    """Close a request and tell the other State what came of it; `outcome` is a code of Outcome, or "" where it is open.

    Raises:
        NotPermitted: the actor may not ask other States.
        EventRefused: it was not sent, or is closed already.
        KeyError: there is no such request.

    Source: ITI 18.
    """
    require_step(EventKind.REQUEST_CLOSED, actor, bureau.stores)
    known = request_named(request, bureau.stores)
    body: dict[str, Plain] = {"request": known.name, "outcome": outcome}
    details: dict[str, Plain] = {"outcome": outcome, "note": note}
    with bureau.stores.atomic():
        return _take(EventKind.REQUEST_CLOSED, known, CLOSED, body, details, actor, bureau)


def withdraw_request(*, request: str, reason: str, actor: Actor, bureau: Bureau) -> StateRequest:
    """Withdraw a draft that is not to be sent.

    Raises:
        NotPermitted: the actor may not ask other States.
        InterstateRefused: no reason is given.
        EventRefused: it is sent already.
        KeyError: there is no such request.
    """
    require_step(EventKind.REQUEST_WITHDRAWN, actor, bureau.stores)
    if not reason.strip():
        raise refuse("tracing.reason_missing", "ITI 17", dossier=request)
    with bureau.stores.atomic():
        seal(Step(EventKind.REQUEST_WITHDRAWN, request, {"reason": reason}), actor, bureau)
        return request_named(request, bureau.stores)


def requests_of_weapon(recovered: WeaponId, stores: TracingStores) -> list[StateRequest]:
    """Return every request made about a recovered weapon, the earliest first: the hops of its trace."""
    life = stores.records.of_weapon(recovered)
    directed = (each.event.details for each in life if each.event.kind is EventKind.TRACE_DIRECTED)
    return [request_named(str(each["matter"]), stores) for each in directed]


def _take(
    kind: EventKind,
    known: StateRequest,
    type_: str,
    body: dict[str, Plain],
    details: dict[str, Plain],
    actor: Actor,
    bureau: Bureau,
) -> StateRequest:
    """Post a message and seal the step that it tells. Call inside a transaction."""
    message = Message(to=known.peer, type=type_, body=body, about=known.name)
    tell(Step(kind, known.name, details), message, actor, bureau)
    return request_named(known.name, bureau.stores)


def _clues(standing: TraceCase, actor: Actor, bureau: Bureau) -> Clues:
    stores, recovered = bureau.stores, standing.request.recovered
    made = requests_of_weapon(recovered, stores)
    identified = standing.identified_as
    life = steps(identified, stores.records.of_weapon(identified)) if identified else ()
    return Clues(
        bureau.own, standing.request, _marks(recovered, stores), life, made, onward_states(made, actor, bureau)
    )


def _marks(recovered: WeaponId, stores: TracingStores) -> tuple[Mark, ...]:
    return fold(recovered, stores.records.of_weapon(recovered)).marks


def _due(step: Due, known: StateRequest, bureau: Bureau) -> str:
    return bureau.deadlines.due(step, known.request.priority, bureau.clock.now().date())
