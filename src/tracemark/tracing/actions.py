from collections.abc import Iterable
from dataclasses import dataclass, replace

from tracemark.authorities import Permission, require
from tracemark.kernel import Actor, Clock, Finding, PartialDate, Plain, Refused, cite, findings, instant_text
from tracemark.recordkeeping import (
    RECOVERIES,
    Event,
    EventKind,
    Status,
    append,
    component_plain,
    current,
    fold,
)
from tracemark.tracing.cases import CaseState, Judgement, Outcome, TraceCase, TraceRequest, Verdict, case_id, fold_cases
from tracemark.tracing.doubts import impossibilities
from tracemark.tracing.matching import Query, Ranking, Weights, find_candidates, read_mark_text
from tracemark.tracing.ports import TracingStores
from tracemark.tracing.queries import standing_case
from tracemark.tracing.recoveries import Recovery
from tracemark.tracing.rules import COMPLETENESS_RULES
from tracemark.tracing.searches import Search, asked_plain, weapons_shown
from tracemark.weapons import NO_WEAPON, WeaponId


class TraceRefused(Refused):
    """A step of a trace cannot be taken as the case stands."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A case that was opened, and what its request lacks of ITI 17: another State might send it back for that."""

    case: TraceCase
    lacking: tuple[Finding, ...]


def record_recovery(*, recovery: Recovery, actor: Actor, stores: TracingStores, clock: Clock) -> WeaponId:
    """Record a seized, found or surrendered weapon under an identity of its own, until an officer knows which it is.

    Raises:
        NotPermitted: the actor may not record recoveries.
        TraceRefused: it cannot have happened when it says.
        EventRefused: the recovery does not say where, or is of the future.

    Source: ITI 9, ITI 17(a).
    """
    require(actor, Permission.RECOVERY_WRITE)
    _refuse(list(impossibilities(recovery)))
    with stores.atomic():
        weapon = WeaponId(stores.register.next_weapons(1)[0])
        details = recovery.details()
        if recovery.description:
            details["weapon"] = recovery.description.plain()
        if recovery.components:
            details["components"] = [component_plain(component) for component in recovery.components]
        if recovery.marks:
            details["marks"] = [mark.plain() for mark in recovery.marks]
        event = Event(weapon, recovery.kind, recovery.happened, actor.authority, actor.name, details, recovery.document)
        append(events=[event], stores=stores, clock=clock)
    return weapon


def open_trace(*, request: TraceRequest, actor: Actor, stores: TracingStores, clock: Clock) -> Opened:
    """Open a case on a recovered weapon. What ITI 17 asks and the request lacks is told, not refused.

    Raises:
        NotPermitted: the actor may not open cases.
        KeyError: there is no such weapon.
        TraceRefused: the weapon was never recovered.

    Source: ITI 17.
    """
    require(actor, Permission.TRACE_CASE)
    with stores.atomic():
        known = current(stores.records.of_weapon(request.recovered))
        if _identified(request.recovered, stores):
            raise TraceRefused([Finding("tracing.already_known", cite("ITI 17(b)"), {"weapon": request.recovered})])
        if not any(sealed.event.kind in RECOVERIES for sealed in known):
            raise TraceRefused([Finding("tracing.not_recovered", cite("ITI 17(a)"), {"weapon": request.recovered})])
        event = _event(EventKind.TRACE_REQUESTED, request.recovered, actor, clock, {"request": request.plain()})
        recorded = append(events=[event], stores=stores, clock=clock)
        case = fold_cases(recorded.sealed)[case_id(recorded.sealed[0].position)]
        stores.cases.put([case])
    return Opened(case, tuple(findings(COMPLETENESS_RULES, request)))


def search_marks(
    *,
    query: Query,
    actor: Actor,
    stores: TracingStores,
    weights: Weights,
    clock: Clock,
    limit: int = 10,
    case: str = "",
) -> Ranking:
    """Rank the register's weapons against what was read, with the chance that it is none of them.

    That it was asked, by whom, for which case ("" for none) and what was shown is noted before anything is answered.

    Raises:
        NotPermitted: the actor may not search.

    Source: ITI 14, ITI 18.
    """
    require(actor, Permission.TRACE_SEARCH)
    ranking = find_candidates(query=query, index=stores.marks, weights=weights, limit=limit)
    at, shown = instant_text(clock.now()), weapons_shown(ranking)
    stores.searches.note(Search(actor.name, actor.authority, at, asked_plain(query), shown, case))
    return ranking


