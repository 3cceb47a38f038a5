"""What a node knows before a meeting of States: numbers for the outcome's table, and what a dossier is drawn from."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

from tracemark import assistance, fellowship, practices, recordkeeping, reporting, review, secretariat, targets
from tracemark.authorities import Level, Permission, may, require
from tracemark.kernel import Actor
from tracemark.node.figures import drawing
from tracemark.node.levels import member_states, told_reports, told_tables
from tracemark.node.nodes import Node
from tracemark.reporting import LEAST, NATIONAL, SUM, Drawing, Drawn, Period, PublishedTable, Report
from tracemark.review import Absent, Aid, Calendar, Cells, Known, MeetingDossier, Number, Sources, UndertakingStatus
from tracemark.secretariat import RegionalTable, StateReport, StateTable

_MOST = 10_000
_BROKEN_DOWN = (("signals.raised", "stage"), ("signals.raised", "rule"))
_FINAL = ("submitted", "published")


def live_numbers(node: Node, names: Iterable[str], actor: Actor) -> dict[str, Number]:
    """Return numbers by name: figures of the last whole year as this record has them, and counts as they stand now.

    Who may not see figures is told so in place of each. They are for the State's own desks, and nothing is withheld.

    Raises:
        NotPermitted: the actor may not read what is prepared for meetings.
        SnapshotDamaged, SnapshotForeign, FigureFailed: as `drawing`.
    """
    require(actor, Permission.REVIEW_READ)
    wanted = list(dict.fromkeys(names))
    counts = _counts(node, actor, _aid(node))
    figures = [each for each in wanted if each not in review.COUNTS]
    if not may(actor, Permission.FIGURE_READ):
        hidden = {each: Number(each, None, absent=Absent.NOT_OPEN) for each in [*figures, "indicator"]}
        return {each: {**counts, **hidden}[each] for each in wanted}
    found = {**counts, **_of_year(node, str(node.clock.now().year - 1), figures, actor)}
    return {each: found[each] for each in wanted}


def undertaking_statuses(
    node: Node, actor: Actor, state: str = "", numbers: Mapping[str, Number] | None = None
) -> tuple[UndertakingStatus, ...]:
    """Return how a State stands with each undertaking: this node's own, or one that told it.

    `numbers` are those of `live_numbers`, where somebody has them already.

    Raises:
        NotPermitted: the actor may not read what is prepared for meetings, or reports, targets or figures.
        ReviewRefused: nothing is known of that State here.
    """
    require(actor, Permission.REVIEW_READ)
    today = node.clock.now().date()
    period = Period(date(today.year - 1, 1, 1), date(today.year - 1, 12, 31))
    if node.level is Level.NATIONAL and state in ("", node.state):
        known = numbers or live_numbers(node, (*review.evidence_names(), *review.COUNTS), actor)
        return review.statuses(_own(node, actor, known))
    asked = _states_asked(node, state)
    told = _told_known(asked, list(told_reports(node)), list(told_tables(node)), period)
    if len(told) != 1:
        raise review.refuse_subject(state or node.state)
    return review.statuses(told[0])


def meeting_dossier(node: Node, meeting: str, actor: Actor, calendar: Calendar, subject: str = "") -> MeetingDossier:
    """Draw up a dossier for a meeting: of this State, or, at a region's or the world's node, of all who told or of one.

    Each number is as it would be published: what would tell of single cases is withheld.

    Raises:
        NotPermitted: the actor may not read what is prepared for meetings, or reports, targets or figures.
        ReviewRefused: no such meeting is known, or nothing is known of the subject here.
        SnapshotDamaged, SnapshotForeign, FigureFailed: as `drawing`.

    Source: PoA IV.1b, BMS7 MEAS.4.
    """
    require(actor, Permission.REVIEW_READ)
    if meeting not in calendar.meetings:
        raise review.refuse_meeting(meeting)
    known, asked = calendar.meeting(meeting), subject or node.state
    previous = calendar.before(known)
    period, before = review.cycle_of(known, previous, node.clock.now().date())
    if node.level is Level.NATIONAL and asked == node.state:
        sources = _own_sources(node, period, before, actor)
    else:
        sources = _told_sources(node, asked, period, before, actor)
    return review.drawn_up(known, previous, asked, sources, node.clock.now().date())


_drawn_before: dict[tuple[str, str, str], dict[str, Number]] = {}
_MOST_HEADS = 8


def _of_year(node: Node, year: str, figures: Sequence[str], actor: Actor) -> dict[str, Number]:
    """Draw figures of a year that is over. At one head they never change: a process draws each once for it."""
    key = (str(node.columns), year, str(node.stores.records.head() or ""))
    if len(_drawn_before) >= _MOST_HEADS and key not in _drawn_before:
        _drawn_before.clear()
    drawn = _drawn_before.setdefault(key, {})
    missing = [each for each in (*figures, "indicator") if each not in drawn]
    if missing:
        with drawing(node, Period.parse(year, year), actor) as opened:
            drawn |= {each: _number(opened, opened.draw(each), least=0) for each in missing if each != "indicator"}
            drawn["indicator"] = _shares(opened, node.state)[year]
    return drawn


def _own_sources(node: Node, period: Period, before: Period, actor: Actor) -> Sources:
    names = _dossier_figures()
    given = _aid(node)
    counts = _counts(node, actor, given)
    with drawing(node, before, actor) as opened:
        then = {each: _number(opened, opened.draw(each)) for each in _compared()}
    with drawing(node, period, actor) as opened:
        now = {each: _number(opened, opened.draw(each)) for each in names}
        cells = [_cells(opened, opened.draw(name, (by,))) for name, by in _BROKEN_DOWN]
        shares = _shares(opened, node.state)
    due = reporting.reporting_calendar(actor=actor, stores=node.stores, clock=node.clock)
    return Sources(
        known=(_own(node, actor, {**counts, **now}),),
        before=then,
        numbers=now,
        cells=cells,
        shares=shares,
        owed=[(node.state, each) for each in due if each.form == NATIONAL],
        practices=counts["practices"],
        aid=given,
        cohorts=counts["cohorts"],
        head=opened.head,
    )


def _told_sources(node: Node, subject: str, period: Period, before: Period, actor: Actor) -> Sources:
    states, tables, reports = _states_asked(node, subject), list(told_tables(node)), list(told_reports(node))
    known = _told_known(states, reports, tables, period)
    return Sources(
        known=known,
        before={each: _added_up(each, before, tables, states) for each in _compared()},
        numbers={each: _added_up(each, period, tables, states) for each in _dossier_figures()},
        cells=[_cells_told(name, by, period, tables, states) for name, by in _BROKEN_DOWN],
        owed=[
            (each.state, each.due)
            for each in secretariat.owed_returns(states, reports, NATIONAL, node.clock.now().date())
        ],
        aid=_aid(node),
        cohorts=_cohorts(node, actor),
        targets=targets.target_list(actor=actor, stores=node.stores, clock=node.clock) if subject == node.state else (),
    )


def _aid(node: Node) -> tuple[Aid, ...]:
    """What programmes on this node's record gave to whom; what is only proposed or was refused is left out."""
    return tuple(
        Aid(
            each.award.name,
            given_by=each.fund.offers.donor,
            received_by=each.state,
            themes=tuple(sorted(each.themes)),
            amount=Decimal(each.amount),
            currency=each.currency,
            standing=each.award.standing,
        )
        for each in assistance.grant_list(node.stores)
        if each.award.binding
    )


