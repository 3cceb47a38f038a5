from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from importlib.resources import files
from typing import Any

from tracemark.intake.dates import DEFAULT_PIVOT, DateFormat
from tracemark.intake.faults import fault
from tracemark.intake.sources import (
    CellSource,
    HolderSource,
    Mapped,
    holder_faults,
    profile_fault,
    read_holder,
    read_mapped,
    read_source,
    source_faults,
    unknown_fields,
)
from tracemark.intake.tables import Table
from tracemark.kernel import Finding, NotToml, Refused, fingerprint, toml_tables
from tracemark.marking import MarkKind, Method, Surface
from tracemark.recordkeeping import HOLDER_DETAILS, EventKind, event_kinds
from tracemark.weapons import Material, Origin, Part

WEAPON_FIELDS = ("kind", "maker", "model", "calibre", "country", "year", "origin", "unmarked_because")
MARK_FIELDS = (
    "kind", "serial", "text", "part", "place", "method", "surface", "depth_mm", "height_mm", "maker", "state", "year",
    "model", "calibre",
)  # fmt: skip
COMPONENT_FIELDS = ("part", "control", "material", "metal_plate", "when")
FILE_FIELDS = (
    "encoding", "delimiter", "sheet", "heading_row", "date_order", "two_digit_pivot", "missing", "required",
    "absent_columns_empty", "serials_as_written",
)  # fmt: skip
_EVENT_FIELDS = ("kind", "happened", "authority", "document", "when", "details", "holder", "place", "custodian")
_IN_DETAILS = ("holder", "place", "custodian")
_FROM_ROW = frozenset({"weapon", "marks", "components"})
_ORDERS = {"day_first": DateFormat.DAY_FIRST, "month_first": DateFormat.MONTH_FIRST}
ENUMERATIONS: Mapping[str, frozenset[str]] = {
    "mark.kind": frozenset(MarkKind),
    "mark.part": frozenset(Part),
    "mark.method": frozenset(Method),
    "mark.surface": frozenset(Surface),
    "component.part": frozenset(Part),
    "component.material": frozenset(Material),
    "weapon.origin": frozenset(Origin),
}


class ProfileRefused(Refused):
    """A profile cannot be used as it is written, or does not fit the file. Findings name file, table and field."""


@dataclass(frozen=True, slots=True)
class MappedEvent:
    """How a row tells of one event. It is left out where a column of `when`, or the date, is empty.

    `holders` are those of its details that name who has a weapon, or had it.
    """

    kind: EventKind
    happened: CellSource
    details: Mapped
    holders: Mapping[str, HolderSource]
    authority: CellSource
    document: CellSource
    when: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Profile:
    """How the columns of a table tell of weapons, their components, their marks and what happened to them.

    `fingerprint` is the SHA-256 of what the profile says, so that a changed profile is another one. `encoding`,
    `delimiter` and `sheet` are "" where the file decides, `heading_row` is 0. `missing` are the words that stand for an
    empty cell. `absent_empty` says that a column which is not required may be absent, and then counts as empty. `key`
    are the columns that together name a row; `named` says that the profile gives itself a name. `life` is the column
    that holds all events of a row, as readers of event documents lay them out; "" where there is none.
    `serials_as_written` says that no spreadsheet has changed the serial numbers, however they look.
    """

    name: str
    fingerprint: str
    weapon: Mapped
    marks: tuple[Mapped, ...]
    components: tuple[Mapped, ...]
    events: tuple[MappedEvent, ...]
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    heading_row: int = 0
    date_order: DateFormat | None = None
    two_digit_pivot: int = DEFAULT_PIVOT
    missing: frozenset[str] = frozenset()
    required: tuple[str, ...] = ()
    absent_empty: bool = False
    key: tuple[str, ...] = ()
    named: bool = False
    life: str = ""
    serials_as_written: bool = False

    @property
    def series(self) -> str:
        """What the rows of all files read with it have in common, so that a key names the same row in each of them.

        Its own name; where it gives itself none, its fingerprint, since two such profiles are not the same.
        """
        return self.name if self.named else self.fingerprint

    def read_at(self, sheet: str, heading_row: int) -> "Profile":
        """Return the profile for another sheet or heading row than it says: another reading of a file, and no other."""
        if not (sheet or heading_row):
            return self
        sheet, heading_row = sheet or self.sheet, heading_row or self.heading_row
        told = fingerprint({"profile": self.fingerprint, "sheet": ascii(sheet), "heading_row": heading_row})
        return replace(self, sheet=sheet, heading_row=heading_row, fingerprint=told)

    def knows(self, row: Sequence[str]) -> tuple[bool, int]:
        """Say whether a row can be the heading: whether it names every column needed, and how many of the known."""
        known = sum(column in row for column in self.columns())
        return known > 0 and all(column in row for column in self.needed()), known

    def needed(self) -> tuple[str, ...]:
        """Return the columns that a table must have."""
        return self.required if self.absent_empty else self.columns()

    def serial_columns(self) -> tuple[str, ...]:
        """Return the columns that give serial numbers, each once."""
        sources = [mark["serial"] for mark in self.marks if "serial" in mark]
        return tuple(dict.fromkeys(source.columns[0] for source in sources if len(source.columns) == 1))

    def columns(self) -> tuple[str, ...]:
        """Return every column the profile names, each once, in the order it names them."""
        named = [column for holder in self.holders() for column in holder.columns]
        named += [column for event in self.events for column in event.when]
        named += [self.life] if self.life else []
        return tuple(dict.fromkeys([*self.key, *self.required, *self.recorded_columns(), *named]))

    def recorded_columns(self) -> tuple[str, ...]:
        """Return the columns whose cells the record keeps as they stand, those of holders left out."""
        sources = [*self.weapon.values(), *(source for mark in self.marks for source in mark.values())]
        sources += [source for part in self.components for source in part.values()]
        for event in self.events:
            sources += [event.happened, *event.details.values(), event.authority, event.document]
        return tuple(column for source in sources for column in source.columns)

    def holders(self) -> tuple[HolderSource, ...]:
        """Return every source of a holder, event by event."""
        return tuple(holder for event in self.events for holder in event.holders.values())

    def personal_columns(self) -> frozenset[str]:
        """Return the columns whose cells may be personal data: they are kept beside the record, or not at all."""
        told = frozenset(column for holder in self.holders() for column in holder.columns_of_persons)
        return told | {self.life} if self.life else told


