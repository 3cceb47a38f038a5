import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from typing import Any

from tracemark.intake.faults import fault
from tracemark.kernel import Finding
from tracemark.recordkeeping import PRIVATE

_OF_A_VALUE = frozenset({"column", "columns", "constant", "default", "separator", "values"})
_OF_A_HOLDER = frozenset({"names", "person"})
_WORD = re.compile(r"[a-z][a-z_]{0,39}")
_NAMES = "agency, organisation, person, or { column = …, values = { … } }"


@dataclass(frozen=True, slots=True)
class CellSource:
    """Where a value comes from: columns, joined by `separator` where there are several, or a constant.

    `values` maps what stands in the file to what is meant, compared without regard to case; what the map lacks is taken
    as it stands. `default` fills an empty cell.
    """

    columns: tuple[str, ...] = ()
    constant: str = ""
    default: str = ""
    separator: str = ", "
    values: Mapping[str, str] = field(default_factory=dict)


Mapped = Mapping[str, CellSource]


class HolderKind(StrEnum):
    """Whom a holder source names: what the record holds of them follows from it."""

    AGENCY = "agency"
    ORGANISATION = "organisation"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class HolderSource:
    """Where a holder comes from, and of what kind it is: one kind, or a column that tells row by row.

    What no profile declares, and what a row does not tell, is a person. `person` is what else the row says of one.
    """

    source: CellSource
    kind: CellSource
    person: Mapped
    declared: bool

    @property
    def may_name_persons(self) -> bool:
        """Whether a cell of it can be a person's name."""
        certain = {HolderKind.AGENCY.value, HolderKind.ORGANISATION.value}
        return bool(self.kind.columns or self.kind.constant not in certain) and not self._only_private

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column it reads."""
        return (*self.source.columns, *self.kind.columns, *self.columns_of_persons)

    @property
    def columns_of_persons(self) -> tuple[str, ...]:
        """The columns whose cells may be personal data."""
        if not self.may_name_persons:
            return ()
        return (*self.source.columns, *(column for source in self.person.values() for column in source.columns))

    @property
    def _only_private(self) -> bool:
        return self.source.constant == PRIVATE and not self.source.columns


def read_source(source: str | Mapping[str, Any]) -> CellSource:
    """Read where a value comes from; a bare text is a column's name."""
    if isinstance(source, str):
        return CellSource((source,))
    columns = source.get("columns", [source["column"]] if "column" in source else [])
    return CellSource(
        columns=tuple(columns),
        constant=str(source.get("constant", "")),
        default=str(source.get("default", "")),
        separator=source.get("separator", ", "),
        values={str(known).strip().casefold(): str(meant) for known, meant in source.get("values", {}).items()},
    )


def read_mapped(group: Mapping[str, Any]) -> dict[str, CellSource]:
    """Read a group of fields."""
    return {name: read_source(source) for name, source in group.items()}


def read_holder(source: str | Mapping[str, Any]) -> HolderSource:
    """Read where a holder comes from, and whom it names."""
    told = source if isinstance(source, Mapping) else {}
    names = told.get("names", HolderKind.PERSON.value)
    kind = CellSource(constant=names) if isinstance(names, str) else read_source(names)
    return HolderSource(read_source(source), kind, read_mapped(told.get("person", {})), "names" in told)


def source_faults(
    file: str, table: str, name: str, source: object, allowed: Collection[str] = (), more: frozenset[str] = frozenset()
) -> Iterator[Finding]:
    """Yield what is wrong with where a value comes from; `allowed` are the only words it may give, if there are any."""
    if isinstance(source, str):
        return
    if not isinstance(source, Mapping):
        yield profile_fault("value_unknown", file, table, name, str(source), "{ column = … } | { constant = … }")
        return
    yield from unknown_fields(file, f"{table}.{name}", source, _OF_A_VALUE | more)
    if not source.keys() & {"column", "columns", "constant"}:
        yield profile_fault("field_missing", file, f"{table}.{name}", "column", "", "column | columns | constant")
    for value in (source.get("constant"), source.get("default"), *source.get("values", {}).values()):
        if allowed and value and value not in allowed:
            nearest = get_close_matches(str(value), sorted(allowed), 1)
            yield profile_fault("value_unknown", file, table, name, str(value), nearest[0] if nearest else "")


def holder_faults(file: str, table: str, name: str, source: object) -> Iterator[Finding]:
    """Yield what is wrong with where a holder comes from, and with what it is said to name."""
    yield from source_faults(file, table, name, source, more=_OF_A_HOLDER)
    if not isinstance(source, Mapping):
        return
    names = source.get("names", HolderKind.PERSON.value)
    if isinstance(names, Mapping):
        yield from source_faults(file, f"{table}.{name}", "names", names, frozenset(HolderKind))
    elif names not in set(HolderKind):
        yield profile_fault("value_unknown", file, f"{table}.{name}", "names", str(names), _NAMES)
    for field_name, inner in dict(source.get("person", {})).items():
        if field_name == "name" or not _WORD.fullmatch(field_name):
            yield profile_fault("field_unknown", file, f"{table}.{name}.person", field_name, "", "")
        yield from source_faults(file, f"{table}.{name}.person", field_name, inner)


def unknown_fields(file: str, table: str, group: Mapping[str, Any], known: Collection[str]) -> Iterator[Finding]:
    """Yield each field of a profile's table that nobody knows, with the nearest that is known."""
    for name in sorted(group.keys() - set(known)):
        nearest = get_close_matches(name, sorted(known), 1)
        yield profile_fault("field_unknown", file, table, name, "", nearest[0] if nearest else "")


def profile_fault(code: str, file: str, table: str, field_name: str, value: str, suggestion: str) -> Finding:
    """Return a finding on a profile: its file, the table in it, the field, and what may have been meant."""
    return fault(f"intake.profile_{code}", 0, field_name, value, suggestion, file=file, table=table)
