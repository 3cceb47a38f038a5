from typing import Annotated

import typer

from tracemark.cli.options import Db, Json

Reading = Annotated[
    str,
    typer.Argument(
        help="What can be read: ? one unreadable character, * unknown number, [0O] one of these; words are understood."
    ),
]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    app.command("trace")(trace)


def trace(
    reading: Reading,
    maker: Annotated[str, typer.Option("--make", help="The maker, by name, alias or code.")] = "",
    model: Annotated[str, typer.Option(help="The model.")] = "",
    calibre: Annotated[str, typer.Option(help="The calibre.")] = "",
    country: Annotated[str, typer.Option(help="The State of manufacture.")] = "",
    year: Annotated[int | None, typer.Option(help="The year of manufacture.", min=1800, max=2100)] = None,
    import_country: Annotated[str, typer.Option(help="The State that the import mark names.")] = "",
    weights: Annotated[str, typer.Option(help="A version of the weights of before, to draw a score again.")] = "",
    limit: Annotated[int, typer.Option(help="How many candidates to show.", min=1, max=100)] = 10,
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Find the weapon that a damaged mark may belong to, with reasons and the chance that it is not here."""
    # The search is loaded for those who search.
    from tracemark.cli import rankings

    rankings.rank(
        reading, maker=maker, model=model, calibre=calibre, country=country, year=year,
        import_country=import_country, weights=weights, limit=limit, db=db, as_json=as_json,
    )  # fmt: skip
