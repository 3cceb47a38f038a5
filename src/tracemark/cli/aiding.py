from pathlib import Path
from typing import Annotated

import typer

from tracemark.cli.options import Db, Json

File = Annotated[Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False)]
Round = Annotated[
    Path | None, typer.Option("--round", metavar="FILE", help="A round as TOML, as `assist match` reads.")
]


def add_to(part: typer.Typer) -> None:
    """Add the commands about aid that others give, and ours as they read it."""
    part.command("import")(import_activities)
    part.command("board")(board)
    part.command("crs")(crs)
    part.command("iati")(iati)


def import_activities(
    file: File,
    everything: Annotated[
        bool, typer.Option("--all", help="Take every activity, not only work on small arms.")
    ] = False,
    version: Annotated[
        str, typer.Option("--version", metavar="VERSION", help="The version of a file that does not say its own: 1.01.")
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and check it, write nothing.")] = False,
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Follow aid activities of an IATI file; what is known already stays. A file that is not valid is refused whole."""
    from tracemark.cli import aided

    aided.follow(file, everything=everything, version=version, db=None if dry_run else (db or ""), as_json=as_json)


def board(
    country: Annotated[str, typer.Option(metavar="CODE", help="Only this country (ISO 3166-1 alpha-2).")] = "",
    round_file: Round = None,
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Show who does what where: activities by country and theme, overlaps, gaps, and requests that nobody answers."""
    from tracemark.cli import aided

    aided.show_board(country.upper(), round_file, db, as_json=as_json)


def crs(
    file: File,
    source: Annotated[str, typer.Option(help="Who published it, and where it was taken from.")],
    seen_on: Annotated[str, typer.Option("--seen-on", metavar="DAY", help="When it was taken from there.")],
    name: Annotated[str, typer.Option(help="What the series is called.")] = "OECD CRS",
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Keep a series of aid by purpose code from a table, as context; years that are known stay as they are."""
    from tracemark.cli import aided

    aided.keep_series(file, name=name, source=source, seen_on=seen_on, db=db, as_json=as_json)


def iati(
    ref: Annotated[str, typer.Option(help="The publisher's reference, such as XM-DAC-41301.")] = "",
    publisher: Annotated[str, typer.Option(help="The publisher's name.")] = "",
    kind: Annotated[str, typer.Option(help="Its kind: 10 government, 15 other public sector, 40 multilateral.")] = "10",
    currency: Annotated[str, typer.Option(metavar="CODE", help="The currency of the round.")] = "USD",
    round_file: Round = None,
    on_record: Annotated[
        bool,
        typer.Option(
            "--on-record", help="The programmes on record, with what they gave and the results that States confirmed."
        ),
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Where to write it; standard output otherwise."),
    ] = None,
    db: Db = None,
) -> None:
    """Write activities as a valid IATI 2.03 file: a round's programmes, those on record, or else what is followed."""
    from tracemark.cli import aided

    if round_file is not None:
        aided.write_round(round_file, (ref, publisher, kind), currency, output)
    elif on_record:
        aided.write_own((ref, publisher, kind), db, output)
    else:
        aided.write_followed(ref, db, output)
