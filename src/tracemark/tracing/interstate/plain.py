from tracemark.kernel import Plain
from tracemark.tracing.interstate.clues import StateToAsk
from tracemark.tracing.interstate.folding import Turn
from tracemark.tracing.interstate.inquiries import Inquiry
from tracemark.tracing.interstate.requests import StateRequest


def to_ask_plain(listed: StateToAsk) -> dict[str, Plain]:
    """Return a State to ask as plain data."""
    because: list[Plain] = [{"code": each.code, "facts": dict(each.facts)} for each in listed.because]
    return {"state": listed.state, "because": because, "asked": list(listed.asked)}


def request_plain(known: StateRequest) -> dict[str, Plain]:
    """Return a request as plain data, without what the other State told in confidence."""
    answers: list[Plain] = [
        {"result": each.result.value, "grounds": [ground.value for ground in each.grounds], "on": each.on}
        for each in known.answers
    ]
    return {
        "request": known.name,
        "standing": known.standing,
        "case": known.case,
        "to_state": known.to_state,
        "node": known.peer,
        "reference": known.reference,
        "previous": known.previous,
        "due": known.due,
        "sent_on": known.sent_on,
        "acknowledged_on": known.acknowledged_on,
        "lacking": list(known.lacking),
        "reminders": known.reminders,
        "because": [{"code": each.code, "facts": dict(each.facts)} for each in known.because],
        "answers": answers,
        "readers": [dict(each) for each in known.readers],
        "turns": [_turn(each) for each in known.turns],
    }


def inquiry_plain(known: Inquiry) -> dict[str, Plain]:
    """Return an inquiry as plain data, without what the other State told in confidence."""
    return {
        "inquiry": known.name,
        "standing": known.standing,
        "from_state": known.from_state,
        "node": known.peer,
        "number": known.number,
        "priority": known.priority.value,
        "received_on": known.received_on,
        "acknowledged_on": known.acknowledged_on,
        "due": known.due,
        "lacking": list(known.lacking),
        "reminders": known.reminders,
        "found": known.found,
        "answers": [{"on": each.on, **each.answer.plain()} for each in known.answers],
        "questions": list(known.questions),
        "readers": [dict(each) for each in known.readers],
        "outcome": known.outcome,
        "turns": [_turn(each) for each in known.turns],
    }


def _turn(turn: Turn) -> dict[str, Plain]:
    said: dict[str, Plain] = {"kind": turn.kind.value, "ours": turn.ours, "at": turn.at, "said": turn.said}
    return said | ({"codes": list(turn.codes)} if turn.codes else {})
