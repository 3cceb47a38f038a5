import os
import sys
from typing import Annotated

import typer

from tracemark.cli.options import Create, Db, node_at, node_set_up
from tracemark.cli.output import console, print_json, say


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    app.command("serve")(serve)
    app.command("index")(index)


def serve(
    host: Annotated[str, typer.Option(help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen at.", min=1, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(help="How many processes answer.", min=1, max=64)] = 1,
    db: Db = None,
    create: Create = False,
) -> None:
    """Serve the pages and the API."""
    # Where the files of the search index are missing they are made here once, not by each process at a first search.
    # What came since is read and merged before this process becomes another, of which no thread would be left.
    marks = node_set_up(db, create=create).stores.marks
    marks.segments()
    marks.settle()
    if db:
        os.environ["TRACEMARK_DB"] = db
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracemark.settings")
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(workers), "--blocking-threads", "4", "--no-ws",
        "--no-access-log",  # Whoever sends a tip stands in no log of ours, whatever the environment says.
        "tracemark.web.server:application",
    ]  # fmt: skip
    os.execv(sys.executable, command)  # noqa: S606 - our own interpreter, with arguments of our own.


def index(
    db: Db = None,
    anew: Annotated[bool, typer.Option("--anew", help="Read every mark of the register again.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Merge what came into the files of the search index, or make them anew; nobody need stop searching meanwhile."""
    marks = node_at(db).stores.marks
    if anew:
        marks.rebuild()
    else:
        marks.merge()
    count = sum(segment.standing_marks for segment in marks.segments())
    if as_json:
        print_json({"marks": count})
    else:
        console.print(say("cli.indexed", count=count))
