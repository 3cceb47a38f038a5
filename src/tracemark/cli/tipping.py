from pathlib import Path
from typing import Annotated, NoReturn

import typer

from tracemark.authorities import Role
from tracemark.cli.options import Db, Json, node_at, operator, writer
from tracemark.cli.output import console, fail, print_json, print_line, say

Key = Annotated[
    Path, typer.Argument(metavar="KEY", help="The file of the desk's private key, kept away from the register.")
]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    part = typer.Typer(help="Read and answer tips that name nobody.", no_args_is_help=True)
    part.command("key")(key)
    part.command("list")(list_tips)
    part.command("read")(read)
    part.command("answer")(answer)
    part.command("count")(count)
    app.add_typer(part, name="tips")


def key(file: Key, db: Db = None) -> None:
    """Draw the desk's pair of keys: the private one into a new file of the desk, the public one beside the register."""
    from tracemark.node import TipKeyMisplaced

    node = node_at(db)
    try:
        name = node.tips.draw_key(file, operator(node, Role.POINT_OF_CONTACT))
    except TipKeyMisplaced:
        fail("cli.tip_key_misplaced", file=str(file))
    print_line("cli.tip_key_drawn", file=str(file), key=name)


def list_tips(db: Db = None, as_json: Json = False) -> None:
    """List the tips that are kept, sealed as they are, and the name of the key they are sealed to."""
    from tracemark import participation

    node = node_at(db)
    actor = operator(node, Role.POINT_OF_CONTACT)
    found = participation.kept_tips(actor=actor, stores=node.stores, clock=node.clock)
    told = [
        {"tip": each.name, "received": each.received_on, "expires": each.expires_on, "answered": bool(each.reply)}
        for each in found
    ]
    if as_json:
        print_json({"key": node.tips.key_name, "tips": told})
        return
    print_line("cli.tips_kept", count=len(found), key=node.tips.key_name)
    for each in told:
        mark = say("cli.tip_answered") if each["answered"] else ""
        console.print("  ".join([str(each["tip"]), str(each["received"]), str(each["expires"]), mark]))


def read(file: Key, db: Db = None, as_json: Json = False) -> None:
    """Open the tips with the desk's private key and print them. Nothing of it is kept."""
    from tracemark.node import KeyUnusable

    node = node_at(db)
    try:
        opened, foreign = node.tips.read(file, operator(node, Role.POINT_OF_CONTACT))
    except (KeyUnusable, FileNotFoundError):
        _no_key(file)
    told = [{"tip": each.tip.name, "received": each.tip.received_on, "text": each.text} for each in opened]
    if as_json:
        print_json({"tips": told, "sealed_to_another_key": foreign})
        return
    for each in told:
        console.print(f"{each['tip']}  {each['received']}\n{each['text']}\n", soft_wrap=True)
    if foreign:
        print_line("cli.tips_foreign", count=foreign)


def answer(
    file: Key,
    tip: Annotated[str, typer.Argument(metavar="TIP", help="What `tips list` calls it.")],
    text: Annotated[str, typer.Option(help="The reply, which only the code of the tip opens.")],
    db: Db = None,
) -> None:
    """Reply to whoever holds the code of a tip."""
    from tracemark.node import KeyUnusable

    node = node_at(db)
    try:
        node.tips.answer(tip, text, file, operator(node, Role.POINT_OF_CONTACT))
    except (KeyUnusable, FileNotFoundError):
        _no_key(file)
    print_line("cli.tip_replied", tip=tip)


def count(db: Db = None, as_json: Json = False) -> None:
    """Delete what expired, and seal how many tips there were: all that the record holds of them."""
    from tracemark import participation

    node = node_at(db)
    actor = writer(node, Role.POINT_OF_CONTACT)
    found = participation.count_tips(actor=actor, stores=node.stores, clock=node.clock)
    told = {"received": found.received, "answered": found.answered, "gone": found.gone}
    if as_json:
        print_json(told)
    else:
        print_line("cli.tips_counted", **told)


def _no_key(file: Path) -> NoReturn:
    fail("cli.tip_key_unusable", file=str(file))
