import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum

from tracemark.marking import Script, fold_serial, script_of

MOST_PLACES = 40
"""No weapon's number is longer; a longer text is not a reading of one mark."""

UNREADABLE = "?؟"
MANY = "*٭…"
_NOTHING = frozenset({"", "NONE", "ILLEGIBLE", "OBLITERATED", "REMOVED", "NOSERIAL", "NONUMBER"})
_DOUBT = "(?)"


class Certainty(StrEnum):
    """How sure the examiner is of the characters written down."""

    SURE = "sure"
    DOUBTFUL = "doubtful"


class Means(StrEnum):
    """How a mark was made out. Each is a key of `method` in `words.toml`; how it was *made* is `marking.Method`."""

    NOT_SAID = ""
    EYE = "eye"
    MAGNIFIED = "magnified"
    PHOTO = "photo"
    REVEALED = "revealed"
    CHEMICAL = "chemical"
    MAGNETIC = "magnetic"
    LASER = "laser"
    RADIATION = "radiation"


class UnreadableReading(ValueError):
    """The text is not written as a reading. `code` says why and `position` where, counted in characters from 0.

    `word` is what stands there, and `nearest` the reading that may have been meant, "" where none is near.
    """

    def __init__(self, code: str, text: str, position: int, *, word: str = "", nearest: str = "") -> None:
        super().__init__(f"{code} at character {position + 1} of {text!r}")
        self.code = code
        self.text = text
        self.position = position
        self.word = word
        self.nearest = nearest

    @property
    def facts(self) -> dict[str, str | int]:
        """What its sentence says; characters are counted from 1 there."""
        return {"text": self.text, "position": self.position + 1, "word": self.word, "nearest": self.nearest}


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a serial: the folded characters it may hold. None named: it could not be read.

    `gap` instead stands for any number of places, none included. `doubtful` says that the examiner is not sure of this
    one. `written` is the sign as it was written, for each of `allowed` in that order, since a Cyrillic З folds to Z and
    looks like 3; `span` is where in the raw text it stands. Neither makes two places differ.
    """

    allowed: str = ""
    gap: bool = False
    doubtful: bool = False
    written: tuple[str, ...] = field(default=(), compare=False)
    span: tuple[int, int] = field(default=(0, 0), compare=False)


ANY = Place()
GAP = Place(gap=True)


@dataclass(frozen=True, slots=True)
class Reading:
    """What an examiner could read of one mark. `raw` is the text as written, never changed; `span` this reading in it.

    `part` is a Part's value, "" where the text names none.
    """

    raw: str
    places: tuple[Place, ...] = ()
    certainty: Certainty = Certainty.SURE
    script: Script = Script.NONE
    part: str = ""
    means: Means = Means.NOT_SAID
    span: tuple[int, int] = field(default=(0, 0), compare=False)

    @property
    def legible(self) -> int:
        """The number of places of which something could be read."""
        return sum(bool(place.allowed) for place in self.places)

    @property
    def marked(self) -> bool:
        """Whether the examiner wrote down what could not be read, and so vouches for the rest."""
        return any(len(place.allowed) != 1 for place in self.places)

    @property
    def written(self) -> str:
        """The part of the raw text that this reading was taken from."""
        return self.raw[slice(*self.span)]


def parse_reading(text: str) -> Reading:
    """Read the strict notation: `?` one unreadable character, `*` an unknown number of them, `[0O]` one of these.

    Spaces and punctuation between characters mean nothing; `(?)` at the end marks the whole as doubtful. Words such as
    "none" or "illegible", or nothing at all, give a reading without places. What people really write is for
    `read_mark_text`, which asks about what it does not understand.

    Raises:
        UnreadableReading: a bracket has no partner, is empty or holds `*`, or there are too many places.
    """
    body = text.strip()
    certainty = Certainty.DOUBTFUL if body.endswith(_DOUBT) else Certainty.SURE
    end = text.rindex(_DOUBT) if certainty is Certainty.DOUBTFUL else len(text)
    places = () if fold_serial(text[:end]) in _NOTHING and not _speaks(text[:end]) else tuple(_places(text, end))
    if len(places) > MOST_PLACES:
        raise UnreadableReading("tracing.reading_too_long", text, MOST_PLACES)
    return Reading(text, places, certainty, script_of(text), span=(0, len(text)))


def written_places(text: str, start: int, end: int) -> list[Place]:
    """Return the places that the character from `start` to `end` stands for: one, none where it folds away, or more.

    An accent belongs to the character before it.
    """
    sign = text[start:end]
    return [Place(each, written=(sign,), span=(start, end)) for each in fold_serial(sign)]


def alternatives(text: str, start: int, end: int) -> Place:
    """Read `[0O]`, whose opening bracket stands at `start`; its closing one ends the place's span.

    Raises:
        UnreadableReading: it is empty, not closed before `end`, or holds what is not one place.
    """
    found: dict[str, str] = {}
    unread = False
    for position in range(start + 1, end):
        sign = plain(text[position])
        if sign == "]":
            if not found and not unread:
                raise UnreadableReading("tracing.reading_bracket_empty", text, start)
            span = (start, position + 1)
            return Place(span=span) if unread else _either(found, span)
        if sign == "[" or sign in MANY:
            raise UnreadableReading("tracing.reading_bracket_holds_sign", text, position)
        if sign in UNREADABLE:
            unread = True
        elif folded := _one_place(text, position):
            found.setdefault(folded, text[position])
    raise UnreadableReading("tracing.reading_bracket_not_closed", text, start)


def plain(character: str) -> str:
    """Return full-width forms of the signs as the signs themselves; an ellipsis stays one character."""
    return character if character.isascii() or character in MANY else unicodedata.normalize("NFKC", character)


def _speaks(text: str) -> bool:
    """Tell whether the text holds a sign of this notation, so that `?NONE` is a number and not a word."""
    return any(each in UNREADABLE + MANY + "[]" for each in map(plain, text))


def _places(text: str, end: int) -> list[Place]:
    places: list[Place] = []
    position = 0
    while position < end:
        sign = plain(text[position])
        if sign == "[":
            places.append(alternatives(text, position, end))
            position = places[-1].span[1] - 1
        elif sign == "]":
            raise UnreadableReading("tracing.reading_bracket_not_opened", text, position)
        elif sign in MANY:
            if places[-1:] != [GAP]:
                places.append(Place(gap=True, span=(position, position + 1)))
        elif sign in UNREADABLE:
            places.append(Place(span=(position, position + 1)))
        else:
            places.extend(written_places(text, position, position + 1))
        position += 1
    return places


def _either(found: dict[str, str], span: tuple[int, int]) -> Place:
    allowed = sorted(found)
    return Place("".join(allowed), written=tuple(found[each] for each in allowed), span=span)


def _one_place(text: str, position: int) -> str:
    folded = fold_serial(text[position])
    if len(folded) > 1:
        raise UnreadableReading("tracing.reading_alternative_not_one_place", text, position)
    return folded
