"""Drawing figures from the record as it stood at one head."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from tracemark.diversion import Engine, QueryRefused, lay_tables
from tracemark.kernel import Plain
from tracemark.reporting.figurebook import Figure, breakdowns, figures, shared_view
from tracemark.reporting.periods import Period

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

    def __init__(self, engine: Engine, *, period: Period, head: str, state: str) -> None:
        """Lay the period and the small tables beside the record.

        `head` is SIZE.ROOT of the record that the engine holds; `state` the State whose record it is.
        """
        self._engine, self.period, self.head = engine, period, head
        self._made, self._kinds = set[str](), frozenset[str]()
        lay_tables(engine, today=period.last, state=state)
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
        if not self._recorded(figure):
            return Drawn(name, figure.unit, self.period, self.head, None, asked)
        cells = self._cells(figure, asked)
        return Drawn(name, figure.unit, self.period, self.head, sum(cells.values()), asked, cells if asked else {})

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
        return self._answers(figure, f"SELECT * FROM ({figure.sql}) WHERE {where or 'TRUE'} ORDER BY counted")

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
        columns = ", ".join(f'"{each}"' for each in by)
        grouped = f"GROUP BY {columns} ORDER BY {columns}" if by else ""
        query = f"SELECT {columns + ', ' if by else ''}{_amount(figure)} AS amount FROM ({figure.sql}) {grouped}"
        return {
            tuple(str(row[each]) for each in by): int(str(row["amount"] or 0)) for row in self._answers(figure, query)
        }

    def _answers(self, figure: Figure, query: str) -> Iterator[Mapping[str, object]]:
        try:
            for view in figure.views:
                if view not in self._made:
                    self._engine.make(view, shared_view(view))
                    self._made.add(view)
            yield from self._engine.rows(query)
        except QueryRefused as error:
            raise FigureFailed(figure.id, str(error)) from error

    def _recorded(self, figure: Figure) -> bool:
        if not self._kinds:
            self._kinds = frozenset(str(row["kind"]) for row in self._engine.rows("SELECT DISTINCT kind FROM events"))
        return not figure.recorded or not self._kinds.isdisjoint(figure.recorded)


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
