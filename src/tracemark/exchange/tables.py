import csv
import hashlib
import io
import json
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tracemark.exchange import spreadsheets
from tracemark.exchange.encodings import EncodingTrial, EncodingVerdict
from tracemark.intake import SourceRow, Table
from tracemark.kernel import Finding, Plain, Refused, cite

SPREADSHEETS = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})
LARGEST_UNPACKED_BYTES = 1 << 31
LARGEST_RATIO = 250
LARGEST_CELL = 131_072
"""Limits against files made to exhaust the machine: 2 GiB unpacked, 250 times the packed size, 128 KiB a cell."""

_CHUNK = 1 << 20
_DELIMITERS = ",;\t|"
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_SNIFFED_SIGNS = 65_536
_SNIFFED_ROWS = 50
_MOST_LINES = 50
"""A cell that runs on over more lines than these began with a stray quote."""
_SOURCE = cite("ITI 11")

csv.field_size_limit(LARGEST_CELL)


class TableRefused(Refused):
    """A file is no table that can be read. Findings name the file, and the row and column where there is one."""


@dataclass(frozen=True, slots=True)
class TableFile:
    """A table with how its encoding was decided; None for a spreadsheet, whose format says it."""

    table: Table
    verdict: EncodingVerdict | None


def read_table(path: Path, *, encoding: str = "", delimiter: str = "", sheet: str = "") -> TableFile:
    """Read a CSV file or a spreadsheet (XLSX, XLSM, XLSB, XLS, ODS) as a table of text; what is given is not detected.

    CSV is streamed: the file is read once for fingerprint and encoding, and once for each pass over its rows.

    Raises:
        TableRefused: the file is empty, damaged, protected by a password, too large once unpacked, or has no heading.
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        head = file.read(8)
    if not head:
        raise _refused("empty_file", path)
    if path.suffix.lower() in SPREADSHEETS or head.startswith((_ZIP, _OLE2)):
        return TableFile(_spreadsheet(path, sheet, head), None)
    return _text_table(path, encoding, delimiter)


def _text_table(path: Path, encoding: str, delimiter: str) -> TableFile:
    trial, digest, size = EncodingTrial(), hashlib.sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            trial.feed(chunk)
            size += len(chunk)
    verdict = EncodingVerdict(encoding, certain=True) if encoding else trial.verdict()
    try:
        delimiter = delimiter or _sniffed(path, verdict.encoding)
        heading = next(_records(path, verdict.encoding, delimiter), None)
    except LookupError as error:
        raise _refused("encoding_unknown", path, value=encoding) from error
    if heading is None:
        raise _refused("empty_file", path)
    columns = _columns(heading[1], path)

    def rows() -> Iterator[SourceRow]:
        records = _records(path, verdict.encoding, delimiter)
        next(records, None)
        return records

    table = Table(
        path.name,
        digest.hexdigest(),
        columns,
        rows,
        verdict.encoding,
        delimiter,
        size,
        encodings=() if verdict.certain else verdict.likeliest,
    )
    return TableFile(table, verdict)


def _records(path: Path, encoding: str, delimiter: str) -> Iterator[SourceRow]:
    """Yield numbered records, blank lines left out; what cannot be decoded becomes U+FFFD, which intake reports."""
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        lines = _Lines(file)
        reader = csv.reader(lines, delimiter=delimiter, strict=False)
        number = 0
        try:
            for number, record in enumerate(reader, 1):
                taken, open_quote = lines.taken()
                if taken > _MOST_LINES or open_quote:
                    raise _refused("quote_unclosed", path, row=reader.line_num - taken + 1, lines=taken)
                if record:
                    yield number, record
        except csv.Error as error:
            raise _refused("row_unread", path, row=number + 1, value=str(error)) from error


class _Lines:
    """The lines of a file as a reader takes them, so that a quote which swallows those that follow is noticed."""

    def __init__(self, file: Iterable[str]) -> None:
        self._file = file
        self._taken = self._quotes = 0

    def __iter__(self) -> Iterator[str]:
        for line in self._file:
            self._taken += 1
            self._quotes += line.count('"')
            yield line

    def taken(self) -> tuple[int, bool]:
        """Return how many lines the last record took, and whether a quote was still open where the file ended.

        A record of several lines has its quotes in pairs, unless the last one never closed.
        """
        found = self._taken, self._taken > 1 and self._quotes % 2 == 1
        self._taken = self._quotes = 0
        return found


def _sniffed(path: Path, encoding: str) -> str:
    """Return the delimiter that parts the first lines most evenly, a comma where none does."""
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        head = file.read(_SNIFFED_SIGNS)
    best, most = ",", (0.0, 0)
    for delimiter in _DELIMITERS:
        widths = Counter(_widths(head, delimiter))
        width, number = max(widths.items(), key=lambda item: (item[1], item[0]), default=(1, 0))
        if width > 1 and (number / widths.total(), width) > most:
            best, most = delimiter, (number / widths.total(), width)
    return best


def _widths(head: str, delimiter: str) -> Iterator[int]:
    """Yield how many cells each of the first rows has, the last one left out, which may be cut."""
    try:
        rows = [record for record in csv.reader(io.StringIO(head), delimiter=delimiter) if record]
    except csv.Error:
        return
    yield from (len(record) for record in rows[: -1 if len(head) == _SNIFFED_SIGNS else None][:_SNIFFED_ROWS])


def _spreadsheet(path: Path, sheet: str, head: bytes) -> Table:
    _refuse_bomb(path, head)
    name, texts = _read_apart(path, sheet, head)
    if not texts:
        raise _refused("empty_file", path, value=name)
    columns = _columns(_trimmed(texts[0][1]), path)
    body = [(number, row[: len(columns)] if not any(row[len(columns) :]) else row) for number, row in texts[1:]]
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Table(path.name, digest, columns, _again(body), size=path.stat().st_size, total=len(body), sheet=name)


def _read_apart(path: Path, sheet: str, head: bytes) -> tuple[str, list[tuple[int, list[str]]]]:
    """Return the sheet's name and its numbered rows, read in a process that a sparse sheet may take down alone."""
    command = [sys.executable, "-I", spreadsheets.__file__, str(path.absolute()), sheet]
    read = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - our own program, without a shell
    if read.returncode > 0 and b"MemoryError" not in read.stderr:
        raise _refused("not_a_spreadsheet", path, value="")
    if read.returncode:
        raise _refused("file_unpacks_too_large", path, value=f"{spreadsheets.LARGEST_MEMORY_BYTES} bytes")
    first, *rows = map(json.loads, read.stdout.splitlines())
    if code := first.pop("code", ""):
        raise _refused("password_protected" if _encrypted(path, head) else code, path, **first)
    return first["sheet"], [(number, row) for number, row in rows]


