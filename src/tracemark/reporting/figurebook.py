"""Figures: what the record can count, each one query whose rows are the things counted.

A figure's query, in DuckDB's SQL over `recordkeeping.record_tables`, answers with a row for each thing counted:
`counted` says which (a weapon's identity, an event's position or a dossier's name), `amount` how many it stands for (1
where there is no such column), `happened_first` since when, and a column for each disaggregation, "" where nothing was
said. So a value is the sum of its rows, every breakdown is a grouping of them, and they all add up.
Source: PoA II.33, ITI 36.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib.resources import files

from tracemark.diversion import read_head
from tracemark.kernel import Citation, cite

_NEEDED = ("id", "question", "unit", "paragraph")


class FigureUnreadable(Exception):
    """A file of a figure lacks a line of its head; the message names it."""


@dataclass(frozen=True, slots=True)
class Within:
    """That a figure counts some of what another counts: those of a value of one of its breakdowns.

    Where the other has no breakdown that tells them apart, `by` is the figure's own id and `value` is "".
    """

    whole: str
    by: str
    value: str


@dataclass(frozen=True, slots=True)
class Figure:
    """What is counted, and how.

    `question` asks for it in words; `unit` is what the number is of (weapons, requests, percent); `by` are the
    disaggregations it has; `views` the shared tables it looks into. `recorded` are kinds of events: where the record
    holds none of them the State keeps no such records, and the figure is not available rather than 0; an empty one is
    always available. `stated` is the series of statistics it is drawn from: it is available where that is stated for
    each year of the period, or, if its numbers are of what stands, for any. A ratio has no query but `parts`, of which
    it is the first as a percentage of the second. `within` is what it is some of, so that numbers published of both
    are read together. The value of one that is `of_one` is that of the single thing which stands in the middle: where
    nothing is counted there is none. `over` names the kept table that is read in the place of the record's events: it
    holds all of them that the query can look at, so that nothing else is counted, and is no part of the definition.
    """

    id: str
    question: str
    unit: str
    paragraph: Citation
    by: tuple[str, ...] = ()
    views: tuple[str, ...] = ()
    recorded: tuple[str, ...] = ()
    stated: str = ""
    sql: str = ""
    parts: tuple[str, ...] = ()
    within: Within | None = None
    of_one: bool = False
    over: str = ""


class Laid(Enum):
    """How a table that figures look into is laid beside the record."""

    KEPT = "kept"
    """Once for a record, whatever the period: `FigureEngine.keep`."""
    MADE = "made"
    """Once for a drawing."""
    SHOWN = "shown"
    """Each time it is looked into, as far as it is."""


@dataclass(frozen=True, slots=True)
class View:
    """A table that several figures look into; `views` are those it looks into itself, `uses` the small tables.

    `over` is as that of a figure. In the query `$first` and `$last` stand for the days of the period, but in one that
    is kept.
    """

    name: str
    about: str
    views: tuple[str, ...]
    uses: tuple[str, ...]
    laid: Laid
    sql: str
    over: str = ""


def read_figure(text: str) -> Figure:
    """Read a figure from its file: lines `-- field: value`, then one SELECT, or none for a ratio.

    Raises:
        FigureUnreadable: the head lacks a field, or there is neither a query nor a ratio of two figures.
    """
    told, body = read_head(text)
    parts = tuple(each.strip() for each in told.get("ratio", "").split("/") if each.strip())
    missing = [field for field in _NEEDED if not told.get(field)]
    if missing or bool(body) == (len(parts) == 2):  # noqa: PLR2004 - two parts make a ratio
        lacking = ", ".join(missing) or "either a query or a ratio"
        raise FigureUnreadable(f"{told.get('id', '?')}: the file does not say {lacking}")
    return Figure(
        id=told["id"],
        question=told["question"],
        unit=told["unit"],
        paragraph=cite(told["paragraph"]),
        by=_words(told.get("by", "")),
        views=_words(told.get("views", "")),
        recorded=_words(told.get("recorded", "")),
        stated=told.get("stated", ""),
        sql=body,
        parts=parts,
        within=_within(told["id"], told["within"]) if "within" in told else None,
        of_one="one" in told,
        over=told.get("over", ""),
    )


@cache
def figures() -> Mapping[str, Figure]:
    """Every figure that comes with the software, by id."""
    folder = files("tracemark.reporting") / "definitions"
    texts = sorted((each.name, each.read_text("utf-8")) for each in folder.iterdir() if each.name.endswith(".sql"))
    return {each.id: each for each in (read_figure(text) for _, text in texts)}


def breakdowns(figure: Figure) -> tuple[str, ...]:
    """Return the disaggregations of a figure; a ratio has those that both its parts have."""
    if not figure.parts:
        return figure.by
    above, below = (figures()[each] for each in figure.parts)
    return tuple(each for each in above.by if each in below.by)


@cache
def shared_view(name: str) -> View:
    """Return the table of that name that several figures look into."""
    told, body = read_head((files("tracemark.reporting") / "views" / f"{name}.sql").read_text("utf-8"))
    views, uses = (_words(told.get(each, "")) for each in ("views", "uses"))
    return View(name, told["about"], views, uses, Laid(told["laid"]), body, told.get("over", ""))


def views_of(figure: Figure) -> Mapping[str, View]:
    """Return every table that a figure looks into, and those that these look into, by name."""
    found = dict[str, View]()
    for each in figure.views:
        _gather(each, found)
    return found


def _gather(name: str, found: dict[str, View]) -> None:
    view = shared_view(name)
    for each in view.views:
        _gather(each, found)
    found[name] = view


def _within(figure: str, told: str) -> Within:
    """Read `people.officers, sex = female`, or `stock.held` alone."""
    whole, _, where = told.partition(",")
    by, _, value = where.partition("=")
    return Within(whole.strip(), by.strip() or figure, value.strip())


def _words(text: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in text.split(",") if each.strip())
