from dataclasses import dataclass


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
