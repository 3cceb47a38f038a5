from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from tracemark.recordkeeping import Event, EventKind, Sealed, own_events
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
class Notified:
    """That the State which exported the goods first was notified, and by when (ISO day, "" unknown) it may answer."""

    state: str
    on: str
    due: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Consent:
    """What that State answered: whether it consents, and under which number."""

    given: bool
    state: str
    on: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Licence:
    """What the record says of one authorisation: the fold of its events and of those of its consignments.

    `due` is the day (ISO) by which it ought to be decided, "" for none. `drawn` and `received` count weapons by the
    number of the goods line. `certificate` is the end-user certificate it
    rests on, `waiver` why it rests on none. `earlier` are the texts that a revision replaced, the oldest first, and
    `revised_by` who revised them. `notified` and `consent` are of the State that exported the goods first.
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
    earlier: tuple[Application, ...] = ()
    revised_by: tuple[str, ...] = ()
    notified: Notified | None = None
    consent: Consent | None = None

    def left(self, line: int) -> int:
        """How many weapons of a goods line may still be packed; negative only where the record was tampered with."""
        return self.application.goods[line - 1].quantity - self.drawn.get(line, 0)

    @property
    def next_due(self) -> str:
        """The earliest day (ISO) set for a step still open: to decide, or for the State of origin to answer; "" none.

        A later answer takes nothing from the day set for the decision, nor the other way round.
        """
        days = (self.due if self.standing in WAITING else "", self._answer_due)
        return min((each for each in days if each), default="")

    def late(self, on: date) -> bool:
        """Whether it ought to have been decided, or answered, before this day, and waits still."""
        return "" < self.next_due < on.isoformat()

    def unanswered(self, on: date) -> bool:
        """Whether the State that exported the goods first ought to have answered before this day, and did not."""
        return "" < self._answer_due < on.isoformat()

    @property
    def _answer_due(self) -> str:
        waits = self.standing in (*WAITING, "approved") and self.consent is None
        return self.notified.due if waits and self.notified is not None else ""

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
    reads = _READ.get(sealed.event.kind)
    return licence if reads is None else replace(licence, **reads(licence, sealed.event, sealed.event.details))


def _revised(licence: Licence, event: Event, details: Mapping[str, Any]) -> dict[str, Any]:
    """What was assessed was the earlier text, so that nothing is assessed of this one."""
    return {
        "application": Application.of_plain(details),
        "due": details.get("due", ""),
        "earlier": (*licence.earlier, licence.application),
        "revised_by": (*licence.revised_by, event.by),
        "assessment": None,
    }


def _notified(_: Licence, event: Event, details: Mapping[str, Any]) -> dict[str, Any]:
    told = Notified(details["to_state"], str(event.happened), details.get("due", ""), details.get("number", ""))
    return {"notified": told, "consent": None}


def _answered(_: Licence, event: Event, details: Mapping[str, Any]) -> dict[str, Any]:
    number = details.get("number", "")
    return {"consent": Consent(details["consents"], details["from_state"], str(event.happened), number)}


def _assessed(_: Licence, event: Event, details: Mapping[str, Any]) -> dict[str, Any]:
    answers = tuple(map(Answer.of_plain, details["answers"]))
    return {"assessment": Assessment(answers, Risk(details["risk"]), details["reason"]), "assessed_by": event.by}


def _advised(_: Licence, event: Event, details: Mapping[str, Any]) -> dict[str, Any]:
    found = tuple(details["embargoes"]), tuple(details["hits"])
    return {"advice": Advice(details["grant"], details["reason"], event.by, *found)}


def _decided(_: Licence, event: Event, details: Mapping[str, Any]) -> dict[str, Any]:
    granted = event.kind is EventKind.LICENCE_APPROVED
    further = details.get("exemption", ""), details.get("override", "")
    return {"decision": Decision(granted, details["reason"], event.by, str(event.happened), *further)}


_READ: Mapping[EventKind, Callable[[Licence, Event, Mapping[str, Any]], dict[str, Any]]] = {
    EventKind.LICENCE_REVISED: _revised,
    EventKind.LICENCE_NOTIFIED: _notified,
    EventKind.LICENCE_ANSWERED: _answered,
    EventKind.LICENCE_ASSESSED: _assessed,
    EventKind.LICENCE_ADVISED: _advised,
    EventKind.LICENCE_APPROVED: _decided,
    EventKind.LICENCE_REFUSED: _decided,
    EventKind.LICENCE_ISSUED: lambda _, __, details: {
        "certificate": details.get("certificate", ""),
        "waiver": details.get("waiver", ""),
    },
    EventKind.CONSIGNMENT_OPENED: lambda licence, _, details: {
        "consignments": (*licence.consignments, details["dossier"])
    },
}
"""What each step of a licence, or of its consignments, tells of it."""


def _counted(events: Sequence[Sealed], kind: EventKind, detail: str) -> Mapping[int, int]:
    """Count what consignments took or brought by goods line; what a cancelled one took was given back."""
    told = [each.event for each in events]
    cancelled = {each.details["dossier"] for each in told if each.kind is EventKind.CONSIGNMENT_CANCELLED}
    counter = Counter[int]()
    for each in told:
        if each.kind is kind and each.details["dossier"] not in cancelled:
            counter.update(item.line for item in items_in(each.details, detail))
    return dict(counter)
