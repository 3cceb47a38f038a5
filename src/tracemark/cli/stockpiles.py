import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from tracemark import stockpiles
from tracemark.authorities import Role
from tracemark.cli.options import Db, Json, node_at, operator, text_of, writer
from tracemark.cli.output import print_json, print_line, print_list, say
from tracemark.recordkeeping import DossierFilter
from tracemark.stockpiles import Covers, Look, Site, lines_of, risk_of
from tracemark.weapons import weapon_text

_COLUMNS = ("name", "place", "authority", "due", "risk")


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    app.command("sites")(sites)
    app.command("count")(count)


def sites(
    late: Annotated[
        bool, typer.Option("--late", help="Those whose count is overdue; status 1 if there are any.")
    ] = False,
    limit: Annotated[int, typer.Option(help="How many at the most, the newest first.", min=1)] = 1000,
    db: Db = None,
    as_json: Json = False,
) -> None:
    """List the sites, with their risk and the day by which each is to be counted."""
    node = node_at(db)
    actor = operator(node, Role.AUDITOR)
    if late:
        found = stockpiles.late_sites(actor=actor, stores=node.stores, clock=node.clock)
    else:
        found = list(stockpiles.site_list(wanted=DossierFilter(limit=limit), actor=actor, stores=node.stores))
    plain = [_plain(each) for each in found]
    if as_json:
        print_json({"sites": plain})
    else:
        table = Table(*(say(f"cli.column_{each}") for each in _COLUMNS), box=None, pad_edge=False, header_style="bold")
        for each in plain:
            table.add_row(*("" if each[name] is None else str(each[name]) for name in _COLUMNS))
        print_list(table)
    if late and found:
        raise typer.Exit(1)


def count(
    name: Annotated[str, typer.Argument(metavar="COUNT", help="The open count, such as CT-2026-000017.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What was seen, one weapon a line; - for a scanner's.")],
    rack: Annotated[str | None, typer.Option(help="The rack that was looked at; else the whole site.")] = None,
    close: Annotated[bool, typer.Option("--close", help="Close the count and compare.")] = False,
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Enter one pass of a blind count from a file or a scanner; what was issued meanwhile is no loss."""
    node = node_at(db)
    actor = writer(node, Role.STOREKEEPER)
    look = Look(_lines(file), Covers.SITE if rack is None else Covers.RACK, rack or "")
    seen = stockpiles.enter_count(count=name, look=look, actor=actor, stores=node.stores, clock=node.clock)
    told: dict[str, object] = {
        "seen": list(map(weapon_text, seen.seen)),
        "extra": list(map(weapon_text, seen.extra)),
        "unread": list(seen.unread),
    }
    if close:
        stockpiles.close_count(count=name, note="", actor=actor, stores=node.stores, clock=node.clock)
        known, _ = stockpiles.count_and_site(count=name, actor=operator(node, Role.AUDITOR), stores=node.stores)
        told |= {"missing": list(map(weapon_text, known.missing)), "investigation": known.investigation}
    if as_json:
        print_json(told)
        return
    print_line("cli.count_entered", **told)
    if close:
        print_line("cli.count_closed", **told)


def _lines(file: Path) -> list[str]:
    if str(file) == "-":
        return lines_of(sys.stdin.read())
    return lines_of(text_of(file))


def _plain(site: Site) -> dict[str, object]:
    return {
        "name": site.name,
        "place": site.place,
        "authority": site.authority,
        "due": site.due,
        "risk": risk_of(site.answers).score,
        "open": site.open,
    }
