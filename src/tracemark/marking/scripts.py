import unicodedata
from enum import StrEnum
from functools import cache


class Script(StrEnum):
    """The script a mark is written in. Digits 0-9 and punctuation belong to every script, and alone to none."""

    LATIN = "latin"
    CYRILLIC = "cyrillic"
    GREEK = "greek"
    ARABIC = "arabic"
    HAN = "han"
    OTHER = "other"
    MIXED = "mixed"
    NONE = "none"


_BY_NAME = {
    "LATIN": Script.LATIN,
    "CYRILLIC": Script.CYRILLIC,
    "GREEK": Script.GREEK,
    "ARABIC": Script.ARABIC,
    "ARABIC-INDIC": Script.ARABIC,
    "EXTENDED": Script.ARABIC,
    "CJK": Script.HAN,
}
"""The first word of a character's Unicode name tells its script; `EXTENDED` begins the Persian digits."""

_HAN_DIGITS = {
    written: str(value)
    for value, forms in enumerate(
        ("〇零", "一壹壱弌", "二贰貳弐", "三叁參参", "四肆", "五伍", "六陆陸", "七柒漆", "八捌", "九玖")
    )
    for written in forms
}
"""Chinese numerals written place by place, with the financial forms that resist alteration."""


def script_of(text: str) -> Script:
    """Return the one script of `text`, `MIXED` where there are several, `NONE` where no character belongs to one."""
    found = {_script_of_character(each) for each in unicodedata.normalize("NFKC", text)} - {Script.NONE}
    if len(found) > 1:
        return Script.MIXED
    return found.pop() if found else Script.NONE


@cache
def digit_of(character: str) -> str:
    """Return the digit 0-9 that `character` writes in whatever script, or "" if it is not a digit.

    Multipliers such as 十 are not digits: what they mean depends on their neighbours.
    """
    value = unicodedata.digit(character, -1)
    return _HAN_DIGITS.get(character, "") if value < 0 else str(value)


@cache
def _script_of_character(character: str) -> Script:
    if character.isascii():
        return Script.LATIN if character.isalpha() else Script.NONE
    if character in _HAN_DIGITS:
        return Script.HAN
    if not character.isalnum():
        return Script.NONE
    return _BY_NAME.get(unicodedata.name(character, "").partition(" ")[0], Script.OTHER)
