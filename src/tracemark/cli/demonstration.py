import shlex
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from tracemark import demo
from tracemark.cli import serving, tracing
from tracemark.cli.options import Db, node_at
from tracemark.cli.output import console, say

_DEMO_DB = "sqlite:///var/demo.sqlite3"


def add_to(app: typer.Typer) -> None:
    """Add the command of this room."""
    app.command("demo")(demonstrate)


def demonstrate(
    weapons: Annotated[int, typer.Option(help="How many weapons the fictional State holds.", min=1)] = 200_000,
    seed: Annotated[int, typer.Option(help="The same seed tells the same history.")] = 2001,
    serve: Annotated[bool, typer.Option(help="Serve the pages afterwards.")] = True,
    port: Annotated[int, typer.Option(help="The port to serve at.", min=1, max=65535)] = 8000,
    db: Db = None,
) -> None:
    """Build a fictional State, trace a half-erased number in it, and serve its pages."""
    url = db or _DEMO_DB
    node = node_at(url, create=True)
    if node.stores.records.head() is None:
        with _progress() as progress:
            task = progress.add_task(say("cli.demo_building"), total=weapons)
            built = demo.build_state(
                node=node, weapons=weapons, seed=seed, told=lambda done: progress.update(task, completed=done)
            )
        console.print(
            say("cli.demo_built", weapons=built.weapons, events=built.events, seconds=round(built.seconds, 1))
        )
    else:
        console.print(say("cli.demo_found", db=url))
    story = demo.story(node)
    console.print()
    console.print(say("cli.demo_story", reading=story.reading, place=story.place), markup=False)
    command = f"{_program()} trace {story.command} --db {shlex.quote(url)}"
    console.print(f"$ {command}", style="dim", markup=False, soft_wrap=True)
    tracing.trace(reading=story.reading, maker=story.maker, calibre=story.calibre, db=url)
    if serve:
        console.print()
        console.print(say("cli.demo_serving", url=f"http://127.0.0.1:{port}"))
        for account in demo.open_accounts(node):
            role = say(f"authorities.role_{account.role.value}")
            console.print(f"  {account.name:<22} {account.password:<18} {role}", markup=False)
        console.print(say("cli.demo_exempt"), style="bold red")
        serving.serve(port=port, db=url)


def _program() -> str:
    """What one types to run the command from here."""
    return ".venv/bin/tracemark" if Path(".venv/bin/tracemark").exists() else "tracemark"


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn(),
        console=console,
    )  # fmt: skip
