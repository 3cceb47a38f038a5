"""Drawings of the indicator on traced weapons, each beside a table that says the same."""

from collections import defaultdict
from collections.abc import Sequence

from tracemark import wording
from tracemark.reporting import Compared, Measured
from tracemark.web.charts import WIDTH, Box, Chart, Label, Path, drawn
from tracemark.web.said import spoken

_LEFT, _TOP, _DEEP, _WHOLE = 60, 16, 220, 100
_MISSING = "–"
_LOOKS = {
    "traced": "lawful",
    "established": "medium",
    "lawful_holder": "node",
    "pending": "weak",
    "insufficient": "suspected",
    "not_attempted": "bare",
}
"""How each result looks; the last is an outline, and one that failed is hatched, so that colour is not needed."""


def share_chart(measured: Measured, *, mirrored: bool) -> Chart:
    """Draw the share of each year as a bar of a hundred; a year without one has no bar and says so."""
    years, boxes, labels = measured.years, list[Box](), list[Label]()
    for turn, each in enumerate(years):
        x, wide = _place(turn, len(years))
        share = each.share.percent
        deep = 0.0 if share is None else float(share) / _WHOLE * _DEEP
        if share is not None:
            boxes.append(Box((x, _TOP + _DEEP - deep), (wide, max(deep, 1)), "lawful"))
        told = _MISSING if share is None else str(share)
        labels.append(Label(x + wide / 2, _TOP + _DEEP - deep - 4, told, "middle"))
        labels.append(Label(x + wide / 2, _TOP + _DEEP + 18, str(each.year), "middle"))
    rows = tuple((each.year, each.share.numerator, each.share.denominator, _told(each.share.percent)) for each in years)
    return drawn(_TOP + _DEEP + 28, rows, _scale(), boxes, [*labels, *_marks()], mirrored=mirrored)


def result_chart(measured: Measured, *, mirrored: bool) -> Chart:
    """Draw how many weapons of each year's denominator came to which result."""
    years, boxes, labels = measured.years, list[Box](), list[Label]()
    most = max((each.share.denominator or 0 for each in years), default=0) or 1
    for turn, each in enumerate(years):
        x, wide = _place(turn, len(years))
        y = float(_TOP + _DEEP)
        for result, look in _LOOKS.items():
            deep = each.facets["result"].get(result, 0) / most * _DEEP
            y -= deep
            if deep:
                boxes.append(Box((x, y), (wide, deep), look))
        labels.append(Label(x + wide / 2, y - 4, str(each.share.denominator), "middle"))
        labels.append(Label(x + wide / 2, _TOP + _DEEP + 18, str(each.year), "middle"))
    rows = tuple((each.year, *(each.facets["result"].get(result, 0) for result in _LOOKS)) for each in years)
    axis = [Path(f"M{_LEFT} {_TOP + _DEEP}H{WIDTH - 20}", "axis")]
    return drawn(_TOP + _DEEP + 28, rows, axis, boxes, labels, mirrored=mirrored)


def result_keys() -> list[tuple[str, str]]:
    """Return how each result looks, with its words."""
    return [(look, wording.facet_text("result", result, to=spoken())) for result, look in _LOOKS.items()]


def compared_chart(found: Sequence[Compared], *, mirrored: bool) -> Chart:
    """Draw published values as lines by State, and beside them those reckoned from counts, on one line of time."""
    years = [each.published.year for each in found]
    first, last = min(years, default=0), max(years, default=0)
    by_state, boxes, labels = defaultdict[str, list[Compared]](list), list[Box](), list[Label]()
    for each in found:
        by_state[each.published.state].append(each)
    paths = list(_scale())
    for state, values in by_state.items():
        points = [(_moment(each.published.year, first, last), _height(float(each.published.value))) for each in values]
        paths.append(Path("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points), "link lawful"))
        labels.append(Label(points[-1][0] + 6, points[-1][1] + 4, state, "start", "code"))
        for each, (x, y) in zip(values, points, strict=True):
            boxes.append(Box((x - 3, y - 3), (6, 6), "lawful"))
            if each.reckoned.averaged is not None:
                boxes.append(Box((x - 5, _height(float(each.reckoned.averaged)) - 5), (10, 10), "bare"))
    labels += [
        Label(_moment(year, first, last), _TOP + _DEEP + 18, str(year), "middle")
        for year in sorted({first, last} if found else set())
    ]
    return drawn(_TOP + _DEEP + 28, (), paths, boxes, [*labels, *_marks()], mirrored=mirrored)


def _place(turn: int, count: int) -> tuple[float, float]:
    room = (WIDTH - _LEFT - 20) / max(count, 1)
    return _LEFT + turn * room + room * 0.15, room * 0.7


def _moment(year: int, first: int, last: int) -> float:
    return _LEFT + 10 + (year - first) / max(last - first, 1) * (WIDTH - _LEFT - 80)


def _height(percent: float) -> float:
    return _TOP + _DEEP - percent / _WHOLE * _DEEP


def _scale() -> list[Path]:
    return [Path(f"M{_LEFT} {_height(each):.0f}H{WIDTH - 20}", "axis") for each in (0, 50, 100)]


def _marks() -> list[Label]:
    return [Label(_LEFT - 8, _height(each) + 5, f"{each} %", "end") for each in (0, 50, 100)]


def _told(share: object) -> str:
    return _MISSING if share is None else str(share)
