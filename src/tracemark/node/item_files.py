"""A list of weapons that another side handed over as a file: a packing list, a receipt, what it says came."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tracemark import exchange
from tracemark.intake import SourceRow


def item_lines(name: str, content: bytes) -> list[str]:
    """Return the lines of a list of weapons as somebody would type them: an identity or a serial, `; 2` for the line.

    The column headed `weapon` or, where that is empty, the one whose heading names a serial counts, the first where
    there is none; `line` is the licence's. The file's name says what it is.

    Raises:
        TableRefused: the file is no table.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"table{Path(name).suffix.lower()}"
        path.write_bytes(content)
        table = exchange.read_table(path, knows=_knows).table
        heads = [each.strip().casefold() for each in table.columns]
        places = [place for place, head in enumerate(heads) if head == "weapon"]
        places += [place for place, head in enumerate(heads) if "serial" in head]
        return list(_lines(table.rows(), places or [0], heads.index("line") if "line" in heads else -1))


def _knows(row: Sequence[str]) -> tuple[bool, int]:
    """Take for the heading what names weapons or serials; a list without one has its numbers in the first column."""
    named = sum(head == "weapon" or "serial" in head for head in map(str.casefold, row))
    return any(row), named


def _lines(rows: Iterable[SourceRow], places: Sequence[int], line: int) -> Iterator[str]:
    for _, cells in rows:
        told = next((text for each in places if (text := cells[each].strip())), "")
        if told:
            yield f"{told}; {cells[line].strip()}" if line >= 0 and cells[line].strip() else told
