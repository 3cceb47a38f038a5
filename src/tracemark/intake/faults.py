import tomllib
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from tracemark.kernel import Citation, Finding, Plain, cite

_PREFIX = "intake."


class Severity(StrEnum):
    """What a finding means for its row: not imported, held for judgement, or imported with the finding said."""

    ERROR = "error"
    HELD = "held"
    WARNING = "warning"


@cache
def severities() -> dict[str, Severity]:
    """Return how grave each code of this room is."""
    return {_PREFIX + name: Severity(terms["severity"]) for name, terms in _text().items()}


def severity(finding: Finding) -> Severity:
    """Return how grave a finding is; what another room found is an error, since it refuses the row."""
    return severities().get(finding.code, Severity.ERROR)


def fault(code: str, row: int, field: str = "", value: str = "", suggestion: str = "", **more: Plain) -> Finding:
    """Return a finding on a row: what field, what stands there, and what may have been meant."""
    facts: dict[str, Plain] = {"row": row, "field": field, "value": value, "suggestion": suggestion}
    return Finding(code, _sources()[code], facts | more)


@cache
def _sources() -> dict[str, Citation]:
    return {_PREFIX + name: cite(terms["source"]) for name, terms in _text().items()}


@cache
def _text() -> dict[str, Any]:
    return tomllib.loads((files("tracemark.intake") / "codes.toml").read_text("utf-8"))
