"""Reading the TOML that people write, so that what is wrong in it can be said in their language."""

import re
import tomllib
from typing import Any

from tracemark.kernel.canonical import Plain

_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")

_FAULTS = {
    "twice": re.compile("Cannot declare|Cannot overwrite|Cannot mutate|Cannot redefine|Duplicate"),
    "unclosed": re.compile("Unclosed|Unterminated|Expected \"'|at the end of an? "),
    "equals": re.compile("Expected '='"),
    "more": re.compile("Expected newline"),
    "statement": re.compile("Invalid statement|Invalid initial character"),
    "character": re.compile("[Ii]llegal character|invalid character|Unescaped|Escaped|hex value"),
    "value": re.compile("Invalid value|Invalid date"),
}
"""What the library's messages mean, in the words of whoever wrote the text; the first that fits counts."""


class NotToml(ValueError):
    """A text is no TOML: in which line and column, counted from 1, and what is wrong there."""

    def __init__(self, fault: str, line: int, column: int, detail: str) -> None:
        super().__init__(detail)
        self.fault, self.line, self.column = fault, line, column

    @property
    def facts(self) -> dict[str, Plain]:
        """The facts of a sentence that says so: `line`, `column`, and `fault`, said by `wording.toml_…`."""
        return {"line": self.line, "column": self.column, "fault": self.fault}


def toml_tables(text: str) -> dict[str, Any]:
    """Read TOML.

    Raises:
        NotToml: it is none.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        found = _PLACE.search(said)
        # Without a place it is the end of the text.
        line, column = map(int, found.groups()) if found else _end(text)
        fault = next((code for code, words in _FAULTS.items() if words.search(said)), "other")
        raise NotToml(fault, line, column, said) from error


def _end(text: str) -> tuple[int, int]:
    lines = text.splitlines() or [""]
    return len(lines), len(lines[-1]) + 1
