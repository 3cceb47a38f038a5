import json
import os
import sys
from collections.abc import Iterable, Mapping
from typing import NoReturn

from rich.console import Console

from tracemark import wording
from tracemark.kernel import Finding, PartialDate

console = Console(highlight=False)
errors = Console(stderr=True, highlight=False)


def reader_language() -> str:
    """The language of the terminal, from TRACEMARK_LANGUAGE or the locale."""
    told = os.environ.get("TRACEMARK_LANGUAGE") or os.environ.get("LC_ALL") or os.environ.get("LANG") or "en"
    return wording.negotiate([told.split(".")[0].replace("_", "-")]).code


def say(code: str, **facts: object) -> str:
    """Say a sentence in the terminal's language."""
    return wording.sentence(code, facts, to=reader_language())


def say_date(when: PartialDate) -> str:
    """Write a date in the terminal's language."""
    return wording.date_text(when, to=reader_language())


def print_line(code: str, **facts: object) -> None:
    """Print a sentence on standard output."""
    console.print(say(code, **facts), markup=False, soft_wrap=True)


def complain(findings: Iterable[Finding]) -> None:
    """Print findings on standard error, a line each."""
    for finding in findings:
        errors.print(wording.finding_text(finding, to=reader_language()), markup=False, soft_wrap=True)


def fail(code: str, **facts: object) -> NoReturn:
    """Print a sentence on standard error and end with status 1."""
    fail_with(say(code, **facts))


def fail_with(*sentences: str) -> NoReturn:
    """Print sentences on standard error, a line each, and end with status 1."""
    for each in sentences:
        errors.print(each, markup=False, soft_wrap=True)
    sys.exit(1)


def print_json(plain: Mapping[str, object]) -> None:
    """Print one JSON object on one line."""
    sys.stdout.write(json.dumps(plain, ensure_ascii=False, default=str) + "\n")