def shipped_profiles() -> tuple[str, ...]:
    """Return the names of the profiles that come with the project."""
    folder = files("tracemark.intake") / "profiles"
    return tuple(sorted(each.name.removesuffix(".toml") for each in folder.iterdir() if each.name.endswith(".toml")))


def shipped_profile(name: str) -> Profile:
    """Return a profile that comes with the project.

    Raises:
        ProfileRefused: there is none of that name.
    """
    if name not in shipped_profiles():
        nearest = get_close_matches(name, shipped_profiles(), 1)
        raise ProfileRefused([profile_fault("not_found", name, "", "", name, nearest[0] if nearest else "")])
    text = (files("tracemark.intake") / "profiles" / f"{name}.toml").read_text("utf-8")
    return read_profile(text, file=f"{name}.toml")


def read_profile(text: str | bytes, *, file: str) -> Profile:
    """Read a profile from its TOML text, or the bytes of its file; `file` is what messages call it.

    Raises:
        ProfileRefused: it is no TOML in UTF-8, lacks a field, or holds one that nobody knows.
    """
    try:
        plain = toml_tables(text.decode() if isinstance(text, bytes) else text)
    except UnicodeDecodeError as error:
        raise ProfileRefused([profile_fault("not_text", file, "", "", "", "")]) from error
    except NotToml as error:
        facts = {"file": file, "table": "", **error.facts}
        raise ProfileRefused([fault("intake.profile_unread", 0, "", "", "", **facts)]) from error
    wrong = list(_faults(plain, file))
    if wrong:
        raise ProfileRefused(wrong)
    about = plain.get("file", {})
    profile = Profile(
        name=plain.get("profile", {}).get("name", file.removesuffix(".toml")),
        fingerprint=fingerprint(_without_floats(plain)),
        weapon=read_mapped(plain["weapon"]),
        marks=tuple(read_mapped(mark) for mark in plain.get("mark", ())),
        components=tuple(read_mapped(part) for part in plain.get("component", ())),
        events=tuple(_event(event) for event in plain.get("event", ())),
        life=str(plain.get("life", {}).get("column", "")),
        encoding=about.get("encoding", ""),
        delimiter=about.get("delimiter", ""),
        sheet=about.get("sheet", ""),
        heading_row=about.get("heading_row", 0),
        date_order=_ORDERS.get(about.get("date_order", "")),
        two_digit_pivot=about.get("two_digit_pivot", DEFAULT_PIVOT),
        missing=frozenset(word.casefold() for word in about.get("missing", ())) | {""},
        required=tuple(about.get("required", ())),
        absent_empty=about.get("absent_columns_empty", False),
        key=tuple(plain.get("key", {}).get("columns", ())),
        named="name" in plain.get("profile", {}),
        serials_as_written=about.get("serials_as_written", False),
    )
    if wrong := list(_persons_elsewhere(profile, file)):
        raise ProfileRefused(wrong)
    return profile


def check_columns(profile: Profile, table: Table) -> None:
    """Refuse a table that lacks a column the profile names.

    Raises:
        ProfileRefused: with the nearest column the table has, for each that it lacks.
    """
    lacking = [column for column in profile.needed() if column not in table.columns]
    if lacking:
        raise ProfileRefused([_column_missing(profile, column, table) for column in lacking])


def _column_missing(profile: Profile, column: str, table: Table) -> Finding:
    nearest = get_close_matches(column, table.columns, 1)
    return fault(
        "intake.column_missing", table.heading_row, column, "", nearest[0] if nearest else "",
        file=table.name, profile=profile.name, columns=list(table.columns), sheet=table.sheet,
    )  # fmt: skip


