"""For which periods a target's figure is drawn, and which number of it is the target's value."""

from datetime import date, timedelta
from decimal import Decimal

from tracemark.reporting import Drawing, Period, figures
from tracemark.targets.voluntary import Aim, Window

_MONTHS = {Window.YEAR: 12, Window.QUARTER: 3, Window.MONTH: 1, Window.TOTAL: 3}
"""How many months pass from one value to the next."""

_HUNDRED, _PLACES = Decimal(100), Decimal("0.01")

_MOST = 60
"""How many values are drawn at one time: five years of months, fifteen of quarters."""


def periods_to_draw(aim: Aim, today: date) -> list[Period]:
    """Return the periods of which a figure gives a target's values, the newest last, each over by `today`.

    Years, quarters and months are those of the calendar, of which none began before the baseline was over; a total
    begins on the day after the baseline and ends with each quarter. The value is that of the last day.
    """
    months, since = _MONTHS[aim.window], aim.baseline_on + timedelta(days=1)
    found, first = list[Period](), _start(since, months)
    while (after := _later(first, months)) - timedelta(days=1) <= today:
        last = after - timedelta(days=1)
        if aim.window is Window.TOTAL:
            found.append(Period(since, last))
        elif first >= since:
            found.append(Period(first, last))
        first = after
    return found[-_MOST:]


def value_drawn(aim: Aim, drawing: Drawing) -> Decimal | None:
    """Draw what an aim measures: its figure, a cell of it, or the share of that cell in the whole, as a percentage.

    What the record does not tell apart (a blank) is part of the whole. None is: not available, or no whole to share.

    Raises:
        NoSuchFigure, NoSuchBreakdown, FigureFailed: as `Drawing.draw`.
    """
    drawn = drawing.draw(aim.figure, tuple(name for name, _ in aim.cell))
    if drawn.value is None or not aim.cell:
        return None if drawn.value is None else Decimal(drawn.value)
    empty = None if figures()[aim.figure].parts else 0
    part = drawn.cells.get(tuple(value for _, value in aim.cell), empty)
    if part is None or (aim.share and not drawn.value):
        return None
    return (_HUNDRED * part / drawn.value).quantize(_PLACES) if aim.share else Decimal(part)


def _start(day: date, months: int) -> date:
    """Return the first day of the window of the calendar in which a day lies."""
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def _later(first: date, months: int) -> date:
    turn = first.month - 1 + months
    return date(first.year + turn // 12, turn % 12 + 1, 1)
