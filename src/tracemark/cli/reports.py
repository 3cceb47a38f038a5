from pathlib import Path
from typing import Annotated, Literal

import typer

from tracemark.cli.options import Db, Json

Name = Annotated[str, typer.Argument(metavar="REPORT", help="The report's name, such as NR-2026-000001.")]
Note = Annotated[str, typer.Option(help="A note for those who read it later.")]
Form = Annotated[str, typer.Option(metavar="FORM", help="The form: poa, att-annual, unroca-salw, unodc-iafq or osce.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    part = typer.Typer(
        help="National reports: draft, answer, check, sign off, submit, export; what is due.", no_args_is_help=True
    )
    for name, command in (
        ("draft", draft),
        ("list", list_reports),
        ("show", show),
        ("answer", answer),
        ("confirm", confirm),
        ("draw", draw),
        ("assign", assign),
        ("comment", comment),
        ("check", check),
        ("sign-off", sign_off),
        ("submit", submit),
        ("propose-publication", propose_publication),
        ("publish", publish),
        ("take-back", take_back),
        ("withdraw", withdraw),
        ("export", export),
        ("editions", list_editions),
        ("calendar", show_calendar),
        ("assess", assess),
    ):
        part.command(name)(command)
    app.add_typer(part, name="report")


def draft(
    first: Annotated[str, typer.Option("--from", metavar="DATE", help="A year, month or day.")],
    last: Annotated[str, typer.Option("--to", metavar="DATE", help="A year, month or day, itself included.")],
    form: Form = "poa",
    edition: Annotated[str, typer.Option(metavar="NAME", help="The edition of the form; by default the newest.")] = "",
    due: Annotated[str, typer.Option(metavar="DAY", help="The day on which it is due.")] = "",
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Draft a report on a period: figures are drawn, and what the last report said is carried over to be confirmed."""
    from tracemark.cli import reported

    reported.draft(first, last, form=form, edition=edition, due=due, db=db, as_json=as_json)


def list_reports(
    form: Annotated[str, typer.Option(metavar="FORM", help="Only those of this form.")] = "",
    db: Db = None,
    as_json: Json = False,
) -> None:
    """List the reports, newest first, with how far each is answered."""
    from tracemark.cli import reported

    reported.list_reports(form, db=db, as_json=as_json)


def show(
    name: Name,
    edition: Annotated[str, typer.Option(metavar="NAME", help="Lay it out in another edition of its form.")] = "",
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Show a report by section: each question with its number, its answer and where that comes from."""
    from tracemark.cli import reported

    reported.show(name, edition, db=db, as_json=as_json)


def answer(
    name: Name,
    question: Annotated[
        str, typer.Argument(metavar="QUESTION", help="The question's canonical id, such as nca.exists.")
    ],
    value: Annotated[
        str | None,
        typer.Argument(
            metavar="VALUE",
            help="yes, no or in_progress; 12; women=3 men=4; options with commas between; rows as JSON; 2025-12-31.",
        ),
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--file", metavar="FILE", help="Answer with a document.", exists=True, dir_okay=False)
    ] = None,
    reason: Annotated[str, typer.Option(help="Why no answer can be given, where none is.")] = "",
    note: Note = "",
    withheld: Annotated[bool, typer.Option("--withheld", help="It is not for publication.")] = False,
    db: Db = None,
) -> None:
    """Answer a question. A number other than the record's, or one not told by sex, needs a note that says why."""
    from tracemark.cli import reported

    reported.answer(name, question, value, file=file, reason=reason, note=note, withheld=withheld, db=db)


def confirm(
    name: Name,
    question: Annotated[list[str] | None, typer.Argument(metavar="QUESTION", help="Which; without any, all.")] = None,
    db: Db = None,
) -> None:
    """Confirm answers carried over from the last report as still true."""
    from tracemark.cli import reported

    reported.confirm(name, question or [], db=db)


def draw(
    name: Name,
    compare: Annotated[
        bool, typer.Option("--compare", help="Change nothing: draw at the same record and compare; status 1 if other.")
    ] = False,
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Draw the figures of a draft anew, from the record as it stands."""
    from tracemark.cli import reported

    reported.draw(name, compare=compare, db=db, as_json=as_json)


def assign(
    name: Name,
    section: Annotated[str, typer.Argument(metavar="SECTION", help="The section, such as stockpiles.")],
    owner: Annotated[str, typer.Argument(metavar="ACCOUNT", help="Who answers for it.")],
    db: Db = None,
) -> None:
    """Say which account answers for a section."""
    from tracemark.cli import reported

    reported.assign(name, section, owner, db=db)


def comment(
    name: Name,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What is to be said.")],
    question: Annotated[str, typer.Option(metavar="QUESTION", help="On which question; without it, on all.")] = "",
    db: Db = None,
) -> None:
    """Comment on a report or on one of its questions."""
    from tracemark.cli import reported

    reported.comment(name, text, question, db=db)


def check(name: Name, db: Db = None, as_json: Json = False) -> None:
    """Say what a report still lacks and where it contradicts the record; status 1 where that stops its sign-off."""
    from tracemark.cli import reported

    reported.check(name, db=db, as_json=as_json)


def sign_off(name: Name, note: Note = "", db: Db = None) -> None:
    """Sign a report off, as somebody who wrote none of it."""
    from tracemark.cli import reported

    reported.take("sign_off", name, note, db=db)


def submit(name: Name, note: Note = "", db: Db = None) -> None:
    """Submit a report that was signed off: it is frozen, with the head of the record."""
    from tracemark.cli import reported

    reported.take("submit", name, note, db=db)


def propose_publication(
    name: Name,
    public_from: Annotated[
        str, typer.Option("--from", metavar="DAY", help="The first day (2027-01-31) on which it is public.")
    ] = "",
    note: Note = "",
    db: Db = None,
) -> None:
    """Propose to publish a submitted report; another publishes it."""
    from tracemark.cli import reported

    reported.take("propose", name, note, public_from=public_from, db=db)


def publish(name: Name, note: Note = "", db: Db = None) -> None:
    """Publish a report that another proposed to publish."""
    from tracemark.cli import reported

    reported.take("publish", name, note, db=db)


def take_back(name: Name, reason: Annotated[str, typer.Option(help="Why it is taken back.")], db: Db = None) -> None:
    """Close a published report to the public again."""
    from tracemark.cli import reported

    reported.take("take_back", name, reason, db=db)


def withdraw(name: Name, reason: Annotated[str, typer.Option(help="Why it is withdrawn.")], db: Db = None) -> None:
    """Withdraw a report that was not submitted."""
    from tracemark.cli import reported

    reported.take("withdraw", name, reason, db=db)


def export(
    name: Name,
    form: Annotated[Literal["pdf", "docx", "xlsx", "json"], typer.Option("--format", help="What file.")] = "pdf",
    language: Annotated[
        str, typer.Option(metavar="CODE", help="In which language: en, fr, es, ru, ar or zh-hans.")
    ] = "",
    edition: Annotated[str, typer.Option(metavar="NAME", help="Lay it out in another edition of its form.")] = "",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Where to; by default named for the report.")
    ] = None,
    db: Db = None,
) -> None:
    """Write a report as a file; one that is not submitted is marked as a draft."""
    from tracemark.cli import reported

    reported.export(name, form, language=language, edition=edition, output=output, db=db)


def list_editions(
    edition: Annotated[str, typer.Argument(metavar="EDITION", help="Only this edition, whole, as JSON.")] = "",
    form: Form = "poa",
    as_json: Json = False,
) -> None:
    """List the editions of the forms, or write one of them out as JSON: ids, numbers, conditions, figures."""
    from tracemark.cli import reported

    reported.list_editions(form, edition, as_json=as_json)


def show_calendar(
    waiting: Annotated[
        bool, typer.Option("--waiting", help="What is owed or due within 60 days; status 1 if there is any.")
    ] = False,
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Show what is due when, by form, and what is owed."""
    from tracemark.cli import reported

    reported.show_calendar(waiting=waiting, db=db, as_json=as_json)


def assess(
    name: Annotated[
        str, typer.Argument(metavar="REPORT", help="A report; without one, all submitted, as a trend.")
    ] = "",
    scheme: Annotated[
        Path | None,
        typer.Option("--scheme", metavar="FILE", help="The State's own weights.", exists=True, dir_okay=False),
    ] = None,
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Score a report by theme, with the published weights of the PoA Implementation Monitor, and list its gaps."""
    from tracemark.cli import reported

    reported.assess(name, scheme, db=db, as_json=as_json)