def _cohorts(node: Node, actor: Actor) -> Number:
    if not may(actor, Permission.FELLOWSHIP_READ):
        return Number("cohorts", None, absent=Absent.NOT_OPEN)
    return Number("cohorts", len(fellowship.cohort_list(actor=actor, stores=node.stores)))


def _states_asked(node: Node, subject: str) -> list[str]:
    """The States that a subject takes in: all whose nodes are known for the node's own code, else the one."""
    members = member_states(node) if node.level is not Level.NATIONAL else []
    if subject in ("", node.state) and members:
        return members
    if subject not in members:
        raise review.refuse_subject(subject)
    return [subject]


def _told_known(
    states: Sequence[str], reports: Sequence[StateReport], tables: Sequence[StateTable], period: Period
) -> tuple[Known, ...]:
    found = []
    for state in states:
        mine = [each.report for each in reports if each.state == state and each.report.form == NATIONAL]
        numbers = {each: _added_up(each, period, tables, [state]) for each in review.evidence_names()}
        found.append(Known(state, *_last_two(mine), numbers=numbers))
    return tuple(found)


def _own(node: Node, actor: Actor, numbers: Mapping[str, Number]) -> Known:
    reports = reporting.report_list(actor=actor, stores=node.stores, form=NATIONAL, standings=_FINAL)
    return Known(
        node.state,
        *_last_two(reports),
        numbers=numbers,
        targets=tuple(targets.target_list(actor=actor, stores=node.stores, clock=node.clock)),
        plans=tuple(targets.plan_list(actor=actor, stores=node.stores)),
    )


def _last_two(reports: Sequence[Report]) -> tuple[Report | None, Report | None]:
    """The reports on the two latest periods; of two on one period the later by name."""
    by_period = {each.period: each for each in sorted(reports, key=lambda each: each.name)}
    latest = sorted(by_period.values(), key=lambda each: each.period.last, reverse=True)
    last, earlier, *_ = (*latest, None, None)
    return last, earlier


