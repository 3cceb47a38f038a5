import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from tracemark.weapons import fold

_CYRILLIC = ("абвгдезийклмнопрстуфыэі", "abvgdeziiklmnoprstufyei")
_GREEK = ("αβγδεζηικλμνξοπρσςτυφω", "avgdeziiklmnxoprsstyfo")
_ARABIC = ("ابتجحدرزسصضطظعفقكلمنهويةىپگک", "abtjhdrzssdtzafqklmnhwyahpgk")
_SOUNDS = {letter: sound for script in (_CYRILLIC, _GREEK, _ARABIC) for letter, sound in zip(*script, strict=True)} | {
    "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "", "ю": "yu",
    "я": "ya", "є": "ye", "ґ": "g", "θ": "th", "χ": "ch", "ψ": "ps", "ث": "th", "خ": "kh", "ذ": "dh",
    "ش": "sh", "غ": "gh", "ء": "", "چ": "ch",
}  # fmt: skip
_ALIKE = (("sch", "s"), ("sh", "s"), ("ch", "s"), ("kh", "h"), ("gh", "g"), ("ph", "f"), ("th", "t"), ("dh", "d"),
          ("ts", "s"), ("zh", "s"), ("ck", "k"), ("q", "k"), ("c", "k"), ("z", "s"), ("j", "g"), ("w", "v"),
          ("x", "ks"), ("p", "b"))  # fmt: skip
_ARABIC_ARTICLE = re.compile(r"\b(ال)(?=\w)")
_VOWELS = frozenset("aeiouyhv")
_LEAST_SKELETON, _LEAST_NEAR = 4, 5
_SMALL_WORDS = frozenset(
    (
        *("al", "el", "ul", "the", "la", "le", "de", "and", "of", "ltd", "limited", "llc", "inc", "incorporated", "co"),
        *("company", "corp", "corporation", "gmbh", "ag", "sa", "sarl", "sas", "spa", "srl", "bv", "plc", "jsc", "ooo"),
    )
)
"""Articles, and the forms of companies: they tell nobody from another."""


Words = tuple[str, ...]


class Likeness(StrEnum):
    """Why a name is held to be another's, the surest first."""

    SAME = "same"
    REORDERED = "reordered"
    NEAR = "near"
    CONTAINED = "contained"
    SOUNDS_ALIKE = "sounds_alike"


@dataclass(frozen=True, slots=True)
class Denied:
    """A party of a list: its dossier's name, how it is named there, its other names, and why it is listed.

    The names of a natural `person` lie beside the record; who may not read them gets `name` "" and no others.
    """

    dossier: str
    name: str
    aliases: tuple[str, ...] = ()
    state: str = ""
    reason: str = ""
    person: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """That a name looks like one of a listed party: as which of its names, and why. An officer judges whether it is.

    `matched` is "" where it is a natural person's, and the reader may not read it.
    """

    name: str
    denied: Denied
    matched: str
    likeness: Likeness

    @property
    def told(self) -> str:
        """The likeness, or "person" where it is that of a name which the reader may not read."""
        return self.likeness.value if self.matched else "person"


def screen(names: Iterable[str], listed: Sequence[Denied]) -> list[Hit]:
    """Hold names against listed parties, in every script, and return each that looks alike with the reason.

    Source: PoA II.11, ATT 11(2).
    """
    return [hit for name in names for denied in listed for hit in _hits(name, denied)]


def likeness(one: str, other: str) -> Likeness | None:
    """Say why two names look like one, or None where they do not.

    Both are written in Latin letters by their sound, without accents, articles and forms of company.
    """
    left, right = _words(one), _words(other)
    if not left or not right:
        return None
    return next((why for why, fits in _LIKE.items() if fits(left, right)), None)


def _near(left: Words, right: Words) -> bool:
    one, other = "".join(left), "".join(right)
    most = max(len(one), len(other)) // 6
    return min(len(one), len(other)) >= _LEAST_NEAR and Levenshtein.distance(one, other, score_cutoff=most) <= most


def _contained(left: Words, right: Words) -> bool:
    shorter, longer = sorted((left, right), key=len)
    return len(shorter) > 1 and set(shorter) <= set(longer)


def _sound_alike(left: Words, right: Words) -> bool:
    one, other = _skeleton("".join(left)), _skeleton("".join(right))
    return one == other and len(one) >= _LEAST_SKELETON


_LIKE: dict[Likeness, Callable[[Words, Words], bool]] = {
    Likeness.SAME: lambda left, right: left == right,
    Likeness.REORDERED: lambda left, right: sorted(left) == sorted(right),
    Likeness.NEAR: _near,
    Likeness.CONTAINED: _contained,
    Likeness.SOUNDS_ALIKE: _sound_alike,
}


def _hits(name: str, denied: Denied) -> Iterator[Hit]:
    """Yield the surest likeness of a name to any of a party's names."""
    order = list(Likeness)
    found = [(each, like) for each in (denied.name, *denied.aliases) if (like := likeness(name, each))]
    if found:
        matched, like = min(found, key=lambda each: order.index(each[1]))
        yield Hit(name, denied, matched, like)


@lru_cache(maxsize=65_536)
def _words(name: str) -> Words:
    spread = unicodedata.normalize("NFKD", _ARABIC_ARTICLE.sub(r"\1 ", name.lower()).replace("-", " "))
    plain = "".join(_SOUNDS.get(each, each) for each in spread if not unicodedata.combining(each))
    return tuple(word for each in plain.split() if (word := fold(each)) and word not in _SMALL_WORDS)


@lru_cache(maxsize=65_536)
def _skeleton(word: str) -> str:
    """Return what is left of a word when it is written now by one, now by another custom: its plain consonants."""
    for written, alike in _ALIKE:
        word = word.replace(written, alike)
    kept = [each for each in word if each not in _VOWELS]
    return "".join(each for place, each in enumerate(kept) if place == 0 or kept[place - 1] != each)
