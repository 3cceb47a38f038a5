from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tracemark.kernel import Plain
from tracemark.recordkeeping import EventKind, Sealed, fold_steps
from tracemark.tracing.cases import Judgement, Priority, Verdict
from tracemark.tracing.interstate.answers import StateAnswer
from tracemark.tracing.interstate.folding import Turn, after_steps, sealed_on, turns_of
from tracemark.tracing.interstate.handling import Handling
from tracemark.weapons import WeaponId

OPEN = frozenset({"received", "acknowledged", "supplied", "clarifying"})
"""Where an inquiry stands that we are to act on."""


@dataclass(frozen=True, slots=True)
class AnswerGiven:
    """An answer of ours, with the message that carried it and the day (ISO) on which it was sealed."""

    answer: StateAnswer
    message: str
    on: str


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What another State asks of us, and what we did about it: the fold of its events.

    `number` is the other State's own name for it; `told` stands for what it asks and tells, `supplement` for what it
    asks anew: both are kept in confidence under `handling`. `found` is the weapon that an officer judged to be the
    same. `reminders` count those that came. `attested` are the messages of our answers, with the position and the day
    of the event that seals what they tell; `proved` those of which the other State was sent the proof.

    Source: ITI 14, ITI 18.
    """

    name: str
    standing: str
    from_state: str
    peer: str
    number: str
    told: str
    handling: Handling
    priority: Priority
    received_on: str
    due: str = ""
    supplement: str = ""
    acknowledged_on: str = ""
    messages: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    reminders: int = 0
    judgements: tuple[Judgement, ...] = ()
    found: WeaponId | None = None
    answers: tuple[AnswerGiven, ...] = ()
    questions: tuple[str, ...] = ()
    readers: tuple[Mapping[str, Plain], ...] = ()
    consents: frozenset[str] = frozenset()
    outcome: str = ""
    attested: tuple[tuple[str, int, str], ...] = ()
    proved: frozenset[str] = frozenset()
    turns: tuple[Turn, ...] = ()

    @property
    def answer(self) -> StateAnswer | None:
        """The last answer we gave, None before any."""
        return self.answers[-1].answer if self.answers else None

    def late(self, on: date) -> bool:
        """Whether we ought to have acted before this day, and did not."""
        return self.standing in OPEN and "" < self.due < on.isoformat()


def fold_inquiry(name: str, events: Sequence[Sealed], standing: str) -> Inquiry:
    """Fold an inquiry's own events into what is true of it.

    Raises:
        KeyError: none of the events is its own.
    """
    folded = fold_steps(name, events, _received(name, standing), after_steps(_READ))
    return replace(folded, turns=tuple(turns_of(name, events, THEIRS)))


THEIRS = frozenset(
    {
        EventKind.INQUIRY_RECEIVED,
        EventKind.INQUIRY_SUPPLIED,
        EventKind.INQUIRY_REMINDED,
        EventKind.INQUIRY_CLARIFIED,
        EventKind.INQUIRY_NOTED,
        EventKind.INQUIRY_CLOSED,
    }
)


def _received(name: str, standing: str) -> Callable[[Sealed, Mapping[str, Any]], Inquiry]:
    return lambda sealed, details: Inquiry(
        name=name,
        standing=standing,
        from_state=details["from_state"],
        peer=details["peer"],
        number=details["number"],
        told=details["told"],
        handling=Handling.of_plain(details["handling"]),
        priority=Priority(details["priority"]),
        received_on=sealed.recorded_at.date().isoformat(),
        due=details.get("due", ""),
        messages=(details["message"],),
    )


def _judged(known: Inquiry, sealed: Sealed, _: Mapping[str, Any]) -> dict[str, Any]:
    judgement = Judgement.of_sealed(sealed)
    found = None if judgement.other_weapon == known.found else known.found
    if judgement.verdict is Verdict.SAME:
        found = judgement.other_weapon
    return {"judgements": (*known.judgements, judgement), "found": found}


def _answered(known: Inquiry, sealed: Sealed, details: Mapping[str, Any]) -> dict[str, Any]:
    answer = StateAnswer.of_plain(details["answer"])
    return {"answers": (*known.answers, AnswerGiven(answer, details["message"], sealed_on(sealed)))}


def _noted(known: Inquiry, _: Sealed, details: Mapping[str, Any]) -> dict[str, Any]:
    noted: Mapping[str, Any] = details["contents"]
    return {
        "readers": (*known.readers, *noted.get("readers", ())),
        "consents": known.consents | frozenset(map(str, noted.get("consents", ()))),
        "proved": known.proved | ({noted["proved"]} if "proved" in noted else set()),
    }


_READ: Mapping[EventKind, Callable[[Inquiry, Sealed, Mapping[str, Any]], dict[str, Any]]] = {
    EventKind.INQUIRY_ACKNOWLEDGED: lambda _, sealed, __: {"acknowledged_on": sealed_on(sealed)},
    EventKind.INQUIRY_RETURNED: lambda _, __, details: {"lacking": tuple(details["lacking"])},
    EventKind.INQUIRY_SUPPLIED: lambda _, __, details: {
        "supplement": details["told"],
        "lacking": (),
    },
    EventKind.INQUIRY_REMINDED: lambda known, _, __: {"reminders": known.reminders + 1},
    EventKind.INQUIRY_JUDGED: _judged,
    EventKind.INQUIRY_ANSWERED: _answered,
    EventKind.INQUIRY_CLARIFIED: lambda known, _, details: {"questions": (*known.questions, details["note"])},
    EventKind.INQUIRY_ATTESTED: lambda known, sealed, details: {
        "attested": (*known.attested, (details["about"], sealed.position, sealed_on(sealed)))
    },
    EventKind.INQUIRY_NOTED: _noted,
    EventKind.INQUIRY_CLOSED: lambda _, __, details: {"outcome": details.get("outcome", "")},
}
"""What each step tells of an inquiry."""
