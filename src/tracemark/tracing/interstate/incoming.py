from collections.abc import Callable, Iterator, Mapping

from tracemark.correspondence import Message, Received
from tracemark.kernel import Actor, Plain
from tracemark.recordkeeping import EventKind, confidence_reads, every_dossier, keep_confidence
from tracemark.tracing.interstate.attesting import fingerprint_of
from tracemark.tracing.interstate.confiding import keep_asked
from tracemark.tracing.interstate.deadlines import Due
from tracemark.tracing.interstate.inquiries import Inquiry
from tracemark.tracing.interstate.messages import (
    ACKNOWLEDGED,
    ANSWERED,
    ASKED,
    CLARIFIED,
    CLOSED,
    CONSENT_ASKED,
    CONSENTED,
    LOOKED,
    READERS,
    REMINDED,
    RETURNED,
    SUPPLIED,
    read_answer,
    read_asked,
    read_request,
    readers_in,
    request_told,
    text_in,
    texts_in,
)
from tracemark.tracing.interstate.requests import UNSENT, StateRequest
from tracemark.tracing.interstate.turns import (
    Bureau,
    Step,
    inquiry_named,
    post,
    refuse,
    request_named,
    seal,
    seal_in_life,
)

_ANSWERABLE = frozenset({"sent", "acknowledged", "returned", "supplied", "clarifying", "answered"})
_OPEN = frozenset({"received", "acknowledged", "returned", "supplied", "clarifying", "answered"})

Incoming = Callable[[Received, str, Actor, Bureau], None]
"""What is done with a message: it, the State whose node sent it, in whose name it is recorded, and our bureau."""


def receive_message(*, received: Received, from_state: str, actor: Actor, bureau: Bureau) -> None:
    """Take in a message about a trace. Call inside the transaction in which the inbox notes it.

    What comes out of its turn, because messages overtake one another, is noted and loses nothing.

    Raises:
        MessageRefused: it is not what its type says.
        InterstateRefused: it speaks of what was never asked of that State.
        KeyError: no trace knows its type.

    Source: ITI 18.
    """
    INCOMING[received.type](received, from_state, actor, bureau)


def _asked(received: Received, from_state: str, actor: Actor, bureau: Bureau) -> None:
    asked = read_asked(received.body)
    if any(True for _ in _inquiries(received.sender, asked.number, bureau)):
        return
    name = bureau.stores.dossiers.next_name("inquiry", bureau.clock.now().year)
    due = bureau.deadlines.due(Due.ACKNOWLEDGE, asked.request.priority, bureau.clock.now().date())
    details: dict[str, Plain] = {
        "from_state": from_state,
        "peer": received.sender,
        "message": received.id,
        "number": asked.number,
        "told": keep_asked(asked, bureau.stores),
        "handling": asked.handling.plain(),
        "priority": asked.request.priority.value,
        "due": due,
    }
    seal(Step(EventKind.INQUIRY_RECEIVED, name, details), actor, bureau)


def _acknowledged(received: Received, _: str, actor: Actor, bureau: Bureau) -> None:
    known = _request(received, bureau)
    told: dict[str, Plain] = {"message": received.id, "number": text_in(received.body, "reference")}
    if known.standing == "sent":
        due = bureau.deadlines.due(Due.ANSWER, known.request.priority, bureau.clock.now().date())
        seal(Step(EventKind.REQUEST_ACKNOWLEDGED, known.name, {**told, "due": due}), actor, bureau)
    elif not known.acknowledged_on:
        seal(Step(EventKind.REQUEST_NOTED, known.name, {**told, "contents": {"acknowledged": True}}), actor, bureau)


def _returned(received: Received, _: str, actor: Actor, bureau: Bureau) -> None:
    known = _request(received, bureau)
    lacking, note = list(texts_in(received.body, "lacking")), text_in(received.body, "note")
    if known.standing in {"sent", "acknowledged", "supplied"}:
        details: dict[str, Plain] = {"message": received.id, "lacking": lacking, "note": note}
        seal(Step(EventKind.REQUEST_RETURNED, known.name, details), actor, bureau)
    else:
        contents: dict[str, Plain] = {"lacking": lacking, "note": note}
        seal(_noted(EventKind.REQUEST_NOTED, known.name, received, contents), actor, bureau)


