from typing import TYPE_CHECKING, Annotated

import typer

from tracemark.authorities import Role
from tracemark.cli.options import Db, Json, node_at, operator, writer
from tracemark.cli.output import console, fail, print_json, print_line, say_state

if TYPE_CHECKING:
    from tracemark.node import ToldNotice

_WRITERS = {"SG": Role.POINT_OF_CONTACT, "EL": Role.APPROVER}


def send(
    name: Annotated[
        str,
        typer.Argument(metavar="NAME", help="A signal, a refused licence or an own embargo."),
    ],
    to: Annotated[str, typer.Option("--to", metavar="NODE", help="The node's name, as `peer list` has it.")],
    db: Db = None,
) -> None:
    """Post a notice to another node: to a State's the whole, to a region or the world only pattern, day and numbers."""
    from tracemark import node as nodes

    node = node_at(db)
    try:
        nodes.send_notice(node, name, to, writer(node, _WRITERS.get(name[:2], Role.APPROVER)))
    except KeyError:
        fail("cli.nothing_to_notify", name=name)
    print_line("cli.notice_posted", name=name, to=to)


def list_notices(db: Db = None, as_json: Json = False) -> None:
    """List the notices that other States told this node, the newest first."""
    from tracemark import node as nodes
    from tracemark.authorities import Permission, require

    node = node_at(db)
    require(operator(node, Role.AUDITOR), Permission.SIGNAL_READ)
    found = nodes.told_notices(node)
    if as_json:
        told = [{"peer": each.peer, "state": each.state, "at": each.at, **_plain(each)} for each in found]
        print_json({"notices": told})
        return
    if not found:
        print_line("cli.notices_none")
    for each in found:
        said = _plain(each)
        state = say_state(each.state) if each.state else each.peer
        console.print(f"{each.at[:10]}  {state}  {said['sort']}  {said['reference']}", soft_wrap=True)


def _plain(told: "ToldNotice") -> dict[str, str]:
    from tracemark.transfers import Denial, Embargo

    notice = told.notice
    sort = "denial" if isinstance(notice, Denial) else "embargo" if isinstance(notice, Embargo) else "diversion"
    return {"sort": sort, "reference": notice.code if isinstance(notice, Embargo) else notice.reference}
