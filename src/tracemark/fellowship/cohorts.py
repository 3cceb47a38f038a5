from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from tracemark.fellowship.calls import Call
from tracemark.kernel import Plain
from tracemark.recordkeeping import EventKind, Sealed, fold_steps
from tracemark.targets import amount_text


@dataclass(frozen=True, slots=True)
class Conflict:
    """An account that declared an interest: it takes no part in selecting, assessing or certifying this cohort."""

    account: str
    reason: str
    on: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """A selection as it was proposed: outcomes and what explains each, as sealed. `by` is who proposed it."""

    selected: tuple[str, ...]
    waiting: tuple[str, ...]
    declined: tuple[str, ...]
    explained: Mapping[str, Any]
    worth: int
    bound: int
    proven: bool
    policy: str
    by: str
    on: str

    @property
    def names(self) -> frozenset[str]:
        """All nominations it is about."""
        return frozenset((*self.selected, *self.waiting, *self.declined))


@dataclass(frozen=True, slots=True)
class Held:
    """A module that was held: the nominations of those who were there, and of those who passed its assessment."""

    module: str
    on: date
    present: tuple[str, ...]
    passed: tuple[str, ...]
    by: str = ""

    def plain(self) -> dict[str, Plain]:
        """Return the form kept in the record."""
        return {"module": self.module, "present": list(self.present), "passed": list(self.passed)}


@dataclass(frozen=True, slots=True)
class Cost:
    """Money that was spent on a cohort, and for what."""

    on: date
    amount: Decimal
    what: str
    by: str = ""

    def plain(self) -> dict[str, Plain]:
        """Return the form kept in the record."""
        return {"amount": amount_text(self.amount), "what": self.what}


@dataclass(frozen=True, slots=True)
class CohortStep:
    """One step of a cohort: what was done, when, by whom and why."""

    kind: EventKind
    on: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Cohort:
    """A cohort as its events tell it: open, proposed, selected, completed or cancelled.

    `departures` are the nominations decided otherwise than proposed, with the reason. `nominations` are all that came.
    """

    name: str
    authority: str
    call: Call
    standing: str = "open"
    nominations: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    proposal: Proposed | None = None
    decided_by: str = ""
    departures: Mapping[str, str] | None = None
    held: tuple[Held, ...] = ()
    costs: tuple[Cost, ...] = ()
    steps: tuple[CohortStep, ...] = ()

    @property
    def spent(self) -> Decimal:
        """What was spent on it so far."""
        return sum((each.amount for each in self.costs), Decimal(0))

    @property
    def barred(self) -> frozenset[str]:
        """The accounts that declared an interest, in lower case."""
        return frozenset(each.account.casefold() for each in self.conflicts)

    def attended(self, nomination: str) -> list[str]:
        """Return the modules at which a fellow was."""
        return [each.module for each in self.held if nomination in each.present]

    def passed(self, nomination: str) -> list[str]:
        """Return the modules whose assessment a fellow passed."""
        return [each.module for each in self.held if nomination in each.passed]


def cohort_of(name: str, events: Sequence[Sealed]) -> Cohort:
    """Fold a cohort's events, and name the nominations that came for it.

    Raises:
        KeyError: none of them opens it.
    """
    known = fold_steps(name, events, _called, _after)
    came = (each.event for each in events if each.event.kind is EventKind.NOMINATION_RECEIVED)
    return replace(
        known, nominations=tuple(str(each.details["dossier"]) for each in came if each.details["cohort"] == name)
    )


def _called(sealed: Sealed, told: Mapping[str, Any]) -> Cohort:
    call = Call.of_plain(told["contents"])
    return Cohort(told["dossier"], sealed.event.authority, call, steps=(_step(sealed, told),))


_LEADS_TO: Mapping[EventKind, str] = {
    EventKind.COHORT_SELECTION_PROPOSED: "proposed",
    EventKind.COHORT_SELECTION_RETURNED: "open",
    EventKind.COHORT_SELECTION_DECIDED: "selected",
    EventKind.COHORT_COMPLETED: "completed",
    EventKind.COHORT_CANCELLED: "cancelled",
}


def _after(known: Cohort, sealed: Sealed, told: Mapping[str, Any]) -> Cohort:
    event, contents = sealed.event, told.get("contents", {})
    standing = _LEADS_TO.get(event.kind, known.standing)
    known = replace(known, standing=standing, steps=(*known.steps, _step(sealed, told)))
    read = _READ.get(event.kind)
    return read(known, sealed, contents) if read else known


def _declared(known: Cohort, sealed: Sealed, _: Mapping[str, Any]) -> Cohort:
    told = sealed.event.details
    conflict = Conflict(str(told["account"]), str(told["reason"]), str(sealed.event.happened))
    return replace(known, conflicts=(*known.conflicts, conflict))


def _held(known: Cohort, sealed: Sealed, told: Mapping[str, Any]) -> Cohort:
    on, by = sealed.event.happened.first, sealed.event.by
    held = Held(told["module"], on, tuple(told["present"]), tuple(told["passed"]), by)
    return replace(known, held=(*known.held, held))


def _booked(known: Cohort, sealed: Sealed, told: Mapping[str, Any]) -> Cohort:
    cost = Cost(sealed.event.happened.first, Decimal(told["amount"]), told["what"], sealed.event.by)
    return replace(known, costs=(*known.costs, cost))


def _proposed(sealed: Sealed, told: Mapping[str, Any]) -> Proposed:
    read: dict[str, Any] = {name: tuple(told[name]) for name in ("selected", "waiting", "declined")}
    read |= {name: told[name] for name in ("explained", "worth", "bound", "proven", "policy")}
    return Proposed(**read, by=sealed.event.by, on=str(sealed.event.happened))


def _step(sealed: Sealed, told: Mapping[str, Any]) -> CohortStep:
    reason = told.get("reason", told.get("note", ""))
    return CohortStep(sealed.event.kind, str(sealed.event.happened), sealed.event.by, reason)


_READ: Mapping[EventKind, Callable[[Cohort, Sealed, Mapping[str, Any]], Cohort]] = {
    EventKind.COHORT_CONFLICT_DECLARED: _declared,
    EventKind.COHORT_APPROVAL_RECUSED: _declared,
    EventKind.COHORT_SELECTION_PROPOSED: lambda known, sealed, told: replace(known, proposal=_proposed(sealed, told)),
    EventKind.COHORT_SELECTION_RETURNED: lambda known, *_: replace(known, proposal=None),
    EventKind.COHORT_SELECTION_DECIDED: lambda known, sealed, told: replace(
        known, decided_by=sealed.event.by, departures=told["departures"]
    ),
    EventKind.COHORT_MODULE_HELD: _held,
    EventKind.COHORT_COST_BOOKED: _booked,
}
"""What each kind of step changes beside where the cohort stands."""
