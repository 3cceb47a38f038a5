import re
from datetime import date
from enum import StrEnum

from tracemark.kernel.months import months_named


class Alteration(StrEnum):
    """What a program that took a number on metal for a quantity, or for a date, has made of it."""

    SHORTENED = "shortened"
    ROUNDED = "rounded"
    DATED = "dated"
    DECIMAL = "decimal"
    NO_VALUE = "no_value"


_KEPT_DIGITS = 15
"""A spreadsheet keeps no more digits of a number, and puts zeros in the place of those behind."""

_EXPONENT = re.compile(r"[+-]?\d(?:[.,٫]\d+)?E\+\d+|[+-]?\d[.,٫]\d+E-?\d+", re.IGNORECASE)
_DECIMAL = re.compile(r"(\d+)[.,٫]0{1,2}")
_DAY = re.compile(r"(?P<one>\d{1,2})([/.])(?P<other>\d{1,2})\2(?:19|20)\d\d")
_YEAR_FIRST = re.compile(r"(?:19|20)\d\d/(?P<one>\d{1,2})/(?P<other>\d{1,2})")
_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})(?: \d{2}:\d{2}:\d{2})?")
_NAMED = re.compile(r"\d{1,2}[-. ]([^\W\d_]{3,9})\.?|([^\W\d_]{3,9})\.?[-. ]\d{1,2}")
_CHINESE = re.compile(r"\d{1,2}月\d{1,2}日")
_ERROR = re.compile(r"#[^\W_][\w /.¡-]*[!?]|#¡\w+!|#¿\w+\?|#N/A|#N/D|#Н/Д|#{3,}", re.IGNORECASE)
_MONTHS, _DAYS = 12, 31


def altered(text: str) -> Alteration | None:
    """Return what a spreadsheet seems to have done to a serial number, None where it stands as it may on the weapon.

    Zeros behind the fifteenth digit may be the number's own: who made the file has to say so.
    """
    if no_value(text):
        return Alteration.NO_VALUE
    if _EXPONENT.fullmatch(text):
        return Alteration.SHORTENED
    if _DECIMAL.fullmatch(text):
        return Alteration.DECIMAL
    if text.isdecimal():
        return Alteration.ROUNDED if len(text) > _KEPT_DIGITS and not int(text[_KEPT_DIGITS:]) else None
    return Alteration.DATED if _is_date(text) else None


def whole_of(text: str) -> str:
    """Return the digits before the point of a number that was given decimals, "" of any other text."""
    found = _DECIMAL.fullmatch(text)
    return found[1] if found else ""


def no_value(text: str) -> bool:
    """Say whether a cell holds a formula without its result, an error as `#REF!`, or what a narrow column shows."""
    return text[:1] in ("=", "#") and (text.startswith("=") or bool(_ERROR.fullmatch(text)))


def _is_date(text: str) -> bool:
    if found := _TIME.fullmatch(text):
        try:
            date.fromisoformat(found[1])
        except ValueError:
            return False
        return True
    if day := _DAY.fullmatch(text) or _YEAR_FIRST.fullmatch(text):
        least, most = sorted((int(day["one"]), int(day["other"])))
        return 1 <= least <= _MONTHS and most <= _DAYS
    if _CHINESE.fullmatch(text):
        return True
    named = _NAMED.fullmatch(text)
    # A serial number in capitals may begin with the letters of a month; a spreadsheet writes `01-Sep`, `sept-01`.
    return named is not None and not text.isupper() and bool(months_named(named[1] or named[2]))
