"""Reads one sheet of a spreadsheet in a process of its own, with little memory and time, and prints it as JSON lines.

A file of a kilobyte may claim a sheet of sixteen thousand million cells, in any of the formats, and the reader makes
room for all of them. What it takes down is then this process, and not the one that asked. It is run by its path and
imports nothing of the project, so that it starts at once. The first line is what is wrong; or the sheets with the
beginning of each, where none was named and there are several; or the name of the sheet and how it is laid out.
"""

import json
import re
import resource
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from posixpath import join, normpath
from typing import Any
from xml.etree import ElementTree as ET
from xml.parsers import expat

import python_calamine

LARGEST_MEMORY_BYTES = 2 << 30
LARGEST_PRINTED_SIGNS = 1 << 29
LARGEST_SECONDS = 300
"""Of processor time. A cell takes some 140 bytes, so the memory holds 700,000 weapons in twenty columns."""

FIRST_ROWS = 50
"""How many rows that hold anything are shown of each sheet, among which its heading is looked for."""

_EXACT_DIGITS = 15
_SCIENTIFIC = frozenset({11, 48})
"""The formats with an exponent that every workbook has without saying so."""

_TOKENS = re.compile(r'"([^"]*)"|\\(.)|(0)|([ /()-])')
_CELL = re.compile(r"([A-Z]+)(\d+)")

Cell = tuple[int, int]
"""A cell by row and column, both counted from 0."""


def _read(path: str, sheet: str) -> Iterator[object]:
    try:
        book = python_calamine.CalamineWorkbook.from_path(path)
        names = {each.name: each.visible == python_calamine.SheetVisibleEnum.Visible for each in book.sheets_metadata}
        if sheet and sheet not in names:
            yield {"code": "sheet_not_found", "value": sheet, "suggestion": ", ".join(names)}
        elif sheet or len(names) == 1:
            yield from _sheet(book, path, sheet or next(iter(names)))
        else:
            yield {"sheets": [_beginning(book, name, visible=visible) for name, visible in names.items()]}
    except python_calamine.PasswordError:
        yield {"code": "password_protected"}
    except (python_calamine.CalamineError, OSError) as error:
        yield {"code": "not_a_spreadsheet", "value": str(error)}


def _beginning(book: python_calamine.CalamineWorkbook, name: str, *, visible: bool) -> dict[str, object]:
    rows = enumerate(book.get_sheet_by_name(name).to_python(skip_empty_area=False), 1)
    filled = ([number, [_text(cell) for cell in row]] for number, row in rows if any(row))
    return {"sheet": name, "visible": visible, "rows": [row for row, _ in zip(filled, range(FIRST_ROWS), strict=False)]}


def _sheet(book: python_calamine.CalamineWorkbook, path: str, name: str) -> Iterator[object]:
    sheet = book.get_sheet_by_name(name)
    rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
    shown, hidden = _looks(path, name)
    for (row, column), show in shown.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = show(rows[row][column])
    yield {"sheet": name, "merged": sheet.merged_cell_ranges or [], "hidden": hidden}
    yield from ((number, [_text(cell) for cell in row]) for number, row in enumerate(rows, 1) if any(row))


