from dataclasses import replace
from datetime import timedelta

import pytest

from tests.recordkeeping.lives import WEAPON, event, imported
from tests.rooms import NOW, StillClock, officer, told
from tests.tracing.test_rules import WHOLE
from tracemark.authorities import NotPermitted, Role
from tracemark.kernel import Actor, PartialDate, Plain
from tracemark.recordkeeping import (
    Correction,
    EventKind,
    Status,
    approve_correction,
    custody,
    propose_correction,
    steps,
)
from tracemark.storage.memory import MemoryStores
from tracemark.tracing import (
    ComponentReading,
    Judgement,
    Opened,
    Outcome,
    Query,
    Ranking,
    Recovery,
    Search,
    Searcher,
    TraceCase,
    TraceRefused,
    TraceRequest,
    Verdict,
    answer_trace,
    judge_candidate,
    load_weights,
    open_trace,
    parse_reading,
    query_of,
    record_recovery,
    search_marks,
    search_page,
    searchers,
)
from tracemark.weapons import WeaponId

ANALYST = officer(Role.TRACING_ANALYST, authority="XT-POL")


def opened(stores: MemoryStores, clock: StillClock, reading: str = "AB?23") -> Opened:
    life = [imported("2001-05-04", holder="XT-ARMY-1"), event("stolen", "2010-02-03")]
    told(stores, clock, *life)
    recovery = Recovery(EventKind.SEIZED, PartialDate(2012, 2, 3), "Border", "XT-POL")
    recovered = record_recovery(recovery=recovery, actor=ANALYST, stores=stores, clock=clock)
    request = TraceRequest(recovered, (ComponentReading(reading),), "investigation")
    return open_trace(request=request, actor=ANALYST, stores=stores, clock=clock)


def judge(case: TraceCase, verdict: Verdict, stores: MemoryStores, clock: StillClock) -> TraceCase:
    judgement = Judgement(WEAPON, verdict, ANALYST.name, "0.98", "v1")
    return judge_candidate(case=case.id, judgement=judgement, actor=ANALYST, stores=stores, clock=clock)


def test_a_damaged_mark_leads_to_the_last_lawful_holder_and_the_day_it_was_lost(
    stores: MemoryStores, clock: StillClock
) -> None:
    case = opened(stores, clock).case
    query = query_of(case.request)
    ranking = search_marks(query=query, actor=ANALYST, stores=stores, weights=load_weights(), clock=clock, case=case.id)
    assert ranking.candidates[0].weapon == WEAPON
    assert judge(case, Verdict.SAME, stores, clock).identified_as == WEAPON
    answered = answer_trace(case=case.id, outcome=Outcome.TRACED, note="", actor=ANALYST, stores=stores, clock=clock)
    assert (answered.answer["holder"], answered.outcome) == ("XT-ARMY-1", Outcome.TRACED)
    found = custody(steps(WEAPON, stores.records.of_weapon(WEAPON)))
    assert (found.holder, str(found.left_on), found.stage) == ("XT-ARMY-1", "2010-02-03", "stockpile")
    assert stores.register.state(case.request.recovered).status is Status.IDENTIFIED
    assert stores.register.state(WEAPON).status is Status.IN_CUSTODY


def test_the_state_that_the_import_mark_names_is_asked_and_searched_for(
    stores: MemoryStores, clock: StillClock
) -> None:
    request = replace(opened(stores, clock).case.request, import_country="XU")
    case = open_trace(request=request, actor=ANALYST, stores=stores, clock=clock).case
    assert (stores.cases.get(case.id).request, query_of(request).import_country) == (request, "XU")
    assert TraceRequest.of_plain(request.recovered, request.plain()) == request


def test_a_request_of_old_names_no_state_of_an_import_mark(stores: MemoryStores, clock: StillClock) -> None:
    request = opened(stores, clock).case.request
    plain = request.plain()
    assert ("import_country" in plain, TraceRequest.of_plain(request.recovered, plain)) == (False, request)
    assert query_of(request).import_country is None


