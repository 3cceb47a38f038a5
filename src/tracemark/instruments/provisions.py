from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracemark.kernel import Citation, PartialDate


class Level(StrEnum):
    """The level at which a commitment is carried out. Source: PoA II, its three headings."""

    NATIONAL = "national"
    REGIONAL = "regional"
    GLOBAL = "global"


class Status(StrEnum):
    """How an instrument commits: as politics, as law on those it binds, or as a standard anyone may follow."""

    POLITICAL = "political"
    BINDING = "binding"
    VOLUNTARY = "voluntary"


class Confidence(StrEnum):
    """How sure the summary of a paragraph is."""

    READ = "read"
    PARAPHRASED = "paraphrased in a source"
    FROM_MEMORY = "from memory"


@dataclass(frozen=True, slots=True)
class Instrument:
    """A document whose paragraphs may be cited.

    `in_force_from` and `in_force_until` are first and last day, None where not dated; `link` is the official
    publication, empty where not known; `checked_on` is the day the data were last compared with a source.
    """

    code: str
    title: str
    symbol: str
    status: Status
    checked_on: date
    adopted_on: PartialDate | None = None
    in_force_from: date | None = None
    in_force_until: date | None = None
    link: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph as it stood from `from_on` to `until_on`, both days included; None is open.

    `summary` is this project's wording, never the text; `indicator` is an idea for measuring it; `source` says where
    it was seen; `note` says what is uncertain.
    """

    citation: Citation
    summary: str
    level: Level
    themes: tuple[str, ...]
    indicator: str
    confidence: Confidence
    source: str
    checked_on: date
    from_on: date | None = None
    until_on: date | None = None
    note: str = ""

    def holds(self, on: date) -> bool:
        return (self.from_on is None or self.from_on <= on) and (self.until_on is None or on <= self.until_on)
