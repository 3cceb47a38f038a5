from typing import Annotated

import typer

from tracemark.cli.options import Json


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    part = typer.Typer(
        help="Add up what States published for a region, and name what is missing.", no_args_is_help=True
    )
    part.callback()(_region)
    part.command("figure")(figure)
    app.add_typer(part, name="region")


def _region() -> None:
    """Add up what States published for a region, and name what is missing."""


def figure(
    name: Annotated[str, typer.Argument(metavar="ID", help="A figure by its name; `figures` lists them.")],
    files: Annotated[
        list[str],
        typer.Argument(metavar="STATE=FILE", help="A State's code, and its publication of the figure as JSON."),
    ],
    first: Annotated[str, typer.Option("--from", metavar="DATE", help="A year, month or day.")],
    last: Annotated[str, typer.Option("--to", metavar="DATE", help="A year, month or day, itself included.")],
    by: Annotated[
        list[str] | None,
        typer.Option("--by", metavar="NAME", help="The breakdown that was published; may be said again."),
    ] = None,
    region: Annotated[
        str, typer.Option(metavar="M49", help="The region of the list M49 whose member States are expected.")
    ] = "",
    members: Annotated[
        list[str] | None, typer.Option("--member", metavar="STATE", help="A State expected beside; may be said again.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Add up a figure over States; who is not in the sum is named, and nothing missing is zero."""
    # Figures are loaded for those who add them up.
    from tracemark.cli import rolled_up

    rolled_up.add_up(
        name, files, first, last, tuple(by or ()), region=region, members=tuple(members or ()), as_json=as_json
    )