def test_iti_17_a_case_opens_and_says_what_it_lacks(stores: MemoryStores, clock: StillClock) -> None:
    lacking = opened(stores, clock).lacking
    assert {str(finding.source) for finding in lacking} == {"ITI 17(a)", "ITI 17(b)"}


def test_only_a_recovered_weapon_is_traced(stores: MemoryStores, clock: StillClock) -> None:
    told(stores, clock, *[imported()])
    request = TraceRequest(WEAPON, WHOLE.readings, "investigation")
    with pytest.raises(TraceRefused):
        open_trace(request=request, actor=ANALYST, stores=stores, clock=clock)


def test_a_score_never_answers_by_itself(stores: MemoryStores, clock: StillClock) -> None:
    case = opened(stores, clock).case
    judge(case, Verdict.UNSURE, stores, clock)
    with pytest.raises(TraceRefused) as refused:
        answer_trace(case=case.id, outcome=Outcome.TRACED, note="", actor=ANALYST, stores=stores, clock=clock)
    assert [finding.code for finding in refused.value.findings] == ["tracing.nobody_judged"]


def test_an_absent_weapon_is_a_possible_answer(stores: MemoryStores, clock: StillClock) -> None:
    case = opened(stores, clock).case
    judge(case, Verdict.DIFFERENT, stores, clock)
    answered = answer_trace(
        case=case.id, outcome=Outcome.NOT_IN_REGISTER, note="", actor=ANALYST, stores=stores, clock=clock
    )
    assert answered.outcome is Outcome.NOT_IN_REGISTER


def test_an_answered_case_is_judged_and_answered_no_more(stores: MemoryStores, clock: StillClock) -> None:
    case = opened(stores, clock).case
    judge(case, Verdict.SAME, stores, clock)
    answer_trace(case=case.id, outcome=Outcome.TRACED, note="", actor=ANALYST, stores=stores, clock=clock)
    with pytest.raises(TraceRefused):
        judge(case, Verdict.DIFFERENT, stores, clock)
    with pytest.raises(TraceRefused):
        answer_trace(case=case.id, outcome=Outcome.TRACED, note="", actor=ANALYST, stores=stores, clock=clock)


def test_a_weapon_is_not_judged_against_its_own_record(stores: MemoryStores, clock: StillClock) -> None:
    case = opened(stores, clock).case
    judgement = Judgement(case.request.recovered, Verdict.SAME, ANALYST.name)
    with pytest.raises(TraceRefused):
        judge_candidate(case=case.id, judgement=judgement, actor=ANALYST, stores=stores, clock=clock)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR, Role.STOREKEEPER, Role.LICENSING_OFFICER])
def test_who_may_not_trace_does_not(role: Role, stores: MemoryStores, clock: StillClock) -> None:
    case = opened(stores, clock).case
    judgement = Judgement(WeaponId(WEAPON), Verdict.SAME, role.value)
    with pytest.raises(NotPermitted):
        judge_candidate(case=case.id, judgement=judgement, actor=officer(role), stores=stores, clock=clock)


def test_one_recovery_never_becomes_two_weapons(stores: MemoryStores, clock: StillClock) -> None:
    first = opened(stores, clock).case
    request = TraceRequest(first.request.recovered, (ComponentReading("AB?23"),), "investigation")
    second = open_trace(request=request, actor=ANALYST, stores=stores, clock=clock).case
    judge(first, Verdict.SAME, stores, clock)
    with pytest.raises(TraceRefused) as refused:
        judge(second, Verdict.SAME, stores, clock)
    assert [finding.code for finding in refused.value.findings] == ["tracing.identified_elsewhere"]
    with pytest.raises(TraceRefused):
        open_trace(request=request, actor=ANALYST, stores=stores, clock=clock)


