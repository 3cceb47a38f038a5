import json
import os
import re
import sys
from collections.abc import Iterable, Mapping
from typing import Any, NoReturn

from rich.console import Console
from rich.table import Table
from rich.text import Text

from tracemark import wording
from tracemark.kernel import Finding, PartialDate, Trouble

_ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]")
"""What acts on a terminal instead of standing in it: control characters, and overrides of the direction of writing."""

_ACTING_IN_JSON = re.compile("[\x7f-\x9f\u202a-\u202e]")
"""Those of them that JSON lets stand as they are."""


class _Terminal(Console):
    """A console on which data are data: nothing in a text is markup, and what would act on the terminal is shown."""

    def render_str(self, text: str, **how: Any) -> Text:
        """Return a text as it is shown."""
        return super().render_str(visible(text), **how)


def visible(text: str) -> str:
    """Write what would act on a terminal as an escape that can be read."""
    return _ACTING.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


console = _Terminal(highlight=False, markup=False, emoji=False)
errors = _Terminal(stderr=True, highlight=False, markup=False, emoji=False)


def reader_language() -> str:
    """The language of the terminal, from TRACEMARK_LANGUAGE or the locale."""
    return wording.reader_of(os.environ).code


def say(code: str, **facts: object) -> str:
    """Say a sentence in the terminal's language."""
    return wording.sentence(code, facts, to=reader_language())


def say_date(when: PartialDate) -> str:
    """Write a date in the terminal's language."""
    return wording.date_text(when, to=reader_language())


def say_state(code: str) -> str:
    """Name a State in the terminal's language."""
    return wording.state_text(code, to=reader_language())


def print_line(code: str, **facts: object) -> None:
    """Print a sentence on standard output."""
    console.print(say(code, **facts), soft_wrap=True)


def complain(findings: Iterable[Finding]) -> None:
    """Print findings on standard error, a line each."""
    for finding in findings:
        errors.print(wording.finding_text(finding, to=reader_language()), soft_wrap=True)


def complain_of(code: str, **facts: object) -> None:
    """Print a sentence on standard error."""
    errors.print(say(code, **facts), soft_wrap=True)


def fail(code: str, **facts: object) -> NoReturn:
    """Print a sentence on standard error and end with status 1."""
    fail_with(say(code, **facts))


def fail_for(trouble: Trouble, code: str = "", **facts: object) -> NoReturn:
    """Say what stands in the way, in the sentence of a code as its `why` where one is given, and end with status 1."""
    why = say(trouble.code, **trouble.facts)
    fail_with(say(code, why=why, **facts) if code else why)


def fail_with(*sentences: str) -> NoReturn:
    """Print sentences on standard error, a line each, and end with status 1."""
    for each in sentences:
        errors.print(each, soft_wrap=True)
    sys.exit(1)


def print_list(table: Table) -> None:
    """Print a list as a table; where it has no rows, say so instead of its heading."""
    if table.row_count:
        console.print(table)
    else:
        print_line("cli.nothing_listed")


def print_json(plain: Mapping[str, object]) -> None:
    """Print one JSON object on one line."""
    text = json.dumps(plain, ensure_ascii=False, default=str)
    sys.stdout.write(_ACTING_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n")
