from typing import Annotated

import typer

from tracemark.authorities import Permission, Role, require
from tracemark.cli.options import Db, Json, node_at, operator, writer
from tracemark.cli.output import fail, fail_for, print_json, print_line


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    app.command("ask-privately")(ask_privately)
    part = typer.Typer(help="Be asked privately: the tags of our marks, and who asked.", no_args_is_help=True)
    part.command("build")(build)
    part.command("allow")(allow)
    part.command("list")(list_questions)
    app.add_typer(part, name="questions")


def ask_privately(
    reading: Annotated[str, typer.Argument(metavar="READING", help="What can be read, such as A?123?5 or AB[0O]47.")],
    node: Annotated[
        str, typer.Option("--node", metavar="NAME", help="Whom to ask, by its name in `peer list` or `witness list`.")
    ],
    maker: Annotated[str, typer.Option(help="The maker, where it can be read; else any maker's mark counts.")] = "",
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Ask another State's node whether it knows this mark, without telling it which mark is asked for."""
    # Loaded with the node that this command opens.
    from tracemark.node import QuestionFailed
    from tracemark.tracing import UnreadableReading, parse_reading

    opened = node_at(db)
    try:
        read = parse_reading(reading)
        found = opened.questioning.ask(read, node, operator(opened, Role.TRACING_ANALYST), maker=maker)
    except UnreadableReading as error:
        fail(error.code, **error.facts)
    except QuestionFailed as error:
        fail_for(error)
    if as_json:
        print_json({"node": found.node, "hit": bool(found.known), "known": found.known, "asked": found.asked,
                    "sent": found.sent, "tags": found.tags, "tags_made_at": found.made_at})  # fmt: skip
        return
    code = "cli.question_hit" if found.known else "cli.question_no_hit"
    print_line(code, name=found.node, count=found.asked, known=list(found.known), at=found.made_at)


def build(
    anew: Annotated[bool, typer.Option("--anew", help="Draw a new key, and make every tag again under it.")] = False,
    processes: Annotated[int, typer.Option(help="How many processes share the work.", min=1)] = 1,
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Bring the tags by which others ask privately in step with the register; for a timer."""
    node = node_at(db)
    actor = writer(node, Role.REGISTRY_OFFICER)
    built = node.questioning.tags.build(actor, anew=anew, processes=processes)
    if as_json:
        print_json({"keys": built.keys, "tags": built.tags})
    else:
        print_line("cli.tags_built", count=built.keys, tags=built.tags)


def allow(
    name: Annotated[str, typer.Argument(metavar="NODE", help="The node's name, as `peer list` has it.")],
    refuse: Annotated[bool, typer.Option("--refuse", help="Answer it no more.")] = False,
    db: Db = None,
) -> None:
    """Answer a node of the directory where it asks privately, up to its share of a day."""
    from tracemark.node import QuestionFailed
    from tracemark.tracing import KEYS_PER_DAY

    node = node_at(db)
    try:
        node.questioning.let_ask(name, writer(node, Role.POINT_OF_CONTACT), may_ask=not refuse)
    except QuestionFailed:
        fail("correspondence.recipient_unknown", peer=name)
    print_line("cli.question_disallowed" if refuse else "cli.question_allowed", name=name, keys=KEYS_PER_DAY)


def list_questions(
    limit: Annotated[int, typer.Option(help="How many at most.", min=1)] = 50, db: Db = None, as_json: Json = False
) -> None:
    """List who asked privately, when and for how many numbers, the newest first. For which, nobody here can know."""
    node = node_at(db)
    require(operator(node, Role.AUDITOR), Permission.WITNESS_READ)
    found = node.stores.questions.newest(limit)
    if not found and not as_json:
        print_line("cli.questions_none")
    for each in found:
        if as_json:
            print_json({"asker": each.asker, "at": each.at, "keys": each.keys})
        else:
            print_line("cli.question_asked", name=each.asker, at=each.at, count=each.keys)
