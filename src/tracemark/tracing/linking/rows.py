import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tracemark.kernel import altered
from tracemark.tracing.linking.lists import ATTRIBUTES, ListHeading
from tracemark.tracing.matching import COLUMNS, NOBODY
from tracemark.weapons import Catalogue, Resolved, catalogue, fold

UNSTATED, UNHEARD_OF = -1, -2
_REMEMBERED = 65_536
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
_OWN_WORD = "~"


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row of a list or one weapon of a register, ready to be searched for in the other side.

    `number` is the row of the file (the heading is row 1) or the weapon; `text` what can be read; where `recorded`, the
    folded serials on record, a space between them. `stated` holds the codes of the other side as `COLUMNS` names them:
    `UNSTATED`, and `UNHEARD_OF` for what no weapon there is. `unknown` names columns whose word was left out, since
    neither the catalogue nor the other side has it. `left_out` is the weapon that the row itself is. `reason` is the
    code of what keeps the row from being searched for, "" for nothing.
    """

    number: int
    id: str
    text: str
    stated: tuple[int, ...]
    unknown: tuple[str, ...] = ()
    recorded: bool = False
    left_out: int = NOBODY
    reason: str = ""


class Spoken:
    """The words of a list, as codes of the catalogue; a word it does not know stands for itself.

    Of a short form such as `9mm` the usual meaning is taken, as in a single trace. Two lists that share a word of their
    own so agree in it.
    """

    def __init__(self, known: Catalogue | None = None) -> None:
        known = known or catalogue()
        self._finders: dict[str, Callable[[str], Resolved]] = {
            "maker": known.find_maker,
            "calibre": known.find_calibre,
            "country": known.find_state,
            "kind": known.find_kind,
            "import_country": known.find_state,
        }
        self._find_model = known.find_model
        self.code = lru_cache(_REMEMBERED)(self._code)

    def _code(self, column: str, text: str, maker: str = "") -> str:
        """Return the code of a word in a column of the catalogue; `maker` is a code that narrows a model."""
        if not text:
            return ""
        known = "" if maker.startswith(_OWN_WORD) else maker
        found = self._find_model(text, known) if column == "model" else self._finders[column](text)
        return found.code or f"{_OWN_WORD}{fold(text)}"

    def attributes(self, heading: ListHeading, cells: Sequence[str]) -> tuple[dict[str, str], int | None, bool]:
        """Return the codes that a row states, its year, and whether the year can be read where one is given."""
        maker = self.code("maker", heading.cell("maker", cells))
        codes = {column: self.code(column, heading.cell(column, cells), maker) for column in ATTRIBUTES}
        year = heading.cell("year", cells)
        found = _YEAR.fullmatch(year.removesuffix(".0"))
        return codes, int(found[0]) if found else None, bool(found) or not year


class RowReader:
    """Makes rows of the cells of a list, in the codes of the side they are searched for in.

    `code` returns the other side's number of a catalogue code in a column, below 0 where it has none.
    """

    def __init__(self, heading: ListHeading, code: Callable[[str, str], int], *, itself: bool = False) -> None:
        self._heading, self._code, self._itself = heading, code, itself
        self._spoken = Spoken()

    def read(self, number: int, cells: Sequence[str]) -> ListRow:
        """Read one row; what keeps it from being searched for is told in the row itself."""
        text = self._heading.cell("reading", cells)
        codes, year, year_read = self._spoken.attributes(self._heading, cells)
        stated, unknown = stated_in(codes, year, self._code)
        reason = "" if text else "tracing.list_reading_blank"
        if altered(text):
            reason = "tracing.list_reading_altered"
        if any(cell.strip() for cell in cells[self._heading.width :]):
            reason = "tracing.list_row_too_long"
        return ListRow(
            number=number,
            id=self._heading.cell("id", cells),
            text=text,
            stated=stated,
            unknown=unknown if year_read else (*unknown, "year"),
            left_out=number if self._itself else NOBODY,
            reason=reason,
        )


def stated_in(
    codes: dict[str, str], year: int | None, code: Callable[[str, str], int]
) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Return what is stated in the numbers of the other side, and the columns whose word nobody knows."""
    stated, unknown = [], []
    for column in COLUMNS:
        if column == "year":
            stated.append(UNSTATED if year is None else year)
            continue
        word = codes[column]
        number = code(column, word) if word else UNSTATED
        if number < 0 and word.startswith(_OWN_WORD):
            unknown.append(column)
        elif number < 0 and word:
            number = UNHEARD_OF
        stated.append(number)
    return tuple(stated), tuple(unknown)


def recorded_text(serials: Iterable[str]) -> str:
    """Write the folded serials of one weapon as a row's text: each once, a space between them."""
    return " ".join(dict.fromkeys(serials))
