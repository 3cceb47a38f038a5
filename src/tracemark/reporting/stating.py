from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tracemark.authorities import Permission, require, require_second_person
from tracemark.kernel import Actor, Clock, Finding, PartialDate, Plain, cite
from tracemark.recordkeeping import (
    Event,
    EventKind,
    RecordkeepingStores,
    append,
    dossier_step,
    every_folded,
    require_step,
)
from tracemark.reporting.statements import Revision, Statement, StatementRecord, StatisticsRefused, statement_of

_SOURCE = cite("BMS7 MEAS.3")


@dataclass(frozen=True, slots=True)
class Stated:
    """What became of statements, each by its dossier: new, proposed in the place of an earlier one, or said before."""

    new: list[str] = field(default_factory=list)
    proposed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)


def state_statistics(
    *,
    statements: Sequence[Statement],
    document: str,
    note: str,
    actor: Actor,
    stores: RecordkeepingStores,
    clock: Clock,
) -> Stated:
    """State statistics, all or none; for a series and year that is stated already, propose them in its place.

    What is proposed counts only once a second person approves it. `document` names where the numbers come from,
    `note` says why earlier ones are superseded.

    Raises:
        NotPermitted: the actor may not enter statistics.
        StatisticsRefused: no source is named, an earlier statement is superseded without a reason, or something else
            waits to take its place.

    Source: BMS7 MEAS.3.
    """
    require_step(EventKind.STATISTICS_STATED, actor, stores)
    if not document.strip():
        raise StatisticsRefused([Finding("reporting.statistics_unsourced", _SOURCE)])
    stated = Stated()
    with stores.atomic():
        known = {(each.statement.series, each.statement.year): each for each in _all(stores)}
        for statement in statements:
            before = known.get((statement.series, statement.year))
            if before is None:
                name = stores.dossiers.next_name("statistics", clock.now().year)
                step = _step(EventKind.STATISTICS_STATED, name, statement.plain(), document, actor, clock)
                append(events=[step], stores=stores, clock=clock)
                stated.new.append(name)
            elif before.statement.same_as(statement) and not before.withdrawn:
                stated.unchanged.append(before.dossier)
            else:
                _propose(before, statement, document, note, actor, stores, clock)
                stated.proposed.append(before.dossier)
    return stated


def withdraw_statistics(*, name: str, note: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> None:
    """Propose to withdraw a statement: once approved, its series and year count as not stated. It stays to be seen.

    Raises:
        NotPermitted: the actor may not enter statistics.
        StatisticsRefused: no reason is given, there is no such statement, it is withdrawn already, or something waits
            to take its place.
    """
    require_step(EventKind.STATISTICS_REVISION_PROPOSED, actor, stores)
    if not note.strip():
        raise StatisticsRefused([Finding("reporting.statistics_withdrawn_unexplained", _SOURCE, {"dossier": name})])
    with stores.atomic():
        before = _record(name, stores)
        if before.withdrawn:
            raise StatisticsRefused([Finding("reporting.statistics_withdrawn_before", _SOURCE, {"dossier": name})])
        _propose(before, None, "", note, actor, stores, clock)


def approve_statistics(*, name: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> None:
    """Put what another person proposed in the place of a statement, or withdraw it: figures count so from now on.

    Raises:
        NotPermitted: the actor may not decide, or proposed it.
        StatisticsRefused: there is no such statement, or nothing of it waits.
    """
    require_step(EventKind.STATISTICS_RESTATED, actor, stores)
    with stores.atomic():
        waiting = _waiting(name, stores)
        require_second_person(waiting.proposed_by, actor)
        kind = EventKind.STATISTICS_RESTATED if waiting.statement else EventKind.STATISTICS_WITHDRAWN
        told = {**(waiting.statement.plain() if waiting.statement else {}), "note": waiting.note}
        append(events=[_step(kind, name, told, waiting.document, actor, clock)], stores=stores, clock=clock)


def decline_statistics(*, name: str, reason: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> None:
    """Leave a statement as it is, and say why.

    Raises:
        NotPermitted: the actor may not decide.
        StatisticsRefused: no reason is given, there is no such statement, or nothing of it waits.
    """
    require_step(EventKind.STATISTICS_REVISION_DECLINED, actor, stores)
    if not reason.strip():
        raise StatisticsRefused([Finding("reporting.reason_missing", _SOURCE, {"field": "reason"})])
    with stores.atomic():
        _waiting(name, stores)
        step = _step(EventKind.STATISTICS_REVISION_DECLINED, name, {"reason": reason.strip()}, "", actor, clock)
        append(events=[step], stores=stores, clock=clock)


def statement_list(*, actor: Actor, stores: RecordkeepingStores) -> list[StatementRecord]:
    """Return every statement with its history, by series and year.

    Raises:
        NotPermitted: the actor may not see figures.
    """
    require(actor, Permission.FIGURE_READ)
    return sorted(_all(stores), key=lambda each: (each.statement.series, each.statement.year))


def statement_record(*, name: str, actor: Actor, stores: RecordkeepingStores) -> StatementRecord:
    """Return a statement with its history.

    Raises:
        NotPermitted: the actor may not see figures.
        StatisticsRefused: there is none of that name.
    """
    require(actor, Permission.FIGURE_READ)
    return _record(name, stores)


def _record(name: str, stores: RecordkeepingStores) -> StatementRecord:
    try:
        known = stores.dossiers.dossier(name).kind == "statistics"
    except KeyError:
        known = False
    if not known:
        raise StatisticsRefused([Finding("reporting.statistics_unknown", _SOURCE, {"dossier": name})])
    return statement_of(name, stores.dossiers.events(name))


def _propose(
    before: StatementRecord,
    statement: Statement | None,
    document: str,
    note: str,
    actor: Actor,
    stores: RecordkeepingStores,
    clock: Clock,
) -> None:
    """Propose it; what waits already and says the same is not proposed twice."""
    facts: dict[str, Plain] = {"dossier": before.dossier, "series": before.statement.series}
    if not note.strip():
        raise StatisticsRefused([Finding("reporting.statistics_superseded_unexplained", _SOURCE, facts)])
    if waiting := before.waiting:
        if statement and waiting.statement and waiting.statement.same_as(statement):
            return
        raise StatisticsRefused([Finding("reporting.statistics_revision_waits", _SOURCE, facts)])
    of: dict[str, Plain] = {"series": before.statement.series, "year": before.statement.year}
    told: dict[str, Plain] = {**of, **(statement.plain() if statement else {}), "note": note.strip()}
    kind = EventKind.STATISTICS_REVISION_PROPOSED
    append(events=[_step(kind, before.dossier, told, document, actor, clock)], stores=stores, clock=clock)


def _waiting(name: str, stores: RecordkeepingStores) -> Revision:
    if waiting := _record(name, stores).waiting:
        return waiting
    raise StatisticsRefused([Finding("reporting.statistics_nothing_waits", _SOURCE, {"dossier": name})])


def _all(stores: RecordkeepingStores) -> Iterator[StatementRecord]:
    return every_folded("statistics", statement_of, stores)


def _step(kind: EventKind, name: str, details: Mapping[str, Plain], document: str, actor: Actor, clock: Clock) -> Event:
    return replace(dossier_step(kind, name, details, PartialDate.of(clock.now().date()), actor), document=document)
