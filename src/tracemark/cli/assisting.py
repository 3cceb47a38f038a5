from pathlib import Path
from typing import Annotated

import typer

from tracemark.cli import aiding
from tracemark.cli.options import Json


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    part = typer.Typer(
        help="Match what States need with what programmes offer; see who does what where.", no_args_is_help=True
    )
    part.callback()(_assist)
    part.command("match")(match)
    aiding.add_to(part)
    app.add_typer(part, name="assist")


def _assist() -> None:
    """Match what States need with what programmes offer; see who does what where."""


def match(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A round as TOML: policy, needs, programmes.")],
    explain: Annotated[
        str, typer.Option("--explain", metavar="REQUEST", help="Say what it would have taken to serve a request.")
    ] = "",
    seconds: Annotated[float, typer.Option(help="How long to look for a better proposal.", min=0.1)] = 60.0,
    as_json: Json = False,
) -> None:
    """Propose which programme gives how much to which request; people decide."""
    # The solver is loaded for those who match.
    from tracemark.cli import matched

    matched.propose(file, explain=explain, seconds=seconds, as_json=as_json)
