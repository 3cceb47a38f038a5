from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

import typer

from tracemark.cli.options import Db, Json


class Written(StrEnum):
    """How an indicator is written out."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    SDMX = "sdmx"
    SDMX_3 = "sdmx-3"
    SDMX_CSV = "sdmx-csv"


Published = Annotated[
    Path, typer.Argument(metavar="FILE", help="Published values of VC_ARM_SZTRACE, as CSV.", exists=True)
]
Answers = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="The questionnaire on arms flows as published, as CSV or CSV.GZ.", exists=True),
]
Manners = Literal["all", "seized", "found", "surrendered"]
Denominators = Annotated[
    Literal["all", "potentially_traceable"], typer.Option("--denominator", help="Out of which weapons.")
]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    part = typer.Typer(
        help="The SDG indicator on traced weapons: from the record, and what others publish.", no_args_is_help=True
    )
    part.command("16.4.2")(indicator)
    part.command("compare")(compare)
    part.command("regions")(regions)
    app.add_typer(part, name="indicator")


def indicator(
    first: Annotated[
        int | None, typer.Option("--from", metavar="YEAR", help="First year. Default: five years ago.", min=1900)
    ] = None,
    last: Annotated[
        int | None, typer.Option("--to", metavar="YEAR", help="Last year. Default: last year.", min=1900, max=2200)
    ] = None,
    denominator: Denominators = "potentially_traceable",
    add_back: Annotated[
        bool, typer.Option("--add-back", help="Keep unmarked weapons in whose origin was established.")
    ] = False,
    lawful_holders: Annotated[
        bool | None,
        typer.Option(
            "--lawful-holders/--no-lawful-holders",
            help="Count weapons taken from lawful holders. Default: only with --denominator all.",
        ),
    ] = None,
    unsaid_left_out: Annotated[
        bool, typer.Option("--unsaid-left-out", help="Leave out seizures of which nobody said what they were for.")
    ] = False,
    only: Annotated[Manners, typer.Option(help="Only weapons that came to hand so.")] = "all",
    by: Annotated[
        Literal["result", "manner", "legal_basis", "marking"], typer.Option(help="What tells the weapons apart.")
    ] = "result",
    known_by: Annotated[
        int | None, typer.Option(metavar="YEAR", help="As it was known at the end of a year.", min=1900, max=2200)
    ] = None,
    at: Annotated[
        int | None,
        typer.Option(metavar="SIZE", help="As the record was at so many events, if columns were taken then."),
    ] = None,
    written: Annotated[Written, typer.Option("--format", help="How it is written.")] = Written.TABLE,
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Reckon the share of traced weapons for each year, from the register's own record."""
    # The record's columns are opened for those who ask.
    from tracemark.cli import shares

    shares.show(
        (first, last), shares.terms_of(denominator, add_back, lawful_holders, unsaid_left_out, only),
        by=by, known_by=known_by, size=at, written=Written.JSON if as_json else written, db=db,
    )  # fmt: skip


def compare(
    published: Published,
    questionnaire: Answers = None,
    state: Annotated[str, typer.Option(metavar="CODE", help="Only this State, ISO 3166-1 alpha-2.")] = "",
    denominator: Denominators = "potentially_traceable",
    only: Annotated[Manners, typer.Option(help="Reckon from weapons that came to hand so.")] = "seized",
    as_json: Json = False,
) -> None:
    """Look at published values, and reckon them again from the questionnaire's counts."""
    from tracemark.cli import shares

    terms = shares.terms_of(denominator, False, None, False, only)
    shares.compare(published, questionnaire, terms, state=state, as_json=as_json)


def regions(
    questionnaire: Annotated[
        Path, typer.Argument(metavar="FILE", help="The questionnaire on arms flows, as CSV or CSV.GZ.", exists=True)
    ],
    year: Annotated[int, typer.Option(help="Of which year.", min=1900, max=2200)],
    denominator: Denominators = "potentially_traceable",
    as_json: Json = False,
) -> None:
    """Add up regions of the United Nations from the questionnaire: sum over sum, and who is missing."""
    from tracemark.cli import shares

    shares.regions(questionnaire, year, shares.terms_of(denominator, False, None, False, "seized"), as_json=as_json)
