import re
from dataclasses import dataclass
from functools import cache

_LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CYRILLIC = "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ"
_DIGITS = "0123456789"
_ARABIC_DIGITS = "٠١٢٣٤٥٦٧٨٩"
_ALPHABETS = {"L": _LATIN, "C": _CYRILLIC, "D": _DIGITS, "I": _ARABIC_DIGITS}
_TOKEN = re.compile(r"(?:(?P<slot>[LCDIY])|'(?P<quoted>[^']+)'|(?P<plain>[0-9 ./-]))(?:\{(?P<times>[1-9]\d?)\})?")


@dataclass(frozen=True, slots=True)
class Scheme:
    """How a maker numbers a model. Each place is its alphabet; a place with one character is a constant.

    `Y` in a scheme is a digit of the year of manufacture, the last one rightmost; such places have the alphabet "Y".
    """

    text: str
    places: tuple[str, ...]

    @property
    def capacity(self) -> int:
        """How many serials there are, in one year where the scheme has the year."""
        found = 1
        for place in self.places:
            found *= len(place)
        return found

    def serial(self, number: int, year: int = 0) -> str:
        """Return the `number`-th serial from 0, in the order in which a maker would strike them.

        Raises:
            ValueError: the scheme has no so-many-th serial.
        """
        if not 0 <= number < self.capacity:
            raise ValueError(f"scheme {self.text} has serials 0 to {self.capacity - 1}, not {number}")
        letters = []
        for place in reversed(self.places):
            if place == "Y":
                year, digit = divmod(year, 10)
                letters.append(_DIGITS[digit])
            else:
                number, digit = divmod(number, len(place))
                letters.append(place[digit])
        return "".join(reversed(letters))

    def fits(self, serial: str) -> bool:
        """Say whether the serial has the shape of the scheme."""
        return len(serial) == len(self.places) and all(
            letter in (_DIGITS if place == "Y" else place) for letter, place in zip(serial, self.places, strict=True)
        )


@cache
def parse_scheme(text: str) -> Scheme:
    """Read a serial scheme.

    `L` is a Latin capital, `C` a Cyrillic one, `D` a digit, `I` an Arabic-Indic digit, `Y` a digit of the year; digits,
    spaces, `.`, `/` and `-` stand for themselves, and so does what is 'quoted'. `{6}` after any of them says six times.

    Raises:
        ValueError: the text is no scheme.
    """
    places: list[str] = []
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if not found:
            raise ValueError(f"not a serial scheme from place {at}: {text!r}")
        slot = found["slot"]
        unit = [_ALPHABETS.get(slot, slot)] if slot else list(found["quoted"] or found["plain"])
        places += unit * int(found["times"] or 1)
        at = found.end()
    if not places:
        raise ValueError("a serial scheme has at least one place")
    return Scheme(text, tuple(places))
