from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.table import Table

from tracemark.authorities import Role
from tracemark.cli import activities
from tracemark.cli.options import Db, Json, node_at, operator, text_of, writer
from tracemark.cli.output import console, fail, print_json, print_line, print_list, reader_language, say

if TYPE_CHECKING:
    from tracemark.node import Node
    from tracemark.targets import PlanDraft

Name = Annotated[str, typer.Argument(metavar="PLAN", help="The plan's name, such as PL-2026-000017.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    part = typer.Typer(
        help="Action plans and roadmaps: import, see, change and close them, report on a year, set two side by side.",
        no_args_is_help=True,
    )
    part.command("import")(import_plan)
    part.command("list")(list_plans)
    part.command("show")(show)
    part.command("report")(report)
    part.command("compare")(compare)
    activities.add_to(part)
    app.add_typer(part, name="plan")


def import_plan(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The plan as TOML, or its activities as a table (.csv).")
    ],
    title: Annotated[str, typer.Option(help="With a table: the plan's title.")] = "",
    kind: Annotated[
        Literal["salw", "wps", "roadmap"], typer.Option(help="With a table: what it is a plan of.")
    ] = "salw",
    first: Annotated[str, typer.Option(metavar="DAY", help="With a table: its first day.")] = "",
    last: Annotated[str, typer.Option(metavar="DAY", help="With a table: its last day.")] = "",
    currency: Annotated[str, typer.Option(metavar="CODE", help="With a table: the currency of its budgets.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and check it, write nothing.")] = False,
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Put a plan on record with its activities and indicators; a fault is told with file, row or table, and field."""
    from tracemark import targets

    text = text_of(file)
    frame = {"title": title, "kind": kind, "first": first, "last": last, "currency": currency}
    if file.suffix.lower() == ".csv":
        draft = targets.read_plan_table(text, file.name, frame)
    else:
        draft = targets.read_plan_toml(text, file.name)
    name = "" if dry_run else _adopted(draft, node_at(db))
    told = {"name": name or None, "activities": len(draft.activities), "kpis": len(draft.kpis), "data": len(draft.data)}
    if as_json:
        print_json(told)
    else:
        print_line("cli.plan_read" if dry_run else "cli.plan_adopted", **{**told, "name": name})


def _adopted(draft: "PlanDraft", node: "Node") -> str:
    from tracemark import targets

    actor = writer(node, Role.POINT_OF_CONTACT)
    return targets.adopt_plan(draft=draft, actor=actor, stores=node.stores, clock=node.clock)


def list_plans(db: Db = None, as_json: Json = False) -> None:
    """List the plans, newest first, with how many activities each has, how many are done, and how many are late."""
    from tracemark import targets

    node = node_at(db)
    today, plain = node.clock.now().date(), []
    for each in targets.plan_list(actor=operator(node, Role.AUDITOR), stores=node.stores):
        done = sum(work.status is targets.ActivityStatus.DONE for work in each.works.values())
        numbers = {"activities": len(each.works), "done": done, "late": len(each.late(today))}
        plain.append({"name": each.name, "kind": each.frame.kind.value, "title": each.frame.title, **numbers})
    if as_json:
        print_json({"plans": plain})
        return
    columns = ("name", "plan", "kind", "activities", "done", "late")
    table = _table(*columns)
    for line in plain:
        words = (say(f"targets.kind_{line['kind']}"), *(str(line[name]) for name in columns[3:]))
        table.add_row(str(line["name"]), str(line["title"]), *words)
    print_list(table)


def show(
    plan: Name,
    kpis: Annotated[bool, typer.Option("--kpis", help="Its indicators over the years instead.")] = False,
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Show a plan: each activity with its owner, days, status and what it waits for; or its indicators by year."""
    from tracemark import targets

    node = node_at(db)
    known, today = activities.plan_at(node, plan), node.clock.now().date()
    lines = targets.kpi_lines(known)
    if as_json:
        print_json({**targets.plan_plain(known, today), "kpis": targets.kpis_plain(lines)})
        return
    if kpis:
        years = [each.year for each in lines[0].years] if lines else []
        table = Table(say("cli.column_kpi"), *map(str, years), say("cli.column_course"), box=None, pad_edge=False)
        for line in lines:
            values = ["–" if each.value is None else targets.amount_text(each.value) for each in line.years]
            table.add_row(f"{line.kpi.code} {line.kpi.title}", *values, say(f"targets.course_{line.course}"))
    else:
        table = _table("code", "activity", "owner", "start", "end", "status", "waits_for")
        for work in known.works.values():
            each, status = work.activity, say(f"targets.status_{work.status}")
            waits = ", ".join(known.waits_for(work))
            table.add_row(each.code, each.title, each.owner, str(each.start), str(each.end), status, waits)
    console.print(table)


def report(
    plan: Name,
    year: Annotated[
        int | None, typer.Option(help="The year; by default the last that is over.", min=1990, max=2100)
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write it as a file: .pdf, .docx or .xlsx.")
    ] = None,
    language: Annotated[str, typer.Option(metavar="CODE", help="The file's language, such as fr.")] = "",
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Report on a plan's year: what was due, done, late, and spent; or a file of it with the targets it serves."""
    from tracemark import targets

    node = node_at(db)
    today: date = node.clock.now().date()
    known = activities.plan_at(node, plan)
    if output is not None:
        _write(node, plan, year or today.year - 1, output, language)
        return
    found = targets.year_plain(targets.plan_year(known, year or today.year - 1, today))
    if as_json:
        print_json({"plan": plan, "currency": known.frame.currency, **found})
        return
    print_line("cli.plan_year", plan=plan, year=found["year"], until=found["until"])
    for name in ("due", "done", "done_late", "late", "not_begun", "dropped"):
        codes = found[name]
        listed = ", ".join(map(str, codes)) if isinstance(codes, list) else ""
        console.print(f"{say(f'cli.column_{name}')}: {listed or '–'}")
    console.print(f"{say('cli.column_spent')}: {found['spent_in_all']} {known.frame.currency}".rstrip())


def compare(
    left: Name,
    right: Annotated[str, typer.Argument(metavar="OTHER", help="The other plan's name.")],
    checklist: Annotated[str, typer.Option(help="The commitments that both ought to serve.")] = "gender",
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Set two plans side by side: where they meet, where they contradict each other, what neither serves."""
    from tracemark import targets

    if checklist not in targets.checklists():
        fail("cli.no_such_checklist", checklist=checklist, known=", ".join(targets.checklists()))
    node = node_at(db)
    found = targets.compare_plans(
        activities.plan_at(node, left), activities.plan_at(node, right), targets.checklists()[checklist]
    )
    if as_json:
        print_json(targets.comparison_plain(found))
        return
    table = _table("meet", "left", "right")
    for each in (*found.commitments, *found.themes, *found.targets):
        table.add_row(each.name, ", ".join(each.left), ", ".join(each.right))
    console.print(table)
    table = _table("contradict", "left", "right")
    for pair in found.contradictions:
        about = "; ".join(say(f"targets.contradiction_{kind}") for kind in pair.contradictions)
        table.add_row(about, *(f"{each.activity.code} {each.activity.title}" for each in (pair.left, pair.right)))
    console.print(table)
    table = _table("missing", "why")
    for cover in found.missing:
        table.add_row(str(cover.item.citation), say(f"targets.asks_{cover.item.asks}"))
    console.print(table)


def _write(node: "Node", plan: str, year: int, output: Path, language: str) -> None:
    from tracemark import wording

    form, to = output.suffix.removeprefix("."), language or reader_language()
    if form not in ("pdf", "docx", "xlsx"):
        fail("cli.plan_file_unknown", file=output.name)
    if to not in [each.code for each in wording.LANGUAGES]:
        fail("cli.no_such_language", language=to, languages=[each.code for each in wording.LANGUAGES])
    content = node.papers.plan_year(plan, year, form, operator(node, Role.AUDITOR), to)  # type: ignore[arg-type]
    output.write_bytes(content)
    print_line("cli.report_exported", report=plan, place=str(output), count=len(content))


def _table(*columns: str) -> Table:
    return Table(*(say(f"cli.column_{each}") for each in columns), box=None, pad_edge=False, header_style="bold")
