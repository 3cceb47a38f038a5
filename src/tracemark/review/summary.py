"""The summary table of the outcome of the Seventh Biennial Meeting: what each cell asks, counts and leads to."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tracemark.kernel import Citation, Plain, cite


@dataclass(frozen=True, slots=True)
class FrameCell:
    """A cell of the table: its paragraphs, the names of its live numbers, and the desks behind it.

    `numbers` are ids of figures or words of `COUNTS`; `desks` are names of places where the work is done.
    """

    row: str
    column: str
    paragraphs: tuple[Citation, ...]
    numbers: tuple[str, ...]
    desks: tuple[str, ...]

    @property
    def stands_in_outcome(self) -> bool:
        """Whether the outcome's own table says something here; otherwise this project put paragraphs beside it."""
        return any(each.paragraph.startswith("SUM.") for each in self.paragraphs)

    def plain(self) -> dict[str, Plain]:
        """As JSON says it."""
        return {
            "row": self.row,
            "column": self.column,
            "paragraphs": [str(each) for each in self.paragraphs],
            "stands_in_outcome": self.stands_in_outcome,
            "desks": list(self.desks),
        }


@dataclass(frozen=True, slots=True)
class Frame:
    """The table: its rows, its columns, and its cells row by row."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[FrameCell, ...]

    def row(self, name: str) -> Sequence[FrameCell]:
        """Return the cells of a row, in the order of the columns."""
        return [each for each in self.cells if each.row == name]

    @property
    def numbers(self) -> tuple[str, ...]:
        """The names of all numbers in it, each once."""
        return tuple(dict.fromkeys(name for each in self.cells for name in each.numbers))


@cache
def frame() -> Frame:
    """Return the table as it comes with the software."""
    told = tomllib.loads((files("tracemark.review") / "lists" / "frame.toml").read_text("utf-8"))
    return Frame(
        tuple(told["rows"]),
        tuple(told["columns"]),
        tuple(
            FrameCell(
                each["row"],
                each["column"],
                tuple(map(cite, each["paragraphs"])),
                tuple(each["numbers"]),
                tuple(each["desks"]),
            )
            for each in told["cell"]
        ),
    )
