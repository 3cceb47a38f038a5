from typing import Annotated

import typer

from tracemark.authorities import Role
from tracemark.cli.options import Db, Json, node_at, operator, writer
from tracemark.cli.output import console, fail, print_json, print_line, say

Name = Annotated[str, typer.Argument(metavar="CONTRIBUTION", help="Its name, such as CB-2026-000017.")]
Text = Annotated[str, typer.Option("--text", help="An answer, which everybody reads.")]
Why = Annotated[str, typer.Option("--reason", help="Why, for whoever wrote it and those who read it later.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    part = typer.Typer(help="Decide on what others say of published reports and figures.", no_args_is_help=True)
    part.command("list")(list_contributions)
    part.command("show")(show)
    part.command("accept")(accept)
    part.command("refuse")(refuse)
    part.command("answer")(answer)
    part.command("erase")(erase)
    app.add_typer(part, name="contribution")


def list_contributions(
    waiting: Annotated[bool, typer.Option("--waiting", help="Only those that wait for a decision.")] = False,
    db: Db = None,
    as_json: Json = False,
) -> None:
    """List contributions, the newest first, without their words."""
    from tracemark import participation

    node = node_at(db)
    actor, standings = operator(node, Role.POINT_OF_CONTACT), {"received"} if waiting else None
    found = list(participation.contributions(actor=actor, stores=node.stores, standings=standings))
    if not found and not as_json:
        print_line("cli.contributions_none_waiting" if waiting else "cli.contributions_none")
    for each in found:
        told = {"contribution": each.name, "about": each.about, "question": each.question, "year": each.year}
        told |= {"sort": each.sort.value, "voice": each.voice.value, "standing": each.standing}
        if as_json:
            print_json(told)
        else:
            words = (say(f"participation.sort_{each.sort.value}"), say(f"participation.voice_{each.voice.value}"))
            standing = say(f"recordkeeping.standing_{each.standing}")
            console.print("  ".join([each.name, each.about, *words, each.received_on, standing]), soft_wrap=True)


def show(name: Name, db: Db = None, as_json: Json = False) -> None:
    """Print what somebody wrote; that it was read is noted."""
    from tracemark import participation

    node = node_at(db)
    try:
        words = participation.contribution_words(
            name=name,
            purpose=f"moderation {name}",
            actor=writer(node, Role.POINT_OF_CONTACT),
            stores=node.stores,
            clock=node.clock,
        )
    except KeyError:
        fail("participation.no_such_contribution", contribution=name)
    told = words.plain() if words else {}
    if as_json:
        print_json({"contribution": name, "erased": words is None, "words": told})
        return
    for text in told.values() if words else [say("web.public.erased")]:
        console.print(str(text), soft_wrap=True, markup=False)


def accept(name: Name, text: Text = "", db: Db = None) -> None:
    """Accept a contribution: it is shown beside what it is about."""
    from tracemark import participation

    node = node_at(db)
    actor = writer(node, Role.POINT_OF_CONTACT)
    participation.accept_contribution(name=name, note=text, actor=actor, stores=node.stores, clock=node.clock)
    print_line("web.contributions.done_accept", contribution=name)


def refuse(name: Name, reason: Why = "", db: Db = None) -> None:
    """Refuse a contribution, and say why; it stays countable."""
    from tracemark import participation

    node = node_at(db)
    actor = writer(node, Role.POINT_OF_CONTACT)
    participation.refuse_contribution(name=name, reason=reason, actor=actor, stores=node.stores, clock=node.clock)
    print_line("web.contributions.done_refuse", contribution=name)


def answer(name: Name, text: Text = "", db: Db = None) -> None:
    """Answer a contribution that was decided on."""
    from tracemark import participation

    node = node_at(db)
    actor = writer(node, Role.POINT_OF_CONTACT)
    participation.answer_contribution(name=name, note=text, actor=actor, stores=node.stores, clock=node.clock)
    print_line("web.contributions.done_answer", contribution=name)


def erase(name: Name, reason: Why = "", db: Db = None) -> None:
    """Propose to erase what was written; a second person decides."""
    from tracemark import participation

    node = node_at(db)
    try:
        participation.erase_contribution(
            name=name,
            legal_basis=reason,
            actor=writer(node, Role.REGISTRY_OFFICER),
            stores=node.stores,
            clock=node.clock,
        )
    except KeyError:
        fail("participation.no_such_contribution", contribution=name)
    print_line("web.contributions.done_erase", contribution=name)