def _counts(node: Node, actor: Actor, given: Sequence[Aid]) -> dict[str, Number]:
    by: dict[str, Any] = {"actor": actor, "stores": node.stores}
    aimed = [each.target for each in targets.target_list(clock=node.clock, **by) if each.target.standing == "running"]
    plans = [each for each in targets.plan_list(**by) if each.standing == "running"]
    final = reporting.report_list(form=NATIONAL, standings=_FINAL, **by)
    counted = {
        "targets": len(aimed),
        "regional_targets": sum(each.aim.level.value == "regional" for each in aimed),
        "development_targets": sum(bool(each.aim.development) for each in aimed),
        "targets_with_requests": sum(bool(each.aim.request) for each in aimed),
        "plans": len(plans),
        "roadmaps": sum(each.frame.kind.value == "roadmap" for each in plans),
        "reports": len(final),
        "contributions": _how_many("contribution", ("accepted",), node),
        "peers": sum(each.is_known for each in node.directory.all()),
        "trace_requests": _how_many("request", None, node),
        "inquiries": _how_many("inquiry", None, node),
        "proposals": _how_many("meeting_proposal", ("open",), node),
        "assistance_requests": len(assistance.request_list(node.stores)),
        "assistance_grants": len(given),
        "practices": sum(each.published is not None for each in practices.practice_list(node.stores)),
    }
    missing = {each: Number(each, None, absent=Absent.NOT_KEPT_HERE) for each in review.COUNTS}
    counts = {name: Number(name, value) for name, value in counted.items()}
    return {**missing, **counts, "cohorts": _cohorts(node, actor)}


def _how_many(kind: str, standings: Sequence[str] | None, node: Node) -> int:
    return sum(1 for _ in islice(recordkeeping.every_dossier(kind, standings, node.stores), _MOST))


def _compared() -> tuple[str, ...]:
    return (*review.PROGRESS, *review.GENDER, *review.TECHNOLOGY)


def _dossier_figures() -> list[str]:
    return list(dict.fromkeys((*_compared(), *review.SIGNALS, *sorted(review.evidence_names()))))


def _number(opened: Drawing, drawn: Drawn, *, least: int = LEAST) -> Number:
    if drawn.value is None:
        return Number(drawn.figure, None, drawn.unit, Absent.NOT_RECORDED, opened.head, _definition(drawn.figure))
    return _published(reporting.table_of(drawn, least), (SUM,), opened.head)


def _published(table: PublishedTable, key: tuple[str, ...], head: str) -> Number:
    number = table.numbers.get(key)
    absent = Absent.WITHHELD if number is None else None
    return Number(table.figure, number, table.unit, absent, head, _definition(table.figure))


def _cells(opened: Drawing, drawn: Drawn) -> Cells:
    (by,) = drawn.by
    if drawn.value is None:
        return Cells(drawn.figure, by, {})
    table = reporting.table_of(drawn, LEAST)
    keys = [key for key in table.numbers if key != (SUM,)]
    return Cells(drawn.figure, by, {key[0]: _published(table, key, opened.head) for key in keys})


def _shares(opened: Drawing, state: str) -> dict[str, Number]:
    measured = reporting.measure(opened, state=state, terms=reporting.Terms())
    return {str(each.year): _share(each, opened.head) for each in measured.years}


def _share(year: reporting.Year, head: str) -> Number:
    percent = year.share.percent
    absent = Absent.NOT_RECORDED if percent is None else None
    return Number("indicator", percent, "percent", absent, head, _definition(reporting.FIGURE))


def _added_up(name: str, period: Period, tables: Sequence[StateTable], states: Sequence[str]) -> Number:
    found = secretariat.roll_up(name, period, (), tables, states)
    return _of_region(found, found.whole)


def _cells_told(name: str, by: str, period: Period, tables: Sequence[StateTable], states: Sequence[str]) -> Cells:
    found = secretariat.roll_up(name, period, (by,), tables, states)
    listed = {key[0]: _of_region(found, cell) for key, cell in found.cells.items() if key != (SUM,)}
    return Cells(name, by, listed)


def _of_region(table: RegionalTable, cell: secretariat.RegionalCell) -> Number:
    withheld = set(cell.missing.values()) == {secretariat.Why.WITHHELD}
    absent = Absent.WITHHELD if withheld else Absent.NOT_TOLD
    return Number(
        table.figure,
        cell.number,
        table.unit,
        absent if cell.number is None else None,
        definition=_definition(table.figure),
        states=cell.counted,
        missing={state: why.value for state, why in cell.missing.items()},
    )


def _definition(figure: str) -> str:
    return reporting.definition_of(reporting.figures()[figure])
