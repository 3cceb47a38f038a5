from typing import Annotated

import typer

from tracemark.cli.options import Db, Json


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    app.command("figure")(figure)
    app.command("figures")(figures)


def figures(
    first: Annotated[
        str, typer.Option("--from", metavar="DATE", help="Draw them all, from a year, month or day.")
    ] = "",
    last: Annotated[
        str, typer.Option("--to", metavar="DATE", help="Until a year, month or day, itself included.")
    ] = "",
    db: Db = None,
    as_json: Json = False,
) -> None:
    """List every figure that the record can count; with a period, draw each with every breakdown it has."""
    from tracemark.cli import drawn

    if first or last:
        drawn.draw_all(first or last, last or first, db=db, as_json=as_json)
    else:
        drawn.list_figures(as_json=as_json)


def figure(
    name: Annotated[str, typer.Argument(metavar="ID", help="A figure by its name; `figures` lists them.")],
    first: Annotated[str, typer.Option("--from", metavar="DATE", help="A year, month or day.")],
    last: Annotated[str, typer.Option("--to", metavar="DATE", help="A year, month or day, itself included.")],
    by: Annotated[
        list[str] | None,
        typer.Option("--by", metavar="NAME", help="Break it down, such as by year; may be said again."),
    ] = None,
    at: Annotated[
        int | None,
        typer.Option("--at", metavar="SIZE", help="As the record stood at the signed head of so many events."),
    ] = None,
    rows: Annotated[bool, typer.Option("--rows", help="Print what was counted instead of its number.")] = False,
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Draw a figure from the record for a period, the same again at the same head."""
    # Figures are loaded for those who draw them.
    from tracemark.cli import drawn

    drawn.draw(name, first, last, tuple(by or ()), at=at, rows=rows, db=db, as_json=as_json)
