"""From a call to a certificate; and what is refused on the way says why."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.fellowship.courses import APPROVER, AUDITOR, CONTACT, SOURCE, Course, call, nominee
from tests.rooms import officer
from tracemark.authorities import AgencyKind, NotPermitted, Role
from tracemark.exchange import verify_signature
from tracemark.fellowship import (
    Allocation,
    Cost,
    FollowUp,
    Identity,
    alumni,
    book_cost,
    call_cohort,
    certify_fellow,
    check_fellow_certificate,
    close_fund,
    cohort_record,
    cohort_scenarios,
    decide_selection,
    declare_conflict,
    erase_nominee,
    fellow_certificate,
    fill_seat,
    follow_up,
    follow_ups_due,
    fund_list,
    fund_record,
    nomination_record,
    nominee_identity,
    propose_selection,
    return_selection,
    revise_fund,
    withdraw_nomination,
)
from tracemark.kernel import Refused
from tracemark.recordkeeping import VerifierKey, approve_erasure
from tracemark.storage.memory import MemoryStores
from tracemark.tracing import Sex


def codes(do: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as found:
        do()
    return [each.code.removeprefix("fellowship.") for each in found.value.findings]


def standings(course: Course) -> list[str]:
    record = cohort_record(cohort=course.name, actor=AUDITOR, stores=course.stores)
    return [each.standing for each in record.nominations]


def test_a_cohort_from_its_call_to_its_certificates_and_follow_ups(stores: MemoryStores) -> None:
    course = Course.called(stores)
    man = course.nominate(nominee("XA", "male"))
    woman = course.nominate(nominee("XB"), "Somebody of Borland")
    dealer = course.nominate(nominee("XC", agency=AgencyKind.DEALER))
    late = course.nominate(nominee("XD", "male"))
    cohort = course.decided()
    assert standings(course) == ["selected", "selected", "declined", "waiting"]
    assert (cohort.proposal is not None, cohort.decided_by) == (True, "second")
    assert nomination_record(nomination=dealer, actor=AUDITOR, stores=stores).decision == {"barred": ["agency"]}
    waits = nomination_record(nomination=late, actor=AUDITOR, stores=stores).decision
    assert waits is not None
    assert waits["lack"]["instead_of"] == [man]
    course.certified(man, woman)
    told, token = fellow_certificate(nomination=woman, **course.by())
    key = VerifierKey(stores.signer.name, stores.signer.public_key)
    assert check_fellow_certificate(token, key, verify_signature) == told
    assert (told.fellow, told.modules[0]) == ("Somebody of Borland", ("Marking", ("ITI 8(a)",)))
    assert all(b"Somebody" not in each.body for each in stores.records.all())
    course.clock.today = date(2026, 11, 23)
    due = follow_ups_due(actor=AUDITOR, stores=stores, clock=course.clock)
    assert [(each.nomination, each.month, each.overdue) for each in due] == [
        (man, 6, True), (woman, 6, True), (man, 12, False), (woman, 12, False),
    ]  # fmt: skip
    follow_up(nomination=woman, told=FollowUp(6, course.clock.today, in_post=True, applied=("M1",)), **course.by())
    [count] = alumni(actor=AUDITOR, stores=stores, clock=course.clock)
    assert (count.fellows, count.by_sex, count.told, count.due) == (2, {"male": 1, "female": 1}, 1, 2)


def test_a_nomination_after_the_deadline_or_over_the_ceiling_or_twice_is_refused(stores: MemoryStores) -> None:
    course = Course.called(stores)
    course.nominate(nominee("XA"), "One Person")
    assert codes(lambda: course.nominate(nominee("XA"), "ONE  person")) == ["nominated_twice"]
    course.nominate(nominee("XA", first_choice=True), "Another Person")
    assert codes(lambda: course.nominate(nominee("XA"), "A Third")) == ["nominations_full"]
    assert codes(lambda: course.nominate(nominee("ZZ"))) == ["state_unknown"]
    blank = nominee("XB", "unknown", agency=None)
    assert codes(lambda: course.nominate(blank)) == ["blank_unexplained"]
    course.nominate(replace(blank, reason="The State names its nominee later."))
    assert codes(lambda: course.nominate(nominee("XB"), " ")) == ["text_missing"]
    course.clock.today = date(2026, 4, 1)
    with pytest.raises(Refused) as late:
        course.nominate(nominee("XC"))
    [finding] = late.value.findings
    assert (finding.code, finding.facts["closes"], finding.facts["today"]) == (
        "fellowship.after_deadline", "2026-03-31", "2026-04-01",
    )  # fmt: skip
    course.clock.today = date(2026, 1, 31)
    assert codes(lambda: course.nominate(nominee("XC"))) == ["before_call"]


def test_no_call_takes_more_of_a_fund_than_its_ceiling_or_costs_more_than_it_gets(stores: MemoryStores) -> None:
    course = Course.called(stores)

    def another(**changes: Any) -> list[str]:
        return codes(lambda: call_cohort(call=call(course.fund, **changes), **course.by()))

    assert another() == ["over_ceiling"]
    assert another(seats=1, allocations=(Allocation(course.fund, Decimal(20_000)),)) == ["over_budget"]
    assert another(allocations=(Allocation("FF-2026-000009", Decimal(1)),)) == ["fund_unknown"]
    assert another(currency="EUR") == ["fund_unfit"]
    assert another(modules=()) == ["modules_unfit"]
    assert another(policy="none") == ["policy_unknown"]
    assert another(closes=date(2026, 6, 1)) == ["days_crossed"]
    assert another(administrator="Somebody") == ["organisation_unknown"]
    [fund] = fund_list(actor=AUDITOR, stores=stores)
    assert (fund.allocated, fund.left) == (Decimal(40_000), Decimal(20_000))
    lower = replace(SOURCE, ceiling=Decimal(30_000))
    assert codes(lambda: revise_fund(fund=course.fund, source=lower, reason="cut", **course.by())) == ["ceiling_taken"]
    over = Cost(date(2026, 3, 1), Decimal(40_001), "flights")
    assert codes(lambda: book_cost(cohort=course.name, cost=over, **course.by())) == ["cost_over_budget"]


def test_a_fund_is_revised_and_closed_with_a_reason_and_what_cohorts_take_of_it_stays(stores: MemoryStores) -> None:
    course = Course.called(stores)
    known = {"fund": course.fund, **course.by()}
    more = replace(SOURCE, ceiling=Decimal(80_000), last=date(2027, 12, 31))
    with pytest.raises(NotPermitted):
        revise_fund(fund=course.fund, source=more, reason="more was given", **course.by(AUDITOR))
    assert codes(lambda: revise_fund(source=more, reason=" ", **known)) == ["text_missing"]
    euros = replace(more, currency="EUR")
    assert codes(lambda: revise_fund(source=euros, reason="paid in euros", **known)) == ["currency_taken"]
    revise_fund(source=more, reason="more was given", **known)
    told = fund_record(fund=course.fund, actor=AUDITOR, stores=stores)
    assert (told.fund.source, told.fund.reason, told.left) == (more, "more was given", Decimal(40_000))
    close_fund(reason="the agreement ended", **known)
    told = fund_record(fund=course.fund, actor=AUDITOR, stores=stores)
    assert (told.fund.standing, told.fund.reason, told.allocated) == ("closed", "the agreement ended", Decimal(40_000))
    assert codes(lambda: close_fund(reason="again", **known)) == ["wrong_standing"]
    assert codes(lambda: revise_fund(source=more, reason="again", **known)) == ["wrong_standing"]
    assert codes(lambda: call_cohort(call=call(course.fund), **course.by())) == ["fund_unfit"]


def test_who_declared_an_interest_neither_proposes_nor_decides(stores: MemoryStores) -> None:
    course = Course.called(stores)
    course.nominate(nominee("XA"))
    course.clock.today = date(2026, 4, 1)
    declare_conflict(cohort=course.name, reason="my former unit", **course.by())
    assert codes(lambda: propose_selection(cohort=course.name, **course.by())) == ["conflict_bars"]
    other = officer(Role.POINT_OF_CONTACT, "other")
    propose_selection(cohort=course.name, **course.by(other))
    declare_conflict(cohort=course.name, reason="a relative", **course.by(APPROVER))
    assert codes(lambda: decide_selection(cohort=course.name, **course.by(APPROVER))) == ["conflict_bars"]
    free = officer(Role.APPROVER, "free")
    assert decide_selection(cohort=course.name, **course.by(free)).standing == "selected"


def test_a_second_person_decides_and_may_depart_with_a_reason(stores: MemoryStores) -> None:
    course = Course.called(stores)
    names = [course.nominate(nominee(state)) for state in ("XA", "XB", "XC")]
    assert codes(lambda: propose_selection(cohort=course.name, **course.by())) == ["call_still_open"]
    course.clock.today = date(2026, 4, 1)
    both = officer(Role.POINT_OF_CONTACT, "contact")
    both = replace(both, roles=both.roles | {Role.APPROVER.value})
    propose_selection(cohort=course.name, **course.by(both))
    with pytest.raises(NotPermitted):
        decide_selection(cohort=course.name, **course.by(both))
    return_selection(cohort=course.name, reason="look again", **course.by(APPROVER))
    propose_selection(cohort=course.name, **course.by())
    swap = {names[0]: "selected", names[2]: "waiting"}

    def decide(departures: dict[str, str], reason: str = "the host asks for it") -> list[str]:
        how: dict[str, Any] = {"cohort": course.name, "departures": departures, "reason": reason}
        return codes(lambda: decide_selection(**how, **course.by(APPROVER)))

    assert decide({names[0]: "selected"}) == ["seats_exceeded"]
    assert decide(swap, " ") == ["text_missing"]
    assert decide({"FN-2026-000077": "selected"}) == ["departure_unfit"]
    decide_selection(cohort=course.name, departures=swap, reason="the host asks for it", **course.by(APPROVER))
    assert standings(course) == ["selected", "selected", "waiting"]
    assert nomination_record(nomination=names[0], actor=AUDITOR, stores=stores).reason == "the host asks for it"


def test_a_free_seat_goes_down_the_waiting_list_or_elsewhere_with_a_reason(stores: MemoryStores) -> None:
    course = Course.called(stores)
    names = [course.nominate(nominee(state)) for state in ("XA", "XB", "XC", "XD")]
    course.decided()
    record = cohort_record(cohort=course.name, actor=AUDITOR, stores=stores)
    first, second = (each.name for each in record.waiting)
    assert codes(lambda: fill_seat(nomination=first, **course.by(APPROVER))) == ["no_seat_free"]
    withdraw_nomination(nomination=record.fellows[0].name, reason="ill", **course.by())
    assert codes(lambda: fill_seat(nomination=second, **course.by(APPROVER))) == ["others_wait"]
    fill_seat(nomination=first, **course.by(APPROVER))
    assert nomination_record(nomination=first, actor=AUDITOR, stores=stores).standing == "selected"
    assert len(names) == len(standings(course))


def test_a_proposal_is_stale_once_a_nomination_was_withdrawn(stores: MemoryStores) -> None:
    course = Course.called(stores)
    names = [course.nominate(nominee(state)) for state in ("XA", "XB")]
    course.clock.today = date(2026, 4, 1)
    propose_selection(cohort=course.name, **course.by())
    withdraw_nomination(nomination=names[0], reason="elsewhere", **course.by())
    assert codes(lambda: decide_selection(cohort=course.name, **course.by(APPROVER))) == ["proposal_stale"]


def test_who_missed_too_much_is_not_certified_nor_by_whoever_assessed(stores: MemoryStores) -> None:
    course = Course.called(stores)
    names = [course.nominate(nominee(state)) for state in ("XA", "XB")]
    course.decided()
    assert codes(lambda: course.held("M9", (), ())) == ["module_unknown"]
    assert codes(lambda: course.held("M1", (), tuple(names))) == ["not_a_fellow_there"]
    course.held("M1", tuple(names), tuple(names))
    assert codes(lambda: course.held("M1", (), ())) == ["module_held"]
    course.held("M2", (names[0],), (names[0],))
    assert codes(lambda: certify_fellow(nomination=names[1], **course.by(APPROVER))) == ["not_completed"]
    with pytest.raises(NotPermitted):
        certify_fellow(nomination=names[0], **course.by(officer(Role.APPROVER, "contact")))
    certify_fellow(nomination=names[0], **course.by(APPROVER))


def test_a_name_is_read_on_record_and_erased_without_the_rest(stores: MemoryStores) -> None:
    course = Course.called(stores)
    name = course.nominate(nominee("XA"), "Somebody Fictional")
    with pytest.raises(NotPermitted):
        nominee_identity(nomination=name, purpose="curiosity", **course.by(AUDITOR))
    found = nominee_identity(nomination=name, purpose="visa", **course.by())
    assert found == Identity("Somebody Fictional")
    person = nomination_record(nomination=name, actor=AUDITOR, stores=stores).person
    reads = stores.reads.of(person.removeprefix("person:"))
    assert [(each["actor"], each["purpose"]) for each in reads] == [("contact", "visa")]
    clerk = officer(Role.REGISTRY_OFFICER)
    proposal = erase_nominee(nomination=name, legal_basis="asked by the person", **course.by(clerk))
    approve_erasure(proposal=proposal.id, **course.by(APPROVER))
    assert nominee_identity(nomination=name, purpose="visa", **course.by()) is None
    assert nomination_record(nomination=name, actor=AUDITOR, stores=stores).nominee.sex is Sex.FEMALE


def test_a_contribution_buys_seats_for_named_states(stores: MemoryStores) -> None:
    course = Course.called(stores)
    for state in ("XA", "XB", "XC", "XD"):
        course.nominate(nominee(state))
    money = [Decimal(9_999), Decimal(10_000), Decimal(20_000)]
    found = cohort_scenarios(cohort=course.name, contributions=money, actor=AUDITOR, stores=stores)
    assert [(each.seats, len(each.states), len(each.comes_in)) for each in found] == [
        (2, 2, 0), (2, 2, 0), (3, 3, 1), (4, 4, 2),
    ]  # fmt: skip


def test_what_is_bought_once_a_selection_is_decided_leaves_its_fellows_their_seats(stores: MemoryStores) -> None:
    course = Course.called(stores)
    for state in ("XA", "XB", "XC", "XD"):
        course.nominate(nominee(state))
    record = cohort_record(cohort=course.name, actor=AUDITOR, stores=stores)
    best = cohort_scenarios(cohort=course.name, contributions=[Decimal(10_000)], actor=AUDITOR, stores=stores)
    out, kept = best[0].selection.selected
    instead = best[0].selection.waiting[-1]
    course.decided(departures={out: "waiting", instead: "selected"}, reason="A visa is not to be had.")
    asked: dict[str, Any] = {"cohort": course.name, "contributions": [Decimal(20_000)], "actor": AUDITOR}
    base, bought = cohort_scenarios(**asked, stores=stores)
    assert set(base.selection.selected) == {kept, instead}
    assert set(bought.selection.selected) == {each.name for each in record.nominations}
    assert (bought.seats, set(bought.comes_in), bought.goes_out) == (4, set(base.selection.waiting), ())
    anew, _ = cohort_scenarios(**asked, anew=True, stores=stores)
    assert anew.selection.selected == (out, kept)


def test_an_auditor_reads_and_writes_nothing(stores: MemoryStores) -> None:
    course = Course.called(stores)
    with pytest.raises(NotPermitted):
        propose_selection(cohort=course.name, **course.by(AUDITOR))
    assert CONTACT.name == "contact"
