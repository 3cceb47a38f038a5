"""A practice as somebody writes it: TOML with a table for each language. Those that ship are written the same way."""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from tracemark.instruments import shipped
from tracemark.kernel import Citation, Finding, NotCanonical, NotToml, canonical_bytes, cite, toml_tables
from tracemark.practices.contents import PRACTICES, TELLS, Backing, Content, PracticeSubject, Telling
from tracemark.practices.records import PracticeRefused, refuse_practice

LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh-hans")
"""The languages a practice may be written in."""

MOST_TEXT = 4_000
"""How many characters one text of a practice has at most."""

_MOST_TITLE, _MOST_BYTES, _MOST_LISTED = 200, 60_000, 30
_NEEDED = ("title", "context", "done")
_FIELDS = ("subject", "state", "backing", "as_of", "commitments", "sources")
_Word = TypeVar("_Word", bound=StrEnum)


def read_practice_toml(text: str) -> Content:
    """Read a practice from TOML, and hold it to what a practice must say.

    Raises:
        PracticeRefused: it is no TOML, or says something that cannot be.
    """
    try:
        told = toml_tables(text)
    except NotToml as error:
        raise refuse_practice("practices.not_toml", **error.facts) from None
    content = read_content(told)
    require_whole(content)
    return content


def read_content(told: Mapping[str, Any]) -> Content:
    """Read a practice from the tables of its file.

    Raises:
        PracticeRefused: a field is unknown, missing or not of its kind.
    """
    for name in told:
        if name not in (*_FIELDS, *LANGUAGES):
            raise refuse_practice("practices.field_unknown", field=name, known=", ".join((*_FIELDS, *LANGUAGES)))
    return Content(
        subject=_word(told, "subject", PracticeSubject),
        tellings={code: _telling(code, told[code]) for code in LANGUAGES if code in told},
        backing=_word(told, "backing", Backing),
        as_of=_day(told.get("as_of")),
        state=str(told.get("state", "")),
        commitments=tuple(_citation(each) for each in _listed(told, "commitments")),
        sources=tuple(_listed(told, "sources")),
    )


def require_whole(content: Content) -> None:
    """Let pass a practice that says what it must, in as much room as a record has.

    Raises:
        PracticeRefused: it does not; each finding names the field.
    """
    found = list(_findings(content))
    if found:
        raise PracticeRefused(found)


def _findings(content: Content) -> Iterator[Finding]:
    if not content.tellings:
        yield Finding("practices.no_language", PRACTICES, {"field": "title"})
    for code, telling in content.tellings.items():
        yield from _telling_findings(code, telling)
    if not content.commitments:
        yield Finding("practices.no_commitment", PRACTICES, {"field": "commitments"})
    if not content.sources:
        yield Finding("practices.no_source", PRACTICES, {"field": "sources"})
    for each in content.commitments:
        if each not in shipped().versions:
            yield Finding("practices.commitment_unknown", PRACTICES, {"field": "commitments", "commitment": str(each)})
    if not _fits(content):
        yield Finding("practices.too_large", PRACTICES, {"most": _MOST_BYTES})


def _telling_findings(code: str, telling: Telling) -> Iterator[Finding]:
    for name in TELLS:
        text = getattr(telling, name)
        most = _MOST_TITLE if name == "title" else MOST_TEXT
        if name in _NEEDED and not text.strip():
            yield Finding("practices.text_missing", PRACTICES, {"field": name, "language": code})
        elif len(text) > most:
            yield Finding("practices.text_long", PRACTICES, {"field": name, "language": code, "most": most})


def _fits(content: Content) -> bool:
    try:
        return len(canonical_bytes(content.plain())) <= _MOST_BYTES
    except NotCanonical:
        return False


def _telling(code: str, told: object) -> Telling:
    if not isinstance(told, dict) or not all(isinstance(each, str) for each in told.values()):
        raise refuse_practice("practices.field_unfit", field=code, value=str(told)[:60])
    for name in told:
        if name not in TELLS:
            raise refuse_practice("practices.field_unknown", field=f"{code}.{name}", known=", ".join(TELLS))
    return Telling(**{"title": "", **{name: text.strip() for name, text in told.items()}})


def _word(told: Mapping[str, Any], field: str, words: type[_Word]) -> _Word:
    try:
        return words(told.get(field, ""))
    except ValueError:
        known = ", ".join(each.value for each in words)
        raise refuse_practice(
            "practices.word_unknown", field=field, value=str(told.get(field, "")), known=known
        ) from None


def _day(value: object) -> date:
    if type(value) is date:
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise refuse_practice("practices.field_unfit", field="as_of", value=str(value)[:60]) from None


def _listed(told: Mapping[str, Any], field: str) -> list[str]:
    found = told.get(field, [])
    if not isinstance(found, list) or len(found) > _MOST_LISTED or not all(isinstance(each, str) for each in found):
        raise refuse_practice("practices.field_unfit", field=field, value=str(found)[:60])
    return [each.strip() for each in found if each.strip()]


def _citation(text: str) -> Citation:
    try:
        return cite(text)
    except ValueError:
        raise refuse_practice("practices.commitment_unknown", field="commitments", commitment=text[:60]) from None