def _answered(received: Received, _: str, actor: Actor, bureau: Bureau) -> None:
    """What the record itself tells is how it was answered and on which ground; the rest is kept in confidence."""
    known = _request(received, bureau)
    answer = read_answer(received.body)
    told = {name: value for name, value in answer.plain().items() if name not in {"result", "grounds"}}
    details: dict[str, Plain] = {
        "case": known.case,
        "message": received.id,
        "outcome": answer.result.value,
        "grounds": [each.value for each in answer.grounds],
        "told": keep_confidence(told, bureau.stores) if told else "",
        "number": text_in(received.body, "reference"),
        "due": answer.expected_on,
        "fingerprint": fingerprint_of(received.body),
        "signed": keep_confidence({"document": received.document}, bureau.stores) if received.document else "",
    }
    if known.standing in _ANSWERABLE:
        seal(Step(EventKind.REQUEST_ANSWERED, known.name, details), actor, bureau)
        weapon = bureau.stores.cases.get(known.case).request.recovered
        heard: dict[str, Plain] = {"matter": known.name, "case": known.case, "from_state": known.to_state}
        heard |= {"outcome": answer.result.value}
        seal_in_life(EventKind.TRACE_HEARD, weapon, heard, actor, bureau)
    else:
        contents = {name: details[name] for name in ("outcome", "grounds", "told")}
        seal(_noted(EventKind.REQUEST_NOTED, known.name, received, contents), actor, bureau)


def _consented(received: Received, _: str, actor: Actor, bureau: Bureau) -> None:
    known = _request(received, bureau)
    contents: dict[str, Plain] = {"consents": list(texts_in(received.body, "data"))}
    seal(_noted(EventKind.REQUEST_NOTED, known.name, received, contents), actor, bureau)


def _looked(received: Received, _: str, actor: Actor, bureau: Bureau) -> None:
    """Report who looked at what the other State told: when, for which authority and for what, never which account."""
    of = text_in(received.body, "of")
    if of == "answer":
        known = _request(received, bureau)
        kind, name, told = EventKind.REQUEST_NOTED, known.name, [each.told for each in known.answers]
    else:
        asked = _inquiry(received, bureau)
        kind, name, told = EventKind.INQUIRY_NOTED, asked.name, [asked.told, asked.supplement]
    reads = [read for each in told if each for read in confidence_reads(each, bureau.stores)]
    readers: list[Plain] = [{name: str(each[name]) for name in ("at", "authority", "purpose")} for each in reads]
    body: dict[str, Plain] = {
        "request": text_in(received.body, "request"),
        "of": of,
        "readers": readers[-_MOST_READERS:],
    }
    message = Message(to=received.sender, type=READERS, body=body, about=name, answers=received.id)
    contents: dict[str, Plain] = {"readers_told": len(readers), "answers": received.id}
    seal(Step(kind, name, {"message": post(message, bureau), "contents": contents}), actor, bureau)


_MOST_READERS = 50


def _supplied(received: Received, _: str, actor: Actor, bureau: Bureau) -> None:
    known = _inquiry(received, bureau)
    asks: dict[str, Plain] = {"asks": request_told(read_request(received.body))}
    told: dict[str, Plain] = {"told": keep_confidence(asks, bureau.stores), "note": text_in(received.body, "note")}
    if known.standing in {"received", "acknowledged", "returned", "supplied"}:
        due = bureau.deadlines.due(Due.ANSWER, known.priority, bureau.clock.now().date())
        details: dict[str, Plain] = {**told, "message": received.id, "due": due}
        seal(Step(EventKind.INQUIRY_SUPPLIED, known.name, details), actor, bureau)
    else:
        seal(_noted(EventKind.INQUIRY_NOTED, known.name, received, told), actor, bureau)


