import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from tracemark.marking import Script, fold_serial, script_of

MOST_PLACES = 40
"""No weapon's number is longer; a longer text is not a reading of one mark."""

_UNREADABLE = "?؟"
_GAP = "*٭…"
_NOTHING = frozenset({"", "NONE", "ILLEGIBLE", "OBLITERATED", "REMOVED", "NOSERIAL", "NONUMBER"})
_DOUBT = "(?)"


class Certainty(StrEnum):
    """How sure the examiner is of the characters written down."""

    SURE = "sure"
    DOUBTFUL = "doubtful"


class UnreadableReading(ValueError):
    """The text is not written as a reading. `code` says why and `position` where, counted in characters from 0."""

    def __init__(self, code: str, text: str, position: int) -> None:
        super().__init__(f"{code} at character {position + 1} of {text!r}")
        self.code = code
        self.text = text
        self.position = position


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a serial: the folded characters it may hold. None named: it could not be read.

    `gap` instead stands for any number of places, none included.
    """

    allowed: str = ""
    gap: bool = False


ANY = Place()
GAP = Place(gap=True)


@dataclass(frozen=True, slots=True)
class Reading:
    """What an examiner could read of one mark. `raw` is the text as written, never changed."""

    raw: str
    places: tuple[Place, ...] = ()
    certainty: Certainty = Certainty.SURE
    script: Script = Script.NONE

    @property
    def legible(self) -> int:
        """The number of places of which something could be read."""
        return sum(bool(place.allowed) for place in self.places)

    @property
    def marked(self) -> bool:
        """Whether the examiner wrote down what could not be read, and so vouches for the rest."""
        return any(len(place.allowed) != 1 for place in self.places)


def parse_reading(text: str) -> Reading:
    """Read what an examiner wrote: `?` one unreadable character, `*` an unknown number of them, `[0O]` one of these.

    Spaces and punctuation between characters mean nothing; `(?)` at the end marks the whole as doubtful. Words such as
    "none" or "illegible", or nothing at all, give a reading without places.

    Raises:
        UnreadableReading: a bracket has no partner, is empty or holds `*`, or there are too many places.
    """
    body = text.strip()
    certainty = Certainty.DOUBTFUL if body.endswith(_DOUBT) else Certainty.SURE
    end = text.rindex(_DOUBT) if certainty is Certainty.DOUBTFUL else len(text)
    places = () if fold_serial(text[:end]) in _NOTHING and not _speaks(text[:end]) else tuple(_places(text, end))
    if len(places) > MOST_PLACES:
        raise UnreadableReading("tracing.reading_too_long", text, MOST_PLACES)
    return Reading(text, places, certainty, script_of(text))


def _speaks(text: str) -> bool:
    """Tell whether the text holds a sign of this notation, so that `?NONE` is a number and not a word."""
    return any(each in _UNREADABLE + _GAP + "[]" for each in map(_plain, text))


def _plain(character: str) -> str:
    """Return full-width forms of the signs as the signs themselves; an ellipsis stays one character."""
    return character if character in _GAP else unicodedata.normalize("NFKC", character)


def _places(text: str, end: int) -> list[Place]:
    places: list[Place] = []
    position = 0
    while position < end:
        sign = _plain(text[position])
        if sign == "[":
            place, position = _alternatives(text, position, end)
            places.append(place)
        elif sign == "]":
            raise UnreadableReading("tracing.reading_bracket_not_opened", text, position)
        elif sign in _GAP:
            if places[-1:] != [GAP]:
                places.append(GAP)
        elif sign in _UNREADABLE:
            places.append(ANY)
        else:
            places.extend(map(Place, fold_serial(sign)))
        position += 1
    return places


def _alternatives(text: str, start: int, end: int) -> tuple[Place, int]:
    """Read `[0O]`; return the place and the position of its closing bracket."""
    allowed = ""
    for position in range(start + 1, end):
        sign = _plain(text[position])
        if sign == "]":
            if not allowed:
                raise UnreadableReading("tracing.reading_bracket_empty", text, start)
            return (ANY if "?" in allowed else Place("".join(sorted(set(allowed))))), position
        if sign == "[" or sign in _GAP:
            raise UnreadableReading("tracing.reading_bracket_holds_sign", text, position)
        allowed += "?" if sign in _UNREADABLE else _one_place(text, position)
    raise UnreadableReading("tracing.reading_bracket_not_closed", text, start)


def _one_place(text: str, position: int) -> str:
    folded = fold_serial(text[position])
    if len(folded) > 1:
        raise UnreadableReading("tracing.reading_alternative_not_one_place", text, position)
    return folded
