from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from tracemark import marking, recordkeeping
from tracemark.authorities import Permission, Role, require
from tracemark.cli.options import Db, Json, node_at, operator, text_of
from tracemark.cli.output import console, fail, print_json, print_list, say
from tracemark.marking import Profile, ProfileVersion
from tracemark.recordkeeping import NumberBlock

LawFile = Annotated[Path, typer.Argument(metavar="FILE", help="The law as TOML.", exists=True, dir_okay=False)]
LawName = Annotated[str | None, typer.Option("--name", help="Its name; else that of the file.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    numbers = typer.Typer(help="Blocks of serial numbers.", no_args_is_help=True)
    numbers.command("list")(list_blocks)
    numbers.command("seal")(seal)
    app.add_typer(numbers, name="numbers")
    law = typer.Typer(help="National laws on marks: those that come along, and the State's own.", no_args_is_help=True)
    law.command("list")(list_laws)
    law.command("check")(check_law)
    law.command("add")(add_law)
    app.add_typer(law, name="law")


def list_blocks(db: Db = None, as_json: Json = False) -> None:
    """List the blocks of numbers, with how many are used, and whether the allocation is sealed."""
    node = node_at(db)
    require(operator(node, Role.REGISTRY_OFFICER), Permission.MARKING_NUMBER)
    found = [_plain(each) for each in node.stores.numbers.blocks()]
    if as_json:
        print_json({"blocks": found})
        return
    columns = {"event": "event", "holder": "holder", "first": "first", "last": "last", "used": "used"}
    table = Table(*(say(f"cli.column_{each}") for each in columns), box=None, pad_edge=False, header_style="bold")
    for each in found:
        sealed = say("cli.block_unsealed") if each["event"] is None else str(each["event"])
        table.add_row(sealed, *(str(each[name]) for name in list(columns)[1:]))
    print_list(table)


def seal(db: Db = None) -> None:
    """Seal the blocks that were allocated before numbers were sealed. Look at `numbers list` first."""
    node = node_at(db)
    sealed = recordkeeping.seal_blocks(
        actor=operator(node, Role.REGISTRY_OFFICER), stores=node.stores, clock=node.clock
    )
    console.print(say("cli.blocks_sealed", blocks=len(sealed)))


def list_laws(db: Db = None, as_json: Json = False) -> None:
    """List the national laws on marks, and every version of the State's own with the days it holds."""
    node = node_at(db)
    require(operator(node, Role.REGISTRY_OFFICER), Permission.REFERENCE_WRITE)
    found = [_law(each, None) for each in marking.shipped_profiles().values()]
    found += [_law(each.profile, each) for each in node.stores.profiles.versions()]
    if as_json:
        print_json({"laws": found})
        return
    columns = ("name", "title", "valid_from", "valid_until", "requirements")
    table = Table(*(say(f"cli.column_{each}") for each in columns), box=None, pad_edge=False, header_style="bold")
    for each in found:
        table.add_row(*("" if each[name] is None else str(each[name]) for name in columns))
    console.print(table)


def check_law(file: LawFile, name: LawName = None, db: Db = None) -> None:
    """Read a State's own law as it would be added, and say what is wrong with it. Writes nothing."""
    node = node_at(db)
    actor = operator(node, Role.REGISTRY_OFFICER)
    law = marking.check_law(name=name or file.stem, text=text_of(file), actor=actor)
    console.print(
        say("cli.law_reads", name=law.name, title=law.title, requirements=len(law.requirements)), markup=False
    )


def add_law(
    file: LawFile,
    valid_from: Annotated[str, typer.Option("--from", metavar="DAY", help="Its first day: 2026-01-01.")],
    valid_until: Annotated[str | None, typer.Option("--until", metavar="DAY", help="Its last day, if known.")] = None,
    name: LawName = None,
    db: Db = None,
) -> None:
    """Add a State's own law, or a newer version of it. No version is ever replaced."""
    node = node_at(db)
    added = marking.add_law(
        name=name or file.stem,
        text=text_of(file),
        valid_from=_day(valid_from),
        valid_until=_day(valid_until) if valid_until else None,
        actor=operator(node, Role.REGISTRY_OFFICER),
        stores=node.stores,
        clock=node.clock,
    )
    console.print(say("cli.law_added", name=added.name, valid_from=added.valid_from.isoformat()), markup=False)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return fail("cli.not_a_date", text=text)


def _law(law: Profile, version: ProfileVersion | None) -> dict[str, object]:
    until = version.valid_until if version else None
    return {
        "name": law.name,
        "title": law.title,
        "valid_from": version.valid_from.isoformat() if version else None,
        "valid_until": until.isoformat() if until else None,
        "requirements": len(law.requirements),
    }


def _plain(known: NumberBlock) -> dict[str, object]:
    block = known.block
    return {
        "event": known.allocated,
        "holder": block.holder,
        "first": block.scheme.write(block.first),
        "last": block.scheme.write(block.last),
        "used": sum(map(len, known.used)),
        "closed_on": str(known.closed_on) if known.closed_on else None,
    }
