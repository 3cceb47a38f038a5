import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from tracemark.intake.named_dates import NamedDate, named_date, plain_text
from tracemark.kernel import PartialDate, Plain

DEFAULT_PIVOT = 30
"""A year of two digits up to this belongs to this century, above it to the last, unless a profile says otherwise."""

FIRST_YEAR = 1500
"""Older than any weapon that bears a serial; an earlier year is a slip, or that of another calendar."""

_EXCEL_EPOCH = date(1899, 12, 30)
_EXCEL_FIRST, _EXCEL_LAST = 61, 109_574
_REMEMBERED = 65_536


class DateFormat(StrEnum):
    """How a date is written."""

    ISO = "year-month-day"
    DAY_FIRST = "day/month/year"
    MONTH_FIRST = "month/day/year"
    NAMED_MONTH = "day month-name year"
    COMPACT = "yearmonthday"
    SPREADSHEET = "spreadsheet serial"


class DateUnread(ValueError):
    """A text that names no date. `code` says why; `suggestion` is the nearest date it could be, "" where none is near.

    Digits nobody can supply are written X, as in `202X-12-09`. Source: EDTF level 1.
    """

    def __init__(self, code: str, text: str, suggestion: str = "") -> None:
        super().__init__(f"{code}: {text!r}")
        self.code = code
        self.suggestion = suggestion


@dataclass(frozen=True, slots=True)
class DateDetection:
    """How the dates of a column are written: how many in each format, and which of day and month comes first.

    `order` is DAY_FIRST or MONTH_FIRST. It is `proven` when a day above 12 shows it and none contradicts; `ambiguous`
    counts the dates that could be read either way.
    """

    order: DateFormat
    proven: bool
    formats: Mapping[DateFormat, int] = field(default_factory=dict)
    ambiguous: int = 0
    unread: int = 0
    contradictions: int = 0

    def plain(self) -> dict[str, Plain]:
        """Return it as JSON."""
        return {
            "order": self.order.value,
            "proven": self.proven,
            "formats": {form.value: number for form, number in self.formats.items()},
            "ambiguous": self.ambiguous,
            "unread": self.unread,
            "contradictions": self.contradictions,
        }


_ISO = re.compile(
    r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
)
_NUMBERS = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})(?:[T ]\d{1,2}:\d{2}(?::\d{2})?)?")
_SHORT_YEAR = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{3})")
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_SERIAL = re.compile(r"(\d{2,6})(?:\.\d+)?")
_WITHIN = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}([-/.])\d{1,2}\1(?:\d{4}|\d{2})(?!\d)")


def detect_dates(texts: Mapping[str, int], stated: DateFormat | None = None) -> DateDetection:
    """Look through a column's dates, each text with how often it stands there, for what tells day from month.

    Where nothing tells, the day comes first, as in most States, and `proven` is false; `stated` is an order that
    somebody vouches for.
    """
    formats: Counter[DateFormat] = Counter()
    day_first = month_first = ambiguous = unread = 0
    for text, number in texts.items():
        plain = plain_text(text)
        found = _NUMBERS.fullmatch(plain)
        if not found:
            form = _form(plain)
            unread += 0 if form else number
            formats += Counter({form: number} if form else {})
        elif int(found[1]) > 12 >= int(found[3]):  # noqa: PLR2004 - no month is above twelve
            day_first += number
        elif int(found[3]) > 12 >= int(found[1]):  # noqa: PLR2004 - as above
            month_first += number
        else:
            ambiguous += number * (found[1] != found[3])
    order = stated or (DateFormat.MONTH_FIRST if month_first > day_first else DateFormat.DAY_FIRST)
    formats += Counter({DateFormat.DAY_FIRST: day_first, DateFormat.MONTH_FIRST: month_first})
    formats[order] += sum(texts.values()) - unread - sum(formats.values())
    return DateDetection(
        order=order,
        proven=bool(day_first) != bool(month_first) or not ambiguous,
        formats={form: number for form, number in formats.items() if number},
        ambiguous=ambiguous,
        unread=unread,
        contradictions=min(day_first, month_first),
    )


