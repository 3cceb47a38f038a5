"""What `figure` does and prints; apart from the command, so that nothing is loaded for it where it is not typed."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.table import Table

from tracemark import node, reporting
from tracemark.authorities import Role
from tracemark.cli.options import node_at, operator
from tracemark.cli.output import console, fail, fail_for, print_json, print_line, say
from tracemark.node import Node, SnapshotDamaged, SnapshotForeign
from tracemark.reporting import (
    Drawing,
    Drawn,
    FigureFailed,
    NoSuchBreakdown,
    NoSuchFigure,
    Period,
    PeriodRefused,
    Publication,
)


def list_figures(*, as_json: bool) -> None:
    """Print every figure, a line each."""
    for each in reporting.figures().values():
        by = reporting.breakdowns(each)
        if as_json:
            paragraph = str(each.paragraph)
            print_json(
                {"figure": each.id, "question": each.question, "unit": each.unit, "paragraph": paragraph, "by": by}
            )
        else:
            console.print(f"{each.id}  {say(f'figures.{each.id}')}  [{', '.join(by)}]", soft_wrap=True)


def draw(
    name: str, first: str, last: str, by: tuple[str, ...], *, at: int | None, rows: bool, db: str | None, as_json: bool
) -> None:
    """Print a figure, or what it counted."""
    period, opened = period_of(first, last), node_at(db)
    with drawing_of(opened, name, period, at) as drawing:
        if rows:
            for row in drawing.rows(name):
                print_json(row)
        else:
            _print(drawing.draw(name, by), as_json=as_json)


def draw_all(first: str, last: str, *, db: str | None, as_json: bool) -> None:
    """Print every figure with every breakdown."""
    period, opened = period_of(first, last), node_at(db)
    with drawing_of(opened, "", period) as drawing:
        for name in reporting.figures():
            for each in drawing.every_breakdown(name):
                if as_json:
                    print_json(each.plain())
                elif not each.by:
                    _print(each, as_json=False)


def drawn_from(opened: Node, name: str, first: str, last: str, by: tuple[str, ...]) -> Drawn:
    """Return a figure drawn from the record as it stands; what is in the way ends the command."""
    with drawing_of(opened, name, period_of(first, last)) as drawing:
        return drawing.draw(name, by)


def drawn_again(opened: Node, found: Publication) -> bool:
    """Whether a published figure is the same when drawn again at its head; what is in the way ends the command.

    Raises:
        ValueError: as `reporting.drawn_again`.
    """
    with drawing_of(opened, found.table.figure, found.table.period, found.size) as drawing:
        return reporting.drawn_again(found, drawing)


@contextmanager
def drawing_of(opened: Node, name: str, period: Period, at: int | None = None) -> Iterator[Drawing]:
    """Open a node's record for figures, as it stood when it had `at` events; what is in the way ends the command."""
    try:
        with node.drawing(opened, period, operator(opened, Role.AUDITOR), size=at) as drawing:
            yield drawing
    except NoSuchFigure:
        fail("cli.no_such_figure", figure=name)
    except NoSuchBreakdown as error:
        fail("cli.no_such_breakdown", by=error.args[0], known=reporting.breakdowns(reporting.figures()[name]))
    except FigureFailed as error:
        fail("cli.figure_failed", figure=error.figure, why=" ".join(str(error).split()))
    except SnapshotDamaged as error:
        fail_for(error, "cli.snapshot_damaged", place=str(opened.columns))
    except SnapshotForeign:
        fail("cli.snapshot_foreign", place=str(opened.columns))


def period_of(first: str, last: str) -> Period:
    """Read a period; what is no date ends the command."""
    try:
        return Period.parse(first, last)
    except PeriodRefused:
        fail("cli.period_ends_before", first=first, last=last)
    except ValueError:
        for text in (first, last):
            _require_date(text)
        raise


def _require_date(text: str) -> None:
    try:
        Period.parse(text, text)
    except ValueError:
        fail("cli.not_a_date", text=text)


def _print(drawn: Drawn, *, as_json: bool) -> None:
    if as_json:
        print_json(drawn.plain())
        return
    unit = say(f"figures.unit_{drawn.unit}")
    value = say("figures.not_available") if drawn.value is None else f"{drawn.value} {unit}"
    console.print(f"{say(f'figures.{drawn.figure}')}: {value}", soft_wrap=True)
    if drawn.cells:
        table = Table(*(say(f"figures.by_{each}") for each in drawn.by), unit)
        for key, number in drawn.cells.items():
            told = (each or say("figures.not_said") for each in key)
            table.add_row(*told, say("figures.not_available") if number is None else str(number))
        console.print(table)
    print_line("cli.drawn_at", head=drawn.head)