def query_of(request: TraceRequest) -> Query:
    """Read a request into what the search takes.

    What stands in the record is searched by as far as it is understood; a door asks before it is written there.
    """
    return Query(
        readings=tuple(
            replace(reading, part=reading.part or each.part)
            for each in request.readings
            for reading in read_mark_text(each.text).readings
        ),
        maker=request.maker or None,
        model=request.model or None,
        calibre=request.calibre or None,
        country=request.country or None,
        year=request.year,
        kind=request.kind or None,
        import_country=request.import_country or None,
    )


def judge_candidate(*, case: str, judgement: Judgement, actor: Actor, stores: TracingStores, clock: Clock) -> TraceCase:
    """Record an officer's finding on a candidate. Found the same, the recovery joins that weapon's own history.

    Raises:
        NotPermitted: the actor may not judge.
        TraceRefused: the case is answered, the candidate is the recovered record itself, another was found the same, or
            it is unlikely to be the same and no note says why.
        KeyError: there is no such case or weapon.

    Source: ITI 20.
    """
    require(actor, Permission.TRACE_JUDGE)
    with stores.atomic():
        standing = standing_case(case, stores)
        stores.register.state(judgement.other_weapon)
        _refuse(_unjudgeable(standing, judgement))
        if _identified(standing.request.recovered, stores):
            facts: dict[str, Plain] = {"case": case, "weapon": judgement.other_weapon}
            _refuse([Finding("tracing.identified_elsewhere", cite("ITI 20"), facts)])
        append(events=_judgement_events(standing, judgement, actor, stores, clock), stores=stores, clock=clock)
        return _refold(standing, stores)


def answer_trace(
    *,
    case: str,
    outcome: Outcome,
    note: str,
    rests_on: str = "",
    actor: Actor,
    stores: TracingStores,
    clock: Clock,
) -> TraceCase:
    """Close a case with what came of it. A weapon is traced only where an officer found it the same, here or abroad.

    `rests_on` is the request to another State whose answer it rests on. A case that ended with another State to be
    asked is answered anew by what that State answered.

    Raises:
        NotPermitted: the actor may not answer.
        TraceRefused: the case is answered already, or the outcome does not fit its judgements and what was heard.
        KeyError: there is no such case.

    Source: ITI 20.
    """
    require(actor, Permission.TRACE_CASE)
    with stores.atomic():
        standing = standing_case(case, stores)
        heard = _heard(standing, stores)
        _refuse(_unanswerable(standing, outcome, abroad=rests_on, heard=heard))
        details: dict[str, Plain] = {"case": case, "outcome": outcome.value, "note": note}
        if rests_on:
            details["rests_on"] = rests_on
        if standing.identified_as:
            known = fold(standing.identified_as, stores.records.of_weapon(standing.identified_as))
            details |= {"other_weapon": known.weapon, "holder": known.holder}
        event = _event(EventKind.TRACE_ANSWERED, standing.request.recovered, actor, clock, details)
        append(events=[event], stores=stores, clock=clock)
        return _refold(standing, stores)


def redraw_cases(*, weapons: Iterable[WeaponId], stores: TracingStores) -> None:
    """Draw the cases of recovered weapons anew, after events of theirs were corrected. Call inside a transaction."""
    for events in stores.records.of_weapons(set(weapons) - {NO_WEAPON}).values():
        stores.cases.put(list(fold_cases(events).values()))


def _identified(recovered: WeaponId, stores: TracingStores) -> bool:
    """Whether an officer found already, in whatever case, which weapon the recovered one is."""
    return stores.register.state(recovered).status is Status.IDENTIFIED


NOTE_BELOW = 0.9
"""To find a weapon the same at a chance below this, or one that the search did not give, an officer says why."""

_FOUND = frozenset({Outcome.TRACED, Outcome.TRACED_PARTLY})


