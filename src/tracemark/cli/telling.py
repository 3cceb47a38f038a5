"""What `demo` does and prints; apart from the command, so that nothing is loaded for it where it is not typed."""

import os
import shlex
import sys

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from tracemark import demo
from tracemark.cli import rankings, serving
from tracemark.cli.options import node_at
from tracemark.cli.output import console, fail, say
from tracemark.demo import Paper, Story
from tracemark.node import Node

_OF_ANOTHER_NODE = (
    "TRACEMARK_DB", "TRACEMARK_STATE", "TRACEMARK_KEY", "TRACEMARK_SEGMENTS_DIR", "TRACEMARK_AUTHORITY"
)  # fmt: skip
"""What a machine may have configured for its own register, which a demonstration has nothing to do with."""


def tell(*, weapons: int, seed: int, serve: bool, port: int, db: str, plants: float) -> None:
    """Build the fictional State where it does not stand yet, tell its story and serve it; never in another register."""
    for name in _OF_ANOTHER_NODE:
        os.environ.pop(name, None)
    node = node_at(db, create=True)
    if demo.is_untouched(node):
        _build(node, weapons, seed, plants)
    elif demo.is_fictional(node):
        console.print(say("cli.demo_found", db=db))
    else:
        fail("cli.demo_not_here", db=db)
    _tell_story(demo.story(node), db)
    if serve:
        _serve(port, db, node)


def _build(node: Node, weapons: int, seed: int, plants: float) -> None:
    with _progress() as progress:
        task = progress.add_task(say("cli.demo_building"), total=weapons)
        built = demo.build_state(
            node=node,
            weapons=weapons,
            seed=seed,
            plants=plants,
            paper=Paper(measured=True),
            told=lambda done: progress.update(task, completed=done),
        )
    demo.sign_certificate(node)
    console.print(say("cli.demo_built", weapons=built.weapons, events=built.events, seconds=round(built.seconds, 1)))


def _tell_story(story: Story | None, db: str) -> None:
    """Tell of the recovered weapon and trace it, by a command that can be copied as it is printed."""
    if story is None:
        console.print(say("cli.demo_no_story"))
        return
    console.print()
    console.print(say("cli.demo_story", reading=story.reading, place=story.place))
    command = shlex.join([sys.argv[0], *story.command, "--db", db])
    console.print(f"$ {command}", style="dim", soft_wrap=True)
    rankings.rank(story.reading, maker=story.maker, calibre=story.calibre, db=db)


def _serve(port: int, db: str, node: Node) -> None:
    console.print()
    console.print(say("cli.demo_serving", url=f"http://127.0.0.1:{port}"))
    for account in demo.open_accounts(node):
        role = say(f"authorities.role_{account.role.value}")
        console.print(f"  {account.name:<22} {account.password:<18} {role}")
    console.print(say("cli.demo_exempt"), style="bold red")
    serving.serve(port=port, db=db)


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
        TimeRemainingColumn(), console=console, disable=not console.is_terminal,
    )  # fmt: skip
