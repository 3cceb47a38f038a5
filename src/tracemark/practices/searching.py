"""Looking for practices by words, whatever the language, accents and case they are written in."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from tracemark.practices.contents import TELLS, Telling
from tracemark.practices.entries import LibraryEntry

_ONE_LETTER = str.maketrans("أإآٱىةؤئ", "ااااي" + "هوي")
_TITLE = 4
"""How much more a word in a title says than one in a text."""


@dataclass(frozen=True, slots=True)
class Match:
    """A practice that was found, and the language in which it is shown: the reader's where it has one."""

    entry: LibraryEntry
    language: str


@lru_cache(maxsize=4_096)
def folded(text: str) -> str:
    """Return a text as it is compared: without case, accents, vowel signs or lengthening.

    A Chinese character is a word of its own, since nothing stands between two of them.
    """
    plain = unicodedata.normalize("NFKD", text.casefold()).replace("\u0640", "")
    kept = "".join(each for each in plain if not unicodedata.combining(each)).translate(_ONE_LETTER)
    spread = "".join(f" {each} " if "\u4e00" <= each <= "\u9fff" else each if each.isalnum() else " " for each in kept)
    return " ".join(spread.split())


def search_practices(entries: Iterable[LibraryEntry], text: str, reader: str) -> list[Match]:
    """Return the practices in which every word of a text begins a word of one language, the best first.

    `reader` is the reader's language, in which a practice is shown where it has one, and else in that of the words.
    Without words all are returned, in their order.
    """
    words = folded(text).split()
    if not words:
        return [Match(each, each.content.language_for(reader)) for each in entries]
    found = list[tuple[int, int, Match]]()
    for place, entry in enumerate(entries):
        weights = {code: _weight(each, words) for code, each in entry.content.tellings.items()}
        best = max(weights, key=lambda code: (weights[code] > 0 and code == reader, weights[code], code == "en"))
        if weights[best]:
            shown = reader if reader in entry.content.tellings else best
            found.append((-weights[best], place, Match(entry, shown)))
    return [match for _, _, match in sorted(found, key=lambda each: each[:2])]


def _weight(telling: Telling, words: Iterable[str]) -> int:
    """How much a practice says of all the words in one language; 0 where one of them is missing."""
    total = 0
    for word in words:
        said = sum(
            f" {folded(getattr(telling, name))}".count(f" {word}") * (_TITLE if name == "title" else 1)
            for name in TELLS
        )
        if not said:
            return 0
        total += said
    return total
