from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

import typer

from tracemark.authorities import Role
from tracemark.cli.options import Db, Json, node_at, operator, writer
from tracemark.cli.output import complain, console, fail, print_json, print_line, say
from tracemark.cli.targets import citation_in, day_in, number_in

if TYPE_CHECKING:
    from tracemark.assistance import CampaignRecord
    from tracemark.node import Node

Read = TypeVar("Read")
Name = Annotated[str, typer.Argument(metavar="CAMPAIGN", help="Its name, such as LC-2026-000017.")]
Uses = Annotated[
    list[str] | None, typer.Option(metavar="SUPPLY=AMOUNT", help="A supply and how much of it, such as diesel=40.")
]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    part = typer.Typer(
        help="Campaigns that mark, destroy or upgrade: planned, returned, and held against the record.",
        no_args_is_help=True,
    )
    part.command("plan")(plan)
    part.command("list")(list_campaigns)
    part.command("show")(show)
    part.command("revise")(revise)
    part.command("start")(start)
    part.command("return")(tell)
    part.command("count")(count)
    part.command("close")(close)
    app.add_typer(part, name="campaign")


def plan(
    kind: Annotated[Literal["marking", "destruction", "upgrade"], typer.Argument(metavar="KIND", help="What it does.")],
    title: Annotated[str, typer.Argument(metavar="TITLE", help="What it is called.")],
    place: Annotated[
        list[str],
        typer.Option(metavar="CODE", help="An agency or a site: where it marks, destroys or upgrades."),
    ],
    quantity: Annotated[int, typer.Option(help="How many weapons, or sites.")],
    first: Annotated[str, typer.Option(metavar="DAY", help="The first day.")],
    last: Annotated[str, typer.Option(metavar="DAY", help="The last day.")],
    responsible: Annotated[str, typer.Option(metavar="CODE", help="The agency or organisation that answers for it.")],
    commitment: Annotated[str, typer.Option(metavar="PARAGRAPH", help="The commitment it serves, such as PoA II.19.")],
    target: Annotated[str, typer.Option(help="The target it serves, such as TG-2026-000001.")] = "",
    machine: Annotated[
        list[str] | None, typer.Option(metavar="NAME|PIECES", help="A machine and its pieces a working day.")
    ] = None,
    supply: Annotated[
        list[str] | None, typer.Option(metavar="NAME|UNIT|AMOUNT", help="Fuel or a part, and how much there is.")
    ] = None,
    cost: Annotated[str, typer.Option(metavar="NUMBER", help="What it costs.")] = "",
    currency: Annotated[str, typer.Option(metavar="CODE", help="The currency of the cost, such as EUR.")] = "",
    every: Annotated[int, typer.Option(metavar="DAYS", help="After how many days a return is due.")] = 30,
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Put a campaign on record: where, how many, until when, with which machines and supplies."""
    from tracemark import assistance

    node = node_at(db)
    draft = assistance.CampaignDraft(
        kind=assistance.CampaignKind(kind),
        title=title,
        places=tuple(place),
        quantity=quantity,
        first=day_in(first),
        last=day_in(last),
        responsible=responsible,
        commitment=citation_in(commitment),
        target=target,
        machines=tuple(_read(each, assistance.machine_of) for each in machine or ()),
        supplies=tuple(_read(each, assistance.supply_of) for each in supply or ()),
        cost=number_in(cost) if cost else None,
        currency=currency,
        every_days=every,
    )
    known = assistance.plan_campaign(draft=draft, **_by(node))
    if as_json:
        print_json(_record(node, known.name).plain())
    else:
        print_line("web.targets.sealed", kind="campaign_planned", name=known.name)


def list_campaigns(db: Db = None, as_json: Json = False) -> None:
    """List campaigns, those with alarms first."""
    from tracemark import assistance

    node = node_at(db)
    actor = operator(node, Role.POINT_OF_CONTACT)
    found = list(assistance.campaign_list(actor=actor, stores=node.stores, clock=node.clock))
    if not found and not as_json:
        print_line("cli.nothing_listed")
    for each in found:
        if as_json:
            print_json(each.plain())
            continue
        known = each.campaign
        standing = say(f"recordkeeping.standing_{known.standing}")
        done = f"{each.outlook.done}/{known.draft.quantity}"
        console.print(f"{known.name}  {standing}  {done}  {known.draft.title}", soft_wrap=True)


def show(name: Name, db: Db = None, as_json: Json = False) -> None:
    """Show a campaign: its returns beside the record, its supplies, when it will end, and what is wrong."""
    node = node_at(db)
    found = _record(node, name)
    if as_json:
        print_json(found.plain())
        return
    known, outlook = found.campaign, found.outlook
    print_line("cli.campaign_stands", campaign=known.name, done=outlook.done, quantity=known.draft.quantity)
    if outlook.ends_on:
        print_line("cli.campaign_ends", on=outlook.ends_on.isoformat())
    for line in outlook.lines:
        shown = "–" if line.shown is None else str(line.shown)
        days = f"{line.told.first} – {line.told.last}"
        console.print("  ".join([days, str(line.told.done), shown]), soft_wrap=True)
    for each in outlook.supplies:
        console.print(f"{each.supply.name}: {each.left} {each.supply.unit}", soft_wrap=True)
    complain(outlook.alarms)


def revise(
    name: Name,
    reason: Annotated[str, typer.Option(help="Why it changes.")],
    title: Annotated[str | None, typer.Option(help="What it is called.")] = None,
    place: Annotated[list[str] | None, typer.Option(metavar="CODE", help="An agency or a site; name all.")] = None,
    quantity: Annotated[int | None, typer.Option(help="How many weapons, or sites.")] = None,
    last: Annotated[str, typer.Option(metavar="DAY", help="The last day.")] = "",
    cost: Annotated[str, typer.Option(metavar="NUMBER", help="What it costs, in its currency.")] = "",
    every: Annotated[int | None, typer.Option(metavar="DAYS", help="After how many days a return is due.")] = None,
    db: Db = None,
) -> None:
    """Change what a campaign is to do, and say why; what is not named stays as it is."""
    from dataclasses import replace

    from tracemark import assistance

    node = node_at(db)
    told: dict[str, Any] = {
        "title": title,
        "places": tuple(place) if place else None,
        "quantity": quantity,
        "last": day_in(last) if last else None,
        "cost": number_in(cost) if cost else None,
        "every_days": every,
    }
    changed = {field: value for field, value in told.items() if value is not None}
    draft = replace(_record(node, name).campaign.draft, **changed)
    assistance.revise_campaign(campaign=name, draft=draft, reason=reason, **_by(node))
    print_line("web.targets.sealed", kind="campaign_revised", name=name)


def start(
    name: Name, on: Annotated[str, typer.Option(metavar="DAY", help="The day; by default today.")] = "", db: Db = None
) -> None:
    """Say that a campaign began."""
    from tracemark import assistance

    node = node_at(db)
    began = day_in(on) if on else node.clock.now().date()
    assistance.start_campaign(campaign=name, on=began, **_by(node))
    print_line("web.targets.sealed", kind="campaign_started", name=name)


def tell(
    name: Name,
    first: Annotated[str, typer.Option(metavar="DAY", help="The first day told of.")],
    last: Annotated[str, typer.Option(metavar="DAY", help="The last day told of.")],
    done: Annotated[int, typer.Option(help="How many pieces were done.")],
    days_worked: Annotated[int, typer.Option(help="On how many days work was done.")] = 0,
    spent: Annotated[str, typer.Option(metavar="NUMBER", help="What was spent.")] = "0",
    used: Uses = None,
    received: Uses = None,
    note: Annotated[str, typer.Option(help="What else there is to say.")] = "",
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Record what a campaign did and used, and count beside it what the record shows of the same days and places."""
    from tracemark import assistance
    from tracemark import node as nodes

    node = node_at(db)
    told = assistance.CampaignReturn(
        first=day_in(first),
        last=day_in(last),
        done=done,
        days_worked=days_worked,
        spent=number_in(spent),
        used=dict(_read(each, assistance.amount_used) for each in used or ()),
        received=dict(_read(each, assistance.amount_used) for each in received or ()),
        note=note,
    )
    nodes.return_and_count(node, name, told, writer(node, Role.POINT_OF_CONTACT))
    _show(node, name, as_json=as_json)


def count(name: Name, db: Db = None, as_json: Json = False) -> None:
    """Count anew what the record shows of a campaign's days and places."""
    from tracemark import node as nodes

    node = node_at(db)
    nodes.count_campaign(node, name, writer(node, Role.POINT_OF_CONTACT))
    _show(node, name, as_json=as_json)


def close(name: Name, reason: Annotated[str, typer.Option(help="How it ended.")], db: Db = None) -> None:
    """Close a campaign."""
    from tracemark import assistance

    assistance.close_campaign(campaign=name, reason=reason, **_by(node_at(db)))
    print_line("web.targets.sealed", kind="campaign_closed", name=name)


def _show(node: "Node", name: str, *, as_json: bool) -> None:
    found = _record(node, name)
    if as_json:
        print_json(found.plain())
        return
    print_line("web.targets.sealed", kind="campaign_counted", name=name)
    complain(found.outlook.alarms)


def _record(node: "Node", name: str) -> "CampaignRecord":
    from tracemark import assistance

    actor = operator(node, Role.POINT_OF_CONTACT)
    try:
        return assistance.campaign_record(campaign=name, actor=actor, stores=node.stores, clock=node.clock)
    except KeyError:
        return fail("assistance.campaign_unknown", campaign=name)


def _read(text: str, read: Callable[[str], Read | None]) -> Read:
    found = read(text)
    return fail("assistance.campaign_line", line=text) if found is None else found


def _by(node: "Node") -> dict[str, Any]:
    return {"actor": writer(node, Role.POINT_OF_CONTACT), "stores": node.stores, "clock": node.clock}
