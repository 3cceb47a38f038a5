from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice

from tracemark.authorities import Permission, require
from tracemark.intake.drafts import Draft, DraftEvent
from tracemark.intake.duplicates import Alike, Bearer, FileMarks, alike
from tracemark.intake.faults import Severity, fault, severity
from tracemark.intake.grades import Grade
from tracemark.intake.holders import ListedAgencies
from tracemark.intake.known_rows import Recogniser, Recognition
from tracemark.intake.lives import life_permissions
from tracemark.intake.names import Names
from tracemark.intake.ports import HeldRow, HeldState, IntakeStores, KnownRow, Progress, Run
from tracemark.intake.profiles import Profile
from tracemark.intake.reports import IntakeReport, Tally
from tracemark.intake.rows import RowReader
from tracemark.intake.surveys import Survey, survey
from tracemark.intake.tables import SourceRow, Table
from tracemark.kernel import Actor, Clock, Finding, Plain, Refused, fingerprint, instant_text
from tracemark.recordkeeping import (
    Event,
    EventRefused,
    LifeChecker,
    Person,
    Recorded,
    Status,
    append,
    append_new,
    event_kinds,
    no_search_for_cycles,
    person_commitment,
    unknown_holders,
)
from tracemark.weapons import NO_WEAPON, WeaponId

BATCH_ROWS = 2_000
"""How many rows are sealed in one transaction, and so how many an interruption can cost."""


class IntakeRefused(Refused):
    """An import or a judgement cannot be done as things stand; nothing was written."""


@dataclass(frozen=True, slots=True)
class Intake:
    """A table, how it is to be read, and what its words mean."""

    table: Table
    profile: Profile
    names: Names
    batch_rows: int = BATCH_ROWS


def dry_run(
    *, intake: Intake, actor: Actor, stores: IntakeStores, clock: Clock, progress: Progress | None = None
) -> IntakeReport:
    """Say row by row what an import would do. Writes nothing.

    Raises:
        NotPermitted: the actor may not try imports.
        ProfileRefused: the table lacks columns that the profile names.
    """
    require(actor, Permission.IMPORT_DRY_RUN)
    seen = survey(intake.table, intake.profile)
    known = stores.intake.find_run(intake.table.fingerprint, intake.profile.fingerprint)
    tally, file_marks, done = Tally(), FileMarks(), 0
    for batch in _batches(intake, _reader(intake, seen, actor, stores, clock), 0):
        for fate in _fates(batch, stores, file_marks, known.id if known else 0):
            tally.note(fate.draft, fate.held, unchanged=fate.recognition.unchanged)
        done += len(batch)
        if progress:
            progress(done, seen.rows)
    already = known.finished_at if known else ""
    return replace(_report(intake, seen, tally, done), dry=True, already=already, run=known.id if known else 0)


def import_table(
    *, intake: Intake, actor: Actor, stores: IntakeStores, clock: Clock, progress: Progress | None = None
) -> IntakeReport:
    """Import a table in sealed batches, each one transaction of events, register, rows set aside and how far it came.

    After an interruption the same call goes on behind the last sealed batch. A file that was imported already, with the
    same profile, changes nothing. A row that may be a weapon already known is held, a row with an error is refused;
    both are kept. A row that an earlier file brought under the same key is skipped where it says the same, and held
    where it says other than then. Persons are kept beside the record, in the batch's own transaction.

    Raises:
        NotPermitted: the actor may not import, or may not write one of the profile's kinds of event, or persons.
        ProfileRefused: the table lacks columns that the profile names.
        IntakeRefused: the file as a whole can be read in more than one way, or another import of it went on meanwhile.

    Source: ITI 11, PoA II.9.
    """
    require(actor, Permission.IMPORT_COMMIT)
    kinds = {event_kinds()[event.kind].permission for event in intake.profile.events}
    for permission in kinds | (life_permissions() if intake.profile.life else set()):
        require(actor, permission)
    if intake.profile.personal_columns():
        require(actor, Permission.PERSON_WRITE)
    seen = survey(intake.table, intake.profile)
    if doubts := [each for each in seen.findings if severity(each) is Severity.ERROR]:
        raise IntakeRefused(doubts)
    run = _run(intake, actor, stores, clock)
    tally = Tally(run.counts)
    if run.finished_at:
        return replace(_report(intake, seen, tally, run.rows), run=run.id, already=run.finished_at)
    first, checker = run.rows, LifeChecker()
    for batch in _batches(intake, _reader(intake, seen, actor, stores, clock), run.rows):
        with stores.atomic(), no_search_for_cycles():
            sorted_out = _sorted_out(batch, run, stores, tally)
            stores.persons.put_new(sorted_out.persons)
            _seal(sorted_out.taken, actor, stores, clock, checker)
            stores.intake.hold(sorted_out.aside)
            stores.intake.know(sorted_out.known)
            run = _advanced(run, len(batch), tally, stores)
        if progress:
            progress(run.rows, seen.rows)
    finished = replace(run, finished_at=instant_text(clock.now()))
    with stores.atomic():
        _keep(finished, run.rows, stores)
    return replace(_report(intake, seen, tally, run.rows), run=run.id, resumed_at_row=first)


