"""A grant from proposal to a result that the receiving State confirms, and what keeps money from going astray."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.assistance.asked import APPROVER, ASK, AUDITOR, LaterClock, asked, by, offered, proposed, terms
from tests.assistance.test_asks import arriving, refused
from tracemark.assistance import (
    QUALITATIVE,
    UNITS,
    AwardRecord,
    FundingCall,
    Help,
    ResultWords,
    acknowledge_request,
    award_result,
    circulate_request,
    close_programme,
    close_request,
    confirm_result,
    contest_result,
    currencies,
    decide_grant,
    end_grant,
    grant_record,
    match_needs,
    pay_grant,
    programme_list,
    propose_grant,
    receive_request,
    refuse_grant,
    report_grant_activity,
    report_result,
    request_list,
    revise_programme,
    round_on,
)
from tracemark.authorities import NotPermitted
from tracemark.storage.memory import MemoryStores


@pytest.fixture
def clock() -> LaterClock:
    return LaterClock()


def approves(stores: MemoryStores, clock: LaterClock) -> dict[str, Any]:
    return {**by(stores, clock), "actor": APPROVER}


def read(stores: MemoryStores, clock: LaterClock, name: str = "AG-2026-000001") -> AwardRecord:
    return grant_record(grant=name, actor=AUDITOR, stores=stores, clock=clock)


def alarms(stores: MemoryStores, clock: LaterClock) -> list[str]:
    return [each.code.removeprefix("assistance.alarm_") for each in read(stores, clock).alarms]


def test_from_a_proposal_to_a_confirmed_result(stores: MemoryStores, clock: LaterClock) -> None:
    name = proposed(stores, clock)
    assert request_list(stores)[0].status == "matched"
    both = replace(by(stores, clock)["actor"], roles=frozenset({"point_of_contact", "approver"}))
    with pytest.raises(NotPermitted):
        decide_grant(grant=name, note="", **{**by(stores, clock), "actor": both})
    decide_grant(grant=name, note="agreed", **approves(stores, clock))
    assert (request_list(stores)[0].status, request_list(stores)[0].lacking) == ("granted", 30_000)
    pay_grant(grant=name, amount=60_000, on=date(2026, 5, 6), **by(stores, clock))
    report_grant_activity(
        grant=name, activity="Two machines bought", spent=55_000, on=date(2026, 5, 6), **by(stores, clock)
    )
    report_result(grant=name, result="Two depots mark.", **by(stores, clock))
    contest_result(grant=name, reason="One machine does not run.", **approves(stores, clock))
    report_result(grant=name, result="Both run.", **by(stores, clock))
    assert award_result(read(stores, clock).award, ResultWords("Confirmed.", "Activities", "en")) is None
    confirm_result(grant=name, note="seen", **approves(stores, clock))
    award = read(stores, clock).award
    words = ResultWords("Confirmed.", "Activities", "en")
    result = award_result(award, words)
    assert result is not None
    assert [each.text for each in result.titles + result.descriptions] == ["All is marked.", "Both run."]
    assert [(each.measure, each.value, [one.text for one in each.found]) for each in result.indicators] == [
        (QUALITATIVE, None, ["Both run.", "Confirmed."]),
        (UNITS, 1, ["Two machines bought"]),
    ]
    told = (award.standing, award.paid, award.spent, award.result, award.confirmed_by, len(award.steps))
    assert told == ("confirmed", 60_000, 55_000, "Both run.", "approver", 8)
    close_request(request=award.terms.request, outcome="partly", reason="A depot is left.", **by(stores, clock))


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"amount": 100_001}, "assistance.over_ceiling"),
        ({"amount": 9_999}, "assistance.under_least"),
        ({"amount": 0}, "assistance.amount_unfit"),
        ({"ends": date(2026, 6, 1)}, "assistance.ends_before_start"),
        ({"expects": ""}, "assistance.text_missing"),
        ({"currency": "USD"}, "assistance.currencies_differ"),
        ({"programme": "AP-2026-000009"}, "assistance.link_unknown"),
    ],
)
def test_a_proposal_that_cannot_be_is_refused(
    stores: MemoryStores, clock: LaterClock, told: dict[str, Any], code: str
) -> None:
    fit = terms(asked(stores, clock), offered(stores, clock))
    assert refused(lambda: propose_grant(terms=replace(fit, **told), **by(stores, clock)))["code"] == code


@pytest.mark.parametrize(
    ("offer", "code"),
    [
        ({"share_percent": 20}, "assistance.over_share"),
        ({"whole_only": True, "most": None}, "assistance.whole_only"),
        ({"budget": 80_000, "most": 80_000}, "assistance.over_ceiling"),
        ({"calls": (FundingCall("2026", date(2026, 1, 1), date(2026, 12, 31), 50_000),)}, "assistance.over_budget"),
        ({"calls": (FundingCall("2025", date(2025, 1, 1), date(2025, 12, 31)),)}, "assistance.barred"),
        ({"themes": ("tracing",)}, "assistance.barred"),
        ({"helps": (Help.FINANCE,)}, "assistance.barred"),
        ({"states": ("XN",)}, "assistance.barred"),
        ({"needs_partner": True}, "assistance.barred"),
    ],
)
def test_the_programmes_conditions_hold(
    stores: MemoryStores, clock: LaterClock, offer: dict[str, Any], code: str
) -> None:
    fit = terms(asked(stores, clock), offered(stores, clock, **offer))
    assert refused(lambda: propose_grant(terms=fit, **by(stores, clock)))["code"] == code


def test_money_that_waits_for_a_decision_is_not_given_twice(stores: MemoryStores, clock: LaterClock) -> None:
    name = proposed(stores, clock)
    fit = read(stores, clock).award.terms
    again = refused(lambda: propose_grant(terms=replace(fit, amount=40_000), **by(stores, clock)))
    assert (again["code"], again["lacking"]) == ("assistance.over_need", 30_000)
    refuse_grant(grant=name, reason="Not now.", **approves(stores, clock))
    assert propose_grant(terms=fit, **by(stores, clock)) == "AG-2026-000002"


def test_an_ended_grant_gives_back_what_was_not_paid(stores: MemoryStores, clock: LaterClock) -> None:
    name = proposed(stores, clock)
    decide_grant(grant=name, note="", **approves(stores, clock))
    over = refused(lambda: pay_grant(grant=name, amount=90_001, on=date(2026, 5, 6), **by(stores, clock)))
    assert (over["code"], over["amount"]) == ("assistance.over_grant", 90_000)
    pay_grant(grant=name, amount=20_000, on=date(2026, 5, 6), **by(stores, clock))
    end_grant(grant=name, reason="The depot burnt down.", **approves(stores, clock))
    assert programme_list(stores)[0].left == 280_000


def test_lapse_overrun_and_silence_are_alarms(stores: MemoryStores, clock: LaterClock) -> None:
    name = proposed(stores, clock)
    decide_grant(grant=name, note="", **approves(stores, clock))
    assert alarms(stores, clock) == []
    spend = {"grant": name, "on": date(2026, 5, 6), **by(stores, clock)}
    report_grant_activity(activity="Machines", spent=50_000, **spend)
    assert alarms(stores, clock) == ["unpaid"]
    report_grant_activity(activity="More machines", spent=50_000, **spend)
    assert alarms(stores, clock) == ["overrun"]
    clock.go(181)
    assert alarms(stores, clock) == ["overrun", "silent"]
    clock.on(2027, 6, 1)
    assert alarms(stores, clock) == ["lapsed", "overrun", "silent"]


def test_a_call_that_closes_with_money_left_is_an_alarm(stores: MemoryStores, clock: LaterClock) -> None:
    offered(stores, clock)
    clock.on(2026, 12, 1)
    found = programme_list(stores, clock.now().date())[0].alarms
    assert [(each.code, each.facts["left"]) for each in found] == [("assistance.alarm_call_lapses", 300_000)]


def test_a_result_is_confirmed_by_the_state_that_received_it(stores: MemoryStores, clock: LaterClock) -> None:
    request, programme = receive_request(arriving=arriving(), **by(stores, clock)), offered(stores, clock)
    acknowledge_request(request=request, **by(stores, clock))
    circulate_request(request=request, note="Its letter says that it may be shown.", **by(stores, clock))
    name = propose_grant(terms=terms(request, programme), **by(stores, clock))
    decide_grant(grant=name, note="", **approves(stores, clock))
    report_result(grant=name, result="Two depots mark.", **by(stores, clock))
    found = refused(lambda: confirm_result(grant=name, note="", **approves(stores, clock)))
    assert (found["code"], found["state"]) == ("assistance.not_the_receiver", "XN")


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"most": 300_001}, "assistance.ceiling_unfit"),
        ({"least": 100_001}, "assistance.ceiling_unfit"),
        ({"share_percent": 101}, "assistance.share_unfit"),
        ({"regions": ("999",)}, "assistance.region_unknown"),
        ({"states": ("Xanadu",)}, "assistance.state_unfit"),
        ({"calls": ()}, "assistance.text_missing"),
        ({"calls": (FundingCall("a", date(2026, 2, 1), date(2026, 1, 1)),)}, "assistance.call_unfit"),
        ({"calls": (FundingCall("a", date(2026, 1, 1), date(2026, 2, 1), 300_001),)}, "assistance.calls_over_budget"),
    ],
)
def test_a_programme_that_cannot_be_is_refused(
    stores: MemoryStores, clock: LaterClock, told: dict[str, Any], code: str
) -> None:
    assert refused(lambda: offered(stores, clock, **told))["code"] == code


def test_a_programme_stands_once_and_keeps_what_it_gave(stores: MemoryStores, clock: LaterClock) -> None:
    name = proposed(stores, clock)
    decide_grant(grant=name, note="", **approves(stores, clock))
    assert refused(lambda: offered(stores, clock))["code"] == "assistance.offered_before"
    fund = programme_list(stores)[0].fund
    less = replace(fund.offers, budget=80_000, most=80_000)
    told = {"programme": fund.name, "reason": "Cut.", **by(stores, clock)}
    assert refused(lambda: revise_programme(offer=less, **told))["code"] == "assistance.given_already"
    revise_programme(offer=replace(fund.offers, budget=400_000), **told)
    close_programme(programme=fund.name, reason="The year is over.", **by(stores, clock))
    assert [(each.left, each.status) for each in programme_list(stores)] == [(310_000, "closed")]


def test_a_round_over_the_record_proposes_and_gives_nothing(stores: MemoryStores, clock: LaterClock) -> None:
    first = asked(stores, clock)
    other = asked(stores, clock, replace(ASK, need="Other words.", themes=("tracing",), report=""), "XN")
    programme = offered(stores, clock)
    records = request_list(stores)
    round_ = round_on(records, programme_list(stores), currency="EUR", on=clock.now().date())
    found = match_needs(round_)
    assert currencies(records) == ["EUR"]
    assert [(each.request, each.programme, each.amount) for each in found.grants] == [(first, programme, 100_000)]
    assert [each.value for each in found.barred[other, programme]] == ["theme"]
    assert [each.request.standing for each in request_list(stores)] == ["published", "published"]
