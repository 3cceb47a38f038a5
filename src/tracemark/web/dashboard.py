from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse

from tracemark import reporting, targets, wording
from tracemark.authorities import Permission
from tracemark.node import drawing
from tracemark.reporting import Drawn, Period, figures
from tracemark.web.access import Desk, needs
from tracemark.web.forms.figures import PeriodForm
from tracemark.web.pages import page
from tracemark.web.said import say, spoken
from tracemark.web.shares import share_chart
from tracemark.web.trends import Number, Series, Trend
from tracemark.web.worldmap import world_map

TILES = (
    "imports.weapons",
    "exports.weapons",
    "losses.stolen",
    "losses.lost",
    "recoveries.all",
    "traces.requested",
    "destructions.weapons",
    "signals.raised",
)
"""The figures a minister sees first, each with its last year beside the one before."""

TRENDS = (
    ("web.dashboard.recoveries", ("recoveries.seized", "recoveries.found", "recoveries.surrendered"), "bar"),
    ("web.dashboard.losses", ("losses.lost", "losses.stolen", "losses.recovered_again"), "line"),
    ("web.dashboard.disposal", ("destructions.weapons", "destructions.recovered"), "line"),
)
"""Which figures are drawn together: the code of the heading, the figures, bar (stacked) or line."""

_MOST_TARGETS = 12

MAPPED = ("recoveries.all", ("country",))
"""Which figure is shown on the map, and by what."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure at a glance: its numbers by year, the last of them, and how it stands to the one before."""

    drawn: Drawn
    paragraph: str
    last: Number
    before: Number

    @property
    def change(self) -> int | None:
        """How much it rose since the year before, in percent; None where that says nothing."""
        if self.last is None or not self.before:
            return None
        return round(100 * (self.last - self.before) / self.before)

    @property
    def fall(self) -> int:
        """How much it fell, in percent."""
        return -(self.change or 0)


@needs(Permission.FIGURE_READ)
def dashboard(desk: Desk) -> HttpResponse:
    """Show the State at a glance: figures by year, their trends, and where recovered weapons were made."""
    form = PeriodForm(desk.GET or None, today=desk.node.clock.now().date())
    period = form.period()
    years = [str(each) for each in range(period.first.year, period.last.year + 1)]
    last = _last_whole(years, period)
    with drawing(desk.node, period, desk.actor) as opened:
        drawn = {name: opened.draw(name, ("year",)) for name in _asked()}
        mapped = opened.draw(*MAPPED)
        measured = reporting.measure(opened, state=desk.node.state, terms=reporting.Terms())
    aimed = targets.target_list(actor=desk.actor, stores=desk.node.stores, clock=desk.node.clock)
    return page(
        desk,
        "web/dashboard/dashboard.html",
        form=form,
        period=period,
        last=last,
        going_on="" if last == years[-1] else years[-1],
        drawn_at=opened.head,
        tiles=[_tile(drawn[name], last) for name in TILES],
        trends=[(code, _trend([drawn[name] for name in names], years, kind)) for code, names, kind in TRENDS],
        mapped=mapped,
        aimed=aimed,
        outlooks=sorted(Counter(each.progress.outlook for each in aimed).items(), key=_gravest),
        ways=_ways(aimed),
        measured=measured,
        terms=list(wording.terms_texts(measured.terms, to=spoken())),
        share=_share(measured, last),
        shares=share_chart(measured, mirrored=wording.language(spoken()).right_to_left),
        map=world_map({key[0]: int(number or 0) for key, number in mapped.cells.items() if key[0]}),
    )


def _gravest(counted: tuple[targets.Outlook, int]) -> int:
    """Sort what needs somebody first."""
    return targets.GRAVEST.index(counted[0])


def _ways(aimed: Sequence[targets.TargetRecord]) -> Trend:
    """How much of its way each of the first targets has gone, beside how much of its time is over, in percent."""
    shown = aimed[:_MOST_TARGETS]
    gone = tuple(None if each.progress.way is None else round(100 * each.progress.way) for each in shown)
    over = tuple(round(100 * each.progress.time) for each in shown)
    names = (say("web.targets.way_percent"), say("web.targets.time_percent"))
    series = (Series(names[0], gone), Series(names[1], over))
    return Trend(tuple(each.target.aim.title for each in shown), series)


def _share(measured: reporting.Measured, last: str) -> reporting.Year | None:
    """Return the latest year of which there is a share, one that is over if there is any."""
    told = [each for each in measured.years if each.share.percent is not None]
    return next((each for each in reversed(told) if str(each.year) <= last), told[-1] if told else None)


def _asked() -> Sequence[str]:
    return list(dict.fromkeys([*TILES, *(name for _, names, _ in TRENDS for name in names)]))


def _last_whole(years: Sequence[str], period: Period) -> str:
    """The last year that is over, so that a year is compared with a year; the only one where there is but one."""
    over = (period.last.month, period.last.day) == (12, 31)
    return years[-1] if over or len(years) == 1 else years[-2]


def _tile(drawn: Drawn, year: str) -> Tile:
    before = str(int(year) - 1)
    told = _of_year(drawn, before) if before >= str(drawn.period.first.year) else None
    return Tile(drawn, str(figures()[drawn.figure].paragraph), _of_year(drawn, year), told)


def _trend(drawn: Sequence[Drawn], years: Sequence[str], kind: str) -> Trend:
    series = [Series(say(f"figures.{each.figure}"), tuple(_of_year(each, year) for year in years)) for each in drawn]
    return Trend(tuple(years), tuple(series), kind, stacked=kind == "bar")


def _of_year(drawn: Drawn, year: str) -> Number:
    """A year of which nothing is told is 0 where such records are kept at all."""
    return drawn.cells.get((year,), 0) if drawn.available else None
