import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracemark.cli.options import Db, Json, node_at
from tracemark.cli.output import complain, complain_of, fail, print_json, print_line

if TYPE_CHECKING:
    from tracemark.node import Node


def add_to(app: typer.Typer) -> None:
    """Add the commands that carry letters between nodes."""
    app.command("deliver")(deliver)
    app.command("receive")(receive)


def deliver(
    every: Annotated[
        int, typer.Option(metavar="SECONDS", help="Go on, so often; once if left out.", min=0, max=86_400)
    ] = 0,
    to_files: Annotated[
        Path | None,
        typer.Option("--to-files", metavar="DIR", help="Write the letters there, to be carried on a stick."),
    ] = None,
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Send the letters that are due to other nodes, and ask those that are silent too long; for a timer."""
    node = node_at(db)
    while True:
        ok = _write(node, to_files, as_json=as_json) if to_files else _send(node, as_json=as_json)
        if not every:
            break
        time.sleep(every)
    if not ok:
        raise typer.Exit(1)


def receive(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where the letters lie, such as a stick.")],
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Let in the letters of a folder that are for this node, leave their receipts there, and note those for us."""
    from tracemark.node import carries_letters, take_letters

    if not folder.is_dir():
        fail("cli.no_folder_of_letters", folder=str(folder))
    node = node_at(db)
    if not carries_letters(node, folder):
        fail("cli.letters_none", folder=str(folder))
    taken = take_letters(node, folder)
    if as_json:
        refused = {name: each.findings[0].code for name, each in taken.refused.items()}
        print_json(
            {
                "received": taken.received,
                "acknowledged": taken.acknowledged,
                "refused": refused,
                "turned_down": taken.turned_down,
            }
        )
    else:
        print_line("cli.letters_taken", received=len(taken.received), acknowledged=len(taken.acknowledged))
        for name, each in taken.refused.items():
            complain_of("cli.letter_refused", file=name)
            complain(each.findings)
        _complain(("correspondence.letter_refused", why) for why in taken.turned_down.values())
    if taken.refused:
        raise typer.Exit(1)


def _send(node: "Node", *, as_json: bool) -> bool:
    from tracemark.node import ask_stale, look_for_lost, send_proofs, send_waiting, tell_nominations

    asked = ask_stale(node)
    found = look_for_lost(node)
    send_proofs(node)
    tell_nominations(node)
    sent = send_waiting(node)
    if as_json:
        print_json(
            {
                "delivered": list(sent.delivered),
                "failed": dict(sent.failed),
                "turned_down": dict(sent.refused),
                "asked": asked,
                "hits": len(found.hits),
            }
        )
    else:
        print_line("cli.letters_sent", delivered=len(sent.delivered), failed=len(sent.failed))
        if found.hits:
            print_line("cli.lost_looked", lists=found.lists, count=len(found.hits))
        _complain(sent.troubles())
    return not (sent.failed or sent.refused)


def _write(node: "Node", folder: Path, *, as_json: bool) -> bool:
    from tracemark.node import tell_nominations, write_letters

    tell_nominations(node)
    written, failed = write_letters(node, folder)
    if as_json:
        print_json({"written": [str(each) for each in written], "failed": failed})
    else:
        print_line("cli.letters_written", written=len(written), failed=len(failed), folder=str(folder))
        _complain((code, "") for code in failed.values())
    return not failed


def _complain(troubles: Iterable[tuple[str, str]]) -> None:
    for code, why in sorted(set(troubles)):
        complain_of(code, why=why)
