import os
import sys
from typing import Annotated

import typer

from tracemark.cli.options import Create, Db, node_set_up


def add_to(app: typer.Typer) -> None:
    """Add the command of this room."""
    app.command("serve")(serve)


def serve(
    host: Annotated[str, typer.Option(help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen at.", min=1, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(help="How many processes answer.", min=1, max=64)] = 1,
    db: Db = None,
    create: Create = False,
) -> None:
    """Serve the pages and the API."""
    node_set_up(db, create=create)
    if db:
        os.environ["TRACEMARK_DB"] = db
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracemark.settings")
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(workers), "--blocking-threads", "4", "--no-ws", "tracemark.web.server:application",
    ]  # fmt: skip
    os.execv(sys.executable, command)  # noqa: S606 - our own interpreter, with arguments of our own.
