import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

_SHORTEST = 3
_ALIKE = str.maketrans({"ى": "ي", "ة": "ه", "ـ": None})


def months_named(word: str) -> frozenset[int]:
    """Return the months that a word means in one of the six languages, 1 to 12, in full or cut after three letters.

    Several where the word is cut too short to tell, as `jui` for June and July in French; none where it is no month.
    """
    folded = folded_word(word)
    if whole := _names().get(folded):
        return frozenset({whole})
    if len(folded) < _SHORTEST:
        return frozenset()
    return frozenset(month for name, month in _names().items() if name.startswith(folded))


def is_weekday(word: str) -> bool:
    """Say whether a word is the full name of a day of the week in one of the six languages."""
    return folded_word(word) in _weekdays()


def folded_word(word: str) -> str:
    """Return a word in small letters without accents, its blanks single, so that two spellings of it compare equal."""
    parted = unicodedata.normalize("NFKD", word.casefold())
    bare = "".join(sign for sign in parted if not unicodedata.combining(sign))
    return " ".join(bare.translate(_ALIKE).split())


@cache
def _names() -> Mapping[str, int]:
    return {folded_word(name): number for number, names in enumerate(_text()["months"], 1) for name in names}


@cache
def _weekdays() -> frozenset[str]:
    return frozenset(map(folded_word, _text()["weekdays"]))


@cache
def _text() -> dict[str, Any]:
    return tomllib.loads((files("tracemark.kernel") / "months.toml").read_text("utf-8"))
