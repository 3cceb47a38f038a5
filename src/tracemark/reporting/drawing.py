"""Drawing figures from the record as it stood at one head."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from tracemark.diversion import QueryRefused, lay_tables
from tracemark.kernel import Plain
from tracemark.reporting.figurebook import Figure, Laid, View, breakdowns, figures, shared_view
from tracemark.reporting.periods import Period
from tracemark.reporting.ports import FigureEngine
from tracemark.reporting.statements import Counts, statistics
from tracemark.weapons import Material, catalogue

_PLACES = Decimal("0.01")


class FigureFailed(Exception):
    """A figure's query cannot be answered, or does not answer with what it promised; the message says why."""

    def __init__(self, figure: str, why: str) -> None:
        super().__init__(why)
        self.figure = figure


class NoSuchFigure(KeyError):
    """There is no figure of that id."""


class NoSuchBreakdown(KeyError):
    """The figure has no disaggregation of that name."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A figure as drawn: its value, and the cells of the breakdown that was asked for.

    `cells` go from the values of `by`, in its order, to numbers; they sum to the value, except for a ratio, where each
    is a percentage of its own whole (None where that is nothing). `head` is the record it was drawn at, SIZE.ROOT.
    `value` is None where the figure is not `available`: no such records are kept, or a ratio has no whole.
    """

    figure: str
    unit: str
    period: Period
    head: str
    value: int | Decimal | None
    by: tuple[str, ...] = ()
    cells: Mapping[tuple[str, ...], int | Decimal | None] = field(default_factory=dict)

    @property
    def available(self) -> bool:
        return self.value is not None

    def plain(self) -> dict[str, Plain]:
        """As JSON says it; a percentage is text, as it is no binary fraction."""
        cells: list[Plain] = [
            {**dict(zip(self.by, key, strict=True)), "value": _plain(number)} for key, number in self.cells.items()
        ]
        return {
            "figure": self.figure,
            "value": _plain(self.value),
            "unit": self.unit,
            "by": cells,
            "head": self.head,
            "available": self.available,
        }


