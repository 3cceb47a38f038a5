from collections.abc import Mapping, Sequence
from datetime import date

from tracemark.intake.cells import Cells, cell_reader, group_readers
from tracemark.intake.dates import DateReader, DateUnread
from tracemark.intake.descriptions import DescriptionReader, Note
from tracemark.intake.drafts import Draft, DraftEvent, in_order, look_alike_keys
from tracemark.intake.faults import fault
from tracemark.intake.grades import Lack, Shortcoming, grade_of
from tracemark.intake.holders import HolderReader, ListedAgencies, RowPersons
from tracemark.intake.identities import RowIdentity
from tracemark.intake.lives import LifeReader
from tracemark.intake.names import Names
from tracemark.intake.parts import PartReader
from tracemark.intake.profiles import MappedEvent, Profile
from tracemark.intake.serials import SerialColumn, serial_fault
from tracemark.kernel import Actor, Finding, PartialDate, Plain, no_value
from tracemark.marking import fold_serial
from tracemark.recordkeeping import RECOVERIES, LifeChecker, event_kinds
from tracemark.weapons import WeaponId

_NOBODY = Actor("intake", "intake", frozenset())
_SOME_WEAPON = WeaponId(1)
_BROKEN = ("\x00", "\ufffd")
_VALUELESS = frozenset("=#")
_STATES = frozenset({"from_state", "to_state"})


