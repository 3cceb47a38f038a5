from typing import Annotated, Literal

import typer

from tracemark.authorities import Role
from tracemark.cli.options import Db, Json, node_at, writer
from tracemark.cli.output import fail, print_json, print_line

Files = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[STATE=FILE]...",
        help="A State's code, and its publication as JSON; without any, what this node was told.",
    ),
]
Region = Annotated[
    str, typer.Option(metavar="M49", help="The region of the list M49 whose member States are expected.")
]
Members = Annotated[
    list[str] | None, typer.Option("--member", metavar="STATE", help="A State expected beside; may be said again.")
]
To = Annotated[str, typer.Option("--to", metavar="NODE", help="The node's name, as `peer list` has it.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    part = typer.Typer(
        help="Add up what States published for a region, and name what is missing.", no_args_is_help=True
    )
    part.callback()(_region)
    part.command("figure")(figure)
    part.command("indicator")(indicator)
    part.command("owed")(owed)
    part.command("warnings")(warnings)
    part.command("commitments")(commitments)
    app.add_typer(part, name="region")
    shared = typer.Typer(help="Tell a region or the world what was published.", no_args_is_help=True)
    shared.command("figures")(share_figures)
    shared.command("report")(share_report)
    app.add_typer(shared, name="share")


def _region() -> None:
    """Add up what States published for a region, and name what is missing."""


def figure(
    name: Annotated[str, typer.Argument(metavar="ID", help="A figure by its name; `figures` lists them.")],
    first: Annotated[str, typer.Option("--from", metavar="DATE", help="A year, month or day.")],
    last: Annotated[str, typer.Option("--to", metavar="DATE", help="A year, month or day, itself included.")],
    files: Files = None,
    by: Annotated[
        list[str] | None,
        typer.Option("--by", metavar="NAME", help="The breakdown that was published; may be said again."),
    ] = None,
    region: Region = "",
    members: Members = None,
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Add up a figure over States; who is not in the sum is named, and nothing missing is zero."""
    # Figures are loaded for those who add them up.
    from tracemark.cli import rolled_up

    rolled_up.add_up(
        *(name, files or (), first, last, tuple(by or ())),
        region=region,
        members=tuple(members or ()),
        db=db,
        as_json=as_json,
    )


def indicator(
    files: Files = None,
    first: Annotated[
        str, typer.Option("--from", metavar="DATE", help="A year, month or day; each period told if left out.")
    ] = "",
    last: Annotated[str, typer.Option("--to", metavar="DATE", help="A year, month or day, itself included.")] = "",
    denominator: Annotated[
        Literal["all", "potentially_traceable"], typer.Option("--denominator", help="Out of which weapons.")
    ] = "potentially_traceable",
    region: Region = "",
    members: Members = None,
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Reckon SDG 16.4.2 of a region: numerators over denominators that States published, and who is missing."""
    from tracemark.cli import regional_shares

    regional_shares.reckon(
        *(files or (), first, last, denominator), region=region, members=tuple(members or ()), db=db, as_json=as_json
    )


def owed(
    form: Annotated[str, typer.Argument(metavar="FORM", help="Which form of report is due.")] = "poa",
    db: Db = None,
    as_json: Json = False,
) -> None:
    """List how each State stands with a form: what was due of late, what is due next, and what was given."""
    from tracemark.cli import rolled_up

    rolled_up.owed(form, db=db, as_json=as_json)


def warnings(db: Db = None, as_json: Json = False) -> None:
    """Warn of patterns of diversion that several States told of late, or one again and again."""
    from tracemark.cli import rolled_up

    rolled_up.warnings(db=db, as_json=as_json)


def commitments(
    form: Annotated[str, typer.Argument(metavar="FORM", help="Which form of report is read.")] = "poa",
    db: Db = None,
    as_json: Json = False,
) -> None:
    """List what States answer to each question of yes or no, report after report, and who came nearer."""
    from tracemark.cli import rolled_up

    rolled_up.commitments(form, db=db, as_json=as_json)


def share_figures(to: To, db: Db = None, as_json: Json = False) -> None:
    """Post every published figure that a region or the world was not told yet; it leaves with the next delivery."""
    from tracemark import node

    opened = node_at(db)
    shared = node.share_figures(opened, to, writer(opened, Role.APPROVER))
    if as_json:
        print_json({"shared": shared, "to": to})
    else:
        print_line("cli.shared", count=len(shared), to=to)


def share_report(
    report: Annotated[str, typer.Argument(metavar="REPORT", help="A submitted report, such as NR-2026-000001.")],
    to: To,
    db: Db = None,
) -> None:
    """Post a submitted report to a region or the world; it leaves with the next delivery."""
    from tracemark import node

    opened = node_at(db)
    try:
        node.share_report(opened, report, to, writer(opened, Role.APPROVER))
    except KeyError:
        fail("reporting.no_such_report", report=report)
    print_line("cli.shared", count=1, to=to)
