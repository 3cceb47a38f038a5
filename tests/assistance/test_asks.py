"""A request from its draft to its end: what it needs, who signs it off, when it is overdue, and that it stands once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.assistance.asked import APPROVER, ASK, AUDITOR, LaterClock, asked, by, offered
from tracemark.assistance import (
    Arriving,
    Ask,
    AssistanceRefused,
    Beneficiaries,
    BudgetLine,
    acknowledge_request,
    circulate_request,
    close_request,
    draft_request,
    follow_up_request,
    open_request,
    receive_request,
    request_list,
    request_record,
    revise_request,
    sign_request,
)
from tracemark.authorities import NotPermitted
from tracemark.kernel import cite
from tracemark.storage.memory import MemoryStores


@pytest.fixture
def clock() -> LaterClock:
    return LaterClock()


def refused(act: Callable[[], object]) -> dict[str, Any]:
    with pytest.raises(AssistanceRefused) as caught:
        act()
    return {"code": caught.value.findings[0].code, **caught.value.findings[0].facts}


def alarms(stores: MemoryStores, clock: LaterClock) -> list[tuple[str, str]]:
    found = request_list(stores, clock.now().date())
    return [
        (each.request.name, alarm.code.removeprefix("assistance.alarm_")) for each in found for alarm in each.alarms
    ]


def test_a_request_is_kept_as_it_was_written() -> None:
    assert Ask.of_plain(ASK.plain()) == ASK
    assert ASK.amount == 120_000


def test_a_draft_is_signed_off_by_another_person_and_published(stores: MemoryStores, clock: LaterClock) -> None:
    name = draft_request(ask=ASK, state="XT", **by(stores, clock))
    both = replace(by(stores, clock)["actor"], roles=frozenset({"point_of_contact", "approver"}))
    with pytest.raises(NotPermitted):
        sign_request(request=name, note="", **{**by(stores, clock), "actor": both})
    early = refused(lambda: open_request(request=name, access="published", **by(stores, clock)))
    assert (early["code"], early["standing"]) == ("assistance.step_unfit", "drafted")
    sign_request(request=name, note="seen", **{**by(stores, clock), "actor": APPROVER})
    open_request(request=name, access="restricted", **by(stores, clock))
    open_request(request=name, access="published", **by(stores, clock))
    record = request_record(request=name, actor=AUDITOR, stores=stores, clock=clock)
    told = (name, record.status, record.lacking, record.request.signed_by, record.request.asked_on)
    assert told == ("AR-2026-000001", "published", 120_000, "approver", date(2026, 5, 6))


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"title": " "}, "assistance.text_missing", "title"),
        ({"themes": ()}, "assistance.text_missing", "themes"),
        ({"themes": ("bees",)}, "assistance.theme_unknown", "themes"),
        ({"helps": ()}, "assistance.text_missing", "helps"),
        ({"stage": "birth"}, "assistance.stage_unknown", "stage"),
        ({"lines": ()}, "assistance.text_missing", "lines"),
        ({"lines": (BudgetLine("Machines", 0),)}, "assistance.amount_unfit", "lines"),
        ({"currency": "euro"}, "assistance.currency_unfit", "currency"),
        ({"beneficiaries": Beneficiaries(women=4)}, "assistance.sex_unsaid", "because"),
        ({"gaps": ("no.such",)}, "targets.gap_unknown", "gaps"),
        ({"target": "TG-2026-000009"}, "assistance.link_unknown", "target"),
        ({"commitment": cite("PoA II.99")}, "targets.commitment_unknown", "commitment"),
    ],
)
def test_what_is_missing_or_unknown_is_said(
    stores: MemoryStores, clock: LaterClock, change: dict[str, Any], code: str, field: str
) -> None:
    found = refused(lambda: draft_request(ask=replace(ASK, **change), state="XT", **by(stores, clock)))
    assert (found["code"], found["field"]) == (code, field)


def test_people_who_are_not_counted_need_a_reason(stores: MemoryStores, clock: LaterClock) -> None:
    unknown = replace(ASK, beneficiaries=Beneficiaries(unstated=12, reason="The course is open to both."))
    name = draft_request(ask=unknown, state="XT", **by(stores, clock))
    assert request_record(request=name, actor=AUDITOR, stores=stores, clock=clock).request.asks == unknown


@pytest.mark.parametrize(
    ("change", "again"),
    [
        ({}, True),
        ({"title": "Other title"}, True),
        ({"lines": (BudgetLine("One machine", 40_000),)}, True),
        ({"need": "Other words.", "lines": (BudgetLine("All of it", 120_000),)}, True),
        ({"need": "Other words.", "lines": (BudgetLine("One machine", 40_000),)}, False),
        ({"commitment": cite("PoA II.8")}, False),
    ],
)
def test_the_same_request_twice_is_refused(
    stores: MemoryStores, clock: LaterClock, change: dict[str, Any], *, again: bool
) -> None:
    first = draft_request(ask=ASK, state="XT", **by(stores, clock))
    second = replace(ASK, **change)
    if again:
        found = refused(lambda: draft_request(ask=second, state="XT", **by(stores, clock)))
        assert (found["code"], found["dossier"]) == ("assistance.asked_before", first)
    else:
        assert draft_request(ask=second, state="XT", **by(stores, clock)) == "AR-2026-000002"


def test_a_closed_request_may_be_asked_again(stores: MemoryStores, clock: LaterClock) -> None:
    first = asked(stores, clock)
    close_request(request=first, outcome="unmet", reason="Nobody gave.", **by(stores, clock))
    assert asked(stores, clock) == "AR-2026-000002"


def test_a_budget_over_the_ceiling_of_its_programme_is_refused(stores: MemoryStores, clock: LaterClock) -> None:
    programme = offered(stores, clock)
    found = refused(lambda: draft_request(ask=replace(ASK, programme=programme), state="XT", **by(stores, clock)))
    assert found == {
        "code": "assistance.over_ceiling", "field": "lines", "programme": programme,
        "amount": 120_000, "ceiling": 100_000, "currency": "EUR",
    }  # fmt: skip


def test_a_draft_is_revised_with_a_reason(stores: MemoryStores, clock: LaterClock) -> None:
    name = draft_request(ask=ASK, state="XT", **by(stores, clock))
    same = refused(lambda: revise_request(request=name, ask=ASK, reason="x", **by(stores, clock)))
    assert same["code"] == "assistance.nothing_changes"
    revise_request(request=name, ask=replace(ASK, partner="SEESAC"), reason="A partner.", **by(stores, clock))
    assert request_list(stores)[0].request.asks.partner == "SEESAC"


def arriving(number: str = "AR-2026-000007", ask: Ask = ASK) -> Arriving:
    return Arriving(ask, "XN", "xn.example/tracemark", number, "m-1")


def test_another_states_request_is_acknowledged_shown_and_followed_up(stores: MemoryStores, clock: LaterClock) -> None:
    name = receive_request(arriving=arriving(ask=replace(ASK, target="TG-2026-000003")), **by(stores, clock))
    clock.go(8)
    assert alarms(stores, clock) == [(name, "unacknowledged")]
    acknowledge_request(request=name, **by(stores, clock))
    found = refused(lambda: circulate_request(request=name, note="", **by(stores, clock)))
    assert (found["code"], found["until"]) == ("assistance.may_object", "2026-05-21")
    clock.go(8)
    assert alarms(stores, clock) == [(name, "not_circulated")]
    circulate_request(request=name, note="", **by(stores, clock))
    assert alarms(stores, clock) == []
    clock.on(2027, 5, 6)
    assert alarms(stores, clock) == [(name, "follow_up")]
    follow_up_request(request=name, outcome="partly", note="One depot", **by(stores, clock))
    assert (alarms(stores, clock), request_list(stores)[0].request.outcome) == ([], "partly")


def test_a_letter_that_comes_twice_is_one_request(stores: MemoryStores, clock: LaterClock) -> None:
    name = receive_request(arriving=arriving(), **by(stores, clock))
    found = refused(lambda: receive_request(arriving=arriving(), **by(stores, clock)))
    assert (found["code"], found["dossier"]) == ("assistance.came_before", name)
    other = refused(lambda: receive_request(arriving=arriving("AR-2026-000008"), **by(stores, clock)))
    assert (other["code"], other["dossier"]) == ("assistance.asked_before", name)