def test_a_recovery_joins_the_weapon_s_life_as_it_was_corrected(stores: MemoryStores, clock: StillClock) -> None:
    case = opened(stores, clock).case
    recovered = stores.records.of_weapon(case.request.recovered)[0]
    right = {**recovered.event.details, "place": "Harbour"}
    proposal = propose_correction(
        correction=Correction(recovered.position, "wrong place", right), actor=ANALYST, stores=stores, clock=clock
    )
    approver = officer(Role.APPROVER)
    approve_correction(proposal=proposal.id, actor=approver, stores=stores, clock=clock)
    judge(case, Verdict.SAME, stores, clock)
    assert stores.records.of_weapon(WEAPON)[-1].event.details["place"] == "Harbour"


def asked(stores: MemoryStores, clock: StillClock, actor: Actor = ANALYST, case: str = "") -> Ranking:
    query = Query((parse_reading("AB?0[0O]"),), maker="glock", year=2001)
    return search_marks(query=query, actor=actor, stores=stores, weights=load_weights(), clock=clock, case=case)


def test_each_search_leaves_a_record_of_who_asked_what_and_was_shown_what(
    stores: MemoryStores, clock: StillClock
) -> None:
    opened(stores, clock)
    ranking = asked(stores, clock)
    asked(stores, clock, case="T-1")
    newest, first = search_page(actor=officer(Role.AUDITOR), stores=stores)
    plain: dict[str, Plain] = {"readings": ["AB?0[0O]"], "maker": "glock", "year": 2001}
    shown = tuple(each.weapon for each in ranking.candidates)
    assert first == Search("tracing_analyst", "XT-POL", "2026-05-06T07:08:09.000Z", plain, shown, number=1)
    assert newest == replace(first, case="T-1", number=2)
    counted = searchers(actor=officer(Role.AUDITOR), stores=stores, since=NOW)
    assert counted == [Searcher("tracing_analyst", 2, 1, first.at)]
    assert searchers(actor=officer(Role.AUDITOR), stores=stores, since=NOW + timedelta(minutes=1)) == []


def test_a_search_that_is_refused_finds_and_notes_nothing(stores: MemoryStores, clock: StillClock) -> None:
    with pytest.raises(NotPermitted):
        asked(stores, clock, officer(Role.AUDITOR))
    assert search_page(actor=officer(Role.AUDITOR), stores=stores) == []


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.AUDITOR}))
def test_only_an_auditor_reads_who_searched(role: Role, stores: MemoryStores) -> None:
    with pytest.raises(NotPermitted):
        search_page(actor=officer(role), stores=stores)
    with pytest.raises(NotPermitted):
        searchers(actor=officer(role), stores=stores, since=NOW)


def test_a_case_that_waits_for_another_state_is_answered_by_what_it_answered(
    stores: MemoryStores, clock: StillClock
) -> None:
    case = opened(stores, clock).case

    def answers(outcome: Outcome, rests_on: str = "") -> TraceCase:
        given = {"case": case.id, "note": "", "rests_on": rests_on}
        return answer_trace(outcome=outcome, actor=ANALYST, stores=stores, clock=clock, **given)

    answers(Outcome.ASK_ANOTHER_STATE)
    with pytest.raises(TraceRefused) as refused:
        answers(Outcome.TRACED, "TR-2026-000001")
    assert [finding.code for finding in refused.value.findings] == ["tracing.not_heard"]
    heard = {"matter": "TR-2026-000001", "case": case.id, "from_state": "XU", "outcome": "restricted"}
    told(stores, clock, event("trace_heard", "2026-05-06", of=case.request.recovered, **heard))
    with pytest.raises(TraceRefused) as refused:
        answers(Outcome.TRACED)
    assert [finding.code for finding in refused.value.findings] == ["tracing.already_answered"]
    answered = answers(Outcome.TRACED, "TR-2026-000001")
    assert (answered.outcome, answered.answer["rests_on"]) == (Outcome.TRACED, "TR-2026-000001")
