from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tracemark.kernel import Finding, Plain, cite
from tracemark.recordkeeping.details import unfit_details
from tracemark.recordkeeping.events import Event, Sealed
from tracemark.recordkeeping.history import WeaponState, apply, current, fold
from tracemark.recordkeeping.kinds import EventKind, KindTerms, Status, event_kinds
from tracemark.weapons import NO_WEAPON, WeaponId


@dataclass(frozen=True, slots=True)
class Step:
    """One event of a weapon's life with the state before and after it, and what is wrong with it."""

    sealed: Sealed
    before: WeaponState
    after: WeaponState
    findings: tuple[Finding, ...]

    @property
    def lawful(self) -> bool:
        """Whether the event is a lawful kind and nothing speaks against it."""
        return event_kinds()[self.sealed.event.kind].lawful and not self.findings

    @property
    def who(self) -> str:
        """Whom the event left the weapon with, as far as the record knows; never who only reported it."""
        missing = self.after.status in {Status.LOST, Status.STOLEN}
        return "" if missing else self.after.custodian or self.after.holder


def steps(weapon: WeaponId, events: Iterable[Sealed]) -> list[Step]:
    """Follow a weapon's events, as corrected, and flag impossible sequences and unknown steps.

    Source: ITI 5, ITI 11.
    """
    state, found = WeaponState(weapon), []
    for sealed in current(events):
        after = apply(state, sealed.event, sealed.position)
        found.append(Step(sealed, state, after, tuple(check_event(sealed.event, state))))
        state = after
    return found


def check_event(event: Event, before: WeaponState) -> Iterator[Finding]:
    """Yield what is wrong with an event that would follow `before`: its details, and its place in the weapon's life.

    Nothing more is asked of an event whose details hold values of the wrong kind.
    """
    terms = event_kinds()[event.kind]
    found = list(unfit_details(event))
    yield from found
    if any(finding.code == "recordkeeping.detail_unfit" for finding in found):
        return
    if terms.concerns_no_weapon != (event.weapon == NO_WEAPON):
        yield Finding(
            "recordkeeping.weapon_expected" if event.weapon == NO_WEAPON else "recordkeeping.no_weapon_expected",
            terms.source,
            {"kind": event.kind.value},
        )
        return
    yield from _room(event, terms, before)
    yield from _references(event, terms, before)
    yield from _sequence(event, terms, before)
    yield from _gap(event, before)


def refusals(event: Event, before: WeaponState) -> list[Finding]:
    """Return what keeps an event from being recorded: all findings, less those that only flag what was truly seen."""
    flags = _FLAGS | _SEQUENCE if event_kinds()[event.kind].always else _FLAGS
    return [finding for finding in check_event(event, before) if finding.code not in flags]


def newly_impossible(weapon: WeaponId, history: Sequence[Sealed], coming: Sealed) -> list[Finding]:
    """Return which other events of a weapon's life one more event, or a correction, would make impossible.

    What is recorded whatever the state does not count, nor what was impossible before.
    """
    known = [finding for step in steps(weapon, history) for finding in step.findings]
    own = _place_of(coming)
    return [
        finding
        for step in steps(weapon, (*history, coming))
        if step.sealed.position != own and not event_kinds()[step.sealed.event.kind].always
        for finding in step.findings
        if finding.code in _SEQUENCE and finding not in known
    ]


def _place_of(coming: Sealed) -> int:
    """The place in the record of what an event tells: its own, or of what it corrects."""
    corrects: Any = coming.event.details.get("corrects")
    return int(corrects) if coming.event.kind is EventKind.CORRECTED else coming.position


def late_refusals(sealed: Sealed, history: Sequence[Sealed]) -> list[Finding]:
    """Return what keeps an event from being recorded that happened before others already known.

    It must fit where it happened, and must not make impossible what came after.
    """
    place = (sealed.event.happened, sealed.position)
    earlier = [each for each in current(history) if (each.event.happened, each.position) < place]
    found = refusals(sealed.event, fold(sealed.event.weapon, earlier))
    return found or newly_impossible(sealed.event.weapon, history, sealed)


_MOST = 255
_FLAGS = frozenset({"recordkeeping.unknown_step", "recordkeeping.back_dated"})
_SEQUENCE = frozenset({"recordkeeping.impossible_sequence"})


def _room(event: Event, terms: KindTerms, before: WeaponState) -> Iterator[Finding]:
    """Identities of marks and components are numbered within a weapon, and there are 255 of each."""
    details: Mapping[str, Any] = event.details
    coming = {
        "marks": len(before.marks) + len(details.get("marks", ())),
        "components": before.components_born + len(details.get("components", ())) + len(details.get("fitted", ())),
    }
    for what, count in coming.items():
        if count > _MOST:
            yield Finding("recordkeeping.too_many", terms.source, {"most": _MOST, "what": what})


def _references(event: Event, terms: KindTerms, before: WeaponState) -> Iterator[Finding]:
    """A mark that is inspected and a component that is taken off are this weapon's."""
    details: Mapping[str, Any] = event.details
    facts: dict[str, Plain] = {"kind": event.kind.value}
    if "mark" in details and details["mark"] not in {mark.id for mark in before.marks}:
        yield Finding("recordkeeping.no_such_mark", terms.source, facts)
    if set(details.get("removed", ())) - {component.id for component in before.components}:
        yield Finding("recordkeeping.no_such_component", terms.source, facts)


def _sequence(event: Event, terms: KindTerms, before: WeaponState) -> Iterator[Finding]:
    if terms.after and before.status not in terms.after:
        facts: Mapping[str, Plain] = {"kind": event.kind.value, "after": before.status.value}
        yield Finding("recordkeeping.impossible_sequence", terms.source, facts)
    if before.status is not Status.UNRECORDED and before.since and event.happened.last < before.since.first:
        yield Finding(
            "recordkeeping.back_dated",
            terms.source,
            {"kind": event.kind.value, "happened": str(event.happened), "since": str(before.since)},
        )


def _gap(event: Event, before: WeaponState) -> Iterator[Finding]:
    """A step whose giver is not the holder on record leaves an unknown step between them."""
    giver = event.details.get("from", "")
    if event.kind is EventKind.TRANSFERRED and giver and before.holder and giver != before.holder:
        yield Finding("recordkeeping.unknown_step", cite("ITI 5"), {"from": str(giver), "holder": before.holder})