class RowReader:
    """Turns rows of one table into drafts, as a profile says, and says of each row what is wrong with it.

    `dates` reads the dates of each column, by name; `serials` tells what the numbers of each column show; `listed` are
    the agencies that a row may name by code or name. The profile is taken apart once, so that a row costs little.
    """

    def __init__(
        self,
        *,
        profile: Profile,
        columns: Sequence[str],
        dates: Mapping[str, DateReader],
        names: Names,
        today: date,
        listed: ListedAgencies | None = None,
        serials: Mapping[str, SerialColumn] | None = None,
    ) -> None:
        places = {column: place for place, column in enumerate(columns)}
        self._width = len(columns)
        self._columns = columns
        self._used = sorted(places[column] for column in profile.columns() if column in places)
        self._missing = profile.missing
        # A letter can become two when case is folded, never the other way round.
        self._longest = max(map(len, profile.missing))
        self._required = [(column, places[column]) for column in profile.required]
        self._key = [places[column] for column in profile.key if column in places]
        self._identity = RowIdentity(profile, places)
        self._open = {places[column] for column in profile.columns() if column in places} - {
            places[column] for column in profile.personal_columns() if column in places
        }
        self._weapon = DescriptionReader(profile.weapon, places, names, today)
        self._marks = [PartReader("mark", mark, places, names) for mark in profile.marks]
        self._serials = [(serials or {}).get(mark.column("serial"), SerialColumn()) for mark in self._marks]
        self._components = [PartReader("component", part, places, names) for part in profile.components]
        listed = listed or ListedAgencies()
        self._events = [_EventReader(event, places, dates, names, today, listed) for event in profile.events]
        self._life = LifeReader(profile.life, places, listed, today) if profile.life else None
        self._lives = LifeChecker()

    def read(self, row: int, values: Sequence[str]) -> Draft:
        """Return what a row tells of one weapon; it is never refused outright: what is wrong stands in the findings."""
        broken = self._broken(row, values)
        if broken:
            return Draft(row, "", {}, (), (), (), tuple(broken))
        notes: list[Note] = []
        cells = self._clean(values, notes)
        notes += [("intake.required_empty", name, "", "") for name, place in self._required if not cells[place]]
        described = self._weapon.read(cells)
        notes += described.notes
        lacks = set(described.shortcomings)
        persons = RowPersons()
        told = [event for each in self._events if (event := each.read(cells, notes, persons))]
        events = in_order(told + (self._life.read(cells, notes, persons) if self._life else []))
        marks, serials, weapon = self._read_marks(cells, notes, lacks, described.plain)
        if not any("holder" in event.details or "custodian" in event.details for event in events):
            lacks.add(("holder", Lack.MISSING))
        _plausible(events, weapon, notes, lacks)
        draft = Draft(
            row=row,
            key=" ".join([cells[place] for place in self._key]),
            weapon=weapon,
            components=tuple([part.read(cells, notes) for part in self._components if part.is_there(cells)]),
            marks=tuple(marks),
            events=events,
            findings=tuple([fault(note[0], row, *note[1:]) for note in dict.fromkeys(notes)]) if notes else (),
            grade=grade_of(frozenset(lacks)),
            serials=serials,
            keys=look_alike_keys(serials),
            persons=persons.drawn,
            identity=self._identity.of(cells),
            cells=self._identity.cells(cells, persons),
        )
        return self._checked(draft)

    def _clean(self, values: Sequence[str], notes: list[Note]) -> list[str]:
        """Strip the cells that are used, and empty those that hold a word for nothing; note those without a value."""
        cells, missing, longest = [""] * self._width, self._missing, self._longest
        for place in self._used:
            text = values[place].strip()
            if len(text) > longest or text.casefold() not in missing:
                cells[place] = text
                if text[:1] in _VALUELESS and no_value(text):
                    said = text if place in self._open else "…"
                    notes.append(("intake.cell_without_value", self._columns[place], said, ""))
        return cells

    def _broken(self, row: int, values: Sequence[str]) -> list[Finding]:
        if len(values) != self._width:
            expected = f"{self._width} cells"
            return [fault("intake.row_ragged", row, "", f"{len(values)} cells", expected)]
        joined = " ".join(values)
        if _BROKEN[0] not in joined and _BROKEN[1] not in joined:
            return []
        bad = [place for place, text in enumerate(values) if any(sign in text for sign in _BROKEN)]
        # What stands in a column that the profile leaves out, or keeps apart, may be personal: it is not repeated.
        said = {place: ascii(values[place]) if place in self._open else "…" for place in bad}
        return [fault("intake.character_broken", row, self._columns[place], text) for place, text in said.items()]

    def _read_marks(
        self, cells: Cells, notes: list[Note], lacks: set[Shortcoming], described: Mapping[str, Plain]
    ) -> tuple[list[Mapping[str, Plain]], tuple[str, ...], Mapping[str, Plain]]:
        """Return the marks, their folded serials each once, and the description with what stands for a serial."""
        marks: list[Mapping[str, Plain]] = []
        serials: dict[str, None] = {}
        weapon = described
        for number, reader in enumerate(self._marks):
            if "serial" not in (mark := reader.read(cells, notes)):
                if "text" in mark:
                    marks.append(mark)
                if not number and not described.get("unmarked_because"):
                    notes.append(("intake.serial_missing", reader.column("serial"), "", ""))
                    lacks.add(("serial", Lack.MISSING))
                continue
            written = str(mark["serial"])
            folded = fold_serial(written)
            code, meant = serial_fault(written, folded, self._serials[number])
            if code:
                notes.append((code, reader.column("serial"), written, meant))
                lacks.add(("serial", Lack.MISSING if code == "intake.serial_placeholder" else Lack.DOUBTFUL))
            if code == "intake.serial_placeholder":
                weapon = _with_written(weapon, "serial", written)
                continue
            marks.append(mark if "text" in mark else {**mark, "text": written})
            serials[folded] = None
        return marks, tuple(serials), weapon

    def _checked(self, draft: Draft) -> Draft:
        """Add what the record would refuse, so that one row never stops those beside it."""
        if draft.refused:
            return draft
        if not draft.events:
            told = any(finding.code == "intake.event_meaningless" for finding in draft.findings)
            return draft if told else draft.with_findings([fault("intake.no_event", draft.row)])
        found = self._lives.refusals(draft.life(_SOME_WEAPON, _NOBODY))
        if not found:
            return draft
        if unfit := [each.facts for each in found if each.code == "recordkeeping.detail_unfit"]:
            return draft.with_findings([_unfit(draft.row, facts) for facts in unfit])
        first = next((each for each in found if each.code == "recordkeeping.impossible_sequence"), found[0])
        kind = str(first.facts.get("kind", ""))
        return draft.with_findings([fault("intake.impossible_sequence", draft.row, "", "", kind, refused=first.code)])


