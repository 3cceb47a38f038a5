from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from tracemark.kernel import Plain
from tracemark.recordkeeping import EventKind, Sealed, fold_steps
from tracemark.tracing.cases import TraceRequest
from tracemark.tracing.interstate.answers import Result, Withholding
from tracemark.tracing.interstate.folding import Turn, after_steps, sealed_on, turns_of
from tracemark.tracing.interstate.handling import Handling
from tracemark.weapons import NO_WEAPON

WAITING = frozenset({"sent", "acknowledged", "supplied", "clarifying"})
"""Where a request stands that the other State is to act on."""
UNSENT = frozenset({"drafted", "withdrawn"})
OVER = frozenset({"closed", "withdrawn"})


@dataclass(frozen=True, slots=True)
class Because:
    """Why a State is asked: a code and its facts. `given_by` is the request whose answer told it, "" for none."""

    code: str
    facts: Mapping[str, Plain] = field(default_factory=dict)
    given_by: str = ""

    def plain(self) -> dict[str, Plain]:
        """Return the JSON form that is kept."""
        return {"code": self.code, "facts": dict(self.facts), "given_by": self.given_by}

    @classmethod
    def of_plain(cls, plain: Mapping[str, Any]) -> "Because":
        """Read the JSON form back."""
        return cls(plain["code"], plain["facts"], plain.get("given_by", ""))


@dataclass(frozen=True, slots=True)
class AnswerHeard:
    """That an answer came: what the record itself tells of it. `told` stands for the rest, which is kept in confidence.

    `message` carried it; `on` is the day (ISO) on which it was sealed here. `fingerprint` is that of what was told, and
    `signed` stands for the document that its State signed. `proof` shows that it stands in that State's record, under a
    head that `witnesses` cosigned; "" before it came.
    """

    result: Result
    grounds: tuple[Withholding, ...]
    told: str
    message: str
    on: str
    fingerprint: str = ""
    signed: str = ""
    proof: str = ""
    witnesses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StateRequest:
    """What we ask of another State about a recovered weapon, and what came of it: the fold of its events.

    `peer` is the name of that State's node. `handling` is the code under which we give what we tell. `reference` is the
    other State's own name for it, "" before it acknowledged. `due` is the day (ISO) of the next step. `previous` is the
    request that led to this one. `consents` are the names of data that the giver let us pass on.

    Source: ITI 17.
    """

    name: str
    standing: str
    case: str
    to_state: str
    peer: str
    request: TraceRequest
    handling: Handling
    because: tuple[Because, ...]
    authority: str
    previous: str = ""
    reference: str = ""
    due: str = ""
    sent_on: str = ""
    acknowledged_on: str = ""
    messages: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    reminders: int = 0
    answers: tuple[AnswerHeard, ...] = ()
    consents: frozenset[str] = frozenset()
    readers: tuple[Mapping[str, Plain], ...] = ()
    turns: tuple[Turn, ...] = ()

    @property
    def answer(self) -> AnswerHeard | None:
        """The last answer, None before any."""
        return self.answers[-1] if self.answers else None

    @property
    def answered_on(self) -> str:
        """The day (ISO) of the last answer, "" before any."""
        return self.answers[-1].on if self.answers else ""

    def late(self, on: date) -> bool:
        """Whether the other State ought to have acted before this day, and did not."""
        return self.standing in WAITING and "" < self.due < on.isoformat()


def fold_request(name: str, events: Sequence[Sealed], standing: str) -> StateRequest:
    """Fold a request's own events into what is true of it.

    Raises:
        KeyError: none of the events is its own.
    """
    folded = fold_steps(name, events, _drafted(name, standing), after_steps(_READ))
    return replace(folded, turns=tuple(turns_of(name, events, THEIRS)))


THEIRS = frozenset(
    {
        EventKind.REQUEST_ACKNOWLEDGED,
        EventKind.REQUEST_RETURNED,
        EventKind.REQUEST_ANSWERED,
        EventKind.REQUEST_NOTED,
    }
)


def _drafted(name: str, standing: str) -> Callable[[Sealed, Mapping[str, Any]], StateRequest]:
    return lambda sealed, details: StateRequest(
        name=name,
        standing=standing,
        case=details["case"],
        to_state=details["to_state"],
        peer=details["peer"],
        request=TraceRequest.of_plain(NO_WEAPON, details["request"]),
        handling=Handling.of_plain(details["handling"]),
        because=tuple(map(Because.of_plain, details["because"])),
        authority=sealed.event.authority,
        previous=details.get("previous", ""),
    )


def _answered(known: StateRequest, sealed: Sealed, details: Mapping[str, Any]) -> dict[str, Any]:
    grounds = tuple(map(Withholding, details.get("grounds", ())))
    heard = AnswerHeard(
        Result(details["outcome"]),
        grounds,
        details.get("told", ""),
        details["message"],
        sealed_on(sealed),
        details.get("fingerprint", ""),
        details.get("signed", ""),
    )
    return {"answers": (*known.answers, heard), "reference": details.get("number", known.reference)}


def _acknowledged(known: StateRequest, sealed: Sealed, details: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "acknowledged_on": known.acknowledged_on or sealed_on(sealed),
        "reference": details.get("number", known.reference),
    }


def _noted(known: StateRequest, sealed: Sealed, details: Mapping[str, Any]) -> dict[str, Any]:
    """What came out of its turn, or beside the turns: a late acknowledgement, a consent, who looked at what we gave."""
    noted: Mapping[str, Any] = details["contents"]
    late = _acknowledged(known, sealed, details) if "number" in details else {}
    consents = known.consents | frozenset(map(str, noted.get("consents", ())))
    readers = (*known.readers, *noted.get("readers", ()))
    return {**late, "consents": consents, "readers": readers, "answers": _with_proof(known.answers, noted)}


def _with_proof(answers: tuple[AnswerHeard, ...], noted: Mapping[str, Any]) -> tuple[AnswerHeard, ...]:
    if "proof" not in noted:
        return answers
    proved = {"proof": noted["proof"], "witnesses": tuple(noted["witnesses"])}
    return tuple(replace(each, **proved) if each.message == noted["answer"] else each for each in answers)


_READ: Mapping[EventKind, Callable[[StateRequest, Sealed, Mapping[str, Any]], dict[str, Any]]] = {
    EventKind.REQUEST_SENT: lambda _, sealed, __: {"sent_on": sealed_on(sealed)},
    EventKind.REQUEST_ACKNOWLEDGED: _acknowledged,
    EventKind.REQUEST_RETURNED: lambda _, __, details: {"lacking": tuple(details["lacking"])},
    EventKind.REQUEST_SUPPLIED: lambda _, __, details: {
        "request": TraceRequest.of_plain(NO_WEAPON, details["request"]),
        "lacking": (),
    },
    EventKind.REQUEST_REMINDED: lambda known, _, __: {"reminders": known.reminders + 1},
    EventKind.REQUEST_ANSWERED: _answered,
    EventKind.REQUEST_NOTED: _noted,
}
"""What each step tells of a request."""
