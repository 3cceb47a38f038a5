import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from tracemark.kernel import Alteration, altered, whole_of

SHORTEST_SERIAL = 3
"""A serial of fewer places is taken, with a warning: it is often a model, a calibre or a slip."""

_CODES: Mapping[Alteration, str] = {
    Alteration.SHORTENED: "intake.serial_spreadsheet",
    Alteration.ROUNDED: "intake.serial_rounded",
    Alteration.DATED: "intake.serial_dated",
    Alteration.DECIMAL: "intake.serial_decimal",
    Alteration.NO_VALUE: "intake.cell_without_value",
}
_ON_NO_WEAPON = frozenset({Alteration.SHORTENED, Alteration.NO_VALUE})
"""What no weapon bears, whoever vouches for the file."""


@dataclass(frozen=True, slots=True)
class SerialColumn:
    """What all serial numbers of a column show of how the file was made.

    `width`: how many digits the numbers have that begin with a zero, 0 where none does or they differ. `as_written`:
    the profile vouches for them.
    """

    width: int = 0
    as_written: bool = False


@dataclass(slots=True)
class SerialSurvey:
    """Goes through the serial numbers of a column for what no single one can tell."""

    as_written: bool = False
    _widths: set[int] = field(default_factory=set)

    def see(self, text: str) -> None:
        """Look at the next number."""
        text = text.strip()
        if text[:1] == "0" and text.isdecimal() and text.strip("0"):
            self._widths.add(len(text))

    def found(self) -> SerialColumn:
        """Return what was seen."""
        width = min(self._widths) if len(self._widths) == 1 else 0
        return SerialColumn(width, self.as_written)


_UNSEEN = SerialColumn()


def placeholder(folded: str) -> bool:
    """Whether a folded serial is a word or a row of zeros or X that stands where a serial should."""
    return folded in _words() or (len(folded) > 1 and folded.strip(folded[0]) == "" and folded[0] in "0X")


def serial_fault(text: str, folded: str, column: SerialColumn = _UNSEEN) -> tuple[str, str]:
    """Return the code of what is wrong with a serial as written, "" where nothing is, and what may have been meant."""
    alteration = altered(text)
    if alteration is Alteration.NO_VALUE:
        return _CODES[alteration], ""
    if not folded or placeholder(folded):
        return "intake.serial_placeholder", ""
    if alteration and not (column.as_written and alteration not in _ON_NO_WEAPON):
        return _CODES[alteration], whole_of(text)
    if not column.as_written and text.isdecimal() and len(text) < column.width and text[0] != "0":
        return "intake.serial_zeros_lost", text.zfill(column.width)
    return ("intake.serial_short", "") if len(folded) < SHORTEST_SERIAL else ("", "")


@cache
def _words() -> frozenset[str]:
    return frozenset(tomllib.loads((files("tracemark.intake") / "placeholders.toml").read_text("utf-8"))["words"])
