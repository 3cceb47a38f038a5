import getpass
import os
from typing import Annotated

import typer

from tracemark.authorities import Operator, Role
from tracemark.cli.output import fail
from tracemark.node import Node, NodeUnusable, open_node, terms_of_state
from tracemark.recordkeeping import Term

Db = Annotated[
    str | None,
    typer.Option(
        "--db", metavar="URL", envvar="TRACEMARK_DB", show_default=False,
        help="The register: sqlite:///path or postgresql://user@host/name. Default: sqlite:///var/tracemark.sqlite3.",
    ),
]  # fmt: skip
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]


def node_at(db: str | None, *, create: bool = False, any_key: bool = False) -> Node:
    """Open the node whose register is at a URL, or the configured one; what is in the way ends the command.

    Only with `create` is a register that does not stand set up, only with `any_key` one whose head was signed with
    another key opened.
    """
    try:
        return open_node(db, create=create, any_key=any_key)
    except NodeUnusable as error:
        return fail("cli.node_unusable", why=str(error))


def own_terms() -> tuple[Term, ...]:
    """Return the State's own terms of keeping records; what is in the way ends the command."""
    try:
        return terms_of_state()
    except NodeUnusable as error:
        return fail("cli.node_unusable", why=str(error))


def operator(node: Node, role: Role) -> Operator:
    """Who types at this machine, in the one role the command needs; the record names them `cli:` and their login."""
    authority = os.environ.get("TRACEMARK_AUTHORITY") or _registry(node)
    return Operator(f"cli:{getpass.getuser()}", authority, frozenset({role.value}))


def writer(node: Node, role: Role) -> Operator:
    """The operator, for a command that writes the record: for a listed agency, or the command ends.

    A register in which no agency is listed yet is written for the State's registry.
    """
    actor = operator(node, role)
    listed = [each.code for each in node.stores.agencies.all()]
    if actor.authority not in (listed or [_registry(node)]):
        fail("cli.authority_unlisted", authority=actor.authority, agencies=listed[:_NAMED])
    return actor


def _registry(node: Node) -> str:
    return f"{node.state}-REG"


_NAMED = 12
"""How many agencies are named to who named none of them."""