def judge_held(*, held: int, same_as: WeaponId | None, actor: Actor, stores: IntakeStores, clock: Clock) -> Recorded:
    """Settle a held row: it is the weapon `same_as`, which gains those of its events that it lacks, or a new one.

    What registers a weapon is not repeated on one that is on record. Marks and description of the row stay with the
    held row: they are evidence, and a difference is put right by a correction.

    Raises:
        NotPermitted: the actor may not judge duplicates.
        IntakeRefused: the row was judged already, was refused, or is not held against that weapon.
        EventRefused: an event of the row cannot follow what the record says of the weapon, or names whom it may not.
        KeyError: there is no such row.

    Source: ITI 11.
    """
    require(actor, Permission.DUPLICATES_JUDGE)
    with stores.atomic():
        row = stores.intake.held(held)
        _refuse_unfit(row, same_as)
        draft = Draft.of_plain(row.draft)
        weapon = same_as or WeaponId(stores.register.next_weapons(1)[0])
        told = _lacking(draft, weapon, actor, stores) if same_as else draft.life(weapon, actor)
        codes = {agency.code for agency in stores.agencies.all()}
        if found := [finding for event in told for finding in unknown_holders(event, codes)]:
            raise EventRefused(found)
        if same_as:
            recorded = append(events=told, stores=stores, clock=clock)
        else:
            recorded = append_new(lives=[told], stores=stores, clock=clock)
        stores.intake.know(_settled(draft, row, weapon, stores))
        stores.intake.settle(
            replace(
                row,
                state=HeldState.DIFFERENT if same_as is None else HeldState.SAME,
                weapon=weapon,
                judged_by=actor.name,
                judged_at=instant_text(clock.now()),
            )
        )
    return recorded


def events_lacking(*, held: int, weapon: WeaponId, actor: Actor, stores: IntakeStores) -> list[Event]:
    """Return the events of a held row that a weapon's record does not tell: what the judgement "same" would add to it.

    Raises:
        NotPermitted: the actor may not judge duplicates.
        KeyError: there is no such row.
    """
    require(actor, Permission.DUPLICATES_JUDGE)
    return _lacking(Draft.of_plain(stores.intake.held(held).draft), weapon, actor, stores)


def _refuse_unfit(row: HeldRow, same_as: WeaponId | None) -> None:
    if row.state is not HeldState.HELD:
        raise IntakeRefused([fault("intake.held_row_judged", row.row, value=row.state.value)])
    if same_as is not None and same_as not in row.against:
        raise IntakeRefused(
            [fault("intake.held_row_not_against", row.row, value=str(same_as), against=list(row.against))]
        )


def _lacking(draft: Draft, weapon: WeaponId, actor: Actor, stores: IntakeStores) -> list[Event]:
    """Return the draft's events that the weapon's record does not tell already."""
    known = {_told(sealed.event, stores) for sealed in stores.records.of_weapon(weapon)}
    return [
        event.event(weapon, actor)
        for event in draft.events
        if event_kinds()[event.kind].after != {Status.UNRECORDED} and _told(event, stores) not in known
    ]


