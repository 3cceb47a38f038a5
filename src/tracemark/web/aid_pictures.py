"""Drawings of aid that others give: when activities go on, and what a series says, each beside its table."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from tracemark.assistance import Aid, Board, Overlap
from tracemark.web.charts import ABOVE, ACROSS, BAR, WIDTH, Box, Chart, Label, Path, drawn, short
from tracemark.web.said import spoken, term
from tracemark.web.trends import Series, Trend

_MARGIN, _ROW, _TOP, _MOST = 12, 46, 26, 20
_SHOWN = timedelta(days=5 * 365)


def aid_chart(board: Board, country: str, *, mirrored: bool) -> Chart:
    """Draw the activities of a country as bars, from five years ago at the most to in five years at the most.

    Those that overlap with another of their theme are drawn apart; the first twenty are drawn, the table has all.
    """
    aids = aids_of(board, country)
    meeting = {each.name for overlap in board.overlaps if overlap.country == country for each in _both(overlap)}
    shown = aids[:_MOST]
    first = max(min((each.activity.starts for each in shown), default=board.on), board.on - _SHOWN)
    last = min(max((each.activity.ends for each in shown), default=board.on), board.on + _SHOWN)
    height = _TOP + _ROW * len(shown) + 8

    def across(day: date) -> float:
        part = (min(max(day, first), last) - first).days / max((last - first).days, 1)
        return _MARGIN + (WIDTH - _MARGIN - 12) * part

    paths, boxes, labels = list[Path](), list[Box](), list[Label]()
    for year in range(first.year, last.year + 1):
        x = across(date(year, 1, 1))
        paths.append(Path(f"M{x:.1f} {_TOP - 6}V{height}", "axis"))
        labels.append(Label(x + 3, 14, str(year)))
    for turn, each in enumerate(shown):
        x, end, y = across(each.activity.starts), across(each.activity.ends), _TOP + _ROW * turn
        boxes.append(Box((x, y + ABOVE), (max(end - x, 2), BAR), "suspected" if each.name in meeting else "lawful"))
        labels.append(Label(_MARGIN, y + 11, short(each.activity.title(spoken()), ACROSS)))
    if first <= board.on <= last:
        paths.append(Path(f"M{across(board.on):.1f} {_TOP - 6}V{height}", "today"))
    return drawn(height, (), paths, boxes, labels, mirrored=mirrored)


def aids_of(board: Board, country: str) -> Sequence[Aid]:
    """Return the activities of a country, each once, the earliest first."""
    found = {each.name: each for place in board.places if place.country == country for each in place.activities}
    return sorted(found.values(), key=lambda each: (each.activity.starts, each.name))


def series_trend(years: Mapping[int, Mapping[str, Decimal]]) -> Trend:
    """Draw what a series says by year, a colour for each purpose, named in words and then by its code."""
    purposes = sorted({purpose for amounts in years.values() for purpose in amounts})
    return Trend(
        tuple(map(str, years)),
        tuple(
            Series(
                _purpose(purpose),
                tuple(_rounded(amounts.get(purpose)) for amounts in years.values()),
            )
            for purpose in purposes
        ),
        stacked=True,
    )


def _purpose(code: str) -> str:
    name = term(code, "web.aid.purpose")
    return name if name == code else f"{name} ({code})"


def _rounded(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(Decimal("0.01"))


def _both(overlap: Overlap) -> tuple[Aid, Aid]:
    return overlap.left, overlap.right
