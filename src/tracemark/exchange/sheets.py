import hashlib
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tracemark.exchange import spreadsheets
from tracemark.exchange.headings import Knows, column_names, first_row, heading_among
from tracemark.exchange.table_refusals import table_refusal
from tracemark.intake import SourceRow, Table

SPREADSHEETS = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})
LARGEST_UNPACKED_BYTES = 1 << 31
LARGEST_RATIO = 250
"""Limits against files made to exhaust the machine: 2 GiB unpacked, 250 times the packed size."""

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet as it was read: its rows that hold anything, by number; merged ranges as two cells counted from 0."""

    name: str
    rows: Sequence[SourceRow]
    merged: Sequence[tuple[tuple[int, int], tuple[int, int]]]
    hidden_rows: int


def spreadsheet_table(
    path: Path, head: bytes, *, sheet: str = "", heading_row: int = 0, knows: Knows = first_row
) -> Table:
    """Read a sheet of a spreadsheet as a table of text. Of several it is the one whose heading is known.

    A range merged within one column gives its value to each of its rows; what else is merged is refused.

    Raises:
        TableRefused: the file is damaged, protected, or too large; several sheets could be meant, or only a hidden one;
            the sheet is empty, has no heading, or has cells merged over columns.
        OSError: the file cannot be read.
    """
    _refuse_bomb(path, head)
    read = _read_apart(path, head, sheet)
    if "sheets" in read[0]:
        read = _read_apart(path, head, _chosen(read[0]["sheets"], path, knows, heading_row))
    told, *rows = read
    found = _Sheet(told["sheet"], [(number, row) for number, row in rows], told["merged"], told["hidden"])
    heading = heading_among(found.rows, knows, heading_row)
    if heading is None:
        raise table_refusal("empty_file", path, value=found.name)
    columns = column_names((heading[0], _trimmed(heading[1])), path, heading_row)
    filled = _fill(found, heading[0], path)
    body = [
        (number, row[: len(columns)] if not any(row[len(columns) :]) else row)
        for number, row in found.rows
        if number > heading[0] and any(row)
    ]
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Table(
        path.name,
        digest,
        columns,
        _again(body),
        size=path.stat().st_size,
        total=len(body),
        sheet=found.name,
        heading_row=heading[0],
        hidden_rows=found.hidden_rows,
        merged_ranges=filled,
    )


def _chosen(sheets: Iterable[Mapping[str, Any]], path: Path, knows: Knows, heading_row: int) -> str:
    """Return the name of the one sheet that is meant; a hidden one must be asked for."""
    fitting: dict[bool, list[str]] = {True: [], False: []}
    known = {}
    for each in sheets:
        heading = heading_among([(number, row) for number, row in each["rows"]], knows, heading_row)
        fits, known[each["sheet"]] = knows([cell.strip() for cell in heading[1]]) if heading else (False, 0)
        fitting[each["visible"]] += [each["sheet"]] if fits else []
    if len(fitting[True]) > 1:
        raise table_refusal("several_sheets", path, sheets=fitting[True])
    if not fitting[True] and fitting[False]:
        raise table_refusal("sheet_hidden", path, value=fitting[False][0])
    if not known:
        raise table_refusal("empty_file", path, value="")
    return fitting[True][0] if fitting[True] else max(known, key=lambda name: known[name])


def _fill(sheet: _Sheet, heading_row: int, path: Path) -> int:
    """Give each row of a merged range the range's value, and return how many ranges there are below the heading."""
    rows, filled = dict(sheet.rows), 0
    for (top, left), (bottom, right) in sheet.merged:
        if bottom + 1 < heading_row:
            continue
        if left != right or top < heading_row:
            span = f"{_letters(left)}{top + 1}:{_letters(right)}{bottom + 1}"
            raise table_refusal("cells_merged", path, value=sheet.name, cells=span)
        for number in range(top + 2, bottom + 2):
            if number in rows and top + 1 in rows:
                rows[number][left] = rows[top + 1][left]  # type: ignore[index]
        filled += 1
    return filled


def _letters(column: int) -> str:
    """Return the letters of a column counted from 0, as spreadsheets name it."""
    first, last = divmod(column, 26)
    return (_letters(first - 1) if first else "") + chr(ord("A") + last)


def _read_apart(path: Path, head: bytes, sheet: str) -> list[Any]:
    """Return what the reader prints, which a sparse sheet may take down alone: it runs in a process of its own."""
    command = [sys.executable, "-I", spreadsheets.__file__, str(path.absolute()), sheet]
    read = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - our own program, without a shell
    if read.returncode > 0 and b"MemoryError" not in read.stderr:
        raise table_refusal("not_a_spreadsheet", path, value="")
    if read.returncode:
        raise table_refusal("file_unpacks_too_large", path, value=f"{spreadsheets.LARGEST_MEMORY_BYTES} bytes")
    first, *rows = map(json.loads, read.stdout.splitlines())
    if code := first.pop("code", ""):
        raise table_refusal("password_protected" if _encrypted(path, head) else code, path, **first)
    return [first, *rows]


def _again(body: list[SourceRow]) -> Callable[[], Iterator[SourceRow]]:
    return lambda: iter(body)


def _refuse_bomb(path: Path, head: bytes) -> None:
    """Refuse an archive that would fill the machine, before anything of it is unpacked."""
    if not head.startswith(ZIP):
        return
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile as error:
        raise table_refusal("not_a_spreadsheet", path, value=str(error)) from error
    if unpacked > LARGEST_UNPACKED_BYTES or unpacked > max(LARGEST_RATIO * path.stat().st_size, _CHUNK):
        raise table_refusal("file_unpacks_too_large", path, value=f"{unpacked} bytes")


def _encrypted(path: Path, head: bytes) -> bool:
    """Whether an Office file is an encrypted package in its OLE2 wrapping."""
    return head.startswith(OLE2) and "EncryptedPackage".encode("utf-16-le") in path.read_bytes()


def _trimmed(heading: Sequence[str]) -> Sequence[str]:
    while heading and not heading[-1].strip():
        heading = heading[:-1]
    return heading
