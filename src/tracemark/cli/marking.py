import typer
from rich.table import Table

from tracemark import recordkeeping
from tracemark.authorities import Permission, Role, require
from tracemark.cli.options import Db, Json, node_at, operator
from tracemark.cli.output import console, print_json, say
from tracemark.recordkeeping import NumberBlock


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    numbers = typer.Typer(help="Blocks of serial numbers.", no_args_is_help=True)
    numbers.command("list")(list_blocks)
    numbers.command("seal")(seal)
    app.add_typer(numbers, name="numbers")


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
    console.print(table)


def seal(db: Db = None) -> None:
    """Seal the blocks that were allocated before numbers were sealed. Look at `numbers list` first."""
    node = node_at(db)
    sealed = recordkeeping.seal_blocks(
        actor=operator(node, Role.REGISTRY_OFFICER), stores=node.stores, clock=node.clock
    )
    console.print(say("cli.blocks_sealed", blocks=len(sealed)))


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