class _EventReader:
    """Reads one kind of event from rows."""

    def __init__(
        self,
        event: MappedEvent,
        places: Mapping[str, int],
        dates: Mapping[str, DateReader],
        names: Names,
        today: date,
        listed: ListedAgencies,
    ) -> None:
        self._kind, self._terms = event.kind, event_kinds()[event.kind]
        self._names, self._today = names, PartialDate.of(today)
        self._when = [places[column] for column in event.when if column in places]
        self._never = any(column not in places for column in event.when)
        self._date_column = (event.happened.columns or ("happened",))[0]
        self._happened = cell_reader(event.happened, places)
        self._dates = dates.get(self._date_column) or DateReader()
        sources = {**event.details} | {name: holder.source for name, holder in event.holders.items()}
        self._columns = {name: (source.columns or (name,))[0] for name, source in sources.items()}
        self._holders = [(name, HolderReader(name, each, places, listed)) for name, each in event.holders.items()]
        self._constants, self._details = group_readers(event.details, places)
        self._authority, self._listed = cell_reader(event.authority, places), listed
        self._authority_column = (event.authority.columns or ("authority",))[0]
        self._document = cell_reader(event.document, places)
        self._needed = self._terms.requires - {"weapon", "marks", "components"}

    def read(self, cells: Cells, notes: list[Note], persons: RowPersons) -> DraftEvent | None:
        """Return the event, None where the row does not tell of it or its date cannot be read."""
        if self._never or not all(cells[place] for place in self._when):
            return None
        text = self._happened(cells)
        if not text:
            if self._when:
                notes.append(("intake.date_missing", self._date_column, "", ""))
            return None
        try:
            happened = self._dates.read(text)
        except DateUnread as error:
            notes.append((error.code, self._date_column, text, error.suggestion))
            return None
        if happened > self._today:
            notes.append(("intake.date_future", self._date_column, text, ""))
        details: dict[str, Plain] = dict(self._constants)
        for name, reader in self._details:
            if value := reader(cells):
                details[name] = value if name not in _STATES else self._state(name, value, notes)
        for name, holder in self._holders:
            if told := holder.read(cells, notes, persons):
                details[name] = told
        notes += [
            ("intake.detail_empty", self._columns.get(name, name), "", self._kind.value)
            for name in self._needed
            if name not in details
        ]
        return DraftEvent(self._kind, happened, details, self._acting(cells, notes), self._document(cells))

    def _acting(self, cells: Cells, notes: list[Note]) -> str:
        """Return the code of the agency that acted, "" where the row says nothing of it."""
        text = self._authority(cells)
        code = text and self._listed.authority(text)
        if text and not code:
            nearest = ", ".join(self._listed.nearest(text))
            notes.append(("intake.authority_unknown", self._authority_column, text, nearest))
        return code

    def _state(self, name: str, text: str, notes: list[Note]) -> str:
        named = self._names.named("country", text)
        if not named.code:
            notes.append(("intake.country_unknown", self._columns[name], text, named.suggestion))
        return named.code or text


def _plausible(
    events: Sequence[DraftEvent], weapon: Mapping[str, Plain], notes: list[Note], lacks: set[Shortcoming]
) -> None:
    """Note a recovery before the sale, and a year of manufacture after the first event."""
    if not events:
        return
    year = weapon.get("year")
    if isinstance(year, int) and year > events[0].happened.year:
        notes.append(("intake.year_after_event", "year", str(year), str(events[0].happened)))
        lacks.add(("year", Lack.DOUBTFUL))
    if events[0].kind in RECOVERIES and len(events) > 1:
        recovered = events[0].happened
        later = [
            event for event in events[1:] if event.kind not in RECOVERIES and event.happened.first > recovered.last
        ]
        if later:
            sale = f"{later[0].kind.value} {later[0].happened}"
            notes.append(("intake.recovery_before_sale", events[0].kind.value, str(recovered), sale))


def _unfit(row: int, facts: Mapping[str, Plain]) -> Finding:
    part = {"part": facts["part"]} if "part" in facts else {}
    return fault("intake.detail_unfit", row, str(facts["field"]), "", str(facts["expected"]), **part)


def _with_written(weapon: Mapping[str, Plain], name: str, text: str) -> Mapping[str, Plain]:
    written = weapon.get("as_written")
    return {**weapon, "as_written": {**(written if isinstance(written, Mapping) else {}), name: text}}
