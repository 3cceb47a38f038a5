from collections.abc import Sequence
from dataclasses import dataclass

from tracemark.kernel import Finding, Plain, Refused, cite
from tracemark.tracing.matching import COLUMNS

_HEADINGS = {
    "reading": ("reading", "mark", "marks", "serial", "serial number", "serialnumber", "number"),
    "id": ("id", "reference", "ref", "case", "own id"),
    "maker": ("maker", "make", "manufacturer", "brand"),
    "model": ("model",),
    "calibre": ("calibre", "caliber"),
    "country": ("country", "state", "country of manufacture", "made in"),
    "year": ("year", "year of manufacture"),
    "kind": ("kind", "type", "weapon type"),
    "import_country": ("import country", "country of import", "import mark", "imported into"),
}
"""The headings of a list, in small letters, that are taken for each of its columns; the first is the column's name."""

LIST_COLUMNS = tuple(_HEADINGS)
_SOURCE = cite("ITI 17(b)")


class ListRefused(Refused):
    """A file cannot be linked as a list: its heading does not say where the readings stand, or says it twice."""


@dataclass(frozen=True, slots=True)
class ListHeading:
    """Where each column of a list stands in the file, the left-most as 0; -1 where it has none. `width` counts all."""

    places: dict[str, int]
    width: int

    def cell(self, column: str, cells: Sequence[str]) -> str:
        """Return what a row says in a column, "" where it says nothing."""
        place = self.places[column]
        return cells[place].strip() if 0 <= place < len(cells) else ""


def knows_list(columns: Sequence[str]) -> tuple[bool, int]:
    """Say whether a row can be the heading of a list: whether it names the readings, and how many columns it names."""
    plain = [_plain(each) for each in columns]
    named = [column for column, names in _HEADINGS.items() if any(each in names for each in plain)]
    return "reading" in named, len(named)


def heading_of(columns: Sequence[str], file: str) -> ListHeading:
    """Find the columns of a list by their headings; those that mean nothing here are left alone.

    Raises:
        ListRefused: no column holds readings, or two columns mean the same.
    """
    plain = [_plain(each) for each in columns]
    places, twice = {}, []
    for column, names in _HEADINGS.items():
        found = [place for place, each in enumerate(plain) if each in names]
        places[column] = found[0] if found else -1
        twice += [(column, found)] if len(found) > 1 else []
    facts: dict[str, Plain] = {"file": file, "row": 1}
    if twice:
        raise ListRefused(
            [
                Finding(
                    "tracing.list_column_twice",
                    _SOURCE,
                    facts | {"field": column, "columns": [columns[place] for place in found]},
                )
                for column, found in twice
            ]
        )
    if places["reading"] < 0:
        field: dict[str, Plain] = {"field": "reading", "columns": list(columns)}
        raise ListRefused([Finding("tracing.list_column_missing", _SOURCE, facts | field)])
    return ListHeading(places, len(columns))


def _plain(heading: str) -> str:
    return " ".join(heading.casefold().replace("_", " ").split())


ATTRIBUTES = tuple(column for column in COLUMNS if column != "year")
"""What is said of a weapon in words of the catalogue."""
