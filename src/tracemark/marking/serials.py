import unicodedata
from functools import cache

from tracemark.marking.scripts import digit_of

_DIGITS = "0123456789"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SERIAL_ALPHABET = _DIGITS + _LETTERS
"""All that a folded serial may hold."""

_ASCII = {code: SERIAL_ALPHABET.find(chr(code).upper()) for code in range(128)}
_ASCII_FOLD = {code: SERIAL_ALPHABET[place] if place >= 0 else None for code, place in _ASCII.items()}

_LIKE_LATIN = dict(
    zip(
        "АВЕКМНОРСТУХЅІЈԚԜҮ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹ",
        "ABEKMHOPCTYXSIJQWY" + "ABEZHIKMNOPTYXC",
        strict=True,
    )
)
_BY_SOUND = dict(
    zip(
        "БГДЖЗИЛПФЦЧШЩЪЫЬЭЮЯЂЉЊЋЏЄҐ" + "ΓΔΘΛΞΠΣΦΨΩ" + "ابتثجحخدذرزسشصضطظعغفقكلمنهويءةىپچژگکی" + "ØŁĐÞƏ",
        "BGDJZILPFCQWWVIVEUADLNCDEG" + "GDQLXPSFVW" + "ABTTJHXDDRZSWCDTZOGFQKLMNHWYAHYPCJGKY" + "OLDTE",
        strict=True,
    )
)
_ONE_FOR_ONE = {"Æ": "AE", "Œ": "OE"} | _BY_SOUND | _LIKE_LATIN
"""One place on the metal stays one place in the folded serial, so that `?` counts alike in every script.

A letter that looks like a Latin letter becomes that letter, since that is how it is misread; others go by their sound.
"""

_LOOK_ALIKE = str.maketrans("ODQILSBZG", "000115826")


def fold_serial(written: str) -> str:
    """Fold a serial number to 0-9 and A-Z, so that the same marking written in two ways compares equal.

    Upper case; digits of every script become 0-9; separators, punctuation, accents and symbols fall away. Letters
    without a counterpart become U and their code point in hexadecimal. Look-alikes within the result (0 and O) stay
    apart: how likely one was read for the other is weighed when marks are matched. Folding twice changes nothing.
    """
    if written.isascii():
        return written.translate(_ASCII_FOLD)
    return "".join(map(_fold_character, unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", written).upper())))


def look_alike_key(folded: str) -> str:
    """Return a key that two folded serials share when they differ only in what the eye confuses.

    0 O D Q, 1 I L, 2 Z, 5 S, 6 G and 8 B count as one each. For finding duplicates at entry, never for identity.
    """
    return folded.translate(_LOOK_ALIKE)


@cache
def _fold_character(character: str) -> str:
    if character.isascii():
        return _ASCII_FOLD[ord(character)] or ""
    if not character.isalnum():
        return ""
    return digit_of(character) or _ONE_FOR_ONE.get(character) or f"U{ord(character):X}"