def _told(event: Event | DraftEvent, stores: IntakeStores) -> tuple[object, ...]:
    """What tells an event from another of its weapon; a person is the same whose data are, under any commitment."""
    holder = str(event.details.get("holder", ""))
    if commitment := person_commitment(holder):
        with suppress(KeyError):
            holder = fingerprint(stores.persons.get(commitment)[1])
    return event.kind, event.happened, holder


def _settled(draft: Draft, row: HeldRow, weapon: WeaponId, stores: IntakeStores) -> list[KnownRow]:
    """The rows by which a judged row is known again, with the weapon that it turned out to be."""
    known = stores.intake.known_rows([draft.identity]).get(draft.identity, []) if draft.identity else []
    return [replace(each, weapon=weapon) for each in known if (each.run, each.row) == (row.run, row.row)]


def _run(intake: Intake, actor: Actor, stores: IntakeStores, clock: Clock) -> Run:
    """Return the run of this file and profile, begun now where there is none."""
    table, profile = intake.table, intake.profile
    with stores.atomic():
        known = stores.intake.find_run(table.fingerprint, profile.fingerprint)
        return known or stores.intake.start(
            Run(
                id=0,
                file=table.fingerprint,
                table=table.name,
                profile=profile.name,
                profile_fingerprint=profile.fingerprint,
                actor=actor.name,
                started_at=instant_text(clock.now()),
            )
        )


def _reader(intake: Intake, seen: Survey, actor: Actor, stores: IntakeStores, clock: Clock) -> RowReader:
    return RowReader(
        profile=intake.profile,
        columns=intake.table.columns,
        dates=seen.readers,
        names=intake.names,
        today=clock.now().date(),
        listed=ListedAgencies(stores.agencies.all(), actor.authority),
        serials=seen.serials,
    )


def _batches(intake: Intake, reader: RowReader, skipped: int) -> Iterator[list[Draft]]:
    rows = islice(intake.table.rows(), skipped, None)
    while batch := _read(reader, list(islice(rows, intake.batch_rows))):
        yield batch


def _read(reader: RowReader, rows: Sequence[SourceRow]) -> list[Draft]:
    with no_search_for_cycles():
        return [reader.read(number, values) for number, values in rows]


def bearers_of(batch: Sequence[Draft], stores: IntakeStores) -> dict[str, list[Bearer]]:
    """Return the register's weapons that share a look-alike key with a row of the batch, by key."""
    keys = {key for draft in batch for key in draft.keys}
    found = stores.register.look_alikes(keys)
    weapons = {weapon for bearing in found.values() for weapon in bearing}
    known = {weapon: Bearer.of(state) for weapon, state in stores.register.states(weapons).items()} if weapons else {}
    return {key: [known[weapon] for weapon in bearing] for key, bearing in found.items()}


@dataclass(frozen=True, slots=True)
class _Fate:
    """What becomes of a row: what it is held against, if anything, and what earlier files say of it."""

    draft: Draft
    held: Sequence[Alike]
    recognition: Recognition

    @property
    def taken(self) -> bool:
        return not (self.draft.refused or self.held or self.recognition.unchanged)


def _fates(batch: Sequence[Draft], stores: IntakeStores, file_marks: FileMarks, run: int) -> Iterator[_Fate]:
    """Yield what becomes of each row; what is taken is remembered in `file_marks`."""
    bearers, recogniser = bearers_of(batch, stores), Recogniser(batch, stores, run)
    for draft in batch:
        recognition = recogniser.recognise(draft)
        if recognition.unchanged or recognition.changed:
            yield _Fate(draft.as_continued(), recognition.changed, recognition)
            continue
        held, noted = _judged(draft, *alike(draft, bearers, file_marks.earlier(draft)))
        fate = _Fate(noted, held, recognition)
        if fate.taken:
            file_marks.add(noted)
        yield fate


@dataclass(frozen=True, slots=True)
class _SortedOut:
    """A batch: what is recorded under which identity, what is set aside, whom both name, and what is known again."""

    taken: Sequence[tuple[WeaponId, Draft]]
    aside: Sequence[HeldRow]
    persons: Sequence[Person]
    known: Sequence[KnownRow]


