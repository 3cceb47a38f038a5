from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.numbers import format_percent

from tracemark.kernel import PartialDate
from tracemark.wording.languages import language
from tracemark.wording.sentences import date_text, sentence

_LEAST_SHOWN = 0.001
_MOST_SHOWN = 0.9995
_MONTHS = 12


def interval_text(start: PartialDate, end: PartialDate, *, to: str = "en") -> str:
    """Write the time from one day to another in years and months, or in days where it is less than a month.

    Where a date is known in part it is the least and the greatest time it can be; never less than nothing.
    """
    most = _apart(start.first, end.last, to)
    if end.first < start.last:
        return sentence("wording.at_most", {"most": most}, to=to)
    least = _apart(start.last, end.first, to)
    return least if least == most else sentence("wording.least_to_most", {"least": least, "most": most}, to=to)


def chance_text(chance: float, *, to: str = "en") -> str:
    """Write a probability as the language does; what is next to nothing or to everything is not written as either."""
    if chance >= _MOST_SHOWN:
        return sentence("wording.more_than", {"chance": _percent(0.999, to)}, to=to)
    if chance < _LEAST_SHOWN:
        return sentence("wording.less_than", {"chance": _percent(_LEAST_SHOWN, to)}, to=to)
    return _percent(round(chance, 3), to)


def moment_text(at: datetime | str, *, to: str = "en") -> str:
    """Write an instant in UTC, to the minute; as text it is in the form of ISO 8601."""
    moment = datetime.fromisoformat(at) if isinstance(at, str) else at
    return f"{date_text(moment.date(), to=to)}{sentence('wording.list_comma', to=to)}{moment:%H:%M} UTC"


def _apart(start: date, end: date, to: str) -> str:
    months = (end.year - start.year) * _MONTHS + end.month - start.month - (end.day < start.day)
    if months < 1:
        return sentence("wording.days", {"count": (end - start).days}, to=to)
    if months < _MONTHS:
        return sentence("wording.months", {"count": months}, to=to)
    years, rest = divmod(months, _MONTHS)
    whole = sentence("wording.years", {"count": years}, to=to)
    if not rest:
        return whole
    over = sentence("wording.months", {"count": rest}, to=to)
    return sentence("wording.years_and_months", {"years": whole, "months": over}, to=to)


@lru_cache(maxsize=6 * 1000)
def share_text(share: Decimal, *, to: str) -> str:
    """Write a share of a whole, 1 being all, as a whole percentage; below 0 and above 1 as it is."""
    return format_percent(share, "0%", locale=Locale.parse(language(to).code.replace("-", "_")))


def percentage_text(percentage: Decimal, *, to: str) -> str:
    """Write a percentage, 100 being all, to two places, as it is published."""
    return format_percent(percentage / 100, "0.00%", locale=Locale.parse(language(to).code.replace("-", "_")))


def _percent(chance: float, to: str) -> str:
    return format_percent(chance, "0.0%", locale=Locale.parse(language(to).code.replace("-", "_")))
