"""IATI 2.03 as its own schema has it: whether a file is valid, and what is wrong where, in words of ours."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import as_file, files
from typing import Any, cast

from lxml import etree

from tracemark.kernel import Finding, cite

MOST_FINDINGS = 20
_IATI = cite("PoA III.6")
_NAME = r"Element '(?:\{[^}]*\})?([^']*)'"
_LIKE = r"(?P<like>[^']*)"
_SORTS: Mapping[str, re.Pattern[str]] = {
    "iati_misplaced": re.compile(rf"{_NAME}: This element is not expected\.(?: Expected is (?P<like>.*)\.)?"),
    "iati_child_missing": re.compile(rf"{_NAME}: Missing child element\(s\)\. Expected is (?P<like>.*)\."),
    "iati_attribute_missing": re.compile(rf"{_NAME}: The attribute '{_LIKE}' is required but missing"),
    "iati_attribute_unknown": re.compile(rf"{_NAME}, attribute '{_LIKE}': The attribute .* is not"),
    "iati_value_unfit": re.compile(
        rf"{_NAME}(?:, attribute '[^']*')?: '(?P<value>.*)' is not a valid value of the atomic type '(?:xs:)?{_LIKE}'",
        re.DOTALL,
    ),
    "iati_text_here": re.compile(rf"{_NAME}: (?:Character content|The content)"),
}
"""What the validator says, by what it means; `like` is what it expects."""

_TYPES = {"date": "2026-03-31", "dateTime": "2026-03-31T12:00:00Z", "decimal": "1500.50", "int": "3", "boolean": "1",
          "positiveInteger": "1", "nonNegativeInteger": "0", "double": "0.5"}  # fmt: skip
"""A value of each type, to show how one is written."""


@cache
def activity_schema() -> etree.XMLSchema:
    """The schema of IATI 2.03 for activities. It holds for every 2.0x: later versions only added to earlier ones."""
    with as_file(files("tracemark.exchange") / "iati_203") as folder:
        return etree.XMLSchema(etree.parse(str(folder / "iati-activities-schema.xsd")))


def schema_findings(document: etree._ElementTree, file: str) -> list[Finding]:
    """Return what is wrong with a document, each with file, line and element; empty where it is valid."""
    schema = activity_schema()
    if schema.validate(document):
        return []
    return list(worded(errors_of(schema), file))


def errors_of(schema: etree.XMLSchema) -> Iterator[tuple[int, str]]:
    """Yield line and message of each error of the validation before."""
    log: Any = schema.error_log
    yield from ((each.line, each.message) for each in log)


def line_of(element: etree._Element) -> int:
    """Return the line an element began on, 0 where nobody knows."""
    return cast("int | None", element.sourceline) or 0


def worded(errors: Iterable[tuple[int, str]], file: str) -> Iterator[Finding]:
    """Yield the validator's errors as findings of ours, by line, the first of each line and element, twenty at most.

    An error that is of no known sort keeps the validator's own English.
    """
    seen: set[tuple[int, str]] = set()
    for line, message in sorted(errors):
        finding = _finding(line, message, file)
        element = str(finding.facts["element"])
        if (line, element) in seen:
            continue
        seen.add((line, element))
        yield finding
        if len(seen) == MOST_FINDINGS:
            return


def _finding(line: int, message: str, file: str) -> Finding:
    for code, pattern in _SORTS.items():
        if found := pattern.match(message):
            told = {name: (text or "").strip("( )")[:120] for name, text in found.groupdict().items()}
            if code == "iati_value_unfit":
                told["like"] = _TYPES.get(told["like"], told["like"])
            return iati_finding(code, file, line, found[1], **told)
    element = re.match(_NAME, message)
    return iati_finding("iati_invalid", file, line, element[1] if element else "", value=message[:200])


def iati_finding(code: str, file: str, line: int, element: str, **facts: str) -> Finding:
    """Return what is wrong with an IATI file, where."""
    return Finding(f"exchange.{code}", _IATI, {"file": file, "line": line, "element": element, **facts})