def _sorted_out(batch: Sequence[Draft], run: Run, stores: IntakeStores, tally: Tally) -> _SortedOut:
    """Part a batch into rows to be recorded and rows set aside; weapons of the batch itself are told by their row.

    Of a refused row no person is kept: nothing will come of it, and who brought the file has them.
    """
    fates = list(_fates(batch, stores, FileMarks(), run.id))
    for fate in fates:
        tally.note(fate.draft, fate.held, unchanged=fate.recognition.unchanged)
    taken = [fate.draft for fate in fates if fate.taken]
    identities = map(WeaponId, stores.register.next_weapons(len(taken)) if taken else ())
    born = list(zip(identities, taken, strict=True))
    weapon_of_row = {draft.row: weapon for weapon, draft in born}
    kept = [fate for fate in fates if not (fate.draft.refused or fate.recognition.unchanged)]
    return _SortedOut(
        taken=born,
        aside=[
            held_row(fate.draft, fate.held, run, weapon_of_row) for fate in fates if fate.draft.refused or fate.held
        ],
        persons=[person for fate in kept for person in fate.draft.persons],
        known=[
            fate.recognition.known(fate.draft, run, weapon_of_row.get(fate.draft.row, NO_WEAPON))
            for fate in kept
            if fate.draft.identity
        ],
    )


def _judged(draft: Draft, held: Sequence[Alike], repeated: Sequence[Alike]) -> tuple[Sequence[Alike], Draft]:
    """Return what a row is held against, none where an error refuses it anyway, and the row with what is only noted."""
    if draft.refused:
        return (), draft
    if not repeated:
        return held, draft
    notes = [
        fault(each.code, draft.row, "serial", ", ".join(draft.serials), weapon=each.weapon, other_row=each.row)
        for each in repeated
    ]
    return held, draft.with_findings(notes)


def held_row(draft: Draft, held: Sequence[Alike], run: Run, weapon_of_row: Mapping[int, WeaponId]) -> HeldRow:
    against = [weapon_of_row.get(each.row, each.weapon) for each in held]
    why = [each.finding(draft, weapon) for each, weapon in zip(held, against, strict=True)]
    return HeldRow(
        id=0,
        run=run.id,
        row=draft.row,
        state=HeldState.HELD if held else HeldState.REFUSED,
        draft=draft.plain(),
        findings=tuple(_finding_plain(finding) for finding in (*why, *draft.findings)),
        against=tuple(dict.fromkeys(against)),
    )


def _finding_plain(finding: Finding) -> dict[str, Plain]:
    return {"code": finding.code, "source": str(finding.source), "facts": dict(finding.facts)}


def _seal(
    taken: Sequence[tuple[WeaponId, Draft]], actor: Actor, stores: IntakeStores, clock: Clock, checker: LifeChecker
) -> None:
    if taken:
        lives = [draft.life(weapon, actor) for weapon, draft in taken]
        append_new(lives=lives, stores=stores, clock=clock, checker=checker)


def _advanced(run: Run, rows: int, tally: Tally, stores: IntakeStores) -> Run:
    advanced = replace(run, rows=run.rows + rows, counts=tally.plain())
    _keep(advanced, run.rows, stores)
    return advanced


def _keep(run: Run, rows_before: int, stores: IntakeStores) -> None:
    """Keep how far the run has come, unless another import of the same file has taken it further meanwhile."""
    if not stores.intake.advance(run, rows_before):
        raise IntakeRefused([fault("intake.run_moved", 0, value=run.table, rows=rows_before)])


def _report(intake: Intake, seen: Survey, tally: Tally, rows: int) -> IntakeReport:
    table = intake.table
    return IntakeReport(
        file=table.name,
        profile=intake.profile.name,
        encoding=table.encoding,
        delimiter=table.delimiter,
        rows=rows,
        imported=tally.imported,
        held=tally.held,
        refused=tally.refused,
        unchanged=tally.unchanged,
        grades={Grade(name): number for name, number in sorted(tally.grades.items())},
        counts=dict(sorted(tally.codes.items())),
        dates=seen.dates,
        about_table=seen.findings,
        findings=tuple(tally.findings),
        duplicates=tuple(tally.duplicates),
        absent_columns=seen.absent_columns,
        sheet=table.sheet,
        heading_row=table.heading_row,
    )
