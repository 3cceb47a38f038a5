from datetime import date

from tracemark.authorities import require_second_person
from tracemark.fellowship.actions.telling import refuse, require_free, said, standing
from tracemark.fellowship.cohorts import Cohort, Cost, Held, cohort_of
from tracemark.fellowship.nominations import FOLLOW_UPS, FollowUp, Nomination, nomination_of
from tracemark.fellowship.queries import after_months, with_nominations
from tracemark.kernel import Actor, Clock, Plain
from tracemark.recordkeeping import EventKind, RecordkeepingStores, append_step, require_step
from tracemark.targets import amount_text

_WHOLE = 100


def hold_module(*, cohort: str, held: Held, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> None:
    """Record that a module was held: who was there, and who passed its assessment.

    Raises:
        NotPermitted: the actor may not write fellowships.
        FellowshipRefused: there is no such cohort or module, it was held already, its day lies outside the course or in
            the future, somebody named is no fellow or passed without being there, or the actor declared an interest.

    Source: PoA III.7.
    """
    kind = EventKind.COHORT_MODULE_HELD
    require_step(kind, actor, stores)
    with stores.atomic():
        known = standing(cohort, cohort_of, kind, stores)
        require_free(known, actor)
        if held.module not in {each.code for each in known.call.modules}:
            raise refuse("fellowship.module_unknown", field="module", module=held.module)
        if held.module in {each.module for each in known.held}:
            raise refuse("fellowship.module_held", field="module", module=held.module)
        _require_day(held.on, known.call.begins, min(known.call.ends, clock.now().date()))
        fellows = {each.name for each in with_nominations(known, stores).fellows}
        strangers = sorted({*held.present, *held.passed} - fellows)
        if strangers or set(held.passed) - set(held.present):
            absent = strangers or sorted(set(held.passed) - set(held.present))
            raise refuse("fellowship.not_a_fellow_there", field="present", names=list(absent))
        append_step(kind, cohort, {"contents": held.plain()}, actor, stores, clock, held.on)


def book_cost(*, cohort: str, cost: Cost, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> None:
    """Record money spent on a cohort; never more than its funds give to it.

    Raises:
        NotPermitted: the actor may not write fellowships.
        FellowshipRefused: there is none of this name, it is cancelled, nothing is said, the day lies in the future, or
            the budget is exceeded.
    """
    kind = EventKind.COHORT_COST_BOOKED
    require_step(kind, actor, stores)
    said(cost.what, "what")
    with stores.atomic():
        known = standing(cohort, cohort_of, kind, stores)
        _require_day(cost.on, known.call.opens, clock.now().date())
        if cost.amount <= 0:
            raise refuse("fellowship.amount_unfit", field="amount", amount=amount_text(cost.amount))
        budget = known.call.budget
        if known.spent + cost.amount > budget:
            left = amount_text(budget - known.spent)
            raise refuse("fellowship.cost_over_budget", field="amount", left=left, budget=amount_text(budget))
        append_step(kind, cohort, {"contents": cost.plain()}, actor, stores, clock, cost.on)


def certify_fellow(*, nomination: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> None:
    """Certify a fellow: which modules were passed, for who was at enough of them. Who assessed does not certify.

    Raises:
        NotPermitted: the actor may not approve fellowships, or recorded a module that the fellow passed.
        FellowshipRefused: there is none of this name, it has no seat, the course is not over, the fellow missed too
            much or passed nothing, or the actor declared an interest.

    Source: PoA III.7.
    """
    kind = EventKind.NOMINATION_CERTIFIED
    require_step(kind, actor, stores)
    with stores.atomic():
        known, cohort = _fellow(nomination, kind, stores)
        require_free(cohort, actor)
        for each in cohort.held:
            if nomination in each.passed:
                require_second_person(each.by, actor)
        if clock.now().date() < cohort.call.ends:
            raise refuse("fellowship.course_not_over", ends=cohort.call.ends.isoformat(), nomination=nomination)
        there, held = len(cohort.attended(nomination)), len(cohort.held)
        least = cohort.call.attendance_percent
        if not held or there * _WHOLE < least * held or not cohort.passed(nomination):
            facts: dict[str, Plain] = {"there": there, "held": held, "least": least}
            raise refuse("fellowship.not_completed", nomination=nomination, **facts)
        passed: list[Plain] = [*cohort.passed(nomination)]
        append_step(kind, known.name, {"contents": {"passed": passed}}, actor, stores, clock)


def complete_cohort(*, cohort: str, actor: Actor, stores: RecordkeepingStores, clock: Clock, note: str = "") -> None:
    """Close a cohort whose course is over.

    Raises:
        NotPermitted: the actor may not approve fellowships.
        FellowshipRefused: there is none of this name, nobody was selected, or the course is not over.
    """
    kind = EventKind.COHORT_COMPLETED
    require_step(kind, actor, stores)
    with stores.atomic():
        known = standing(cohort, cohort_of, kind, stores)
        if clock.now().date() < known.call.ends:
            raise refuse("fellowship.course_not_over", ends=known.call.ends.isoformat(), nomination=cohort)
        append_step(kind, cohort, {"note": note.strip()}, actor, stores, clock)


def follow_up(*, nomination: str, told: FollowUp, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> None:
    """Record what became of the training 6 or 12 months after the course.

    Raises:
        NotPermitted: the actor may not write fellowships.
        FellowshipRefused: there is none of this name or it is not certified, the month is another, has not come or was
            told already, or a module is unknown.
    """
    kind = EventKind.NOMINATION_FOLLOWED_UP
    require_step(kind, actor, stores)
    with stores.atomic():
        known, cohort = _fellow(nomination, kind, stores)
        if told.month not in FOLLOW_UPS or told.month in {each.month for each in known.follow_ups}:
            raise refuse("fellowship.month_unfit", field="month", month=told.month, nomination=nomination)
        due = after_months(cohort.call.ends, told.month)
        if clock.now().date() < due:
            raise refuse("fellowship.month_not_come", field="month", month=told.month, due=due.isoformat())
        codes = {each.code for each in cohort.call.modules}
        for each in told.applied:
            if each not in codes:
                raise refuse("fellowship.module_unknown", field="applied", module=each)
        append_step(kind, nomination, {"contents": told.plain()}, actor, stores, clock)


def _fellow(name: str, kind: EventKind, stores: RecordkeepingStores) -> tuple[Nomination, Cohort]:
    known = standing(name, nomination_of, kind, stores)
    return known, cohort_of(known.cohort, stores.dossiers.events(known.cohort))


def _require_day(day: date, first: date, last: date) -> None:
    if not first <= day <= last:
        on = day.isoformat()
        raise refuse("fellowship.day_outside", field="on", on=on, first=first.isoformat(), last=last.isoformat())