class Drawing:
    """The record at one head, opened for the figures of one period."""

    def __init__(self, engine: FigureEngine, *, period: Period, head: str, state: str) -> None:
        """Lay the period and the small tables beside the record.

        `head` is SIZE.ROOT of the record that the engine holds; `state` the State whose record it is.
        """
        self._engine, self.period, self.head = engine, period, head
        self._made, self._kinds = set[str](), frozenset[str]()
        lay_tables(engine, today=period.last, state=state)
        engine.put("models", {"model": "VARCHAR", "polymer": "BOOLEAN", "modular": "BOOLEAN"}, list(_models()))
        engine.put("period", {"first": "DATE", "last": "DATE"}, [(period.first, period.last)])

    def draw(self, name: str, by: Sequence[str] = ()) -> Drawn:
        """Draw a figure, broken down by some of its disaggregations.

        Raises:
            NoSuchFigure: there is none of that id.
            NoSuchBreakdown: it has no such disaggregation.
            FigureFailed: its query cannot be answered.
        """
        figure = self._figure(name)
        asked = tuple(by)
        for each in asked:
            if each not in breakdowns(figure):
                raise NoSuchBreakdown(each)
        if figure.parts:
            return self._ratio(figure, asked)
        if not self._recorded(figure) or (figure.of_one and not any(self.rows(name))):
            return Drawn(name, figure.unit, self.period, self.head, None, asked)
        cells = self._cells(figure, asked)
        return Drawn(name, figure.unit, self.period, self.head, sum(cells.values()), asked, cells if asked else {})

    def every_breakdown(self, name: str) -> list[Drawn]:
        """Draw a figure whole, by each of its disaggregations, and by each year of it, in one pass over what it counts.

        Raises:
            NoSuchFigure, FigureFailed: as `draw`.
        """
        figure = self._figure(name)
        ways = _ways(breakdowns(figure))
        if figure.parts or figure.of_one or not self._recorded(figure):
            return [self.draw(name, by) for by in ways]
        columns = _columns(figure.by)
        sets = ", ".join(f"({_columns(by)})" for by in ways)
        marks = f"GROUPING({columns})" if columns else "0"
        query = (
            f"SELECT {columns + ', ' if columns else ''}{marks} AS grouped, SUM(amount) AS amount "
            f"FROM {self._finest(figure)} GROUP BY GROUPING SETS ({sets}) ORDER BY ALL"
        )
        cells: dict[tuple[str, ...], dict[tuple[str, ...], int]] = {by: {} for by in ways}
        for row in self._answers(figure, query):
            by = _kept(figure.by, int(str(row["grouped"])))
            cells[by][tuple(str(row[each]) for each in by)] = int(str(row["amount"] or 0))
        whole = cells[()].get((), 0)
        return [
            Drawn(name, figure.unit, self.period, self.head, whole, by, found if by else {})
            for by, found in cells.items()
        ]

    def rows(self, name: str, cell: Mapping[str, str] | None = None) -> Iterator[Mapping[str, object]]:
        """Yield the rows behind a figure, or behind one cell of it; a ratio has those of its parts.

        Raises:
            NoSuchFigure, NoSuchBreakdown, FigureFailed: as `draw`.
        """
        figure = self._figure(name)
        for each in cell or {}:
            if each not in figure.by:
                raise NoSuchBreakdown(each)
        where = " AND ".join(f"\"{column}\" = '{_quoted(value)}'" for column, value in (cell or {}).items())
        return self._answers(figure, f"SELECT * FROM ({_query(figure)}) WHERE {where or 'TRUE'} ORDER BY counted")

    def reasons(self, name: str) -> list[str]:
        """Return why numbers behind a figure were stated without what is asked of them; none of what was not stated.

        Raises:
            NoSuchFigure, FigureFailed: as `draw`.
        """
        figure = self._figure(name)
        if not figure.stated:
            return []
        query = f"SELECT DISTINCT reason FROM statistics WHERE series = '{figure.stated}' AND reason <> '' ORDER BY ALL"
        return [str(row["reason"]) for row in self._answers(figure, query)]

    def _figure(self, name: str) -> Figure:
        try:
            return figures()[name]
        except KeyError:
            raise NoSuchFigure(name) from None

    def _ratio(self, figure: Figure, by: tuple[str, ...]) -> Drawn:
        above, below = (self.draw(each, by) for each in figure.parts)
        cells = {key: _percent(above.cells.get(key, 0), whole) for key, whole in below.cells.items()}
        value = _percent(above.value, below.value)
        return Drawn(figure.id, figure.unit, self.period, self.head, value, by, cells)

    def _cells(self, figure: Figure, by: tuple[str, ...]) -> dict[tuple[str, ...], int]:
        columns = _columns(by)
        grouped = f"GROUP BY {columns} ORDER BY {columns}" if by else ""
        query = f"SELECT {columns + ', ' if by else ''}SUM(amount) AS amount FROM {self._finest(figure)} {grouped}"
        return {
            tuple(str(row[each]) for each in by): int(str(row["amount"] or 0)) for row in self._answers(figure, query)
        }

    def _finest(self, figure: Figure) -> str:
        """Name the table of a figure's finest breakdown, which is counted once: all others are sums of its cells."""
        name = f"cells_{figure.id.replace('.', '_')}"
        if name not in self._made:
            self._lay(figure)
            columns = "".join(f'"{each}", ' for each in figure.by)
            query = f"SELECT {columns}{_amount(figure)} AS amount FROM ({_query(figure)}) GROUP BY ALL"
            self._make(figure, name, query)
        return name

    def _make(self, figure: Figure, name: str, query: str) -> None:
        try:
            self._engine.make(name, query)
        except QueryRefused as error:
            raise FigureFailed(figure.id, str(error)) from error
        self._made.add(name)

    def _answers(self, figure: Figure, query: str) -> Iterator[Mapping[str, object]]:
        try:
            self._lay(figure)
            yield from self._engine.rows(query)
        except QueryRefused as error:
            raise FigureFailed(figure.id, str(error)) from error

    def _lay(self, figure: Figure) -> None:
        for each in (*figure.views, figure.over):
            self._lay_view(each)

    def _lay_view(self, name: str) -> None:
        """Lay a shared table beside the record, after those it looks into itself."""
        if not name or name in self._made:
            return
        view = shared_view(name)
        for each in (*view.views, view.over):
            self._lay_view(each)
        if view.laid is Laid.KEPT:
            self._engine.keep(name, view.sql, (*view.views, *view.uses))
        else:
            lay = self._engine.make if view.laid is Laid.MADE else self._engine.show
            lay(name, _query(view).replace("$first", str(self.period.first)).replace("$last", str(self.period.last)))
        self._made.add(name)

    def _recorded(self, figure: Figure) -> bool:
        if figure.stated:
            return self._stated(figure)
        if not self._kinds:
            self._lay_view("entries")
            self._kinds = frozenset(str(row["kind"]) for row in self._engine.rows("SELECT DISTINCT kind FROM entries"))
        return not figure.recorded or not self._kinds.isdisjoint(figure.recorded)

    def _stated(self, figure: Figure) -> bool:
        query = f"SELECT DISTINCT year FROM statistics WHERE series = '{figure.stated}'"
        years = {int(str(row["year"])) for row in self._answers(figure, query)}
        if statistics()[figure.stated].counts is Counts.STANDS:
            return bool(years)
        return bool(years) and years == set(self.period.whole_years)


def _models() -> Iterator[tuple[str, bool, bool]]:
    """The models of the catalogue whose frame is of polymer, or that are modular."""
    for each in catalogue().models.values():
        polymer = each.frame_material is Material.POLYMER
        if polymer or each.modular:
            yield each.code, polymer, each.modular


def _query(asked: Figure | View) -> str:
    """Return a query that reads, in the place of the record's events, the table it may be answered over."""
    if not asked.over:
        return asked.sql
    return f"WITH events AS NOT MATERIALIZED (SELECT * FROM {asked.over}) SELECT * FROM ({asked.sql})"


def _columns(by: Sequence[str]) -> str:
    return ", ".join(f'"{each}"' for each in by)


def _ways(by: Sequence[str]) -> list[tuple[str, ...]]:
    """Every way of breaking down that is drawn without being asked for: none, each alone, and each beside the year."""
    alone = [(each,) for each in by]
    return [(), *alone, *(("year", each) for each in by if "year" in by and each != "year")]


def _kept(by: Sequence[str], grouped: int) -> tuple[str, ...]:
    """Read which columns a row is grouped by: a bit is set for each that is summed over, the last column's lowest."""
    kept = tuple(each for place, each in enumerate(reversed(by)) if not grouped >> place & 1)[::-1]
    return ("year", *(each for each in kept if each != "year")) if "year" in kept else kept


def _amount(figure: Figure) -> str:
    return "SUM(amount)" if " AS amount" in figure.sql else "COUNT(*)"


def _percent(part: int | Decimal | None, whole: int | Decimal | None) -> Decimal | None:
    if part is None or not whole:
        return None
    return (Decimal(100) * part / whole).quantize(_PLACES)


def _plain(number: int | Decimal | None) -> Plain:
    return str(number) if isinstance(number, Decimal) else number


def _quoted(text: str) -> str:
    return text.replace("'", "''")
