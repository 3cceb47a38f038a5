"""An identification that two people void: the case opens again, and no answer names a weapon it does not concern."""

from collections.abc import Callable

import pytest

from tests.recordkeeping.lives import WEAPON
from tests.rooms import StillClock, officer
from tests.tracing.test_actions import ANALYST, judge, opened
from tracemark.authorities import Role
from tracemark.recordkeeping import (
    Correction,
    CorrectionRefused,
    EventKind,
    Sealed,
    Status,
    approve_correction,
    current,
    propose_correction,
)
from tracemark.storage.memory import MemoryStores
from tracemark.tracing import (
    CaseState,
    Outcome,
    TraceCase,
    TraceRefused,
    Verdict,
    answer_trace,
    case_page,
    redraw_cases,
    trace_case,
)

APPROVER = officer(Role.APPROVER, "boris")
Events = Callable[[TraceCase, MemoryStores], Sealed]


def identification(case: TraceCase, stores: MemoryStores) -> Sealed:
    return _of_kind(EventKind.IDENTIFIED, current(stores.records.of_weapon(case.request.recovered)))


def moved_recovery(_: TraceCase, stores: MemoryStores) -> Sealed:
    return _of_kind(EventKind.SEIZED, current(stores.records.of_weapon(WEAPON)))


def judgement(case: TraceCase, stores: MemoryStores) -> Sealed:
    return _of_kind(EventKind.JUDGED, current(stores.records.of_weapon(case.request.recovered)))


def _of_kind(kind: EventKind, events: list[Sealed]) -> Sealed:
    return next(each for each in events if each.event.kind is kind)


def void(sealed: Sealed, stores: MemoryStores, clock: StillClock) -> None:
    correction = Correction(sealed.position, "another weapon after all", void=True)
    proposal = propose_correction(correction=correction, actor=ANALYST, stores=stores, clock=clock)
    approve_correction(proposal=proposal.id, actor=APPROVER, stores=stores, clock=clock)


@pytest.mark.parametrize("which", [identification, moved_recovery, judgement])
def test_iti_20_one_approval_withdraws_the_whole_identification(
    which: Events, stores: MemoryStores, clock: StillClock
) -> None:
    case = judge(opened(stores, clock).case, Verdict.SAME, stores, clock)
    void(which(case, stores), stores, clock)
    standing = trace_case(case=case.id, actor=ANALYST, stores=stores)
    assert (standing.identified_as, standing.state) == (None, CaseState.OPEN)
    assert stores.register.state(WEAPON).status is Status.STOLEN
    assert stores.register.state(case.request.recovered).status is Status.IN_CUSTODY
    (withdrawn,) = standing.withdrawn
    assert (withdrawn.weapon, withdrawn.proposed_by, withdrawn.by, withdrawn.reason) == (
        WEAPON, ANALYST.name, "boris", "another weapon after all",
    )  # fmt: skip


def test_a_withdrawn_identification_is_no_answer(stores: MemoryStores, clock: StillClock) -> None:
    case = judge(opened(stores, clock).case, Verdict.SAME, stores, clock)
    void(identification(case, stores), stores, clock)
    with pytest.raises(TraceRefused) as refused:
        answer_trace(case=case.id, outcome=Outcome.TRACED, note="", actor=ANALYST, stores=stores, clock=clock)
    assert [each.code for each in refused.value.findings] == ["tracing.nobody_judged"]


def test_an_answered_case_opens_again_and_can_be_answered_anew(stores: MemoryStores, clock: StillClock) -> None:
    case = judge(opened(stores, clock).case, Verdict.SAME, stores, clock)
    answer_trace(case=case.id, outcome=Outcome.TRACED, note="sold", actor=ANALYST, stores=stores, clock=clock)
    void(identification(case, stores), stores, clock)
    standing = trace_case(case=case.id, actor=ANALYST, stores=stores)
    assert (standing.state, standing.outcome, standing.answer_withdrawn) == (CaseState.OPEN, None, True)
    assert (standing.answered_by, standing.answer["note"]) == (ANALYST.name, "sold")
    judged = judge(standing, Verdict.SAME, stores, clock)
    assert (judged.identified_as, judged.state) == (WEAPON, CaseState.JUDGED)
    answered = answer_trace(case=case.id, outcome=Outcome.TRACED, note="", actor=ANALYST, stores=stores, clock=clock)
    assert (answered.state, answered.answer_withdrawn, len(answered.withdrawn)) == (CaseState.ANSWERED, False, 1)


def test_only_the_identification_that_followed_goes_with_a_judgement(stores: MemoryStores, clock: StillClock) -> None:
    case = judge(opened(stores, clock).case, Verdict.SAME, stores, clock)
    first = judgement(case, stores)
    void(identification(case, stores), stores, clock)
    judge(case, Verdict.SAME, stores, clock)
    void(first, stores, clock)
    assert trace_case(case=case.id, actor=ANALYST, stores=stores).identified_as == WEAPON


def test_an_identification_cannot_be_corrected_into_another(stores: MemoryStores, clock: StillClock) -> None:
    case = judge(opened(stores, clock).case, Verdict.SAME, stores, clock)
    sealed = identification(case, stores)
    correction = Correction(sealed.position, "wrong one", {**sealed.event.details, "as": 8})
    with pytest.raises(CorrectionRefused) as refused:
        propose_correction(correction=correction, actor=ANALYST, stores=stores, clock=clock)
    assert "recordkeeping.identification_only_voided" in {each.code for each in refused.value.findings}


def test_cases_are_listed_as_the_record_tells_them(stores: MemoryStores, clock: StillClock) -> None:
    case = judge(opened(stores, clock).case, Verdict.SAME, stores, clock)
    void(identification(case, stores), stores, clock)
    redraw_cases(weapons=[case.request.recovered], stores=stores)
    listed = {
        state: [each.id for each in case_page(actor=ANALYST, stores=stores, state=state)]
        for state in ("open", "judged")
    }
    assert listed == {"open": [case.id], "judged": []}
