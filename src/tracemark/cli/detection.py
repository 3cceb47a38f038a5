from pathlib import Path
from typing import Annotated, Literal

import typer

from tracemark.cli.options import Db, Json


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    app.command("detect")(detect)


def detect(
    rule: Annotated[
        list[str] | None, typer.Option("--rule", metavar="CODE", help="Apply this rule only; may be said again.")
    ] = None,
    rule_file: Annotated[
        list[Path] | None,
        typer.Option("--rule-file", metavar="FILE", help="Apply a rule of your own; may be said again.", exists=True),
    ] = None,
    source: Annotated[
        Path | None,
        typer.Option(
            "--from", metavar="DIR", help="A folder that `export parquet` wrote, in the place of the register."
        ),
    ] = None,
    engine: Annotated[
        Literal["duckdb", "spark"], typer.Option(help="duckdb: this machine. spark: the cluster Spark is set up for.")
    ] = "duckdb",
    today: Annotated[
        str, typer.Option(metavar="DAY", help="The day on which things are overdue or not. Default: today.")
    ] = "",
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Look for signals of diversion in the whole record, each with its evidence and its innocent reading."""
    # Rules are loaded for those who apply them.
    from tracemark.cli import detected

    detected.detect(rule or [], rule_file or [], source=source, engine=engine, today=today, db=db, as_json=as_json)
