"""A plan as somebody writes it: TOML with all of it, or a table (CSV) of its activities."""

import csv
import io
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from tracemark.kernel import Finding, NotToml, Refused, toml_tables
from tracemark.reporting import questions
from tracemark.targets.plans import Activity, ActivityStatus, Frame, Gathering, Goal, Kpi, PlanKind, cycle_in
from tracemark.targets.tables import PLANS, Row, number_of
from tracemark.targets.voluntary import Direction

_FRAME = ("title", "kind", "first", "last", "currency", "members", "source")
_TABLES = ("goal", "activity", "kpi", "data")
_ACTIVITY = (
    *("code", "goal", "title", "owner", "start", "end", "budget", "depends"),
    *("commitments", "targets", "themes", "joint", "gaps", "practices"),
    *("status", "status_on", "spent"),
)
_KPI = ("code", "goal", "title", "unit", "level", "gathers", "direction")
_DATA = ("kpi", "year", "values", "source")
_YEARS = range(1990, 2101)
_MOST = 2_000


class PlanUnreadable(Refused):
    """A plan cannot be taken as it was written; each finding names the file, the row and the field."""


@dataclass(frozen=True, slots=True)
class KpiReport:
    """What members reported of an indicator for a year."""

    kpi: str
    year: int
    values: Mapping[str, Decimal]
    source: str = ""


@dataclass(frozen=True, slots=True)
class Begun:
    """Where an activity stands when its plan is put on record; `on` is None where nobody says since when."""

    status: ActivityStatus
    spent: Decimal
    on: date | None


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """A plan as it was written: `begun` holds what its writer says of activities that are more than planned."""

    frame: Frame
    activities: tuple[Activity, ...]
    kpis: tuple[Kpi, ...] = ()
    data: tuple[KpiReport, ...] = ()
    begun: Mapping[str, Begun] = field(default_factory=dict)


def read_plan_toml(text: str, file: str) -> PlanDraft:
    """Read a plan from TOML.

    Raises:
        PlanUnreadable: it is no TOML, or says something that cannot be.
    """
    try:
        told = toml_tables(text)
    except NotToml as error:
        raise PlanUnreadable([Finding("targets.not_toml", PLANS, {"file": file, **error.facts})]) from None
    return read_plan(told, file)


def read_plan_table(text: str, file: str, frame: Mapping[str, object]) -> PlanDraft:
    """Read a plan whose activities are the lines of a table with a heading; what else it is, `frame` says.

    The goals are those the lines name, in their order. Raises as `read_plan_toml` does.
    """
    reader = csv.DictReader(io.StringIO(text, newline=""))
    if not reader.fieldnames:
        raise PlanUnreadable([Finding("targets.table_empty", PLANS, {"file": file})])
    rows = [({name.strip(): value for name, value in line.items() if name}, f"{number}")
            for number, line in enumerate(reader, 2)]  # fmt: skip
    named = dict.fromkeys(str(row.get("goal") or "") for row, _ in rows)
    goals = [{"code": code, "title": code} for code in named if code]
    return _draft({**frame, "goal": goals}, file, rows)


def read_plan(told: Mapping[str, Any], file: str) -> PlanDraft:
    """Read a plan from the tables of its file.

    Raises:
        PlanUnreadable: it says something that cannot be, or lacks what a plan has.
    """
    return _draft(told, file, _rows(told, "activity"))


def _rows(told: Mapping[str, Any], table: str) -> list[tuple[Mapping[str, object], str]]:
    found = told.get(table, [])
    listed = found if isinstance(found, list) else []
    return [(each if isinstance(each, dict) else {}, f"{table} {number}") for number, each in enumerate(listed, 1)]


def _draft(told: Mapping[str, Any], file: str, activities: Sequence[tuple[Mapping[str, object], str]]) -> PlanDraft:
    faults: list[Finding] = []
    top = Row({name: value for name, value in told.items() if name not in _TABLES}, file, "plan", faults)
    frame = _frame(top, [Row(row, file, place, faults) for row, place in _rows(told, "goal")])
    works = [(row, _activity(row)) for row in (Row(each, file, place, faults) for each, place in activities[:_MOST])]
    kpis = [(row, _kpi(row)) for row in (Row(each, file, place, faults) for each, place in _rows(told, "kpi"))]
    data = [_report(Row(each, file, place, faults), each, {kpi.code for _, kpi in kpis}, frame.members)
            for each, place in _rows(told, "data")]  # fmt: skip
    if not works and not kpis:
        faults.append(Finding("targets.plan_empty", PLANS, {"file": file}))
    _hold_together(frame, works, kpis, top)
    if faults:
        raise PlanUnreadable(faults)
    begun = {each.code: begins for row, each in works if (begins := _begun(row))}
    if faults:
        raise PlanUnreadable(faults)
    return PlanDraft(frame, tuple(each for _, each in works), tuple(each for _, each in kpis), tuple(data), begun)


