from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from tracemark.authorities import Role
from tracemark.cli.fellows import acting, table_of
from tracemark.cli.options import Db, Json, node_at, operator
from tracemark.cli.output import fail, print_json, print_line, print_list, say

if TYPE_CHECKING:
    from tracemark.fellowship import FundRecord
    from tracemark.node import Node

Fund = Annotated[str, typer.Argument(metavar="FUND", help="The fund's name, such as FF-2026-000001.")]
Kind = Literal["regular_budget", "voluntary", "trust_fund", "host"]
Reason = Annotated[str, typer.Option(help="Why, for those who read it later.")]


def fund(
    title: Annotated[str, typer.Argument(metavar="TITLE", help="What the money is called.")],
    kind: Annotated[Kind, typer.Option(help="Where the money comes from.")],
    donor: Annotated[str, typer.Option(help="The State's code or the organisation that gives it.")],
    ceiling: Annotated[str, typer.Option(metavar="NUMBER", help="The most that cohorts may take of it.")],
    currency: Annotated[str, typer.Option(metavar="CODE", help="Its currency, such as USD.")],
    first: Annotated[str, typer.Option(metavar="DAY", help="The first day on which a course it pays may begin.")],
    last: Annotated[str, typer.Option(metavar="DAY", help="The last such day.")],
    conditions: Annotated[str, typer.Option(help="The donor's conditions.")] = "",
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Put a source of money on record, with its ceiling."""
    from tracemark import fellowship
    from tracemark.cli.targets import day_in, number_in

    node = node_at(db)
    source = fellowship.Source(
        title=title,
        kind=fellowship.FundKind(kind),
        donor=donor,
        ceiling=number_in(ceiling),
        currency=currency,
        first=day_in(first),
        last=day_in(last),
        conditions=conditions,
    )
    name = fellowship.open_fund(source=source, **acting(node, Role.POINT_OF_CONTACT))
    if as_json:
        print_json({"name": name})
    else:
        print_line("cli.fellowship_fund_opened", name=name)


def list_funds(db: Db = None, as_json: Json = False) -> None:
    """List the sources of money, with what is left below each ceiling."""
    from tracemark import fellowship

    node = node_at(db)
    found = fellowship.fund_list(actor=operator(node, Role.AUDITOR), stores=node.stores)
    if as_json:
        print_json({"funds": [fellowship.fund_plain(each) for each in found]})
        return
    table = table_of("name", "fund", "donor", "standing", "ceiling", "left")
    for each in found:
        source, standing = each.fund.source, say(f"recordkeeping.standing_{each.fund.standing}")
        amounts = (f"{amount} {source.currency}" for amount in (source.ceiling, each.left))
        table.add_row(each.fund.name, source.title, source.donor, standing, *amounts)
    print_list(table)


def revise_fund(
    fund: Fund,
    reason: Reason,
    title: Annotated[str, typer.Option(help="What the money is called.")] = "",
    kind: Annotated[Kind | None, typer.Option(help="Where the money comes from.")] = None,
    donor: Annotated[str, typer.Option(help="The State's code or the organisation that gives it.")] = "",
    ceiling: Annotated[str, typer.Option(metavar="NUMBER", help="The most that cohorts may take of it.")] = "",
    currency: Annotated[str, typer.Option(metavar="CODE", help="Its currency, such as USD.")] = "",
    first: Annotated[str, typer.Option(metavar="DAY", help="The first day on which a course may begin.")] = "",
    last: Annotated[str, typer.Option(metavar="DAY", help="The last such day.")] = "",
    conditions: Annotated[str | None, typer.Option(help="The donor's conditions; empty for none.")] = None,
    db: Db = None,
) -> None:
    """Change a source of money; what is left out stays as it is."""
    from tracemark import fellowship
    from tracemark.cli.targets import day_in, number_in

    node = node_at(db)
    source = _record(node, fund).fund.source
    told = {"title": title, "donor": donor, "currency": currency}
    source = replace(
        source,
        **{name: text for name, text in told.items() if text},
        kind=fellowship.FundKind(kind) if kind else source.kind,
        ceiling=number_in(ceiling) if ceiling else source.ceiling,
        first=day_in(first) if first else source.first,
        last=day_in(last) if last else source.last,
        conditions=source.conditions if conditions is None else conditions,
    )
    fellowship.revise_fund(fund=fund, source=source, reason=reason, **acting(node, Role.POINT_OF_CONTACT))
    print_line("cli.fellowship_done", name=fund)


def close_fund(fund: Fund, reason: Reason, db: Db = None) -> None:
    """Close a source of money: what cohorts take of it stays, and no further cohort takes any."""
    from tracemark import fellowship

    fellowship.close_fund(fund=fund, reason=reason, **acting(node_at(db), Role.POINT_OF_CONTACT))
    print_line("cli.fellowship_done", name=fund)


COMMANDS = (("fund", fund), ("funds", list_funds), ("revise-fund", revise_fund), ("close-fund", close_fund))
"""What is done with the money that pays cohorts."""


def _record(node: "Node", fund: str) -> "FundRecord":
    from tracemark import fellowship

    try:
        return fellowship.fund_record(fund=fund, actor=operator(node, Role.AUDITOR), stores=node.stores)
    except KeyError:
        return fail("fellowship.no_such_dossier", dossier=fund)
