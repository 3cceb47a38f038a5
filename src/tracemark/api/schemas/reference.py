from typing import Any

from pydantic import BaseModel

from tracemark.instruments import Confidence, Level, Paragraph
from tracemark.recordkeeping import EventKind, KindTerms, Status
from tracemark.weapons import Calibre, Maker, Model, Resolved


class ParagraphOut(BaseModel):
    """A paragraph in this project's own words, where it was seen and how sure it is. Open ends are null."""

    citation: str
    summary: str
    level: Level
    themes: list[str]
    indicator: str
    confidence: Confidence
    source: str
    checked_on: str
    from_on: str | None
    until_on: str | None
    note: str

    @classmethod
    def of(cls, paragraph: Paragraph) -> "ParagraphOut":
        """Return a paragraph as it goes out."""
        return cls(
            citation=str(paragraph.citation),
            summary=paragraph.summary,
            level=paragraph.level,
            themes=list(paragraph.themes),
            indicator=paragraph.indicator,
            confidence=paragraph.confidence,
            source=paragraph.source,
            checked_on=paragraph.checked_on.isoformat(),
            from_on=paragraph.from_on.isoformat() if paragraph.from_on else None,
            until_on=paragraph.until_on.isoformat() if paragraph.until_on else None,
            note=paragraph.note,
        )


class KindOut(BaseModel):
    """What an event of one kind asks: its paragraph, its details, who writes it, what it may follow and leads to."""

    kind: EventKind
    source: str
    permission: str
    requires: list[str]
    may: list[str]
    after: list[Status]
    to: Status | None
    lawful: bool
    retention: str
    stage: str
    first: bool
    always: bool
    concerns_no_weapon: bool

    @classmethod
    def of(cls, terms: KindTerms) -> "KindOut":
        """Return a kind of event as it goes out."""
        same = {name: getattr(terms, name) for name in cls.model_fields}
        lists = {name: sorted(same[name]) for name in ("requires", "may", "after")}
        return cls(**{**same, **lists, "source": str(terms.source), "permission": str(terms.permission)})


class KindsOut(BaseModel):
    """Every kind of event, in the order of a weapon's life."""

    items: list[KindOut]


class FoundOut(BaseModel):
    """What a text names in the catalogue. `code` is "" where unknown; only a `certain` answer needs no look."""

    code: str
    certain: bool
    by: str
    suggestions: list[str]
    entry: dict[str, Any] | None

    @classmethod
    def of(cls, found: Resolved, entry: Maker | Model | Calibre | None, names: tuple[str, ...]) -> "FoundOut":
        """Return what was found, with these fields of the entry."""
        told = {name: getattr(entry, name) for name in names} if entry else None
        if told and "calibres" in told:
            told["calibres"] = list(told["calibres"])
        return cls(code=found.code, certain=found.certain, by=found.by, suggestions=list(found.suggestions), entry=told)