def _again(body: list[tuple[int, list[str]]]) -> Callable[[], Iterator[SourceRow]]:
    return lambda: iter(body)


def _refuse_bomb(path: Path, head: bytes) -> None:
    """Refuse an archive that would fill the machine, before anything of it is unpacked."""
    if not head.startswith(_ZIP):
        return
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile as error:
        raise _refused("not_a_spreadsheet", path, value=str(error)) from error
    if unpacked > LARGEST_UNPACKED_BYTES or unpacked > max(LARGEST_RATIO * path.stat().st_size, _CHUNK):
        raise _refused("file_unpacks_too_large", path, value=f"{unpacked} bytes")


def _encrypted(path: Path, head: bytes) -> bool:
    """Whether an Office file is an encrypted package in its OLE2 wrapping."""
    return head.startswith(_OLE2) and "EncryptedPackage".encode("utf-16-le") in path.read_bytes()


def _columns(heading: Sequence[str], path: Path) -> tuple[str, ...]:
    names = [name.strip().lstrip("\ufeff") for name in heading]
    if not any(names):
        raise _refused("no_heading", path, row=1)
    twice = [name for name, number in Counter(names).items() if number > 1 and name]
    if twice:
        raise _refused("column_twice", path, row=1, field=twice[0])
    return tuple(names)


def _trimmed(heading: list[str]) -> list[str]:
    while heading and not heading[-1].strip():
        heading = heading[:-1]
    return heading


def _refused(code: str, path: Path, **facts: Plain) -> TableRefused:
    return TableRefused([Finding(f"exchange.{code}", _SOURCE, {"file": path.name, **facts})])
