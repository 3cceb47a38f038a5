import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise
from typing import TypeVar

from tracemark.instruments.provisions import Confidence, Instrument, Level, Paragraph, Status
from tracemark.kernel import Citation, PartialDate, cite

Choice = TypeVar("Choice", bound=StrEnum)


class TextRefused(ValueError):
    """A text of instruments cannot be read; `file`, `key` and `field` say where (the last two may be empty)."""

    def __init__(self, what: str, *, file: str, key: str = "", field: str = "") -> None:
        super().__init__(": ".join(part for part in (file, key, field, what) if part))
        self.file, self.key, self.field = file, key, field


@dataclass(frozen=True, slots=True)
class Text:
    """One TOML text, read."""

    instruments: Mapping[str, Instrument]
    paragraphs: Mapping[Citation, tuple[Paragraph, ...]]


def read(file: str, toml: str, known: Mapping[str, Instrument]) -> Text:
    """Read one text; a paragraph may belong to an instrument of this text or of `known`.

    Raises:
        TextRefused: the text is not TOML, lacks a field, has one too many or a wrong one, or versions overlap.
    """
    try:
        tables = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        raise TextRefused(f"not TOML: {error}", file=file) from error
    if unknown := set(tables) - {"instrument", "paragraph", "source"}:
        raise TextRefused("unknown table", file=file, key=min(unknown))
    instruments = {code: _instrument(entry, code) for code, entry in _named(file, tables, "instrument")}
    sources = dict(_named(file, tables, "source"))
    listed = tables.get("paragraph", [])
    if not isinstance(listed, list):
        raise TextRefused("must be written [[paragraph]]", file=file, key="paragraph")
    citable = {**known, **instruments}
    versions: dict[Citation, list[Paragraph]] = {}
    for position, values in enumerate(listed, 1):
        each = _paragraph(_Entry(file, f"paragraph {position}", values), citable, sources)
        versions.setdefault(each.citation, []).append(each)
    return Text(instruments, {citation: _in_order(file, same) for citation, same in versions.items()})


def _instrument(entry: "_Entry", code: str) -> Instrument:
    entry.only(Instrument, without={"code"})
    return Instrument(
        code=code,
        title=entry.text("title"),
        symbol=entry.text("symbol"),
        status=entry.choice("status", Status),
        checked_on=entry.day("checked_on"),
        adopted_on=entry.partial("adopted_on"),
        in_force_from=entry.day_or_none("in_force_from"),
        in_force_until=entry.day_or_none("in_force_until"),
        link=entry.text("link", default=""),
        note=entry.text("note", default=""),
    )


def _paragraph(entry: "_Entry", instruments: Mapping[str, Instrument], sources: Mapping[str, "_Entry"]) -> Paragraph:
    entry = entry.called(entry.text("citation"))
    entry.only(Paragraph, without={"from_on", "until_on", "confidence"}, also={"from", "until"})
    citation = entry.citation("citation")
    if citation.instrument not in instruments:
        raise entry.refused("citation", f"no instrument {citation.instrument!r}")
    if (name := entry.text("source")) not in sources:
        raise entry.refused("source", f"no [source.{name}] in this text")
    whole, source = instruments[citation.instrument], sources[name]
    return Paragraph(
        citation=citation,
        summary=entry.text("summary"),
        level=entry.choice("level", Level),
        themes=entry.words("themes"),
        indicator=entry.text("indicator"),
        confidence=source.choice("confidence", Confidence),
        source=source.text("text"),
        checked_on=entry.day_or_none("checked_on") or whole.checked_on,
        from_on=entry.day_or_none("from") or _first_day(whole),
        until_on=entry.day_or_none("until") or whole.in_force_until,
        note=entry.text("note", default=""),
    )


def _first_day(instrument: Instrument) -> date | None:
    if instrument.in_force_from is None and instrument.adopted_on is not None:
        return instrument.adopted_on.first
    return instrument.in_force_from


def _in_order(file: str, versions: Iterable[Paragraph]) -> tuple[Paragraph, ...]:
    ordered = tuple(sorted(versions, key=lambda each: each.from_on or date.min))
    for each in ordered:
        if (each.from_on or date.min) > (each.until_on or date.max):
            raise TextRefused("ends before it begins", file=file, key=str(each.citation), field="until")
    for earlier, later in pairwise(ordered):
        if (later.from_on or date.min) <= (earlier.until_on or date.max):
            raise TextRefused("overlaps an earlier version", file=file, key=str(later.citation), field="from")
    return ordered


def _named(file: str, tables: Mapping[str, object], kind: str) -> list[tuple[str, "_Entry"]]:
    held = tables.get(kind, {})
    if not isinstance(held, dict):
        raise TextRefused(f"must be written [{kind}.NAME]", file=file, key=kind)
    return [(name, _Entry(file, f"{kind} {name}", values)) for name, values in held.items()]


class _Entry:
    """One table of a text, whose fields are read by kind and refused by file, key and field."""

    def __init__(self, file: str, key: str, values: object) -> None:
        if not isinstance(values, dict):
            raise TextRefused("must be a table", file=file, key=key)
        self._file, self._key, self._values = file, key, values

    def called(self, key: str) -> "_Entry":
        return _Entry(self._file, key, self._values)

    def refused(self, field: str, what: str) -> TextRefused:
        return TextRefused(what, file=self._file, key=self._key, field=field)

    def only(self, noun: type[Instrument | Paragraph], *, without: Iterable[str], also: Iterable[str] = ()) -> None:
        allowed = {field.name for field in fields(noun)} - {*without} | {*also}
        for field in self._values:
            if field not in allowed:
                raise self.refused(field, "unknown field")

    def text(self, field: str, *, default: str | None = None) -> str:
        value = self._values.get(field, default)
        if value is None:
            raise self.refused(field, "is missing")
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise self.refused(field, "must be text")
        return value

    def words(self, field: str) -> tuple[str, ...]:
        value = self._values.get(field)
        if not isinstance(value, list) or not value or not all(isinstance(word, str) and word for word in value):
            raise self.refused(field, "must be a list of words")
        return tuple(value)

    def choice(self, field: str, kind: type[Choice]) -> Choice:
        value = self.text(field)
        if value not in list(kind):
            raise self.refused(field, f"must be one of: {', '.join(kind)}")
        return kind(value)

    def citation(self, field: str) -> Citation:
        text = self.text(field)
        try:
            return cite(text)
        except ValueError as error:
            raise self.refused(field, str(error)) from error

    def day(self, field: str) -> date:
        if (day := self.day_or_none(field)) is None:
            raise self.refused(field, "is missing")
        return day

    def day_or_none(self, field: str) -> date | None:
        value = self._values.get(field)
        if value is None:
            return None
        if isinstance(value, datetime) or not isinstance(value, date):
            raise self.refused(field, "must be a date, such as 2005-12-08")
        return value

    def partial(self, field: str) -> PartialDate | None:
        """A date written as TOML writes it, or as text where only the year or the month is known."""
        value = self._values.get(field)
        try:
            return None if value is None else PartialDate.parse(str(value))
        except ValueError as error:
            raise self.refused(field, str(error)) from error
