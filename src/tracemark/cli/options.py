import getpass
import io
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracemark.authorities import Operator, Role
from tracemark.cli.output import fail, fail_for
from tracemark.kernel import reason_of
from tracemark.recordkeeping import Term

if TYPE_CHECKING:
    from tracemark.node import Node

Db = Annotated[
    str | None,
    typer.Option(
        "--db", metavar="URL", envvar="TRACEMARK_DB", show_default=False,
        help="The register: sqlite:///path or postgresql://user@host/name. Default: sqlite:///var/tracemark.sqlite3.",
    ),
]  # fmt: skip
Create = Annotated[bool, typer.Option("--create", help="Set a register up at the address given, if none stands there.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]


def node_at(db: str | None, *, create: bool = False, any_key: bool = False) -> "Node":
    """Open the node whose register is at a URL, or the configured one; what is in the way ends the command.

    Only with `create` is a register that does not stand set up, only with `any_key` one whose head was signed with
    another key opened.
    """
    # A node takes a second to load: only a command that opens one waits.
    from tracemark import node

    try:
        return node.open_node(db, create=create, any_key=any_key)
    except node.RegisterMissing as error:
        return fail_for(error)
    except node.NodeUnusable as error:
        return fail_for(error, "cli.node_unusable")


def node_set_up(db: str | None, *, create: bool) -> "Node":
    """Open a register that may be set up first: at the default address, and elsewhere only where `create` asks for it.

    A mistyped address sets up nothing.
    """
    return node_at(db, create=create or db is None)


def node_to_try(db: str | None) -> "Node":
    """Open a register to try something on it; where none stands, an empty one that is written nowhere."""
    from tracemark import node

    try:
        return node.open_node(db, create=False)
    except node.RegisterMissing:
        return node.node_of_nothing()
    except node.NodeUnusable as error:
        return fail_for(error, "cli.node_unusable")


def own_terms() -> tuple[Term, ...]:
    """Return the State's own terms of keeping records; what is in the way ends the command."""
    from tracemark import node

    try:
        return node.terms_of_state()
    except node.NodeUnusable as error:
        return fail_for(error, "cli.node_unusable")


def operator(node: "Node", role: Role) -> Operator:
    """Who types at this machine, in the one role the command needs; the record names them `cli:` and their login."""
    authority = os.environ.get("TRACEMARK_AUTHORITY") or _registry(node)
    return Operator(f"cli:{getpass.getuser()}", authority, frozenset({role.value}))


def writer(node: "Node", role: Role) -> Operator:
    """The operator, for a command that writes the record: for a listed agency, or the command ends.

    A register in which no agency is listed yet is written for the State's registry.
    """
    actor = operator(node, role)
    listed = [each.code for each in node.stores.agencies.all()]
    if actor.authority not in (listed or [_registry(node)]):
        fail("cli.authority_unlisted", authority=actor.authority, agencies=listed[:_NAMED])
    return actor


def _registry(node: "Node") -> str:
    return f"{node.state}-REG"


_NAMED = 12
"""How many agencies are named to who named none of them."""


def text_of(file: Path) -> str:
    """Return the text of a file in UTF-8, or end the command."""
    try:
        return io.TextIOWrapper(io.BytesIO(bytes_of(file)), "utf-8-sig").read()
    except UnicodeDecodeError:
        fail("cli.not_text", file=str(file))


def bytes_of(file: Path) -> bytes:
    """Return the bytes of a file, or end the command. What is no file is refused: a pipe would be waited for."""
    from tracemark.node import require_file

    try:
        require_file(file)
        return file.read_bytes()
    except OSError as error:
        fail("assistance.not_read", file=str(file), why=reason_of(error))