def _reminded(received: Received, _: str, actor: Actor, bureau: Bureau) -> None:
    known = _inquiry(received, bureau)
    note = text_in(received.body, "note")
    if known.standing in _OPEN:
        details: dict[str, Plain] = {"message": received.id, "note": note}
        seal(Step(EventKind.INQUIRY_REMINDED, known.name, details), actor, bureau)
    else:
        seal(_noted(EventKind.INQUIRY_NOTED, known.name, received, {"reminded": True}), actor, bureau)


def _clarified(received: Received, _: str, actor: Actor, bureau: Bureau) -> None:
    known = _inquiry(received, bureau)
    question = text_in(received.body, "question")
    if known.standing == "answered":
        due = bureau.deadlines.due(Due.CLARIFY, known.priority, bureau.clock.now().date())
        details: dict[str, Plain] = {"message": received.id, "note": question, "due": due}
        seal(Step(EventKind.INQUIRY_CLARIFIED, known.name, details), actor, bureau)
    else:
        seal(_noted(EventKind.INQUIRY_NOTED, known.name, received, {"question": question}), actor, bureau)


def _closed(received: Received, _: str, actor: Actor, bureau: Bureau) -> None:
    known = _inquiry(received, bureau)
    if known.standing in _OPEN:
        details: dict[str, Plain] = {"message": received.id, "outcome": text_in(received.body, "outcome")}
        seal(Step(EventKind.INQUIRY_CLOSED, known.name, details), actor, bureau)


def _reported(received: Received, _: str, actor: Actor, bureau: Bureau) -> None:
    contents: dict[str, Plain] = {"readers": list(readers_in(received.body))}
    if text_in(received.body, "of") == "answer":
        seal(_noted(EventKind.INQUIRY_NOTED, _inquiry(received, bureau).name, received, contents), actor, bureau)
    else:
        seal(_noted(EventKind.REQUEST_NOTED, _request(received, bureau).name, received, contents), actor, bureau)


def _consent_asked(received: Received, _: str, actor: Actor, bureau: Bureau) -> None:
    known = _inquiry(received, bureau)
    contents: dict[str, Plain] = {"consent_asked": list(texts_in(received.body, "data"))}
    seal(_noted(EventKind.INQUIRY_NOTED, known.name, received, contents), actor, bureau)


INCOMING: Mapping[str, Incoming] = {
    ASKED: _asked,
    ACKNOWLEDGED: _acknowledged,
    RETURNED: _returned,
    SUPPLIED: _supplied,
    REMINDED: _reminded,
    ANSWERED: _answered,
    CLARIFIED: _clarified,
    CLOSED: _closed,
    LOOKED: _looked,
    READERS: _reported,
    CONSENT_ASKED: _consent_asked,
    CONSENTED: _consented,
}
"""What is done with each type of message."""


def _noted(kind: EventKind, name: str, received: Received, contents: Mapping[str, Plain]) -> Step:
    return Step(kind, name, {"message": received.id, "contents": dict(contents)})


def _request(received: Received, bureau: Bureau) -> StateRequest:
    """Return the request of ours that a message answers, if it was put to the node that sent the message."""
    number = text_in(received.body, "request")
    try:
        known = request_named(number, bureau.stores)
    except KeyError:
        raise refuse("tracing.not_asked", "ITI 18", number=number, peer=received.sender) from None
    if known.peer != received.sender or known.standing in UNSENT:
        raise refuse("tracing.not_asked", "ITI 18", number=number, peer=received.sender)
    return known


def _inquiry(received: Received, bureau: Bureau) -> Inquiry:
    """Return the inquiry that a message goes on with. A node speaks of its own only."""
    number = text_in(received.body, "request")
    known = next(_inquiries(received.sender, number, bureau), None)
    if known is None:
        raise refuse("tracing.never_received", "ITI 18", number=number, peer=received.sender)
    return known


def _inquiries(peer: str, number: str, bureau: Bureau) -> Iterator[Inquiry]:
    for each in every_dossier("inquiry", None, bureau.stores):
        opened = bureau.stores.records.at(each.opened).event.details
        if (opened.get("peer"), opened.get("number")) == (peer, number):
            yield inquiry_named(each.name, bureau.stores)
