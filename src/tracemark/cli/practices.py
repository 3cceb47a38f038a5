from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from tracemark.authorities import Role
from tracemark.cli.options import Db, Json, node_at, text_of, writer
from tracemark.cli.output import print_line

if TYPE_CHECKING:
    from tracemark.node import Node

Name = Annotated[str, typer.Argument(metavar="PRACTICE", help="The practice's name, such as GP-2026-000017.")]
Key = Annotated[
    str,
    typer.Argument(metavar="KEY", help="The practice as `practice list` names it: ours, shipped or another node's."),
]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; it is sealed with the step.")]
Subject = Literal["marking", "stockpiles", "targets", "gender", "borders"]
Language = Annotated[str, typer.Option("--language", metavar="CODE", help="The language to show it in, such as fr.")]
File = Annotated[Path, typer.Argument(metavar="FILE", help="The practice as TOML, with a table for each language.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    part = typer.Typer(
        help="Good practice: draft, review, publish, look up, take up in a plan, exchange; and how long marks last.",
        no_args_is_help=True,
    )
    for name, command in (
        ("list", list_practices),
        ("show", show),
        ("draft", draft),
        ("revise", revise),
        ("review", review),
        ("return", return_),
        ("publish", publish),
        ("withdraw", withdraw),
        ("experience", experience),
        ("adopt", adopt),
        ("share", share),
        ("take-over", take_over),
        ("durability", durability),
        ("document", document),
    ):
        part.command(name)(command)
    app.add_typer(part, name="practice")


def list_practices(
    words: Annotated[list[str] | None, typer.Argument(metavar="[WORD]...", help="Words to look for.")] = None,
    subject: Annotated[Subject | None, typer.Option(help="Only practices on this subject.")] = None,
    language: Language = "",
    db: Db = None,
    as_json: Json = False,
) -> None:
    """List practices, or those that say all the words, in the reader's language where they have it."""
    from tracemark.cli import practised

    practised.listed(" ".join(words or ()), subject or "", language, db=db, as_json=as_json)


def show(key: Key, language: Language = "", db: Db = None, as_json: Json = False) -> None:
    """Show a practice: what was done, what shows that it works, what it costs, and where it is used."""
    from tracemark.cli import practised

    practised.shown(key, language, db=db, as_json=as_json)


def draft(file: File, db: Db = None, as_json: Json = False) -> None:
    """Put a draft of a practice on record; somebody else reviews it before it is published."""
    from tracemark import practices
    from tracemark.cli import practised

    content = practices.read_practice_toml(text_of(file))
    name = practices.draft_practice(content=content, **_by(node := node_at(db), Role.POINT_OF_CONTACT))
    practised.told(node, name, "cli.practice_drafted", as_json=as_json)


def revise(name: Name, file: File, reason: Reason, db: Db = None, as_json: Json = False) -> None:
    """Change a draft, or begin the next version of what is published; the one before stands until the next does."""
    from tracemark import practices
    from tracemark.cli import practised

    content = practices.read_practice_toml(text_of(file))
    by = _by(node := node_at(db), Role.POINT_OF_CONTACT)
    practices.revise_practice(name=name, content=content, reason=reason, **by)
    practised.told(node, name, "cli.practice_drafted", as_json=as_json)


def review(
    name: Name,
    note: Annotated[str, typer.Option("--text", metavar="TEXT", help="What the reviewer adds.")] = "",
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Find a draft good, as another person than who wrote it."""
    from tracemark import practices
    from tracemark.cli import practised

    practices.review_practice(name=name, note=note, **_by(node := node_at(db), Role.APPROVER))
    practised.told(node, name, "cli.practice_reviewed", as_json=as_json)


def return_(name: Name, reason: Reason, db: Db = None, as_json: Json = False) -> None:
    """Send a draft back to who wrote it, and say why."""
    from tracemark import practices
    from tracemark.cli import practised

    practices.return_practice(name=name, reason=reason, **_by(node := node_at(db), Role.APPROVER))
    practised.told(node, name, "cli.practice_returned", as_json=as_json)


def publish(name: Name, db: Db = None, as_json: Json = False) -> None:
    """Publish a draft that somebody else reviewed; it takes the place of the version before."""
    from tracemark import practices
    from tracemark.cli import practised

    practices.publish_practice(name=name, **_by(node := node_at(db), Role.POINT_OF_CONTACT))
    practised.told(node, name, "cli.practice_published", as_json=as_json)


def withdraw(name: Name, reason: Reason, db: Db = None, as_json: Json = False) -> None:
    """Withdraw a practice, and say why."""
    from tracemark import practices
    from tracemark.cli import practised

    practices.withdraw_practice(name=name, reason=reason, **_by(node := node_at(db), Role.POINT_OF_CONTACT))
    practised.told(node, name, "cli.practice_withdrawn", as_json=as_json)


def experience(
    name: Name,
    note: Annotated[str, typer.Option("--text", metavar="TEXT", help="How it went where it was used.")],
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Say how a published practice went where it was used."""
    from tracemark import practices
    from tracemark.cli import practised

    practices.note_experience(name=name, note=note, **_by(node := node_at(db), Role.POINT_OF_CONTACT))
    practised.told(node, name, "cli.practice_experience", as_json=as_json)


def adopt(
    key: Key,
    plan: Annotated[str, typer.Option("--plan", metavar="PLAN", help="The plan that takes it up.")],
    owner: Annotated[str, typer.Option(metavar="CODE", help="The agency or organisation that does it.")] = "",
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; it is sealed with the step.")] = "",
    language: Language = "",
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Take a practice up as an activity of a plan, which cites the practice and its version."""
    from tracemark.cli import practised

    practised.adopted(key, plan, owner, reason, language, db=db, as_json=as_json)


def share(
    name: Name,
    to: Annotated[str, typer.Option("--to", metavar="NODE", help="The node's name, as `peer list` has it.")],
    db: Db = None,
) -> None:
    """Post a published practice, with experiences, to another node; it leaves with the next delivery."""
    from tracemark.node import share_practice

    node = node_at(db)
    number = share_practice(node, name, to, writer(node, Role.POINT_OF_CONTACT))
    print_line("cli.practice_shared", practice=name, number=number, peer=to)


def take_over(key: Key, db: Db = None, as_json: Json = False) -> None:
    """Draft a practice that another State sent, so that somebody here reviews it; it stays named as that State's."""
    from tracemark import practices
    from tracemark.cli import practised

    node = node_at(db)
    entry = practised.entry_at(node, key)
    name = practices.take_over_practice(entry=entry, **_by(node, Role.POINT_OF_CONTACT))
    practised.told(node, name, "cli.practice_drafted", as_json=as_json)


def durability(db: Db = None, as_json: Json = False) -> None:
    """Count from the record how long marks stay readable, by how they were made, in what and how deep."""
    from tracemark.cli import practised

    practised.durability(db=db, as_json=as_json)


def document(
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="Where to write it: .pdf or .docx.")],
    subject: Annotated[Subject, typer.Option(help="What the document is about.")] = "marking",
    language: Language = "",
    db: Db = None,
) -> None:
    """Write the document of good practice on a subject; on marking, with how long marks lasted by the record."""
    from tracemark.cli import practised

    practised.document(out, subject, language, db=db)


def _by(node: "Node", role: Role) -> dict[str, Any]:
    return {"actor": writer(node, role), "stores": node.stores, "clock": node.clock}
