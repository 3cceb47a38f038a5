import csv
import gzip
import io
import zlib
from collections.abc import Mapping

_GZIP = b"\x1f\x8b"
LARGEST = 64 << 20
"""How many bytes a table of others may have, unpacked."""


class TableUnfit(ValueError):
    """A file is not the table it should be; `columns` are those it lacks, none where it is no text or too large."""

    def __init__(self, columns: tuple[str, ...] = ()) -> None:
        super().__init__(", ".join(columns))
        self.columns = columns


def outside_rows(content: bytes, columns: frozenset[str]) -> list[Mapping[str, str]]:
    """Read a table that others publish: CSV in UTF-8 with a heading, packed with gzip or not.

    Raises:
        TableUnfit: it is something else, or lacks some of the columns.
    """
    try:
        text = _unpacked(content).decode("utf-8-sig")
        read = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        missing = tuple(sorted(columns - set(read.fieldnames or ())))
        if missing:
            raise TableUnfit(missing)
        return [{name: row[name] or "" for name in columns} for row in read]
    except (UnicodeDecodeError, csv.Error, zlib.error, OSError, EOFError) as error:
        raise TableUnfit from error


def _unpacked(content: bytes) -> bytes:
    if content.startswith(_GZIP):
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
            content = packed.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise TableUnfit
    return content
