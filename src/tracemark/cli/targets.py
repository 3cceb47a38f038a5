from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

import typer
from rich.table import Table

from tracemark.authorities import Role
from tracemark.cli.options import Db, Json, node_at, operator, writer
from tracemark.cli.output import complain, console, fail, print_json, print_line, print_list, say

if TYPE_CHECKING:
    from tracemark.kernel import Citation
    from tracemark.node import Node
    from tracemark.targets import Aim, DevelopmentGoal, TargetRecord

Found = TypeVar("Found")
Name = Annotated[str, typer.Argument(metavar="TARGET", help="The target's name, such as TG-2026-000017.")]
Reason = Annotated[str, typer.Option(help="Why, for those who read it later.")]
Day = Annotated[str, typer.Option("--on", metavar="DAY", help="The day the value holds for.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    part = typer.Typer(
        help="Voluntary targets: set, observe, revise and end them, and see how far each is.", no_args_is_help=True
    )
    part.command("add")(add)
    part.command("add-for-gap")(add_for_gap)
    part.command("list")(list_targets)
    part.command("show")(show)
    part.command("observe")(observe)
    part.command("revise")(revise)
    part.command("close")(close)
    app.add_typer(part, name="target")


def add(
    title: Annotated[str, typer.Argument(metavar="TITLE", help="What is to be reached, in a few words.")],
    commitment: Annotated[str, typer.Option(metavar="PARAGRAPH", help="The commitment it serves, such as PoA II.18.")],
    baseline: Annotated[str, typer.Option(metavar="NUMBER", help="The value to begin with.")],
    baseline_on: Annotated[str, typer.Option(metavar="DAY", help="The day of the baseline.")],
    goal: Annotated[str, typer.Option(metavar="NUMBER", help="The value to reach; the direction follows from it.")],
    due: Annotated[str, typer.Option(metavar="DAY", help="The day by which it is to be reached.")],
    responsible: Annotated[str, typer.Option(metavar="CODE", help="The agency or organisation that answers for it.")],
    figure: Annotated[str, typer.Option(metavar="ID", help="The figure that measures it: see `figure list`.")] = "",
    window: Annotated[
        Literal["year", "quarter", "month", "total"], typer.Option(help="What each value of the figure counts.")
    ] = "year",
    indicator: Annotated[str, typer.Option(help="What is measured, in words, where no figure does.")] = "",
    unit: Annotated[str, typer.Option(help="What the number is of; percent for a percentage.")] = "",
    direction: Annotated[
        Literal["rise", "fall"] | None, typer.Option(help="Which way is better, where baseline and goal are the same.")
    ] = None,
    level: Annotated[Literal["national", "regional"], typer.Option(help="Whose target it is.")] = "national",
    cost: Annotated[str, typer.Option(metavar="NUMBER", help="What it costs.")] = "",
    currency: Annotated[str, typer.Option(metavar="CODE", help="The currency of the cost, such as EUR.")] = "",
    funding: Annotated[
        Literal["unfunded", "sought", "pledged", "partly", "funded"], typer.Option(help="How far the money is there.")
    ] = "unfunded",
    funding_source: Annotated[str, typer.Option(help="Where the money comes from.")] = "",
    request: Annotated[str, typer.Option(help="The request for assistance it is linked to.")] = "",
    cell: Annotated[
        str, typer.Option(metavar="NAME=VALUE,…", help="Only this cell of the figure, such as sex=female,body=police.")
    ] = "",
    share: Annotated[bool, typer.Option("--share", help="The cell as a percentage of the whole figure.")] = False,
    gap: Annotated[
        list[str] | None, typer.Option(metavar="QUESTION", help="A gap of the national report that it answers.")
    ] = None,
    serves: Annotated[
        list[str] | None, typer.Option(metavar="PARAGRAPH", help="A further commitment it serves, such as SDG 16.4.")
    ] = None,
    development: Annotated[
        list[str] | None,
        typer.Option(metavar="LINE", help="A goal of a development plan: document | 2024-01-15 | goal."),
    ] = None,
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Set a voluntary target: from a baseline to a goal by a day, measured by a figure wherever possible."""
    from tracemark import targets
    from tracemark.instruments import Level

    start, end = number_in(baseline), number_in(goal)
    towards = direction or ("rise" if end > start else "fall")
    aim = targets.Aim(
        title=title,
        commitment=citation_in(commitment),
        baseline=start,
        baseline_on=day_in(baseline_on),
        goal=end,
        due=day_in(due),
        direction=targets.Direction(towards),
        responsible=responsible,
        indicator=indicator,
        figure=figure,
        window=targets.Window(window),
        unit=unit,
        level=Level(level),
        cost=number_in(cost) if cost else None,
        currency=currency,
        funding=targets.Funding(funding),
        funding_source=funding_source,
        request=request,
        cell=_cell(cell),
        share=share,
        gaps=tuple(gap or ()),
        serves=tuple(map(citation_in, serves or ())),
        development=tuple(map(_development, development or ())),
    )
    _set(node_at(db), aim, as_json=as_json)


def add_for_gap(
    report: Annotated[str, typer.Argument(metavar="REPORT", help="The report, such as NR-2026-000001.")],
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="Its gap, as `report assess` names it.")],
    responsible: Annotated[str, typer.Option(metavar="CODE", help="The agency or organisation that answers for it.")],
    title: Annotated[
        str, typer.Option(help="What is to be reached; by default that the question is answered yes.")
    ] = "",
    due: Annotated[str, typer.Option(metavar="DAY", help="By when; by default in two years.")] = "",
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Set a target for a gap of a report, filled in from it and linked to its question."""
    from dataclasses import replace

    from tracemark import targets
    from tracemark.cli import gaps

    node = node_at(db)
    gap, known = gaps.gap_at(node, report, question)
    today = node.clock.now().date()
    year = str(max(today, known.period.last).year + 2)
    aim = targets.aim_for_gap(
        gap,
        known,
        title=title or say("reporting.gap_target", question=question, year=year),
        indicator=gaps.words_of(gap),
        responsible=responsible,
        today=today,
    )
    _set(node, replace(aim, due=day_in(due)) if due else aim, as_json=as_json)


def _set(node: "Node", aim: "Aim", *, as_json: bool) -> None:
    from tracemark import targets

    actor = writer(node, Role.POINT_OF_CONTACT)
    name = targets.set_target(aim=aim, actor=actor, stores=node.stores, clock=node.clock)
    if as_json:
        print_json({"name": name})
    else:
        print_line("cli.target_set", target=name)


def list_targets(
    off_track: Annotated[
        bool, typer.Option("--off-track", help="Only those off track or overdue; status 1 if there are any.")
    ] = False,
    db: Db = None,
    as_json: Json = False,
) -> None:
    """List the targets with their progress, those off track first."""
    from tracemark import targets

    node = node_at(db)
    found = targets.target_list(actor=operator(node, Role.AUDITOR), stores=node.stores, clock=node.clock)
    if off_track:
        found = [each for each in found if each.progress.outlook in ("off_track", "overdue")]
    if as_json:
        print_json({"targets": [targets.target_plain(each) for each in found]})
    else:
        columns = ("name", "target", "outlook", "way", "time", "due")
        table = Table(*(say(f"cli.column_{each}") for each in columns), box=None, pad_edge=False, header_style="bold")
        for each in found:
            table.add_row(*_line(each))
        print_list(table)
    if off_track and found:
        raise typer.Exit(1)


def show(target: Name, db: Db = None, as_json: Json = False) -> None:
    """Show a target: how far it is, where it goes, and what is to be said of it."""
    from tracemark import targets

    node = node_at(db)
    by: dict[str, Any] = {"actor": operator(node, Role.AUDITOR), "stores": node.stores, "clock": node.clock}
    record = _known(lambda: targets.target_record(target=target, **by), target)
    if as_json:
        print_json(targets.target_plain(record))
        return
    name, title, outlook, way, time, due = _line(record)
    print_line("cli.target_shown", target=name, title=title, outlook=outlook, way=way, time=time, due=due)
    complain(record.progress.reasons)
    table = Table(
        *(say(f"cli.column_{each}") for each in ("on", "value", "source")),
        box=None,
        pad_edge=False,
        header_style="bold",
    )
    for each in record.target.observations:
        table.add_row(each.on.isoformat(), targets.amount_text(each.value), each.source or each.head)
    console.print(table)


def observe(
    target: Name,
    value: Annotated[
        str | None, typer.Argument(metavar="NUMBER", help="The value; without one, the figure is drawn.")
    ] = None,
    on: Day = "",
    source: Annotated[str, typer.Option(help="Where the value comes from.")] = "",
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Record a value with its source, or draw the target's figure for every period that is over."""
    from tracemark import targets
    from tracemark.node import draw_observations

    node = node_at(db)
    by: dict[str, Any] = {"actor": writer(node, Role.POINT_OF_CONTACT), "stores": node.stores, "clock": node.clock}
    if value is None:
        _known(lambda: draw_observations(node, target, by["actor"]), target)
    else:
        seen = targets.Observation(day_in(on), number_in(value), source)
        targets.observe_target(target=target, observations=[seen], **by)
    record = targets.target_record(
        target=target, actor=operator(node, Role.AUDITOR), stores=node.stores, clock=node.clock
    )
    if as_json:
        print_json(targets.target_plain(record))
    else:
        print_line("cli.target_observed", target=target, count=len(record.target.observations))
        complain(record.progress.reasons)


def revise(
    target: Name,
    reason: Reason,
    goal: Annotated[str, typer.Option(metavar="NUMBER", help="The new goal.")] = "",
    due: Annotated[str, typer.Option(metavar="DAY", help="The new day.")] = "",
    responsible: Annotated[str, typer.Option(metavar="CODE", help="Who answers for it now.")] = "",
    request: Annotated[str, typer.Option(help="The request for assistance it is linked to.")] = "",
    db: Db = None,
) -> None:
    """Change a target's goal, day, responsible agency or request, and say why; what it was set to stays on record."""
    from dataclasses import replace

    from tracemark import targets

    node = node_at(db)
    by: dict[str, Any] = {"actor": writer(node, Role.POINT_OF_CONTACT), "stores": node.stores, "clock": node.clock}
    record = _known(lambda: targets.target_record(target=target, **by), target)
    changes: dict[str, object] = {"responsible": responsible, "request": request}
    changes |= {"goal": number_in(goal)} if goal else {}
    changes |= {"due": day_in(due)} if due else {}
    given = {name: value for name, value in changes.items() if value != ""}
    aim: Aim = replace(record.target.aim, **given)  # type: ignore[arg-type]
    targets.revise_target(target=target, aim=aim, reason=reason, **by)
    print_line("cli.target_revised", target=target)


def close(
    target: Name,
    outcome: Annotated[Literal["met", "missed", "closed"], typer.Argument(help="How it ended; closed: given up.")],
    reason: Reason,
    db: Db = None,
) -> None:
    """End a target: met needs a value that reaches the goal, missed that the day has passed; closed is given up."""
    from tracemark import targets

    node = node_at(db)
    by: dict[str, Any] = {"actor": writer(node, Role.POINT_OF_CONTACT), "stores": node.stores, "clock": node.clock}
    targets.close_target(target=target, outcome=outcome, reason=reason, **by)
    print_line("cli.target_closed", target=target, outcome=say(f"targets.outlook_{outcome}"))


def _line(record: "TargetRecord") -> tuple[str, ...]:
    progress, aim = record.progress, record.target.aim
    way = "" if progress.way is None else f"{progress.way:.0%}"
    outlook = say(f"targets.outlook_{progress.outlook}")
    return (record.target.name, aim.title, outlook, way, f"{progress.time:.0%}", aim.due.isoformat())


def _known(read: Callable[[], Found], name: str) -> Found:
    """Return what is read, or end the command where there is no dossier of that name."""
    try:
        return read()
    except KeyError:
        return fail("targets.dossier_unknown", dossier=name)


def number_in(text: str) -> Decimal:
    """Read a number, or end the command."""
    from tracemark.targets import number_of

    found = number_of(text)
    return fail("cli.not_a_number", text=text) if found is None else found


def day_in(text: str) -> date:
    """Read a day, or end the command."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return fail("cli.not_a_date", text=text)


def citation_in(text: str) -> "Citation":
    """Read a paragraph that the library holds, or end the command."""
    from tracemark.targets import held_citation

    found = held_citation(text)
    return fail("targets.commitment_unknown", commitment=text) if found is None else found


def _cell(text: str) -> tuple[tuple[str, str], ...]:
    from tracemark.targets import cell_of

    found = cell_of(text)
    return fail("targets.cell_unreadable", text=text) if found is None else found


def _development(line: str) -> "DevelopmentGoal":
    from tracemark.targets import development_goal

    return development_goal(line) or fail("targets.development_unfit", line=line)
