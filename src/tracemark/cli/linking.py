from pathlib import Path
from typing import Annotated, Literal

import typer

from tracemark.cli.options import Json

SideText = Annotated[
    str,
    typer.Argument(
        help="A list (CSV, XLSX, ODS, Parquet) with a column “reading”, or a register: sqlite:///path, postgresql://…"
    ),
]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    app.command("link")(link)


def link(
    a: SideText,
    b: SideText,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="The Parquet file to write.")],
    engine: Annotated[
        Literal["duckdb", "spark"], typer.Option(help="duckdb: this machine. spark: the cluster Spark is set up for.")
    ] = "duckdb",
    limit: Annotated[int, typer.Option(help="How many candidates of each row to list.", min=1, max=100)] = 10,
    least: Annotated[
        float, typer.Option(metavar="P", help="List no candidate less probable than this.", min=0, max=1)
    ] = 0.01,
    absent: Annotated[
        float | None,
        typer.Option(
            metavar="P",
            help="How probable it is beforehand that a row is not in B. Default: 0.25; where A is B 0.99.",
            min=0.001, max=0.999, show_default=False,
        ),
    ] = None,
    as_json: Json = False,
) -> None:  # fmt: skip
    """Search for every row of A in B, and write candidates and chances as Parquet. A = B finds duplicates."""
    # The search is loaded for those who search.
    from tracemark.cli import links

    links.link(a, b, out=out, engine=engine, limit=limit, least=least, absent=absent, as_json=as_json)
