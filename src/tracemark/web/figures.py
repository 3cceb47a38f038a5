from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode

from tracemark.authorities import Permission, require
from tracemark.node import drawing
from tracemark.reporting import Drawn, Figure, NoSuchBreakdown, breakdowns, figures
from tracemark.web.access import Desk, needs
from tracemark.web.cells import cell_name, maps_states
from tracemark.web.forms.figures import BreakdownForm, PeriodForm
from tracemark.web.lists import PAGE
from tracemark.web.pages import page
from tracemark.web.said import say, term
from tracemark.web.trends import Number, Series, Trend
from tracemark.web.worldmap import WorldMap, world_map

_MOST_SERIES, _MOST_PLACES = 5, 40
_FIRST = {"counted": "web.figures.counted", "amount": "web.figures.number", "happened_first": "web.figures.when"}
"""The columns that stand first in a list of what was counted, and the codes of their heads."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a figure's table: the names of its values, its number, and where its rows are listed."""

    names: tuple[str, ...]
    number: Number
    rows: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell of the list of what was counted, under its head; a weapon leads to its page."""

    head: str
    text: str
    weapon: int


@needs(Permission.FIGURE_READ)
def figure_list(desk: Desk) -> HttpResponse:
    """List every figure by what it is about."""
    groups: dict[str, list[Figure]] = {}
    for each in figures().values():
        groups.setdefault(each.id.partition(".")[0], []).append(each)
    return page(desk, "web/figures/list.html", groups=groups)


@needs(Permission.FIGURE_READ)
def figure(desk: Desk, name: str) -> HttpResponse:
    """Show a figure: its value in a period, broken down, drawn and as a table, and how it is defined."""
    known = known_figure(name)
    form = BreakdownForm(desk.GET or None, today=desk.node.clock.now().date(), by=breakdowns(known))
    with drawing(desk.node, form.period(), desk.actor) as opened:
        drawn = opened.draw(name, form.breakdown())
    agencies = desk.node.agency_names
    return page(
        desk,
        "web/figures/figure.html",
        form=form,
        figure=known,
        drawn=drawn,
        trend=_trend(drawn, agencies),
        map=_map(drawn),
        lines=[_line(drawn, key, number, agencies) for key, number in drawn.cells.items()],
        rows=_rows_url(drawn, {}),
        parts=[figures()[each] for each in known.parts],
    )


@needs(Permission.FIGURE_READ)
def figure_rows(desk: Desk, name: str) -> HttpResponse:
    """List what a figure, or one cell of it, counted: for those who may read the record."""
    require(desk.actor, Permission.RECORD_READ)
    known = known_figure(name)
    form = PeriodForm(desk.GET or None, today=desk.node.clock.now().date())
    cell = {by: desk.GET[by] for by in known.by if by in desk.GET}
    start = int(after) if (after := desk.GET.get("after", "")).isdigit() else 0
    with drawing(desk.node, form.period(), desk.actor) as opened:
        try:
            found = list(islice(opened.rows(name, cell), start, start + PAGE + 1))
        except NoSuchBreakdown as error:
            raise Http404 from error
    columns = [each for each in (*_FIRST, *known.by) if found and each in found[0]]
    told = {**desk.GET.dict(), "after": str(start + PAGE)}
    agencies = desk.node.agency_names
    return page(
        desk,
        "web/figures/rows.html",
        figure=known,
        period=form.period(),
        cell=[(by, cell_name(by, value, agencies)) for by, value in cell.items()],
        columns=[_head(each) for each in columns],
        rows=[[_shown(known, each, row[each], agencies) for each in columns] for row in found[:PAGE]],
        shown=start + len(found[:PAGE]),
        more=f"?{urlencode(told)}" if len(found) > PAGE else "",
        first=f"?{urlencode({key: value for key, value in told.items() if key != 'after'})}" if start else "",
    )


def known_figure(name: str) -> Figure:
    """Return a figure by its name, or answer that there is none."""
    try:
        return figures()[name]
    except KeyError:
        raise Http404 from None


def _line(drawn: Drawn, key: tuple[str, ...], number: Number, agencies: Mapping[str, str]) -> Line:
    told = dict(zip(drawn.by, key, strict=True))
    names = tuple(cell_name(by, value, agencies) for by, value in told.items())
    return Line(names, number, _rows_url(drawn, told))


def _rows_url(drawn: Drawn, cell: Mapping[str, str]) -> str:
    asked = {"first": drawn.period.first.isoformat(), "last": drawn.period.last.isoformat(), **cell}
    return f"{reverse('figure_rows', args=[drawn.figure])}?{urlencode(asked)}"


def _head(column: str) -> str:
    return say(_FIRST[column]) if column in _FIRST else term(column, "figures.by")


def _shown(figure: Figure, column: str, value: object, agencies: Mapping[str, str]) -> Shown:
    weapon = value if column == "counted" and figure.unit == "weapons" and isinstance(value, int) else 0
    text = str(value) if column in _FIRST else cell_name(column, str(value or ""), agencies)
    return Shown(_head(column), text, weapon)


def _trend(drawn: Drawn, agencies: Mapping[str, str]) -> Trend | None:
    """Draw the cells along the first breakdown, a series for each large value of the second, the others as one."""
    if not drawn.cells:
        return None
    places = list(dict.fromkeys(key[0] for key in drawn.cells))
    if len(places) > _MOST_PLACES:
        return None
    sizes = Counter[tuple[str, ...]]()
    for key, number in drawn.cells.items():
        sizes[key[1:]] += int(number or 0)
    kept = [other for other, _ in sizes.most_common(_MOST_SERIES)]
    series = [Series(_series_name(drawn, other, agencies), _along(drawn, places, [other])) for other in kept]
    if rest := sizes.keys() - set(kept):
        series.append(Series(say("figures.others"), _along(drawn, places, list(rest))))
    axis = tuple(cell_name(drawn.by[0], each, agencies) for each in places)
    return Trend(axis, tuple(series), "bar", stacked=len(series) > 1)


def _series_name(drawn: Drawn, other: tuple[str, ...], agencies: Mapping[str, str]) -> str:
    return cell_name(drawn.by[1], other[0], agencies) if other else say(f"figures.{drawn.figure}")


def _along(drawn: Drawn, places: Sequence[str], others: Sequence[tuple[str, ...]]) -> tuple[Number, ...]:
    return tuple(sum(drawn.cells.get((each, *other)) or 0 for other in others) for each in places)


def _map(drawn: Drawn) -> WorldMap | None:
    """Show on a map what is broken down by States alone."""
    if len(drawn.by) != 1 or not maps_states(drawn.by[0]) or drawn.unit == "percent":
        return None
    return world_map({key[0]: int(number or 0) for key, number in drawn.cells.items() if key[0]})
