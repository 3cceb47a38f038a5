"""Money given to a request, as its dossier tells it: proposed by one, decided by another, followed to its result."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tracemark.assistance.steps import AssistanceStep, step_of
from tracemark.kernel import Plain
from tracemark.recordkeeping import EventKind, Sealed, fold_steps

BINDING = frozenset({"granted", "reported", "confirmed"})
"""Where a grant stands that was decided and goes on, or led to its result."""

UNDERWAY = frozenset({"granted", "reported"})
"""Where a grant stands that is decided and not yet at its end."""


@dataclass(frozen=True, slots=True)
class AwardTerms:
    """What is given: `amount` in whole units of `currency`, from a programme to a request, for a time and a result."""

    request: str
    programme: str
    amount: int
    currency: str
    starts: date
    ends: date
    expects: str
    reasons: str = ""

    def plain(self) -> dict[str, Plain]:
        """Return the form kept in the record."""
        told: dict[str, Plain] = {name: getattr(self, name) for name in _TEXTS}
        told |= {"amount": self.amount, "starts": self.starts.isoformat(), "ends": self.ends.isoformat()}
        return {name: value for name, value in told.items() if value != ""}

    @classmethod
    def of_plain(cls, plain: Mapping[str, Any]) -> "AwardTerms":
        """Read it from the record."""
        told: dict[str, Any] = {name: plain.get(name, "") for name in _TEXTS}
        days: dict[str, Any] = {name: date.fromisoformat(plain[name]) for name in ("starts", "ends")}
        return cls(**told, **days, amount=plain["amount"])


_TEXTS = ("request", "programme", "currency", "expects", "reasons")


@dataclass(frozen=True, slots=True)
class Award:
    """A grant as its events tell it. `paid` came from the programme, `spent` was used by activities, in whole units.

    `heard_on` is the last day on which anything was told of it, `result` what came of it as `reported_by` says;
    `confirmed_by` is who confirmed that for the State that received it.
    """

    name: str
    authority: str
    terms: AwardTerms
    proposed_by: str
    proposed_on: date
    standing: str = "proposed"
    decided_by: str = ""
    decided_on: date | None = None
    paid: int = 0
    spent: int = 0
    activities: tuple[AssistanceStep, ...] = ()
    heard_on: date | None = None
    result: str = ""
    reported_by: str = ""
    confirmed_by: str = ""
    steps: tuple[AssistanceStep, ...] = ()

    @property
    def binding(self) -> bool:
        """Whether it was decided and not refused or given up."""
        return self.standing in BINDING

    @property
    def committed(self) -> int:
        """The money that is not free for others: all of it while it goes on or waits, what was paid where it ended."""
        return self.terms.amount if self.reserves else self.paid

    @property
    def reserves(self) -> bool:
        """Whether its money is no longer free: decided, or waiting for a decision."""
        return self.binding or self.standing == "proposed"


def award_of(name: str, events: Sequence[Sealed]) -> Award:
    """Fold a grant's events into what is true of it now.

    Raises:
        KeyError: none of the events opens it.
    """
    return fold_steps(name, events, _proposed, _after)


def _proposed(sealed: Sealed, details: Mapping[str, Any]) -> Award:
    event = sealed.event
    terms = AwardTerms.of_plain(details["contents"])
    return Award(details["dossier"], event.authority, terms, event.by, event.happened.first, steps=(step_of(sealed),))


_LEADS = {
    EventKind.GRANT_DECIDED: "granted",
    EventKind.GRANT_REFUSED: "refused",
    EventKind.GRANT_RESULT_REPORTED: "reported",
    EventKind.GRANT_RESULT_CONFIRMED: "confirmed",
    EventKind.GRANT_RESULT_CONTESTED: "granted",
    EventKind.GRANT_ENDED: "ended",
}


def _after(known: Award, sealed: Sealed, details: Mapping[str, Any]) -> Award:
    event, step, on = sealed.event, step_of(sealed), sealed.event.happened.first
    found = replace(known, standing=_LEADS.get(event.kind, known.standing), heard_on=on, steps=(*known.steps, step))
    match event.kind:
        case EventKind.GRANT_DECIDED:
            return replace(found, decided_by=event.by, decided_on=on)
        case EventKind.GRANT_PAID:
            return replace(found, paid=known.paid + details["amount"])
        case EventKind.GRANT_ACTIVITY_REPORTED:
            spent = known.spent + details.get("amount", 0)
            return replace(found, spent=spent, activities=(*known.activities, step))
        case EventKind.GRANT_RESULT_REPORTED:
            return replace(found, result=details["result"], reported_by=event.by)
        case EventKind.GRANT_RESULT_CONFIRMED:
            return replace(found, confirmed_by=event.by)
    return found
