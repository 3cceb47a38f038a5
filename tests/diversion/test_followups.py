"""An escalated signal opens what follows from it in the same transaction, and nothing where that is refused."""

import pytest

from tests.diversion.desk import ANALYST, APPROVER, escalated, life, raised, signal
from tests.rooms import StillClock, told
from tracemark.diversion import (
    FollowUp,
    Found,
    Onward,
    RaisedSignal,
    SignalRefused,
    confirm_signal,
    point_in,
    signal_record,
)
from tracemark.kernel import PartialDate, Plain
from tracemark.recordkeeping import Event, EventKind, weapon_record
from tracemark.stockpiles import investigation_record
from tracemark.storage.memory import MemoryStores
from tracemark.tracing import trace_case
from tracemark.weapons import WeaponId

NAME = "SG-2026-000001"
INVESTIGATION, CASE = Onward(opens=FollowUp.INVESTIGATION), Onward(opens=FollowUp.CASE)


def held(stores: MemoryStores, clock: StillClock) -> None:
    """Register a rifle that nobody recovered, as weapon 2."""
    rifle: dict[str, Plain] = {"weapon": {"kind": "rifle"}, "holder": "XT-ARMY-1"}
    told(stores, clock, Event(WeaponId(2), EventKind.REGISTERED, PartialDate(2019), "XT-REG", "ana", rifle))


def record_of(stores: MemoryStores) -> RaisedSignal:
    return signal_record(name=NAME, actor=ANALYST, stores=stores).raised


def test_poa_ii_17_an_investigation_is_opened_of_what_the_record_has_in_hand(
    stores: MemoryStores, clock: StillClock
) -> None:
    held(stores, clock)
    raised(stores, clock, signal(weapon=2))
    escalated(stores, clock, NAME, INVESTIGATION)
    step = record_of(stores).steps[-1]
    known, weapons = investigation_record(investigation=step.investigation, actor=ANALYST, stores=stores)
    assert (known.reason, known.signal, known.missing, known.notes) == ("alarm", NAME, (2,), ())
    assert [each.weapon for each in weapons] == [2]
    assert known.open


def test_iti_17_a_trace_is_opened_of_the_recovered_weapon(stores: MemoryStores, clock: StillClock) -> None:
    life(stores, clock)
    raised(stores, clock, signal())
    escalated(stores, clock, NAME, CASE)
    case = trace_case(case=record_of(stores).steps[-1].case, actor=ANALYST, stores=stores)
    asked = case.request
    assert (asked.recovered, asked.purpose, asked.maker, asked.model) == (1, "two seizures", "zastava", "m70")
    assert [each.text for each in asked.readings] == ["A 123", "property of Jo"]


def test_where_nothing_was_recovered_no_trace_is_opened_and_nothing_is_escalated(
    stores: MemoryStores, clock: StillClock
) -> None:
    held(stores, clock)
    raised(stores, clock, signal(weapon=2))
    before = stores.records.size()
    with pytest.raises(SignalRefused) as refused:
        escalated(stores, clock, NAME, CASE)
    assert [each.code for each in refused.value.findings] == ["diversion.nothing_recovered"]
    assert (stores.records.size(), record_of(stores).standing.value) == (before, "open")


def test_who_confirms_codes_the_point_of_diversion_with_it(stores: MemoryStores, clock: StillClock) -> None:
    life(stores, clock)
    raised(stores, clock, signal())
    escalated(stores, clock, NAME)
    theft = Found("storage", "theft", [], PartialDate(2020), place="Depot 3")
    confirm_signal(signal=NAME, note="the keeper says so", found=theft, actor=APPROVER, stores=stores, clock=clock)
    point = point_in(weapon_record(weapon=WeaponId(1), actor=ANALYST, stores=stores))
    assert point is not None
    assert (point.how, point.grounds, point.signal, point.decided_by) == ("theft", ("the keeper says so",), NAME, "ben")


def test_a_coding_that_is_not_sound_lets_nothing_be_confirmed(stores: MemoryStores, clock: StillClock) -> None:
    life(stores, clock)
    raised(stores, clock, signal())
    escalated(stores, clock, NAME)
    wrong = Found("transfer", "reactivation", [])
    with pytest.raises(SignalRefused) as refused:
        confirm_signal(signal=NAME, note="so", found=wrong, actor=APPROVER, stores=stores, clock=clock)
    assert [each.code for each in refused.value.findings] == ["diversion.way_not_of_stage"]
    assert record_of(stores).standing.value == "escalated"
