"""Whether an aid activity is work on small arms, and on which theme; each answer with its reasons."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from tracemark.assistance.activities import DAC5, SALW_SECTOR, AidActivity, Narrative
from tracemark.kernel import Plain

GENERAL = "small_arms"
"""The theme of work on small arms of which no words say more."""

_JOINED = frozenset({"ar", "zh"})
_CODED_THEME = "reintegration"


class Where(StrEnum):
    """In which part of an activity a reason lies."""

    SECTOR = "sector"
    TITLE = "title"
    DESCRIPTION = "description"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an activity is taken for work on small arms: the sector's code, or the words as they were met."""

    theme: str
    where: Where
    words: str

    def plain(self) -> dict[str, Plain]:
        """As it is sealed and given out."""
        return {"theme": self.theme, "where": self.where.value, "words": self.words}


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the list: its longest part without a joker, which is looked for first since that costs little."""

    stem: str
    pattern: re.Pattern[str]
    capitals: bool

    def find(self, text: str) -> re.Match[str] | None:
        return self.pattern.search(text) if self.stem in text else None


@dataclass(frozen=True, slots=True)
class Recognition:
    """What an activity is about, with every reason; the first of each theme and place."""

    reasons: tuple[Reason, ...]

    @property
    def themes(self) -> tuple[str, ...]:
        """The themes in the order of the list of words; where one says more, the general one is left out."""
        found = {each.theme for each in self.reasons}
        more = [each for each in themes() if each in found and each != GENERAL]
        return tuple(more) or (GENERAL,)

    @property
    def by_text_only(self) -> bool:
        """Whether no sector says it, so that a person ought to look."""
        return all(each.where is not Where.SECTOR for each in self.reasons)


@cache
def themes() -> tuple[str, ...]:
    """The themes under which work on small arms is laid out."""
    return tuple(name for name, told in _lists().items() if isinstance(told, dict))


def recognise(activity: AidActivity) -> Recognition | None:
    """Return why an activity is work on small arms, None where nothing says so.

    Its sector does (15240 of the DAC's purpose codes), or words of its titles and descriptions in any of the languages
    of the list; what language a text is said to be in is not trusted. Where only the sector speaks, the theme is the
    first half of its name, reintegration.

    Source: PoA III.6, DAC purpose code 15240.
    """
    coded = any(each.code == SALW_SECTOR and each.vocabulary == DAC5 for each in activity.sectors)
    told = list(_told(activity))
    if not coded and not any(_lists()[each.theme].get("alone") for each in told):
        return None
    if coded:
        silent = not told
        told.insert(0, Reason(_CODED_THEME if silent else GENERAL, Where.SECTOR, SALW_SECTOR))
    return Recognition(tuple(told))


def _told(activity: AidActivity) -> Iterator[Reason]:
    seen: set[tuple[str, Where]] = set()
    for where, texts in ((Where.TITLE, activity.titles), (Where.DESCRIPTION, activity.descriptions)):
        for each in texts:
            for theme, words in _met(each):
                if (theme, where) not in seen:
                    seen.add((theme, where))
                    yield Reason(theme, where, words)


def _met(narrative: Narrative) -> Iterator[tuple[str, str]]:
    text = _folded(narrative.text)
    lower = _blanked(text.lower())
    for theme, words in _words().items():
        for each in words:
            found = each.find(text if each.capitals else lower)
            if found:
                yield theme, text[found.start() : found.end()]
                break


def _blanked(text: str) -> str:
    """Blank out what is something else, place for place."""
    for each in _elsewhere():
        if each.stem in text:
            text = each.pattern.sub(lambda found: " " * len(found[0]), text)
    return text


def _folded(text: str) -> str:
    """Fold accents and widths away, and all white space to single spaces; case stays."""
    parts = unicodedata.normalize("NFKD", text)
    return " ".join("".join(each for each in parts if not unicodedata.combining(each)).split())


@cache
def _lists() -> Mapping[str, Any]:
    return tomllib.loads((files("tracemark.assistance") / "small_arms_words.toml").read_text("utf-8"))


@cache
def _elsewhere() -> list[_Word]:
    return [_word(each, "") for each in _lists()["not_within"]]


@cache
def _words() -> Mapping[str, list[_Word]]:
    return {
        theme: [
            _word(each, language)
            for language, listed in _lists()[theme].items()
            for each in (listed if isinstance(listed, list) else ())
        ]
        for theme in themes()
    }


def _word(word: str, language: str) -> _Word:
    capitals = word.isupper() and language not in _JOINED
    folded = _folded(word) if capitals else _folded(word).lower()
    pattern = re.escape(folded).replace(r"\*", r"\w*")
    if language not in _JOINED:
        pattern = rf"(?<!\w){pattern}(?!\w)"
    return _Word(max(folded.split("*"), key=len), re.compile(pattern), capitals)
