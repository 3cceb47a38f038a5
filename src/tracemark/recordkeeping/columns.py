import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class RecordColumn:
    """A column of the record as tables: its type in DuckDB, what it means, the detail it holds (its own name's)."""

    name: str
    type: str
    about: str
    detail: str


@dataclass(frozen=True, slots=True)
class RecordTable:
    """One table of the record as columns."""

    name: str
    about: str
    columns: tuple[RecordColumn, ...]


@cache
def columnar_version() -> int:
    """Return the version of the tables: another one reads otherwise."""
    return int(_read()["version"])  # type: ignore[call-overload,no-any-return]


@cache
def record_tables() -> Mapping[str, RecordTable]:
    """Return the tables that rules and figures read, by name. Source: PoA II.9."""
    return {name: _table(name, dict(told)) for name, told in _read().items() if isinstance(told, dict)}


def _table(name: str, told: dict[str, list[str]]) -> RecordTable:
    about = str(told.pop("about"))
    return RecordTable(name, about, tuple(_column(each, *said) for each, said in told.items()))


def _column(name: str, kind: str, about: str, detail: str = "") -> RecordColumn:
    return RecordColumn(name, kind, about, detail or name)


def _read() -> Mapping[str, object]:
    return tomllib.loads((files("tracemark.recordkeeping") / "columns.toml").read_text("utf-8"))
