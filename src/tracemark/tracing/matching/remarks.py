from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Remark:
    """Something understood that is not a place of a number, from `start` to `end` of the text.

    `says` is the sort of a word, or `counted` (stars that are so many places), `gap` (a word that stands for an unknown
    number of places), `legend`, `symbol`, `count`, `too_long`, or `strange` (letters that nobody knows, and are asked
    about). `value` is the part, method, symbol or count.
    """

    says: str
    start: int
    end: int
    value: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What cannot be understood for certain, and must be answered before anything is searched for.

    `nearest` is the text that may have been meant, "" where none is near. Its sentence is that of `code`.
    """

    code: str
    start: int
    end: int
    nearest: str = ""


TOLD = (
    *("strange", "too_long", "placeholder", "absent", "counted", "gap", "legend", "symbol"),
    *("position", "unread", "doubt", "damage", "sure", "logo", "label"),
)
"""What a reader is told, the weightier first; parts, methods and what only joins words show in the readings."""


def notes(text: str, remarks: Iterable[Remark]) -> Iterator[Remark]:
    """Yield the remarks as a reader is told them: one for words that stand together, by the weightiest of them."""
    together: list[Remark] = []
    for remark in sorted(remarks, key=lambda each: (each.start, each.end)):
        if together and text[max(each.end for each in together) : remark.start].strip(" -'’"):
            yield from _note(together)
            together = []
        together.append(remark)
    yield from _note(together)


def _note(together: list[Remark]) -> Iterator[Remark]:
    weighed = sorted((each for each in together if each.says in TOLD), key=lambda each: TOLD.index(each.says))
    if weighed:
        start, end = min(each.start for each in together), max(each.end for each in together)
        yield replace(weighed[0], start=start, end=end)
