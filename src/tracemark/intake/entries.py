from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from tracemark.authorities import require_sight
from tracemark.intake.actions import IntakeRefused, bearers_of, held_row
from tracemark.intake.drafts import Draft, DraftEvent, look_alike_keys
from tracemark.intake.duplicates import Alike, FileMarks, alike
from tracemark.intake.faults import fault
from tracemark.intake.grades import Grade, Lack, Shortcoming, grade_of
from tracemark.intake.ports import HeldRow, IntakeStores, Run
from tracemark.intake.serials import serial_fault
from tracemark.kernel import Actor, Clock, Finding, canonical_bytes, instant_text
from tracemark.marking import Circumstance, Mark, Marked, check_marked, fold_serial
from tracemark.recordkeeping import (
    EventKind,
    Recorded,
    WeaponState,
    apply,
    assembly_findings,
    component_plain,
    enter_weapon,
    require_writable,
)
from tracemark.weapons import Component, Description, WeaponId

BY_HAND = "by-hand"
"""The profile of what was entered by hand, in the list of imports."""

FIRST_KINDS = (EventKind.MANUFACTURED, EventKind.IMPORTED, EventKind.REGISTERED)
"""How a record may begin at the registry's desk. What was seized, found or surrendered begins at that of recoveries."""

_SOME_WEAPON = WeaponId(1)
_RESOLVED = ("kind", "maker", "model", "calibre", "country")
_CIRCUMSTANCES = {EventKind.MANUFACTURED: Circumstance.MANUFACTURE, EventKind.IMPORTED: Circumstance.IMPORT}


@dataclass(frozen=True, slots=True)
class Entry:
    """A weapon as an officer enters it by hand: what it is and bears, and the event with which its record begins."""

    description: Description
    components: tuple[Component, ...]
    marks: tuple[Mark, ...]
    first: DraftEvent


@dataclass(frozen=True, slots=True)
class Considered:
    """An entry before it is sealed: what falls short, and the weapons it may be, for which it would be held."""

    findings: tuple[Finding, ...]
    alike: tuple[Alike, ...]


@dataclass(frozen=True, slots=True)
class Entered:
    """What became of an entry, sealed or held for judgement: the other is None. `findings` is what falls short."""

    recorded: Recorded | None
    held: HeldRow | None
    findings: tuple[Finding, ...]


def consider_entry(*, entry: Entry, state: str, actor: Actor, stores: IntakeStores) -> Considered:
    """Say what falls short of an entry by the instruments, and which weapons it may be. Writes nothing.

    `state` is the State that asks, ISO 3166-1 alpha-2.

    Raises:
        NotPermitted: the actor may not write its first event, or does not see the holder.
        EventRefused: the holder is nobody whom the node knows.
        IntakeRefused: the kind of event cannot begin a record, or the entry contradicts itself.
    """
    draft = _required(entry, actor, stores)
    held, noted = _compared(draft, stores)
    return Considered((*noted, *_shortfalls(entry, draft, state, actor)), tuple(held))


def register_weapon(*, entry: Entry, state: str, actor: Actor, stores: IntakeStores, clock: Clock) -> Entered:
    """Enter one weapon by hand; where it may be one that is on record, it is held for somebody's judgement instead.

    The same entry held twice changes nothing. `state` as in `consider_entry`.

    Raises:
        NotPermitted: the actor may not write its first event, or does not see the holder.
        EventRefused: the holder is nobody whom the node knows, or the event lacks a detail.
        IntakeRefused: the kind of event cannot begin a record, or the entry contradicts itself.

    Source: ITI 8(a), ITI 11.
    """
    draft = _required(entry, actor, stores)
    findings = tuple(_shortfalls(entry, draft, state, actor))
    with stores.atomic():
        held, noted = _compared(draft, stores)
        if held:
            return Entered(None, _hold(draft, held, actor, stores, clock), (*noted, *findings))
        recorded = enter_weapon(life=draft.life(_SOME_WEAPON, actor), actor=actor, stores=stores, clock=clock)
    return Entered(recorded, None, (*noted, *findings))


def _required(entry: Entry, actor: Actor, stores: IntakeStores) -> Draft:
    draft = _draft(entry)
    require_writable(draft.life(_SOME_WEAPON, actor), actor, stores)
    require_sight(actor, str(entry.first.details.get("holder", "")), stores.agencies.all())
    if found := list(_contradictions(entry)):
        raise IntakeRefused(found)
    return draft


