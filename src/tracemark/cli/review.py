from pathlib import Path
from typing import Annotated, Literal

import typer

from tracemark.cli.options import Db, Json

Code = Annotated[str, typer.Argument(metavar="MEETING", help="The meeting's code, as `review meetings` lists it.")]
Name = Annotated[str, typer.Argument(metavar="PROPOSAL", help="The proposal's name, such as RP-2026-000001.")]
Reason = Annotated[str, typer.Option(help="Why, for those who read it later.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    part = typer.Typer(
        help="The review of the Programme of Action: meetings, undertakings, dossiers for a meeting, proposals.",
        no_args_is_help=True,
    )
    part.command("meetings")(meetings)
    part.command("table")(table)
    part.command("undertakings")(undertakings)
    part.command("dossier")(dossier)
    part.command("kept")(kept)
    part.command("withdraw")(withdraw)
    part.command("propose")(propose)
    part.command("position")(position)
    part.command("settle")(settle)
    part.command("proposals")(proposals)
    app.add_typer(part, name="review")


# What follows is loaded for those who review only: it brings reports, targets and figures with it.


def meetings(as_json: Json = False) -> None:
    """List the meetings of States, the earliest first, with where each day was seen and how sure it is."""
    from tracemark.cli import reviewed

    reviewed.list_meetings(as_json=as_json)


def table(db: Db = None, as_json: Json = False) -> None:
    """Print the summary table of the outcome of the seventh biennial meeting with this State's live numbers."""
    from tracemark.cli import reviewed

    reviewed.print_table(db=db, as_json=as_json)


def undertakings(
    state: Annotated[
        str, typer.Option("--for", metavar="STATE", help="At a region's node: which State that told it.")
    ] = "",
    instrument: Annotated[str, typer.Option(metavar="CODE", help="Only those of PoA, ITI, BMS7 or REVCON4.")] = "",
    db: Db = None,
    as_json: Json = False,
) -> None:
    """List what States undertook, how one stands with each, and on what that rests; what nobody told is not known."""
    from tracemark.cli import reviewed

    reviewed.list_undertakings(state, instrument, db=db, as_json=as_json)


def dossier(
    meeting: Code,
    subject: Annotated[
        str, typer.Option("--for", metavar="STATE", help="A State, or a region's own code; by default this node's.")
    ] = "",
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Where it is written: .pdf, .docx or .json.")
    ] = None,
    language: Annotated[str, typer.Option(metavar="CODE", help="One of the six languages; by default yours.")] = "",
    keep: Annotated[bool, typer.Option("--keep", help="Seal it in the record as it was drawn.")] = False,
    note: Annotated[str, typer.Option(help="With --keep: what is to be said of it.")] = "",
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Draw up what a State, a region or the secretariat takes to a meeting, and write it as PDF, DOCX or JSON."""
    from tracemark.cli import reviewed

    reviewed.draw_up(meeting, subject, out=out, language=language, keep=keep, note=note, db=db, as_json=as_json)


def kept(db: Db = None, as_json: Json = False) -> None:
    """List the dossiers that were sealed, the newest first."""
    from tracemark.cli import reviewed

    reviewed.list_kept(db=db, as_json=as_json)


def withdraw(
    name: Annotated[str, typer.Argument(metavar="DOSSIER", help="The dossier's name, such as RM-2026-000001.")],
    reason: Reason,
    db: Db = None,
) -> None:
    """Say that a sealed dossier no longer stands; it stays in the record."""
    from tracemark.cli import reviewed

    reviewed.withdraw(name, reason, db=db)


def propose(
    meeting: Code,
    undertaking: Annotated[str, typer.Argument(metavar="PARAGRAPH", help="What it is about, such as BMS7 ITI.3.")],
    title: Annotated[str, typer.Argument(metavar="TITLE", help="The proposal in a few words.")],
    text: Annotated[str, typer.Option(help="What is proposed.")],
    by: Annotated[str, typer.Option(metavar="STATE", help="Who proposes it: a State's code, or a group by its name.")],
    symbol: Annotated[str, typer.Option(help="The document that it stands in.")] = "",
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Put a proposal for a meeting on record."""
    from tracemark.cli import reviewed

    reviewed.propose((meeting, undertaking, title, text, by, symbol), db=db, as_json=as_json)


def position(
    name: Name,
    stance: Annotated[
        Literal["supports", "with_changes", "reserves", "opposes", "undecided"],
        typer.Argument(metavar="STANCE", help="supports, with_changes, reserves, opposes or undecided."),
    ],
    by: Annotated[
        str, typer.Option(metavar="STATE", help="Who takes it: a State's code or a group; by default this State.")
    ] = "",
    reason: Annotated[str, typer.Option(help="Why.")] = "",
    instructions: Annotated[
        str, typer.Option(help="For our own delegation; shown only to who may write for meetings.")
    ] = "",
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Note what a State or a group says to a proposal; a later one takes the place of the earlier."""
    from tracemark.cli import reviewed

    reviewed.note(name, stance, by, reason, instructions, db=db, as_json=as_json)


def settle(
    name: Name,
    outcome: Annotated[
        Literal["adopted", "merged", "withdrawn", "not_adopted"],
        typer.Argument(metavar="OUTCOME", help="adopted, merged, withdrawn or not_adopted."),
    ],
    reason: Reason,
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Say what became of a proposal."""
    from tracemark.cli import reviewed

    reviewed.settle(name, outcome, reason, db=db, as_json=as_json)


def proposals(
    meeting: Annotated[str, typer.Argument(metavar="MEETING", help="Only those for this meeting.")] = "",
    db: Db = None,
    as_json: Json = False,
) -> None:
    """List proposals with the positions to each, side by side."""
    from tracemark.cli import reviewed

    reviewed.list_proposals(meeting, db=db, as_json=as_json)
