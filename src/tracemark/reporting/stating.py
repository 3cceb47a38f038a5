from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tracemark.authorities import Permission, require
from tracemark.kernel import Actor, Clock, Finding, PartialDate, Plain, cite
from tracemark.recordkeeping import (
    Event,
    EventKind,
    RecordkeepingStores,
    append,
    dossier_step,
    every_dossier,
    require_step,
)
from tracemark.reporting.statements import Statement, StatementRecord, StatisticsRefused, statement_of

_SOURCE = cite("BMS7 MEAS.3")


@dataclass(frozen=True, slots=True)
class Stated:
    """What became of statements, each by its dossier: new, put in the place of an earlier one, or said before."""

    new: list[str] = field(default_factory=list)
    revised: list[str] = field(default_factory=list)
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
    """State statistics, all or none; one for a series and year that is stated already supersedes it, and history stays.

    `document` names where the numbers come from, `note` says why earlier ones are superseded.

    Raises:
        NotPermitted: the actor may not enter statistics.
        StatisticsRefused: no source is named, or an earlier statement is superseded without a reason.

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
            if before and before.statement.same_as(statement) and not before.withdrawn:
                stated.unchanged.append(before.dossier)
                continue
            if before and not note.strip():
                facts: dict[str, Plain] = {"dossier": before.dossier, "series": statement.series}
                raise StatisticsRefused([Finding("reporting.statistics_superseded_unexplained", _SOURCE, facts)])
            name = before.dossier if before else stores.dossiers.next_name("statistics", clock.now().year)
            kind = EventKind.STATISTICS_RESTATED if before else EventKind.STATISTICS_STATED
            told: dict[str, Plain] = {**statement.plain(), "note": note if before else ""}
            append(events=[_step(kind, name, told, document, actor, clock)], stores=stores, clock=clock)
            (stated.revised if before else stated.new).append(name)
    return stated


def withdraw_statistics(*, name: str, note: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> None:
    """Withdraw a statement: from now on its series and year count as not stated. It stays to be seen.

    Raises:
        NotPermitted: the actor may not enter statistics.
        StatisticsRefused: no reason is given, or there is no such statement, or it is withdrawn already.
    """
    require_step(EventKind.STATISTICS_WITHDRAWN, actor, stores)
    if not note.strip():
        raise StatisticsRefused([Finding("reporting.statistics_withdrawn_unexplained", _SOURCE, {"dossier": name})])
    with stores.atomic():
        if _record(name, stores).withdrawn:
            raise StatisticsRefused([Finding("reporting.statistics_withdrawn_before", _SOURCE, {"dossier": name})])
        step = _step(EventKind.STATISTICS_WITHDRAWN, name, {"note": note}, "", actor, clock)
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


def _all(stores: RecordkeepingStores) -> Iterator[StatementRecord]:
    for each in every_dossier("statistics", None, stores):
        yield statement_of(each.name, stores.dossiers.events(each.name))


def _step(kind: EventKind, name: str, details: Mapping[str, Plain], document: str, actor: Actor, clock: Clock) -> Event:
    return replace(dossier_step(kind, name, details, PartialDate.of(clock.now().date()), actor), document=document)