def _frame(top: Row, goals: Iterable[Row]) -> Frame:
    top.allow((*_FRAME, *_TABLES))
    kind = top.word("kind", PlanKind) or PlanKind.SALW
    found = Frame(
        title=top.text("title", needed=True),
        kind=kind,
        first=top.day("first"),
        last=top.day("last"),
        currency=top.text("currency"),
        goals=tuple(Goal(each.text("code", needed=True), each.text("title", needed=True)) for each in goals),
        members=top.words("members"),
        source=top.text("source"),
    )
    if found.last < found.first:
        top.fault("targets.ends_before_start", "last", start=found.first.isoformat(), end=found.last.isoformat())
    return found


def _activity(row: Row) -> Activity:
    row.allow(_ACTIVITY)
    return Activity(
        code=row.text("code", needed=True),
        goal=row.text("goal", needed=True),
        title=row.text("title", needed=True),
        owner=row.text("owner", needed=True),
        start=row.day("start"),
        end=row.day("end"),
        budget=row.amount("budget"),
        depends=row.words("depends"),
        commitments=row.citations("commitments"),
        targets=row.words("targets"),
        themes=row.words("themes"),
        joint=row.text("joint"),
        gaps=row.words("gaps"),
        practices=row.words("practices"),
    )


def _begun(row: Row) -> Begun | None:
    status = row.word("status", ActivityStatus, ActivityStatus.PLANNED) or ActivityStatus.PLANNED
    spent = row.amount("spent") or Decimal(0)
    on = row.day("status_on") if row.tells("status_on") else None
    return Begun(status, spent, on) if spent or status is not ActivityStatus.PLANNED else None


def _kpi(row: Row) -> Kpi:
    row.allow(_KPI)
    return Kpi(
        code=row.text("code", needed=True),
        goal=row.text("goal", needed=True),
        title=row.text("title", needed=True),
        unit=row.text("unit"),
        level=row.text("level"),
        gathers=row.word("gathers", Gathering, Gathering.SUM) or Gathering.SUM,
        direction=row.word("direction", Direction, Direction.RISE) or Direction.RISE,
    )


def _report(row: Row, told: Mapping[str, object], kpis: set[str], members: tuple[str, ...]) -> KpiReport:
    row.allow(_DATA)
    kpi, year, values = row.text("kpi", needed=True), told.get("year"), told.get("values")
    if kpi and kpi not in kpis:
        row.fault("targets.kpi_unknown", "kpi", kpi=kpi)
    if type(year) is not int or year not in _YEARS:
        row.fault("targets.field_unfit", "year", value=str(year), like="2026")
        year = _YEARS.start
    read = {str(name): number_of(value) for name, value in values.items()} if isinstance(values, dict) else {}
    if not read:
        row.fault("targets.field_missing", "values")
    for name, value in read.items():
        if value is None:
            row.fault("targets.field_unfit", f"values.{name}", value=str(values[name])[:60], like="12")  # type: ignore[index]
        if members and name not in members:
            row.fault("targets.member_unknown", "values", member=name, members=", ".join(members))
    kept = {name: value for name, value in read.items() if value is not None}
    return KpiReport(kpi, year, kept, row.text("source"))


def _hold_together(
    frame: Frame, works: Sequence[tuple[Row, Activity]], kpis: Sequence[tuple[Row, Kpi]], top: Row
) -> None:
    """Note where rows do not fit each other: codes that stand twice or nowhere, ends before starts, rings."""
    goals = {each.code for each in frame.goals}
    codes = [each.code for _, each in works]
    for row, code in [*((row, each.code) for row, each in works), *((row, each.code) for row, each in kpis)]:
        if code and (codes + [each.code for _, each in kpis]).count(code) > 1:
            row.fault("targets.code_twice", "code", code=code)
    for row, goal in [*((row, each.goal) for row, each in works), *((row, each.goal) for row, each in kpis)]:
        if goal and goal not in goals:
            row.fault("targets.goal_unknown", "goal", goal=goal)
    for row, each in works:
        _hold_alone(row, each, frame, codes)
    if ring := cycle_in(each for _, each in works):
        next((row for row, each in works if each.code == ring[0]), top).fault(
            "targets.activities_in_a_ring", "depends", ring=" → ".join(ring)
        )


def _hold_alone(row: Row, each: Activity, frame: Frame, codes: Collection[str]) -> None:
    """Note what of one activity does not fit: its days, its gaps, what it waits for."""
    if date.min < each.end < each.start:
        row.fault("targets.ends_before_start", "end", start=each.start.isoformat(), end=each.end.isoformat())
    elif date.min < frame.first <= frame.last and date.min < each.start and (day := each.outside(frame)):
        first, last = frame.first.isoformat(), frame.last.isoformat()
        field = "start" if day == each.start else "end"
        row.fault("targets.outside_plan", field, day=day.isoformat(), first=first, last=last)
    for code in each.gaps:
        if code not in questions():
            row.fault("targets.no_such_gap", "gaps", gap=code)
    for code in each.depends:
        if code not in codes:
            row.fault("targets.activity_unknown", "depends", activity=code)
