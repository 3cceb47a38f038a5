from pathlib import Path
from typing import Annotated

import typer

from tracemark.cli.options import Json

_DEMO_DB = "sqlite:///var/demo.sqlite3"
DemoDb = Annotated[
    str,
    typer.Option("--db", metavar="URL", help="Where the fictional State lies; TRACEMARK_DB is not for this command."),
]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    app.command("demo")(demonstrate)
    app.command("demo-region")(demonstrate_region)


def demonstrate(
    weapons: Annotated[int, typer.Option(help="How many weapons the fictional State holds.", min=1)] = 200_000,
    seed: Annotated[int, typer.Option(help="The same seed tells the same history.")] = 2001,
    serve: Annotated[bool, typer.Option(help="Serve the pages afterwards.")] = True,
    port: Annotated[int, typer.Option(help="The port to serve at.", min=1, max=65535)] = 8000,
    plants: Annotated[
        float,
        typer.Option(metavar="SHARE", help="Which share of the weapons is diverted, for `detect` to find.", min=0),
    ] = 0.0005,
    db: DemoDb = _DEMO_DB,
) -> None:
    """Build a fictional State, trace a half-erased number in it, and serve its pages; never in another register."""
    # The fictional State is loaded for those who build it.
    from tracemark.cli import telling

    telling.tell(weapons=weapons, seed=seed, serve=serve, port=port, db=db, plants=plants)


def demonstrate_region(
    serve: Annotated[bool, typer.Option(help="Let each node answer at a port, until stopped.")] = True,
    folder: Annotated[Path, typer.Option(help="Where the six registers and keys lie.")] = Path("var/region"),
    as_json: Json = False,
) -> None:
    """Set four States, their region and the world up, and trace a weapon over three borders between them."""
    # The fictional region is loaded for those who build it.
    from tracemark.cli import telling_region

    telling_region.tell(folder=folder, serve=serve, as_json=as_json)
