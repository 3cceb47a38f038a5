"""Signals through the API: listed, judged, escalated to what is opened with it, confirmed with a point of diversion."""

from typing import Any

import pytest
from django.test import Client

from tests.api.asking import post
from tests.api.conftest import As
from tests.api.test_stockpiles import codes, get
from tracemark import diversion
from tracemark.authorities import Role
from tracemark.diversion import Signal, Stage, Strength
from tracemark.kernel import Actor
from tracemark.node import Node
from tracemark.weapons import WeaponId


@pytest.fixture(scope="module")
def raised(node: Node) -> list[str]:
    """Five signals, on weapons 5 to 9, the strongest first."""
    actor = Actor("ana", "XT-REG", frozenset({Role.TRACING_ANALYST.value}))
    signals = [
        Signal("shipped_not_received", Stage.TRANSFER, Strength.STRONG, (WeaponId(5 + number),), (number,), "2026-03")
        for number in range(5)
    ]
    return list(diversion.raise_signals(signals=signals, actor=actor, stores=node.stores, clock=node.clock).names)


def names(client: Client, query: str) -> tuple[list[str], Any]:
    told = get(client, f"/signals{query}").json()
    return [each["name"] for each in told["items"]], told["after"]


def test_signals_come_in_pages_and_one_at_a_time(caller: As, raised: list[str]) -> None:
    auditor = caller(Role.AUDITOR)
    first, after = names(auditor, "?limit=3")
    rest, end = names(auditor, f"?limit=3&after={after}")
    assert (first + rest, after, end) == (raised, raised[2], None)
    assert names(auditor, "?weapon=W-6") == ([raised[1]], None)
    one = get(auditor, f"/signals/{raised[0]}").json()
    assert (one["standing"], one["weapons"], one["corroborated"]) == ("open", ["W-5"], True)
    assert one["explanation"] != one["innocent"]
    assert [each["kind"] for each in one["steps"]] == ["signal_raised"]


def test_a_signal_is_dismissed_or_merged_by_who_judges(caller: As, raised: list[str]) -> None:
    analyst = caller(Role.TRACING_ANALYST)
    dismissed = post(analyst, f"/signals/{raised[0]}/dismissal", {"readings": ["chance"]})
    assert (dismissed.status_code, dismissed.json()["standing"]) == (201, "dismissed")
    again = post(analyst, f"/signals/{raised[0]}/dismissal", {"readings": ["chance"]})
    assert codes(again) == (409, ["diversion.signal_judged"])
    merged = post(analyst, f"/signals/{raised[1]}/merger", {"into": raised[2]}).json()
    assert (merged["standing"], merged["steps"][-1]["into"]) == ("merged", raised[2])


def test_one_escalates_and_opens_and_another_confirms_and_codes(caller: As, raised: list[str]) -> None:
    analyst, approver = caller(Role.TRACING_ANALYST), caller(Role.APPROVER)
    address = f"/signals/{raised[2]}"
    nothing = post(analyst, f"{address}/escalation", {"note": "look", "opens": "case"})
    assert codes(nothing) == (409, ["diversion.nothing_recovered"])
    escalated = post(analyst, f"{address}/escalation", {"note": "look", "opens": "investigation"}).json()
    investigation = escalated["steps"][-1]["investigation"]
    opened = get(analyst, f"/investigations/{investigation}").json()
    assert (opened["reason"], opened["missing"], opened["signal"]) == ("alarm", ["W-7"], raised[2])
    point = {"stage": "transfer", "how": "route_deviation", "since": "2026-03"}
    confirmed = post(approver, f"{address}/confirmation", {"note": "the carrier says so", "point": point})
    assert (confirmed.status_code, confirmed.json()["standing"]) == (201, "confirmed")
    coded = get(approver, "/diversions").json()["items"]
    assert [(each["weapon"], each["how"], each["signal"]) for each in coded] == [
        ("W-7", "route_deviation", raised[2]),
        ("W-6", "route_deviation", raised[2]),
    ]
    rules = get(approver, "/signal-rules").json()["items"]
    assert [(each["rule"], each["confirmed"], each["dismissed"]) for each in rules] == [("shipped_not_received", 1, 1)]


def test_a_point_is_coded_without_a_signal(caller: As, raised: list[str]) -> None:
    told = {"weapons": ["W-9"], "stage": "end_use", "how": "theft", "grounds": ["a witness"], "signal": raised[4]}
    made = post(caller(Role.TRACING_ANALYST), "/diversions", told)
    assert (made.status_code, made.json()["items"][0]["grounds"]) == (201, ["a witness"])


def test_a_notice_is_signed_for_another_state(caller: As, raised: list[str]) -> None:
    told = post(caller(Role.POINT_OF_CONTACT), f"/signals/{raised[3]}/notices", {"to_state": "XU"})
    assert (told.status_code, told.json()["notice"]["reference"]) == (201, raised[3])


def test_an_investigation_is_opened_noted_and_read(caller: As) -> None:
    keeper = caller(Role.REGISTRY_OFFICER)
    opened = post(keeper, "/investigations", {"reason": "report", "weapons": ["W-10"], "note": "a call"}).json()
    noted = post(keeper, f"/investigations/{opened['name']}/notes", {"note": "asked", "due": "2031-01-01"}).json()
    assert ([each["note"] for each in noted["notes"]], noted["due"]) == (["a call", "asked"], "2031-01-01")
    first = get(keeper, "/investigations?limit=1").json()
    assert ([each["name"] for each in first["items"]], first["before"] is None) == ([opened["name"]], False)


def test_surplus_is_identified_by_criteria(caller: As) -> None:
    found = get(caller(Role.AUDITOR), "/surplus?holder=XT-DEPOT&calibres=9x19&limit=2").json()
    assert (len(found["items"]), found["items"][0]["grounds"]) == (2, ["obsolete"])
    few = get(caller(Role.AUDITOR), "/surplus?holder=XT-DEPOT&ceilings=pistol:4").json()
    assert {each["grounds"][0] for each in few["items"]} == {"excess"}
