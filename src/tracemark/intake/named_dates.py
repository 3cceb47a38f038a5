import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from tracemark.kernel import folded_word, is_weekday, months_named

_UNSEEN = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_CLOCK = re.compile(r"[ T]\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?)?$", re.IGNORECASE)
_TOKEN = re.compile(r"\d+|[^\W\d_]+[.’']?|[-/., ،؛]+")
_CHINESE = re.compile(r"(\d{4})年(?:(0?[1-9]|\d{2})月(?:(\d{1,2})[日号])?)?")
_NUMERALS = {sign: digit for digit, sign in enumerate("〇一二三四五六七八九")} | {"零": 0}
_COUNTED = re.compile(r"([一二三四五六七八九]?)(十?)([一二三四五六七八九]?)(?=[月日号])")
_SAYS_NOTHING = frozenset(
    "le de del el of the st nd rd th er ere o ro го ое е г год года م عام سنه".split()  # noqa: SIM905 - read as a line
)
"""Words beside the day, the month and the year: articles, endings of ordinals, the word for year."""

_CENTURY = 4
_AT_MOST = 32
"""No date has more words and signs than these; a longer text is not looked through."""


@dataclass(frozen=True, slots=True)
class NamedDate:
    """A date whose month is a word: the months it may mean, the year as written, the day, None where none is written.

    A month is 0 where only the year is written.

    `bare`: a number of one or two digits stands beside the month alone, and may be its day or its year.
    """

    months: frozenset[int]
    year: str
    day: int | None = None
    bare: bool = False


def plain_text(text: str) -> str:
    """Return a text with signs in their usual width, single blanks, and without those that only direct the writing."""
    if text.isascii():
        return text.strip()
    return " ".join(_UNSEEN.sub("", unicodedata.normalize("NFKC", text)).split())


def named_date(text: str) -> NamedDate | None:
    """Read a date whose month is named in one of the six languages, or numbered as in Chinese; None of another text.

    The months are none where the word in the month's place is no name of one.
    """
    if found := _CHINESE.fullmatch(_with_digits(text)):
        return NamedDate(frozenset({int(found[2])} if found[2] else {0}), found[1], int(found[3]) if found[3] else None)
    tokens = list(_tokens(_CLOCK.sub("", text)))
    return _shaped(tokens) if 0 < len(tokens) <= _AT_MOST and "?" not in tokens else None


def _shaped(tokens: list[str]) -> NamedDate | None:
    """Read numbers and words in the orders in which day, month and year may stand; a year of four digits is `4`."""
    numbers = [each for each in tokens if each.isdecimal()]
    if any(len(each) not in (1, 2, _CENTURY) for each in numbers):
        return None
    shape = re.sub("w+", "w", "".join(map(_kind, tokens)))
    months = _months([each for each in tokens if not each.isdecimal()])
    if shape in ("2w4", "2w2", "w24", "w22"):
        return NamedDate(months, numbers[1], int(numbers[0]))
    if shape == "4w2":
        return NamedDate(months, numbers[0], int(numbers[1]))
    if shape in ("w4", "4w"):
        return NamedDate(months, numbers[0])
    return NamedDate(months, numbers[0], bare=True) if shape in ("2w", "w2") and months else None


def _kind(token: str) -> str:
    if not token.isdecimal():
        return "w"
    return "4" if len(token) == _CENTURY else "2"


def _tokens(text: str) -> Iterator[str]:
    """Yield the numbers and words of a text that say anything; `?` for a sign that has no place in a date."""
    place = 0
    for found in _TOKEN.finditer(text):
        if found.start() != place:
            yield "?"
        place = found.end()
        word = found[0].strip("-/., ،؛’'")
        if word.isdecimal() or (word and folded_word(word) not in _SAYS_NOTHING and not is_weekday(word)):
            yield word
    if place != len(text):
        yield "?"


def _months(words: list[str]) -> frozenset[int]:
    """Return what words mean together: one name, as `كانون الثاني`, or two of one month, as `شباط/فبراير`."""
    found = months_named(" ".join(words))
    for cut in range(1, len(words)):
        found |= months_named(" ".join(words[:cut])) & months_named(" ".join(words[cut:]))
    return found


def _with_digits(text: str) -> str:
    """Write Chinese numerals of a date in digits: each for itself in the year, counted in month and day."""
    if "年" not in text:
        return text
    year, _, rest = text.partition("年")
    year = "".join(str(_NUMERALS.get(sign, sign)) for sign in year)
    return f"{year}年{_COUNTED.sub(_counted, rest)}".replace(" ", "")


def _counted(found: re.Match[str]) -> str:
    tens, units = _NUMERALS.get(found[1], 0), _NUMERALS.get(found[3], 0)
    if found[2]:
        return str((tens or 1) * 10 + units)
    return str(tens) if found[0] else ""
