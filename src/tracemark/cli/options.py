import getpass
import os
from typing import Annotated

import typer

from tracemark.authorities import Operator, Role
from tracemark.cli.output import fail
from tracemark.node import Node, NodeUnusable, open_node

Db = Annotated[
    str | None,
    typer.Option(
        "--db", metavar="URL", envvar="TRACEMARK_DB", show_default=False,
        help="The register: sqlite:///path or postgresql://user@host/name. Default: sqlite:///var/tracemark.sqlite3.",
    ),
]  # fmt: skip
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]


def node_at(db: str | None, *, create: bool = False) -> Node:
    """Open the node whose register is at a URL, or the configured one; what is in the way ends the command.

    Only with `create` is a register that does not stand set up.
    """
    try:
        return open_node(db, create=create)
    except NodeUnusable as error:
        return fail("cli.node_unusable", why=str(error))


def operator(node: Node, role: Role) -> Operator:
    """Who types at this machine, in the one role the command needs; the record names them `cli:` and their login."""
    authority = os.environ.get("TRACEMARK_AUTHORITY") or f"{node.state}-REG"
    return Operator(f"cli:{getpass.getuser()}", authority, frozenset({role.value}))
