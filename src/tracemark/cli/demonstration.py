import os
import shlex
import sys
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from tracemark import demo
from tracemark.cli import serving, tracing
from tracemark.cli.options import node_at
from tracemark.cli.output import console, fail, say
from tracemark.demo import Story
from tracemark.node import Node

_DEMO_DB = "sqlite:///var/demo.sqlite3"
_OF_ANOTHER_NODE = (
    "TRACEMARK_DB", "TRACEMARK_STATE", "TRACEMARK_KEY", "TRACEMARK_SEGMENTS_DIR", "TRACEMARK_AUTHORITY"
)  # fmt: skip
"""What a machine may have configured for its own register, which a demonstration has nothing to do with."""

DemoDb = Annotated[
    str,
    typer.Option("--db", metavar="URL", help="Where the fictional State lies; TRACEMARK_DB is not for this command."),
]


def add_to(app: typer.Typer) -> None:
    """Add the command of this room."""
    app.command("demo")(demonstrate)


def demonstrate(
    weapons: Annotated[int, typer.Option(help="How many weapons the fictional State holds.", min=1)] = 200_000,
    seed: Annotated[int, typer.Option(help="The same seed tells the same history.")] = 2001,
    serve: Annotated[bool, typer.Option(help="Serve the pages afterwards.")] = True,
    port: Annotated[int, typer.Option(help="The port to serve at.", min=1, max=65535)] = 8000,
    db: DemoDb = _DEMO_DB,
) -> None:
    """Build a fictional State, trace a half-erased number in it, and serve its pages; never in another register."""
    for name in _OF_ANOTHER_NODE:
        os.environ.pop(name, None)
    node = node_at(db, create=True)
    if demo.is_untouched(node):
        _build(node, weapons, seed)
    elif demo.is_fictional(node):
        console.print(say("cli.demo_found", db=db))
    else:
        fail("cli.demo_not_here", db=db)
    _tell(demo.story(node), db)
    if serve:
        _serve(port, db)


def _build(node: Node, weapons: int, seed: int) -> None:
    with _progress() as progress:
        task = progress.add_task(say("cli.demo_building"), total=weapons)
        built = demo.build_state(
            node=node, weapons=weapons, seed=seed, told=lambda done: progress.update(task, completed=done)
        )
    console.print(say("cli.demo_built", weapons=built.weapons, events=built.events, seconds=round(built.seconds, 1)))


def _tell(story: Story | None, db: str) -> None:
    """Tell of the recovered weapon and trace it, by a command that can be copied as it is printed."""
    if story is None:
        console.print(say("cli.demo_no_story"))
        return
    console.print()
    console.print(say("cli.demo_story", reading=story.reading, place=story.place))
    command = shlex.join([sys.argv[0], *story.command, "--db", db])
    console.print(f"$ {command}", style="dim", soft_wrap=True)
    tracing.trace(reading=story.reading, maker=story.maker, calibre=story.calibre, db=db)


def _serve(port: int, db: str) -> None:
    console.print()
    console.print(say("cli.demo_serving", url=f"http://127.0.0.1:{port}"))
    for account in demo.open_accounts():
        role = say(f"authorities.role_{account.role.value}")
        console.print(f"  {account.name:<22} {account.password:<14} {role}")
    serving.serve(port=port, db=db)


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
        TimeRemainingColumn(), console=console, disable=not console.is_terminal,
    )  # fmt: skip