def _draft(entry: Entry) -> Draft:
    serials = tuple(dict.fromkeys(fold_serial(mark.serial) for mark in entry.marks if mark.serial))
    return Draft(
        row=1,
        key=entry.first.document,
        weapon=entry.description.plain(),
        components=tuple(component_plain(each) for each in entry.components),
        marks=tuple(mark.plain() for mark in entry.marks),
        events=(entry.first,),
        grade=_grade(entry),
        serials=serials,
        keys=look_alike_keys(serials),
    )


def _grade(entry: Entry) -> Grade:
    lacks: set[Shortcoming] = set()
    written = entry.description.as_written or {}
    for name in (*_RESOLVED, "year"):
        if getattr(entry.description, name) in {"", None}:
            lacks.add((name, Lack.UNRESOLVED if name in written else Lack.MISSING))
    if not any(mark.serial for mark in entry.marks):
        lacks.add(("serial", Lack.MISSING))
    if "holder" not in entry.first.details:
        lacks.add(("holder", Lack.MISSING))
    return grade_of(frozenset(lacks))


def _contradictions(entry: Entry) -> Iterator[Finding]:
    """What no weapon can be: unlike a row of somebody's file, the officer can put it right at once."""
    if entry.first.kind not in FIRST_KINDS:
        yield fault("intake.kind_begins_no_record", 1, "kind", entry.first.kind.value)
    year = entry.description.year
    if year is not None and year > entry.first.happened.last.year:
        yield fault("intake.year_after_event", 1, "year", str(year), str(entry.first.happened))
    if sum(each.control for each in entry.components) > 1:
        yield fault("intake.several_controls", 1, "control")
    for place, mark in enumerate(entry.marks):
        if mark.serial and serial_fault(mark.serial, fold_serial(mark.serial))[0] == "intake.serial_placeholder":
            yield fault("intake.serial_placeholder", 1, f"marks.{place}.serial", mark.serial)


def _compared(draft: Draft, stores: IntakeStores) -> tuple[Sequence[Alike], list[Finding]]:
    """Return the weapons the entry may be, and a note on those that only repeat its serial."""
    held, repeated = alike(draft, bearers_of([draft], stores), FileMarks().earlier(draft))
    serials = ", ".join(draft.serials)
    return held, [fault(each.code, 1, "serial", serials, weapon=each.weapon, other_row=0) for each in repeated]


def _shortfalls(entry: Entry, draft: Draft, state: str, actor: Actor) -> Iterator[Finding]:
    """What falls short by the instruments, and of the record; it is said, and refuses nothing."""
    if not draft.serials and not entry.description.unmarked_because:
        yield fault("intake.serial_missing", 1, "marks")
    for mark in entry.marks:
        code, meant = serial_fault(mark.serial, fold_serial(mark.serial)) if mark.serial else ("", "")
        if code:
            yield fault(code, 1, "marks", mark.serial, meant)
    built = apply(WeaponState(_SOME_WEAPON), draft.life(_SOME_WEAPON, actor)[0], 0)
    yield from assembly_findings(built)
    circumstance = _CIRCUMSTANCES.get(entry.first.kind, Circumstance.MANUFACTURE)
    on = entry.first.happened.first
    yield from check_marked(Marked(built.description, built.components, built.marks, circumstance, on, state))


def _hold(draft: Draft, held: Sequence[Alike], actor: Actor, stores: IntakeStores, clock: Clock) -> HeldRow:
    """Keep an entry as an import of one row, so that it is judged where rows are."""
    fingerprint, now = sha256(canonical_bytes(draft.plain())).hexdigest(), instant_text(clock.now())
    run = stores.intake.find_run(fingerprint, BY_HAND) or stores.intake.start(
        Run(
            id=0,
            file=fingerprint,
            table="",
            profile=BY_HAND,
            profile_fingerprint=BY_HAND,
            actor=actor.name,
            started_at=now,
            rows=1,
            finished_at=now,
            counts={"held": 1, "imported": 0, "refused": 0, "grades": {draft.grade.value: 1}, "findings": {}},
        )
    )
    if not stores.intake.page(run=run.id, limit=1):
        stores.intake.hold([held_row(draft, held, run, {})])
    return stores.intake.page(run=run.id, limit=1)[0]