def _text(cell: object) -> str:
    """Write a cell as a person would have typed it; whole numbers without a point, days as year-month-day.

    A number of more than 15 digits is written with its exponent: a spreadsheet keeps no more of them.
    """
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return _number(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time.min else cell.isoformat(" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell) if isinstance(cell, int | timedelta) else ""


def _number(number: float) -> str:
    if abs(number) >= 10**_EXACT_DIGITS:
        return _scientific(number)
    return str(int(number)) if number.is_integer() else repr(number).upper()


def _scientific(number: float) -> str:
    """Write a number with its exponent, as the sheet shows it."""
    mantissa, exponent = f"{number:.{_EXACT_DIGITS - 1}E}".split("E")
    return f"{mantissa.rstrip('0').rstrip('.')}E{exponent}"


def _with_exponent(cell: object) -> object:
    return _scientific(cell) if isinstance(cell, float) else cell


def _looks(path: str, name: str) -> tuple[Mapping[Cell, Callable[[object], object]], int]:
    """Return how cells of an XLSX sheet are shown that are shown otherwise than they are kept, and the hidden rows.

    Zeros before a number and signs within it are often its format alone, `00000`; a number with an exponent in its
    format was typed with an E; and a formula that nobody has worked out yet has no value.
    """
    if not zipfile.is_zipfile(path):
        return {}, 0
    with zipfile.ZipFile(path) as archive:
        if "xl/workbook.xml" not in archive.namelist() or not (part := _part(archive, name)):
            return {}, 0
        seen = _Looks(_formats(archive))
        with archive.open(part) as file:
            seen.parser.ParseFile(file)
    return seen.shown, seen.hidden


class _Looks:
    """Goes through the XML of one sheet."""

    def __init__(self, formats: Mapping[int, Callable[[object], object]]) -> None:
        self.shown: dict[Cell, Callable[[object], object]] = {}
        self.hidden = 0
        self._formats = formats
        self._at = self._style = self._inside = self._formula = self._value = ""
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._data

    def _begin(self, name: str, told: Mapping[str, str]) -> None:
        self._inside = tag = name.rpartition(" ")[2]
        if tag == "c":
            self._at, self._style = told.get("r", ""), told.get("s", "")
            self._formula = self._value = ""
        elif tag == "f":
            self._formula = " "
        elif tag == "row" and told.get("hidden") in ("1", "true"):
            self.hidden += 1

    def _data(self, text: str) -> None:
        if self._inside == "f":
            self._formula += text
        elif self._formula and self._inside in ("v", "t"):
            self._value += text

    def _end(self, name: str) -> None:
        self._inside = ""
        if name.rpartition(" ")[2] != "c" or not (found := _CELL.fullmatch(self._at)):
            return
        if self._formula and not self._value:
            formula = f"={self._formula.strip()}"
            self.shown[_cell(found)] = lambda _: formula
        elif self._style and (show := self._formats.get(int(self._style))):
            self.shown[_cell(found)] = show


def _cell(found: re.Match[str]) -> Cell:
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1


def _part(archive: zipfile.ZipFile, name: str) -> str:
    """Return where in the archive a sheet lies."""
    sheets = _elements(archive, "xl/workbook.xml", "sheet")
    wanted = next((_of(each, "id") for each in sheets if each.get("name") == name), "")
    for each in _elements(archive, "xl/_rels/workbook.xml.rels", "Relationship"):
        if each.get("Id") == wanted:
            target = str(each.get("Target"))
            part = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
            return part if part in archive.namelist() else ""
    return ""


def _formats(archive: zipfile.ZipFile) -> Mapping[int, Callable[[object], object]]:
    """Return how numbers are shown by the cell styles that show them otherwise than they are."""
    if "xl/styles.xml" not in archive.namelist():
        return {}
    codes = {
        int(_of(each, "numFmtId")): _of(each, "formatCode") for each in _elements(archive, "xl/styles.xml", "numFmt")
    }
    [styles] = _elements(archive, "xl/styles.xml", "cellXfs") or [ET.Element("none")]
    found: dict[int, Callable[[object], object]] = {}
    for number, each in enumerate(styles):
        form = int(_of(each, "numFmtId") or 0)
        code = codes.get(form, "")
        bare = re.sub(r'"[^"]*"|\\.', "", code).upper()
        if form in _SCIENTIFIC or "E+" in bare or "E-" in bare:
            found[number] = _with_exponent
        elif show := _filled(code):
            found[number] = show
    return found


def _filled(code: str) -> Callable[[object], object] | None:
    """Return how a format of zeros and fixed signs shows a whole number, None where a format is another."""
    tokens = list(_TOKENS.finditer(code))
    zeros = sum(each[3] is not None for each in tokens)
    if "".join(each[0] for each in tokens) != code or not zeros or (zeros == 1 and len(tokens) == 1):
        return None

    def show(cell: object) -> object:
        if not isinstance(cell, float) or not cell.is_integer() or not 0 <= cell < 10**_EXACT_DIGITS:
            return cell
        digits = str(int(cell)).zfill(zeros)
        first, rest = digits[: len(digits) - zeros + 1], iter(digits[len(digits) - zeros + 1 :])
        places = iter([first, *rest])
        return "".join(next(places) if each[3] else each[1] or each[2] or each[4] or "" for each in tokens)

    return show


def _elements(archive: zipfile.ZipFile, part: str, tag: str) -> list[ET.Element]:
    root = ET.fromstring(archive.read(part))  # noqa: S314 - as above
    return [each for each in root.iter() if each.tag.rpartition("}")[2] == tag]


def _of(element: ET.Element, name: str) -> str:
    """Return an attribute, in whichever namespace."""
    return next((value for key, value in element.items() if key.rpartition("}")[2] == name), "")


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (LARGEST_MEMORY_BYTES, LARGEST_MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (LARGEST_SECONDS, LARGEST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    printed = 0
    for line in _read(*sys.argv[1:]):
        printed += sys.stdout.write(json.dumps(line) + "\n")
        if printed > LARGEST_PRINTED_SIGNS:
            raise MemoryError
