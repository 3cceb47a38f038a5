import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("en", "fr", "es", "pt", "ru", "ar", "zh")


class Sort(StrEnum):
    """What a word says of a reading. Where a word has two meanings, the earlier one holds."""

    ABSENT = "absent"
    UNREAD = "unread"
    DAMAGE = "damage"
    PLACEHOLDER = "placeholder"
    DOUBT = "doubt"
    SURE = "sure"
    METHOD = "method"
    PART = "part"
    POSITION = "position"
    UNIT = "unit"
    OR = "or"
    AND = "and"
    LABEL = "label"
    LOGO = "logo"
    NUMBER = "number"
    AROUND = "around"
    THEN = "then"
    FILLER = "filler"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word means; `value` is a part, a method, a position or a count, "" where the sort says all."""

    sort: Sort
    value: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One meaning with its words by language, as the reference lists it."""

    meaning: Meaning
    told: str
    words: Mapping[str, tuple[str, ...]]


Phrase = tuple[str, ...]

_INFLECTED = (Sort.ABSENT, Sort.UNREAD, Sort.DAMAGE, Sort.DOUBT, Sort.SURE, Sort.METHOD, Sort.PLACEHOLDER)
_SHORT = 2
"""Letters of a word that is too short for a prefix: together they may be part of a number."""

_WORD = re.compile(r"[^\W_]+")


def told() -> Mapping[str, Any]:
    """Return the words as they stand in the file, with date, source and confidence."""
    return tomllib.loads((files("tracemark.tracing.matching") / "words.toml").read_text("utf-8"))


def entries() -> Iterator[Entry]:
    """Yield every meaning with its words, in the order of precedence."""
    table = told()
    for sort in Sort:
        section = table[sort.value]
        for value, entry in ({"": section} if "en" in section else section).items():
            words = {language: tuple(entry[language]) for language in LANGUAGES}
            yield Entry(Meaning(sort, value), entry["meaning"], words)


def folded_word(word: str) -> str:
    """Fold a word so that case, accents, vowel signs and the tatweel do not matter."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", word).casefold())
    return "".join(each for each in apart if each.isalnum() and each != "ـ")


@cache
def vocabulary() -> Mapping[Phrase, Meaning]:
    """Return what each phrase means; a Chinese phrase, which is written without spaces, is one word."""
    found: dict[Phrase, Meaning] = {}
    for entry in entries():
        for words in entry.words.values():
            for written in words:
                found.setdefault(phrase_of(written), entry.meaning)
    for phrase, meaning in list(_inflected()):
        found.setdefault(phrase, meaning)
    return found


def _inflected() -> Iterator[tuple[Phrase, Meaning]]:
    """Yield what gender and number make of the last word of a phrase, and what is written against it before."""
    endings, before = told()["endings"], told()["before"]
    for entry in entries():
        for language, words in entry.words.items():
            for written in words:
                forms = _with_ending(written, endings.get(language, [])) if entry.meaning.sort in _INFLECTED else []
                joined = [f"{prefix}{written}" for prefix in before.get(language, []) if len(written) > _SHORT]
                yield from ((phrase_of(each), entry.meaning) for each in (*forms, *joined))


def _with_ending(written: str, endings: Sequence[Sequence[str]]) -> Iterator[str]:
    for alike in endings:
        for ending in alike:
            if written.endswith(ending):
                yield from (written.removesuffix(ending) + other for other in alike if other != ending)
                return


@cache
def longest_phrase() -> int:
    """Return the number of words of the longest phrase."""
    return max(map(len, vocabulary()))


@cache
def abbreviations() -> Mapping[str, Sort]:
    """Return what is written with points or strokes, in small letters, the longest first."""
    listed = told()["abbreviations"]
    return {each.casefold(): Sort(listed[each]) for each in sorted(listed, key=len, reverse=True)}


def phrase_of(written: str) -> Phrase:
    """Split a phrase into its folded words."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", written))
    bare = "".join(each for each in apart if not unicodedata.combining(each))
    return tuple(filter(None, map(folded_word, _WORD.findall(bare))))
