import os
import stat
from pathlib import Path

from tracemark.kernel import Finding, Plain, Refused, cite

_SOURCE = cite("ITI 11")


class TableRefused(Refused):
    """A file is no table that can be read. Findings name the file, and the sheet, row and column where there is one."""


def table_refusal(code: str, path: Path, **facts: Plain) -> TableRefused:
    """Return the refusal of a file, to be raised."""
    return TableRefused([Finding(f"exchange.{code}", _SOURCE, {"file": path.name, **facts})])


def require_file(path: Path) -> None:
    """Make sure that a path is that of a file which can be read more than once.

    Raises:
        TableRefused: it is a folder, a pipe or a device, or may not be read.
        OSError: there is nothing there.
    """
    if not stat.S_ISREG(path.stat().st_mode):
        raise table_refusal("not_a_file", path)
    if not os.access(path, os.R_OK):
        raise table_refusal("not_readable", path)