class DateReader:
    """Reads dates of one column in the order found for it; what was read once is remembered.

    An order that was `stated` holds for every date: one that can only be read the other way is no date of this column.
    """

    def __init__(
        self, order: DateFormat = DateFormat.DAY_FIRST, pivot: int = DEFAULT_PIVOT, *, stated: bool = False
    ) -> None:
        self.order = order
        self._stated = stated
        self._pivot = pivot
        self._known: dict[str, PartialDate] = {}

    def read(self, text: str) -> PartialDate:
        """Read a date known to the day, the month or the year.

        Raises:
            DateUnread: the text names no day, month or year of the calendar.
        """
        known = self._known.get(text)
        if known is None:
            known = self._parse(text)
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[text] = known
        return known

    def _parse(self, text: str) -> PartialDate:
        text = plain_text(text)
        try:
            found = PartialDate(*self._parts(text))
            _ = found.first, found.last
        except DateUnread:
            raise
        except ValueError:
            raise DateUnread("intake.no_such_date", text, self._month_of(text)) from None
        if found.year < FIRST_YEAR:
            raise DateUnread("intake.date_calendar", text)
        return found

    def _parts(self, text: str) -> tuple[int, int, int]:
        if numbers := _NUMBERS.fullmatch(text):
            return self._ordered(int(numbers[1]), int(numbers[3]), self._year(numbers[4]))
        for shape, read in ((_COMPACT, _year_first), (_ISO, _year_first), (_MONTH_YEAR, _month_year)):
            if found := shape.fullmatch(text):
                return read(found)
        if named := named_date(text):
            return self._named(text, named)
        if (found := _SERIAL.fullmatch(text)) and _EXCEL_FIRST <= int(found[1]) <= _EXCEL_LAST:
            day = _EXCEL_EPOCH + timedelta(days=int(found[1]))
            return day.year, day.month, day.day
        raise self._broken(text)

    def _named(self, text: str, named: NamedDate) -> tuple[int, int, int]:
        """Take a month by its name, unless that may be another's too, or one number may be its day or its year."""
        year = self._year(named.year)
        if not named.months or named.day == 0:
            raise ValueError("no month is called that, or no day is numbered 0")
        if len(named.months) > 1 or named.bare:
            day = f"-{named.day:02d}" if named.day else ""
            meant = [f"{year:04d}-{month:02d}{day}" for month in sorted(named.months)]
            raise DateUnread("intake.date_ambiguous", text, "" if named.bare else ", ".join(meant))
        [month] = named.months
        return year, month, named.day or 0

    def _ordered(self, first: int, second: int, year: int) -> tuple[int, int, int]:
        """Take day and month in the column's order, unless only the other order gives a month."""
        day, month = (first, second) if self.order is DateFormat.DAY_FIRST else (second, first)
        if month > 12 >= day:  # noqa: PLR2004 - no month is above twelve
            day, month = month, day
            if self._stated:
                raise DateUnread("intake.date_against_order", f"{first}/{second}", f"{year:04d}-{month:02d}-{day:02d}")
        if not day or not month:
            raise ValueError("no day or month is numbered 0")
        return year, month, day

    def _year(self, written: str) -> int:
        year = int(written)
        if len(written) > 2:  # noqa: PLR2004 - the century is written
            return year
        return year + (2000 if year <= self._pivot else 1900)

    def _broken(self, text: str) -> DateUnread:
        """Say what a text may have been meant for: a year that lost its last digit, or a date among other words."""
        if short := _SHORT_YEAR.fullmatch(text):
            _, month, day = self._ordered(int(short[1]), int(short[2]), 2000)
            return DateUnread("intake.date_year_short", text, f"{short[3]}X-{month:02d}-{day:02d}")
        if (found := _WITHIN.search(text)) and found[0] != text:
            return DateUnread("intake.date_unread", text, str(self._parse(found[0])))
        return DateUnread("intake.date_unread", text)

    def _month_of(self, text: str) -> str:
        """Return the month of a day the calendar does not have, such as 31 February."""
        numbers, iso = _NUMBERS.fullmatch(text), _ISO.fullmatch(text)
        if numbers:
            first, second = int(numbers[1]), int(numbers[3])
            month, year = (second if self.order is DateFormat.DAY_FIRST else first), self._year(numbers[4])
        elif iso and iso[2]:
            month, year = int(iso[2]), int(iso[1])
        else:
            return ""
        return f"{year:04d}-{month:02d}" if 1 <= month <= 12 else f"{year:04d}"  # noqa: PLR2004 - months of a year


def _year_first(found: re.Match[str]) -> tuple[int, int, int]:
    year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    if (found[2] and not month) or (found[3] and not day):
        raise ValueError("no day or month is numbered 0")
    return year, month, day


def _month_year(found: re.Match[str]) -> tuple[int, int, int]:
    if not int(found[1]):
        raise ValueError("no month is numbered 0")
    return int(found[2]), int(found[1]), 0


def _form(text: str) -> DateFormat | None:
    for form, shapes in (
        (DateFormat.COMPACT, (_COMPACT,)),
        (DateFormat.ISO, (_ISO, _MONTH_YEAR)),
        (DateFormat.SPREADSHEET, (_SERIAL,)),
    ):
        if any(shape.fullmatch(text) for shape in shapes):
            return form
    return DateFormat.NAMED_MONTH if named_date(text) else None