def _faults(plain: Mapping[str, Any], file: str) -> Iterator[Finding]:
    """Yield what is wrong with a profile's tables and fields, before anything is read from them."""
    known = {"profile", "file", "key", "weapon", "mark", "component", "event", "life"}
    yield from unknown_fields(file, "", plain, known)
    for name in ("weapon", *(() if plain.get("life") else ("event",))):
        if not plain.get(name):
            yield profile_fault("field_missing", file, "", name, "", "")
    yield from unknown_fields(file, "file", plain.get("file", {}), FILE_FIELDS)
    order = plain.get("file", {}).get("date_order", "")
    if order and order not in _ORDERS:
        yield profile_fault("value_unknown", file, "file", "date_order", order, " | ".join(_ORDERS))
    if type(heading := plain.get("file", {}).get("heading_row", 0)) is not int or heading < 0:
        yield profile_fault("value_unknown", file, "file", "heading_row", str(heading), "1 | 2 | 3")
    yield from unknown_fields(file, "key", plain.get("key", {}), {"columns"})
    yield from unknown_fields(file, "life", plain.get("life", {}), {"column"})
    yield from _group_faults(file, "weapon", plain.get("weapon", {}), WEAPON_FIELDS)
    for number, mark in enumerate(plain.get("mark", ()), 1):
        yield from _group_faults(file, f"mark {number}", mark, MARK_FIELDS, "kind")
    for number, part in enumerate(plain.get("component", ()), 1):
        yield from _group_faults(file, f"component {number}", part, COMPONENT_FIELDS, "part")
    for number, event in enumerate(plain.get("event", ()), 1):
        yield from _event_faults(file, f"event {number}", event)


def _group_faults(
    file: str, table: str, group: Mapping[str, Any], fields: tuple[str, ...], required: str = ""
) -> Iterator[Finding]:
    yield from unknown_fields(file, table, group, set(fields))
    if required and required not in group:
        yield profile_fault("field_missing", file, table, required, "", "")
    for name, source in group.items():
        allowed = ENUMERATIONS.get(f"{table.partition(' ')[0]}.{name}", ())
        yield from source_faults(file, table, name, source, allowed)


def _persons_elsewhere(profile: Profile, file: str) -> Iterator[Finding]:
    """A column that may hold a person's data must not be recorded by another way."""
    sealed = [*profile.key, *profile.recorded_columns(), *(c for each in profile.holders() for c in each.kind.columns)]
    sealed += [column for each in profile.holders() if not each.may_name_persons for column in each.source.columns]
    for column in sorted(profile.personal_columns() & set(sealed)):
        yield profile_fault("person_elsewhere", file, "", column, "", "")


def _event_faults(file: str, table: str, event: Mapping[str, Any]) -> Iterator[Finding]:
    yield from unknown_fields(file, table, event, set(_EVENT_FIELDS))
    for name in ("kind", "happened"):
        if name not in event:
            yield profile_fault("field_missing", file, table, name, "", "")
    kind = event.get("kind", "")
    if kind and kind not in set(EventKind):
        nearest = get_close_matches(kind, list(EventKind), 1)
        yield profile_fault("value_unknown", file, table, "kind", kind, nearest[0] if nearest else "")
        return
    details = _details(event)
    for name, source in {**details, "happened": event.get("happened", "")}.items():
        found = holder_faults if name in HOLDER_DETAILS else source_faults
        yield from found(file, table, name, source)
    if kind:
        terms = event_kinds()[EventKind(kind)]
        for name in sorted(terms.requires - _FROM_ROW - details.keys()):
            yield profile_fault("field_missing", file, table, f"details.{name}", "", "")
        for name in sorted(details.keys() - terms.requires - terms.may):
            yield profile_fault("field_unknown", file, table, f"details.{name}", "", "")


def _details(event: Mapping[str, Any]) -> dict[str, Any]:
    return {name: event[name] for name in _IN_DETAILS if name in event} | dict(event.get("details", {}))


def _event(event: Mapping[str, Any]) -> MappedEvent:
    when, details = event.get("when", ()), _details(event)
    return MappedEvent(
        kind=EventKind(event["kind"]),
        happened=read_source(event["happened"]),
        details=read_mapped({name: source for name, source in details.items() if name not in HOLDER_DETAILS}),
        holders={name: read_holder(source) for name, source in details.items() if name in HOLDER_DETAILS},
        authority=read_source(event.get("authority", {"constant": ""})),
        document=read_source(event.get("document", {"constant": ""})),
        when=(when,) if isinstance(when, str) else tuple(when),
    )


def _without_floats(value: Any) -> Any:  # noqa: ANN401 - what a TOML file may hold
    """Write as text what has no canonical form, for the fingerprint; keys too, which may be of any script."""
    if isinstance(value, Mapping):
        return {ascii(name): _without_floats(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_without_floats(inner) for inner in value]
    return value if isinstance(value, str | bool | int) else str(value)
