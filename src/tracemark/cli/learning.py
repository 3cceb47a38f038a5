from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from tracemark.authorities import Role
from tracemark.cli.options import Db, Json, node_at, operator, writer
from tracemark.cli.output import console, fail, print_json, print_line, say
from tracemark.kernel import PartialDate

Version = Annotated[str, typer.Argument(metavar="VERSION", help="The version, as `weights list` names it.")]

_STRENGTH = 10.0


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    app.command("learn")(learn)
    weights = typer.Typer(help="Versions of the weights of matching, and the one in use.", no_args_is_help=True)
    weights.command("list")(list_weights)
    weights.command("show")(show)
    weights.command("propose")(propose)
    weights.command("adopt")(adopt)
    app.add_typer(weights, name="weights")


def learn(
    since: Annotated[str, typer.Option(metavar="DATE", help="Only judgements from this day on: 2026-01-01.")] = "",
    prior_strength: Annotated[
        float,
        typer.Option(metavar="N", help="How many errors of each sort the present weights count for; above 0."),
    ] = _STRENGTH,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the new weights to this file, too, better or not.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show before and after, and propose nothing.")] = False,
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Re-estimate the weights from officers' judgements, try them on judgements held back, and propose better ones.

    Nothing changes until a second person adopts them. Status 1 where they are not better, or nothing was judged.
    """
    # Loaded with the node that this command opens.
    from tracemark.cli import lessons
    from tracemark.tracing import Worth

    first = _day(since) if since else None
    node = node_at(db)
    actor = operator(node, Role.TRACING_ANALYST)
    lesson = node.own_weights.learn(actor=actor, clock=node.clock, since=first, strength=prior_strength)
    better = lesson.worth is Worth.BETTER
    proposed = None
    if better and not dry_run:
        proposed = node.own_weights.propose(lesson=lesson, actor=actor, clock=node.clock)
    if out:
        out.write_text(lesson.text, "utf-8")
    if as_json:
        print_json(lessons.lesson_json(lesson, proposed, out))
    else:
        lessons.print_lesson(lesson)
        if proposed:
            print_line("cli.weights_proposed", version=lesson.version, proposal=proposed.id)
        if out:
            print_line("cli.weights_written", version=lesson.version, file=str(out))
    if not better:
        raise typer.Exit(1)


def list_weights(db: Db = None, as_json: Json = False) -> None:
    """List the versions of the weights: those that come along, the node's own, and when each was adopted by whom."""
    from tracemark.cli import lessons

    node = node_at(db)
    found = lessons.versions_json(node, operator(node, Role.TRACING_ANALYST))
    if as_json:
        print_json({"weights": found})
    else:
        lessons.print_versions(found)


def show(version: Version, db: Db = None) -> None:
    """Print a version of the weights as it is kept; one whose file was changed is refused."""
    node = node_at(db)
    typer.echo(node.own_weights.text(version), nl=False)


def propose(version: Version, db: Db = None) -> None:
    """Propose to go back to a version that was in use before, or that comes along; `learn` proposes new ones."""
    node = node_at(db)
    actor = operator(node, Role.TRACING_ANALYST)
    proposed = node.own_weights.propose_again(version=version, actor=actor, clock=node.clock)
    print_line("cli.weights_proposed", version=version, proposal=proposed.id)


def adopt(version: Version, db: Db = None) -> None:
    """Adopt weights that another person proposed, and seal it: every search goes by them from then on."""
    from tracemark import tracing

    node = node_at(db)
    waiting = [each for each, decision in tracing.weights_proposals(node.stores) if decision is None]
    proposed = next((each for each in waiting if each.subject == version), None)
    if proposed is None:
        fail("cli.weights_not_proposed", version=version)
    sealed = node.approve(proposed.id, writer(node, Role.APPROVER)).sealed[0]
    console.print(say("cli.weights_adopted", version=version, event=sealed.position), soft_wrap=True)


def _day(text: str) -> date:
    try:
        return PartialDate.parse(text).first
    except ValueError:
        return fail("cli.not_a_date", text=text)
