from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from tracemark.recordkeeping import EventKind, Sealed, own_events
from tracemark.transfers.applications import Application
from tracemark.transfers.items import Item
from tracemark.transfers.risks import Answer, Assessment, Risk

ISSUED = "issued"
WAITING = frozenset({"drafted", "advised"})
"""Where a licence stands that nobody has decided on."""


@dataclass(frozen=True, slots=True)
class DossierStep:
    """One step of a dossier as its history tells it: what was done, by whom, when, and what was said."""

    kind: EventKind
    by: str
    authority: str
    on: str
    at: str
    position: int
    said: str = ""


@dataclass(frozen=True, slots=True)
class Advice:
    """What the adviser found: to grant or not, why, which embargoes held and who looked like a listed party then."""

    grant: bool
    reason: str
    by: str
    embargoes: tuple[str, ...] = ()
    hits: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided and why.

    `exemption` names what lets goods go to an embargoed destination; `override` says why it is granted although a bar,
    an overriding risk or a likeness to a listed party was found.
    """

    granted: bool
    reason: str
    by: str
    on: str
    exemption: str = ""
    override: str = ""


@dataclass(frozen=True, slots=True)
class Licence:
    """What the record says of one authorisation: the fold of its events and of those of its consignments.

    `due` is the day (ISO) by which it ought to be decided, "" for none. `drawn` and `received` count weapons by the
    number of the goods line. `certificate` is the end-user certificate it
    rests on, `waiver` why it rests on none.
    """

    name: str
    authority: str
    application: Application
    standing: str
    drafted_by: str
    due: str = ""
    assessment: Assessment | None = None
    assessed_by: str = ""
    advice: Advice | None = None
    decision: Decision | None = None
    certificate: str = ""
    waiver: str = ""
    consignments: tuple[str, ...] = ()
    drawn: Mapping[int, int] = field(default_factory=dict)
    received: Mapping[int, int] = field(default_factory=dict)
    steps: tuple[DossierStep, ...] = ()

    def left(self, line: int) -> int:
        """How many weapons of a goods line may still be packed; negative only where the record was tampered with."""
        return self.application.goods[line - 1].quantity - self.drawn.get(line, 0)

    def late(self, on: date) -> bool:
        """Whether it ought to have been decided before this day, and waits still."""
        return self.standing in WAITING and bool(self.due) and self.due < on.isoformat()

    def in_force(self, on: date) -> bool:
        """Whether goods may move under it on a day."""
        within = self.application.valid_from <= on <= self.application.valid_until
        return self.standing == ISSUED and within


def fold_licence(name: str, events: Sequence[Sealed], standing: str) -> Licence:
    """Fold the events that belong to a licence or name it into what is true of it.

    Raises:
        ValueError: none of them drafted it.
    """
    drafted = next((each for each in events if each.event.kind is EventKind.LICENCE_DRAFTED), None)
    if drafted is None:
        raise ValueError(f"no event drafted {name}")
    folded = Licence(
        name,
        drafted.event.authority,
        Application.of_plain(drafted.event.details),
        standing,
        drafted.event.by,
        str(drafted.event.details.get("due", "")),
    )
    for each in events:
        folded = _after(folded, each)
    return replace(
        folded,
        drawn=_counted(events, EventKind.CONSIGNMENT_PACKED, "packed"),
        received=_counted(events, EventKind.CONSIGNMENT_RECEIVED, "received"),
        steps=tuple(map(step_of, own_events(name, events))),
    )


def step_of(sealed: Sealed) -> DossierStep:
    """Tell an event as a step of its dossier's history."""
    event = sealed.event
    told = event.details
    said = next((str(told[each]) for each in ("reason", "note", "waiver", "place") if told.get(each)), "")
    at = sealed.recorded_at.isoformat()
    return DossierStep(event.kind, event.by, event.authority, str(event.happened), at, sealed.position, said)


def items_in(details: Mapping[str, Any], name: str) -> list[Item]:
    """Return the list of weapons that a detail of an event holds."""
    return [Item.of_plain(each) for each in details.get(name, ())]


def _after(licence: Licence, sealed: Sealed) -> Licence:
    event = sealed.event
    details: Mapping[str, Any] = event.details
    match event.kind:
        case EventKind.LICENCE_ASSESSED:
            answers = tuple(map(Answer.of_plain, details["answers"]))
            assessment = Assessment(answers, Risk(details["risk"]), details["reason"])
            return replace(licence, assessment=assessment, assessed_by=event.by)
        case EventKind.LICENCE_ADVISED:
            found = tuple(details["embargoes"]), tuple(details["hits"])
            return replace(licence, advice=Advice(details["grant"], details["reason"], event.by, *found))
        case EventKind.LICENCE_APPROVED | EventKind.LICENCE_REFUSED:
            granted = event.kind is EventKind.LICENCE_APPROVED
            further = details.get("exemption", ""), details.get("override", "")
            decision = Decision(granted, details["reason"], event.by, str(event.happened), *further)
            return replace(licence, decision=decision)
        case EventKind.LICENCE_ISSUED:
            return replace(licence, certificate=details.get("certificate", ""), waiver=details.get("waiver", ""))
        case EventKind.CONSIGNMENT_OPENED:
            return replace(licence, consignments=(*licence.consignments, details["dossier"]))
    return licence


def _counted(events: Sequence[Sealed], kind: EventKind, detail: str) -> Mapping[int, int]:
    """Count what consignments took or brought by goods line; what a cancelled one took was given back."""
    told = [each.event for each in events]
    cancelled = {each.details["dossier"] for each in told if each.kind is EventKind.CONSIGNMENT_CANCELLED}
    counter = Counter[int]()
    for each in told:
        if each.kind is kind and each.details["dossier"] not in cancelled:
            counter.update(item.line for item in items_in(each.details, detail))
    return dict(counter)
