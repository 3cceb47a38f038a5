import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tracemark.exchange.encodings import EncodingTrial, EncodingVerdict
from tracemark.exchange.headings import Knows, column_names, first_row, heading_among
from tracemark.exchange.sheets import OLE2, SPREADSHEETS, ZIP, spreadsheet_table
from tracemark.exchange.table_refusals import require_file, table_refusal
from tracemark.intake import SourceRow, Table

LARGEST_CELL = 131_072
"""128 KiB: a limit against files made to exhaust the machine."""

_CHUNK = 1 << 20
_DELIMITERS = ",;\t|"
_DECLARED = re.compile(r'\ufeff?"?sep=(.)"?[\r\n]*', re.IGNORECASE)
"""A first line with which spreadsheets are told the delimiter. They do not count it among the rows."""

_KEPT_TEXT = re.compile(r'="([^"]*)"')
_SNIFFED_SIGNS = 65_536
_SNIFFED_ROWS = 50
_MOST_LINES = 50
"""A cell that runs on over more lines than these began with a stray quote."""

csv.field_size_limit(LARGEST_CELL)


@dataclass(frozen=True, slots=True)
class TableFile:
    """A table with how its encoding was decided; None for a spreadsheet, whose format says it."""

    table: Table
    verdict: EncodingVerdict | None


@dataclass(frozen=True, slots=True)
class _TextForm:
    """How a text file is read. `declared` says that its first line does nothing but name the delimiter."""

    encoding: str
    delimiter: str
    declared: bool


def read_table(
    path: Path,
    *,
    encoding: str = "",
    delimiter: str = "",
    sheet: str = "",
    heading_row: int = 0,
    knows: Knows = first_row,
) -> TableFile:
    """Read a CSV file or a spreadsheet (XLSX, XLSM, XLSB, XLS, ODS) as a table of text; what is given is not detected.

    `knows` finds the heading below titles, and the sheet among several. CSV is streamed: the file is read once for
    fingerprint and encoding, and once for each pass over its rows.

    Raises:
        TableRefused: the file is empty, damaged, protected by a password, too large once unpacked, or has no heading;
            it is a folder, a pipe or a device, or may not be read; or more than one of its sheets could be meant.
        OSError: the file cannot be read.
    """
    require_file(path)
    with path.open("rb") as file:
        head = file.read(8)
    if not head:
        raise table_refusal("empty_file", path)
    if path.suffix.lower() in SPREADSHEETS or head.startswith((ZIP, OLE2)):
        table = spreadsheet_table(path, head, sheet=sheet, heading_row=heading_row, knows=knows)
        return TableFile(table, None)
    return _text_table(path, encoding, delimiter, heading_row, knows)


def _text_table(path: Path, encoding: str, delimiter: str, heading_row: int, knows: Knows) -> TableFile:
    trial, digest, size = EncodingTrial(), hashlib.sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            trial.feed(chunk)
            size += len(chunk)
    verdict = EncodingVerdict(encoding, certain=True) if encoding else trial.verdict()
    try:
        form = _form(path, verdict.encoding, delimiter)
        heading = heading_among(_records(path, form), knows, heading_row)
    except LookupError as error:
        raise table_refusal("encoding_unknown", path, value=encoding) from error
    if heading is None:
        raise table_refusal("empty_file", path)
    columns = column_names(heading, path, heading_row)

    def rows() -> Iterator[SourceRow]:
        return ((number, row) for number, row in _records(path, form) if number > heading[0])

    table = Table(
        path.name,
        digest.hexdigest(),
        columns,
        rows,
        form.encoding,
        form.delimiter,
        size,
        encodings=() if verdict.certain else verdict.likeliest,
        heading_row=heading[0],
    )
    return TableFile(table, verdict)


def _form(path: Path, encoding: str, delimiter: str) -> _TextForm:
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        declared = _DECLARED.fullmatch(file.readline(16))
    found = delimiter or (declared[1] if declared else _sniffed(path, encoding))
    return _TextForm(encoding, found, declared is not None)


def _records(path: Path, form: _TextForm) -> Iterator[SourceRow]:
    """Yield numbered records, blank lines left out; what cannot be decoded becomes U+FFFD, which intake reports."""
    with path.open(encoding=form.encoding, errors="replace", newline="") as file:
        if form.declared:
            file.readline()
        lines = _Lines(file)
        reader = csv.reader(lines, delimiter=form.delimiter, strict=False)
        number = 0
        try:
            for number, record in enumerate(reader, 1):
                taken, open_quote = lines.taken()
                if taken > _MOST_LINES or open_quote:
                    raise table_refusal("quote_unclosed", path, row=reader.line_num - taken + 1, lines=taken)
                if record:
                    yield number, _unwrapped(record)
        except csv.Error as error:
            raise table_refusal("row_unread", path, row=number + 1, value=str(error)) from error


def _unwrapped(record: list[str]) -> list[str]:
    """Take the text out of cells such as `="0012"`, as which a text is written so that a spreadsheet keeps it."""
    if not any(cell.startswith('="') for cell in record):
        return record
    return [found[1] if (found := _KEPT_TEXT.fullmatch(cell)) else cell for cell in record]


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
