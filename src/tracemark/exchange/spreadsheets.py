"""Reads one sheet of a spreadsheet in a process of its own, with little memory and time, and prints it as JSON lines.

A file of a kilobyte may claim a sheet of sixteen thousand million cells, in any of the formats, and the reader makes
room for all of them. What it takes down is then this process, and not the one that asked. It is run by its path and
imports nothing of the project, so that it starts at once. The first line is the sheet's name, or what is wrong.
"""

import json
import resource
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import python_calamine

LARGEST_MEMORY_BYTES = 2 << 30
LARGEST_PRINTED_SIGNS = 1 << 29
LARGEST_SECONDS = 300
"""Of processor time. A cell takes some 140 bytes, so the memory holds 700,000 weapons in twenty columns."""

_EXACT_DIGITS = 15


def _sheet(path: str, sheet: str) -> Iterator[object]:
    try:
        book = python_calamine.CalamineWorkbook.from_path(path)
        names = book.sheet_names
        if sheet and sheet not in names:
            yield {"code": "sheet_not_found", "value": sheet, "suggestion": ", ".join(names)}
            return
        name = sheet or names[0]
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except python_calamine.PasswordError:
        yield {"code": "password_protected"}
    except (python_calamine.CalamineError, OSError, IndexError) as error:
        yield {"code": "not_a_spreadsheet", "value": str(error)}
    else:
        yield {"sheet": name}
        yield from ((number, [_text(cell) for cell in row]) for number, row in enumerate(rows, 1) if any(row))


def _text(cell: object) -> str:
    """Write a cell as a person would have typed it; whole numbers without a point, days as year-month-day."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        whole = cell.is_integer() and abs(cell) < 10**_EXACT_DIGITS
        return str(int(cell)) if whole else repr(cell).upper()
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time.min else cell.isoformat(" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell) if isinstance(cell, int | timedelta) else ""


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (LARGEST_MEMORY_BYTES, LARGEST_MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (LARGEST_SECONDS, LARGEST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    printed = 0
    for line in _sheet(*sys.argv[1:]):
        printed += sys.stdout.write(json.dumps(line) + "\n")
        if printed > LARGEST_PRINTED_SIGNS:
            raise MemoryError
