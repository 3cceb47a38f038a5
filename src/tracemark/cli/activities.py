from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracemark.authorities import Role
from tracemark.cli.options import Db, Json, node_at, operator, writer
from tracemark.cli.output import fail, print_json, print_line
from tracemark.cli.targets import Reason, citation_in, day_in, number_in

if TYPE_CHECKING:
    from tracemark.node import Node
    from tracemark.targets import Activity, Plan

Name = Annotated[str, typer.Argument(metavar="PLAN", help="The plan's name, such as PL-2026-000017.")]
Code = Annotated[str, typer.Argument(metavar="CODE", help="The activity's code in the plan, such as A4.")]


def add_to(part: typer.Typer) -> None:
    """Add the commands that change a plan to those of plans."""
    part.command("activity")(activity)
    part.command("cancel")(cancel)
    part.command("close")(close)


def activity(
    plan: Name,
    reason: Reason,
    code: Annotated[
        str, typer.Argument(metavar="CODE", help="The activity to change; without one, a new one is added.")
    ] = "",
    title: Annotated[str, typer.Option(help="What is done, in a few words.")] = "",
    goal: Annotated[str, typer.Option(metavar="CODE", help="The goal of the plan it is for.")] = "",
    owner: Annotated[str, typer.Option(metavar="CODE", help="The agency or organisation that does it.")] = "",
    start: Annotated[str, typer.Option(metavar="DAY", help="Its first day.")] = "",
    end: Annotated[str, typer.Option(metavar="DAY", help="Its last day.")] = "",
    budget: Annotated[str, typer.Option(metavar="NUMBER", help="What it may cost, in the plan's currency.")] = "",
    depends: Annotated[
        list[str] | None, typer.Option(metavar="CODE", help="An activity that must be done before; may be repeated.")
    ] = None,
    commitment: Annotated[
        list[str] | None, typer.Option(metavar="PARAGRAPH", help="A commitment it serves; may be repeated.")
    ] = None,
    target: Annotated[
        list[str] | None, typer.Option(metavar="TARGET", help="A target it serves; may be repeated.")
    ] = None,
    report: Annotated[str, typer.Option(metavar="REPORT", help="With a gap: the report it is filled in from.")] = "",
    gap: Annotated[
        list[str] | None, typer.Option(metavar="QUESTION", help="A gap of the national report that it answers.")
    ] = None,
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Add an activity to a plan, or change one and say why; what is not named stays as it is."""
    from tracemark import targets

    node = node_at(db)
    known = plan_at(node, plan)
    told: dict[str, Any] = {"title": title, "goal": goal, "owner": owner}
    told |= {name: day_in(text) for name, text in (("start", start), ("end", end)) if text}
    told |= {"budget": number_in(budget)} if budget else {}
    told |= {"commitments": tuple(map(citation_in, commitment))} if commitment else {}
    lists = {"depends": depends, "targets": target, "gaps": gap}
    told |= {name: tuple(listed) for name, listed in lists.items() if listed}
    given = {name: value for name, value in told.items() if value != ""}
    coming = _activity(node, known, code, report, given)
    by: dict[str, Any] = {"actor": writer(node, Role.POINT_OF_CONTACT), "stores": node.stores, "clock": node.clock}
    targets.revise_activity(plan=plan, activity=coming, reason=reason, **by)
    if as_json:
        print_json({"plan": plan, "activity": coming.code})
    else:
        print_line("cli.activity_set", plan=plan, activity=coming.code)


def _activity(node: "Node", plan: "Plan", code: str, report: str, given: dict[str, Any]) -> "Activity":
    """Return the activity as it is to be: the one of that code, one filled in from a gap, or a new one; changed."""
    from dataclasses import replace

    from tracemark import targets
    from tracemark.cli import gaps

    if code in plan.works:
        return replace(plan.works[code].activity, **given)
    if report and given.get("gaps"):
        gap, _ = gaps.gap_at(node, report, given["gaps"][0])
        owner, today = given.get("owner", ""), node.clock.now().date()
        proposed = targets.activity_for_gap(gap, plan, title=gaps.words_of(gap), owner=owner, today=today)
        return replace(proposed, code=code or proposed.code, **given)
    for name in ("title", "goal", "owner", "start", "end"):
        if name not in given:
            fail("cli.activity_lacks", option=f"--{name}")
    return targets.Activity(code=code or targets.next_code(plan), **given)


def cancel(plan: Name, code: Code, reason: Reason, db: Db = None) -> None:
    """Cancel an activity, and say why; it stays in the plan as dropped."""
    from tracemark import targets

    node = node_at(db)
    by: dict[str, Any] = {"actor": writer(node, Role.POINT_OF_CONTACT), "stores": node.stores, "clock": node.clock}
    targets.cancel_activity(plan=plan, activity=code, reason=reason, **by)
    print_line("cli.activity_cancelled", plan=plan, activity=code)


def close(plan: Name, reason: Reason, db: Db = None) -> None:
    """Close a plan, and say why; nothing more is written to it."""
    from tracemark import targets

    node = node_at(db)
    by: dict[str, Any] = {"actor": writer(node, Role.POINT_OF_CONTACT), "stores": node.stores, "clock": node.clock}
    targets.close_plan(plan=plan, reason=reason, **by)
    print_line("cli.plan_closed", plan=plan)


def plan_at(node: "Node", name: str) -> "Plan":
    """Return a plan, or end the command where there is none."""
    from tracemark import targets

    try:
        return targets.plan_record(plan=name, actor=operator(node, Role.AUDITOR), stores=node.stores)
    except KeyError:
        return fail("targets.dossier_unknown", dossier=name)
