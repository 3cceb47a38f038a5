from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from tracemark.instruments import shipped
from tracemark.kernel import Actor, Clock, Plain
from tracemark.recordkeeping import EventKind, RecordkeepingStores, append, append_step, require_step
from tracemark.reporting import breakdowns, figures, values_of
from tracemark.targets.actions.telling import own, refuse, require_gaps, require_holder, told
from tracemark.targets.voluntary import LEVELS, Aim, Direction, Observation, Target, amount_text, target_of

OUTCOMES: Mapping[str, EventKind] = {
    "met": EventKind.TARGET_MET,
    "missed": EventKind.TARGET_MISSED,
    "closed": EventKind.TARGET_CLOSED,
}
"""How a target ends, and the kind of event that says so."""

_NAMED = 40
"""So many possible values of a breakdown are named to who gave another."""


def set_target(*, aim: Aim, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> str:
    """Set a voluntary target, and return its name.

    Raises:
        NotPermitted: the actor may not write targets.
        TargetRefused: the commitment, the figure or the responsible agency is unknown, or the goal cannot be.

    Source: BMS7 MEAS.1, BMS7 ASSIST.3.
    """
    require_step(EventKind.TARGET_SET, actor, stores)
    fit = _fit(aim, stores)
    with stores.atomic():
        name = stores.dossiers.next_name("target", clock.now().year)
        details: dict[str, Plain] = {"contents": fit.plain(), "due": fit.due.isoformat()}
        append_step(EventKind.TARGET_SET, name, details, actor, stores, clock)
    return name


def observe_target(
    *,
    target: str,
    observations: Sequence[Observation],
    actor: Actor,
    stores: RecordkeepingStores,
    clock: Clock,
) -> Target:
    """Record values of a target on days, and return it. What it says of these days already is left out.

    A value that nobody drew from the record needs its source.

    Raises:
        NotPermitted: the actor may not write targets, or does not see this one.
        TargetRefused: there is none of this name, it is over, or a value lies before the baseline, in the future, or
            has no source.

    Source: BMS7 MEAS.1.
    """
    require_step(EventKind.TARGET_OBSERVED, actor, stores)
    with stores.atomic():
        known = own(target, target_of, EventKind.TARGET_OBSERVED, actor, stores)
        today, said = clock.now().date(), {each.on: each.value for each in known.observations}
        for each in observations:
            _require_sense(each, known.aim, today)
        coming = [
            told(
                EventKind.TARGET_OBSERVED,
                target,
                {"value": amount_text(each.value), "source": each.source, "head": each.head},
                actor,
                clock,
                each.on,
            )
            for each in observations
            if said.get(each.on) != each.value
        ]
        append(events=coming, stores=stores, clock=clock)
        return target_of(target, stores.dossiers.events(target))


def revise_target(
    *, target: str, aim: Aim, reason: str, actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> Target:
    """Change what a target asks, and say why; what it was set to stays in the record.

    Raises:
        NotPermitted: the actor may not write targets, or does not see this one.
        TargetRefused: there is none of this name, it is over, nothing changes, no reason is given, or as `set_target`.

    Source: BMS7 MEAS.1.
    """
    require_step(EventKind.TARGET_REVISED, actor, stores)
    fit = _fit(aim, stores)
    with stores.atomic():
        known = own(target, target_of, EventKind.TARGET_REVISED, actor, stores)
        if fit == known.aim:
            raise refuse("targets.nothing_changes", dossier=target)
        details: dict[str, Plain] = {
            "contents": fit.plain(),
            "due": fit.due.isoformat(),
            "reason": _reason(reason),
        }
        append_step(EventKind.TARGET_REVISED, target, details, actor, stores, clock)
        return target_of(target, stores.dossiers.events(target))


def close_target(
    *, target: str, outcome: str, reason: str, actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> Target:
    """End a target as met, missed or closed (given up), and say why.

    Raises:
        NotPermitted: the actor may not write targets, or does not see this one.
        TargetRefused: there is none of this name, it is over, its last value is not the goal (met) or the day has not
            come (missed), or no reason is given.

    Source: BMS7 MEAS.1.
    """
    if outcome not in OUTCOMES:
        raise refuse("targets.outcome_unknown", field="outcome", outcome=outcome, known=", ".join(OUTCOMES))
    kind = OUTCOMES[outcome]
    require_step(kind, actor, stores)
    with stores.atomic():
        known = own(target, target_of, kind, actor, stores)
        latest, goal = known.latest, amount_text(known.aim.goal)
        reached = latest is not None and known.aim.reached(latest.value)
        if outcome == "met" and not reached:
            value = amount_text(latest.value) if latest else "–"
            raise refuse("targets.not_met", field="outcome", value=value, goal=goal)
        if outcome == "missed" and (reached or clock.now().date() <= known.aim.due):
            raise refuse("targets.not_missed", field="outcome", due=known.aim.due.isoformat(), goal=goal)
        details: dict[str, Plain] = {"reason": _reason(reason)}
        append_step(kind, target, details, actor, stores, clock)
        return target_of(target, stores.dossiers.events(target))


def _fit(aim: Aim, stores: RecordkeepingStores) -> Aim:
    """Return an aim without the blanks around its words, and in the unit of its figure.

    Raises:
        TargetRefused: it cannot be.
    """
    if not aim.title.strip():
        raise refuse("targets.text_missing", field="title")
    if aim.commitment not in shipped().versions:
        raise refuse("targets.commitment_unknown", field="commitment", commitment=str(aim.commitment))
    if aim.figure and aim.figure not in figures():
        raise refuse("targets.figure_unknown", field="figure", figure=aim.figure)
    _require_links(aim)
    _require_cell(aim)
    if not aim.figure and not aim.indicator.strip():
        raise refuse("targets.text_missing", field="indicator")
    if aim.level not in LEVELS:
        raise refuse("targets.level_unfit", field="level", level=aim.level.value)
    if aim.due <= aim.baseline_on:
        since = aim.baseline_on.isoformat()
        raise refuse("targets.due_before_baseline", field="due", due=aim.due.isoformat(), since=since)
    if aim.goal != aim.baseline and (aim.goal > aim.baseline) is not (aim.direction is Direction.RISE):
        goal, baseline = amount_text(aim.goal), amount_text(aim.baseline)
        raise refuse("targets.direction_contradicts", field="direction", goal=goal, baseline=baseline)
    if aim.cost is not None and (aim.cost < 0 or not aim.currency.strip()):
        raise refuse("targets.cost_unfit", field="cost", cost=amount_text(aim.cost))
    require_holder(aim.responsible, "responsible", stores)
    unit = "percent" if aim.share else figures()[aim.figure].unit if aim.figure else aim.unit.strip()
    return replace(aim, title=aim.title.strip(), indicator=aim.indicator.strip(), unit=unit)


def _require_links(aim: Aim) -> None:
    for each in aim.serves:
        if each not in shipped().versions:
            raise refuse("targets.commitment_unknown", field="serves", commitment=str(each))
    require_gaps(aim.gaps)
    for goal in aim.development:
        if not goal.document.strip() or not goal.goal.strip():
            raise refuse("targets.text_missing", field="development")


def _require_cell(aim: Aim) -> None:
    """Let pass a cell of the figure's breakdowns; the year is what the window is for."""
    offered = tuple(each for each in breakdowns(figures()[aim.figure]) if each != "year") if aim.figure else ()
    for name, value in aim.cell:
        if name not in offered or not value.strip():
            known = ", ".join(offered) or "–"
            raise refuse("targets.cell_unknown", field="cell", name=name, figure=aim.figure, known=known)
        possible = values_of(name)
        if possible and value not in possible:
            known = ", ".join(sorted(possible - {""})[:_NAMED])
            raise refuse("targets.cell_value_unknown", field="cell", name=name, value=value, known=known)
    if aim.share and (not aim.cell or figures()[aim.figure].parts):
        raise refuse("targets.share_unfit", field="share")


def _require_sense(seen: Observation, aim: Aim, today: date) -> None:
    if not aim.baseline_on < seen.on <= today:
        raise refuse("targets.observed_outside", field="on", on=seen.on.isoformat(), since=aim.baseline_on.isoformat())
    if not seen.head and not seen.source.strip():
        raise refuse("targets.text_missing", field="source")


def _reason(text: str) -> str:
    if not text.strip():
        raise refuse("targets.text_missing", field="reason")
    return text.strip()
