from datetime import date

from tests.recordkeeping.lives import WEAPON, event
from tests.rooms import StillClock, told
from tests.tracing.learning.judged import ANALYST
from tests.tracing.test_actions import judge, opened
from tests.tracing.test_withdrawals import identification, void
from tracemark.storage.memory import MemoryStores
from tracemark.tracing import Outcome, Verdict, answer_trace, judged_cases, open_trace


def test_a_judgement_is_told_with_the_marks_that_were_on_record_then(stores: MemoryStores, clock: StillClock) -> None:
    case = opened(stores, clock).case
    judge(case, Verdict.SAME, stores, clock)
    told(stores, clock, event("marked", "2012-03-01", marks=[{"kind": "import", "text": "XT 9", "serial": "XT9"}]))
    [found] = judged_cases(stores=stores)
    assert found.same is not None
    assert (found.id, found.recovery, found.found, found.absent) == (case.id, "seized", WEAPON, False)
    assert (found.same.serials, found.same.description.maker) == (("AB123",), "ourmaker")
    assert (found.same.posterior, found.same.weights, set(found.provisional)) == (
        "0.98",
        "v1",
        {case.request.recovered},
    )


def test_a_candidate_counts_once_as_it_was_judged_last(stores: MemoryStores, clock: StillClock) -> None:
    case = opened(stores, clock).case
    for verdict in (Verdict.UNSURE, Verdict.DIFFERENT):
        judge(case, verdict, stores, clock)
    [found] = judged_cases(stores=stores)
    assert [each.verdict for each in found.candidates] == [Verdict.DIFFERENT]
    assert (found.found, found.absent) == (None, False)


def test_a_finding_that_two_people_withdrew_teaches_nothing(stores: MemoryStores, clock: StillClock) -> None:
    case = opened(stores, clock).case
    judge(case, Verdict.SAME, stores, clock)
    void(identification(case, stores), stores, clock)
    [found] = judged_cases(stores=stores)
    assert (found.candidates, found.found, found.same) == ((), None, None)


def test_a_weapon_found_in_a_later_trace_was_not_absent_in_the_first(stores: MemoryStores, clock: StillClock) -> None:
    first = opened(stores, clock).case
    answer_trace(case=first.id, outcome=Outcome.NOT_IN_REGISTER, note="", actor=ANALYST, stores=stores, clock=clock)
    assert [each.absent for each in judged_cases(stores=stores)] == [True]
    second = open_trace(request=first.request, actor=ANALYST, stores=stores, clock=clock).case
    judge(second, Verdict.SAME, stores, clock)
    assert [(each.absent, each.found) for each in judged_cases(stores=stores)] == [(False, None), (False, WEAPON)]


def test_what_was_judged_before_a_day_can_be_left_out(stores: MemoryStores, clock: StillClock) -> None:
    judge(opened(stores, clock).case, Verdict.SAME, stores, clock)
    assert len(judged_cases(stores=stores, since=date(2026, 5, 6))) == 1
    assert judged_cases(stores=stores, since=date(2026, 5, 7)) == []