def _unjudgeable(case: TraceCase, judgement: Judgement) -> list[Finding]:
    facts: dict[str, Plain] = {"case": case.id, "weapon": judgement.other_weapon}
    if case.state is CaseState.ANSWERED:
        return [Finding("tracing.already_answered", cite("ITI 20"), facts)]
    if judgement.other_weapon == case.request.recovered:
        return [Finding("tracing.same_record", cite("ITI 20"), facts)]
    if case.identified_as:
        return [Finding("tracing.already_identified", cite("ITI 20"), {**facts, "as": case.identified_as})]
    if judgement.verdict is Verdict.SAME and not judgement.note.strip() and unlikely(judgement):
        below: dict[str, Plain] = {"field": "note", "percent": round(NOTE_BELOW * 100)}
        return [Finding("tracing.note_missing", cite("ITI 20"), facts | below)]
    return []


def unlikely(judgement: Judgement) -> bool:
    """Say whether an officer who finds a candidate the same must say why: its chance is low, or unknown."""
    return not judgement.posterior or float(judgement.posterior) < NOTE_BELOW


def _heard(case: TraceCase, stores: TracingStores) -> dict[str, bool]:
    """Return by name the requests about a case that another State answered, and whether it told of the weapon."""
    events = [each.event for each in stores.records.of_weapon(case.request.recovered)]
    heard = [each.details for each in events if each.kind is EventKind.TRACE_HEARD and each.details["case"] == case.id]
    return {str(each["matter"]): each["outcome"] in _TOLD_ABROAD for each in heard}


_TOLD_ABROAD = frozenset({"full", "restricted"})


def _unanswerable(case: TraceCase, outcome: Outcome, *, abroad: str, heard: dict[str, bool]) -> list[Finding]:
    facts: dict[str, Plain] = {"case": case.id, "outcome": outcome.value}
    if abroad and abroad not in heard:
        return [Finding("tracing.not_heard", cite("ITI 20"), {**facts, "dossier": abroad})]
    waits = case.outcome is Outcome.ASK_ANOTHER_STATE and outcome is not Outcome.ASK_ANOTHER_STATE and bool(abroad)
    if case.state is CaseState.ANSWERED and not waits:
        return [Finding("tracing.already_answered", cite("ITI 20"), facts)]
    if outcome in _FOUND and not case.identified_as and not heard.get(abroad):
        return [Finding("tracing.nobody_judged", cite("ITI 20"), facts)]
    if outcome is Outcome.NOT_IN_REGISTER and case.identified_as:
        return [Finding("tracing.outcome_contradicts", cite("ITI 20"), facts)]
    return []


def _judgement_events(
    case: TraceCase, judgement: Judgement, actor: Actor, stores: TracingStores, clock: Clock
) -> list[Event]:
    """The judgement; found the same, also the recovery in that weapon's history, and the provisional record's end."""
    recovered = case.request.recovered
    details: dict[str, Plain] = {
        "case": case.id,
        "judgement": judgement.verdict.value,
        "other_weapon": judgement.other_weapon,
    }
    details |= {name: text for name in ("posterior", "weights", "note") if (text := getattr(judgement, name))}
    events = [_event(EventKind.JUDGED, recovered, actor, clock, details)]
    if judgement.verdict is not Verdict.SAME:
        return events
    known = [sealed.event for sealed in current(stores.records.of_weapon(recovered))]
    recovery = next(event for event in known if event.kind in RECOVERIES)
    kept = {name: value for name, value in recovery.details.items() if name not in {"weapon", "components", "marks"}}
    moved = Event(
        weapon=judgement.other_weapon,
        kind=recovery.kind,
        happened=recovery.happened,
        authority=recovery.authority,
        by=actor.name,
        details={**kept, "recovered_as": recovered},
        document=recovery.document,
    )
    identified: dict[str, Plain] = {"case": case.id, "as": judgement.other_weapon}
    return [*events, moved, _event(EventKind.IDENTIFIED, recovered, actor, clock, identified)]


def _refold(case: TraceCase, stores: TracingStores) -> TraceCase:
    standing = standing_case(case.id, stores)
    stores.cases.put([standing])
    return standing


def _event(kind: EventKind, weapon: WeaponId, actor: Actor, clock: Clock, details: dict[str, Plain]) -> Event:
    return Event(weapon, kind, PartialDate.of(clock.now().date()), actor.authority, actor.name, details)


def _refuse(found: list[Finding]) -> None:
    if found:
        raise TraceRefused(found)
