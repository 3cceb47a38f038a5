"""A signal is raised once, judged by officers, and confirmed by two; nothing automatic calls it diversion."""

import pytest

from tests.diversion.desk import ANALYST, READINGS, confirmed, escalated, life, raised, signal
from tests.rooms import StillClock, officer
from tracemark.authorities import NotPermitted, Role
from tracemark.diversion import (
    FollowUp,
    Onward,
    RaisedSignal,
    Reading,
    SignalFilter,
    SignalRefused,
    Standing,
    Strength,
    confirm_signal,
    dismiss_signal,
    merge_signal,
    raise_signals,
    signal_queue,
    signal_record,
)
from tracemark.kernel import Actor
from tracemark.storage.memory import MemoryStores


def standing(stores: MemoryStores, name: str) -> RaisedSignal:
    return signal_record(name=name, actor=ANALYST, stores=stores).raised


def dismissed(stores: MemoryStores, clock: StillClock, name: str) -> None:
    dismiss_signal(signal=name, readings=READINGS, note="", actor=ANALYST, stores=stores, clock=clock)


def codes(refused: pytest.ExceptionInfo[SignalRefused]) -> list[str]:
    return [each.code for each in refused.value.findings]


def test_the_same_signal_is_raised_once(stores: MemoryStores, clock: StillClock) -> None:
    life(stores, clock)
    assert raised(stores, clock, signal(), signal()) == ("SG-2026-000001",)
    assert raised(stores, clock, signal()) == ()
    found = standing(stores, "SG-2026-000001")
    assert (found.signal, found.standing, found.identity) == (signal(), Standing.OPEN, signal().identity)


def test_what_was_dismissed_comes_back_with_new_evidence_only(stores: MemoryStores, clock: StillClock) -> None:
    life(stores, clock)
    raised(stores, clock, signal("seized_twice", 0, 1))
    dismissed(stores, clock, "SG-2026-000001")
    assert raised(stores, clock, signal("seized_twice", 0, 1), signal("seized_twice", 1)) == ()
    assert raised(stores, clock, signal("seized_twice", 0, 1, 2)) == ("SG-2026-000002",)
    assert standing(stores, "SG-2026-000002").earlier == "SG-2026-000001"
    assert standing(stores, "SG-2026-000001").standing is Standing.DISMISSED


def test_a_signal_is_confirmed_by_a_second_person(stores: MemoryStores, clock: StillClock) -> None:
    life(stores, clock)
    raised(stores, clock, signal())
    with pytest.raises(SignalRefused) as refused:
        confirmed(stores, clock, "SG-2026-000001")
    assert codes(refused) == ["diversion.not_escalated"]
    escalated(stores, clock, "SG-2026-000001")
    confirmed(stores, clock, "SG-2026-000001")
    found = standing(stores, "SG-2026-000001")
    assert (found.standing, found.escalated_by, found.steps[-1].by) == (Standing.CONFIRMED, "ana", "ben")


def test_who_escalated_it_does_not_confirm_it(stores: MemoryStores, clock: StillClock) -> None:
    life(stores, clock)
    raised(stores, clock, signal())
    escalated(stores, clock, "SG-2026-000001")
    both = Actor("Ana", "XT-REG", frozenset({Role.TRACING_ANALYST, Role.APPROVER}))
    with pytest.raises(NotPermitted):
        confirm_signal(signal="SG-2026-000001", note="so it is", actor=both, stores=stores, clock=clock)


def test_a_weak_signal_alone_is_never_confirmed(stores: MemoryStores, clock: StillClock) -> None:
    life(stores, clock)
    weak = [signal(rule, strength=Strength.WEAK) for rule in ("round_counts", "counts_alike")]
    one, other = raised(stores, clock, *weak)
    escalated(stores, clock, one)
    with pytest.raises(SignalRefused) as refused:
        confirmed(stores, clock, one)
    assert codes(refused) == ["diversion.weak_alone"]
    merge_signal(signal=other, into=one, note="", actor=ANALYST, stores=stores, clock=clock)
    assert standing(stores, one).joined == (other,)
    confirmed(stores, clock, one)
    assert standing(stores, one).standing is Standing.CONFIRMED


@pytest.mark.parametrize(
    ("into", "code"),
    [("SG-2026-000001", "diversion.merged_into_itself"), ("SG-2026-000009", "diversion.signal_unknown")],
)
def test_a_signal_is_merged_into_another_that_waits(
    stores: MemoryStores, clock: StillClock, into: str, code: str
) -> None:
    life(stores, clock)
    raised(stores, clock, signal())
    with pytest.raises(SignalRefused) as refused:
        merge_signal(signal="SG-2026-000001", into=into, note="", actor=ANALYST, stores=stores, clock=clock)
    assert codes(refused) == [code]


@pytest.mark.parametrize("readings", [(), (Reading.OTHER,)])
def test_a_dismissal_says_why(stores: MemoryStores, clock: StillClock, readings: tuple[Reading, ...]) -> None:
    life(stores, clock)
    raised(stores, clock, signal())
    with pytest.raises(SignalRefused) as refused:
        dismiss_signal(signal="SG-2026-000001", readings=readings, note=" ", actor=ANALYST, stores=stores, clock=clock)
    assert codes(refused) == ["diversion.dismissed_unexplained"]


def test_what_is_judged_is_not_judged_again(stores: MemoryStores, clock: StillClock) -> None:
    life(stores, clock)
    raised(stores, clock, signal())
    dismissed(stores, clock, "SG-2026-000001")
    with pytest.raises(SignalRefused) as refused:
        dismissed(stores, clock, "SG-2026-000001")
    assert codes(refused) == ["diversion.signal_judged"]


@pytest.mark.parametrize(
    ("onward", "code"),
    [
        (Onward(investigation="IV-2026-000001"), "diversion.investigation_unknown"),
        (Onward(case="TR-9"), "diversion.case_unknown"),
        (Onward(case="T-9", opens=FollowUp.CASE), "diversion.named_and_opened"),
    ],
)
def test_a_signal_is_escalated_to_what_there_is(
    stores: MemoryStores, clock: StillClock, onward: Onward, code: str
) -> None:
    life(stores, clock)
    raised(stores, clock, signal())
    with pytest.raises(SignalRefused) as refused:
        escalated(stores, clock, "SG-2026-000001", onward)
    assert codes(refused) == [code]


def test_the_queue_has_the_strongest_first_and_what_is_asked_for(stores: MemoryStores, clock: StillClock) -> None:
    life(stores, clock)
    strengths = (Strength.WEAK, Strength.STRONG, Strength.MEDIUM)
    raised(stores, clock, *(signal(f"rule_{each}", strength=each) for each in strengths))
    queue = signal_queue(wanted=SignalFilter(), actor=ANALYST, stores=stores)
    assert [each.signal.strength for each in queue] == [Strength.STRONG, Strength.MEDIUM, Strength.WEAK]
    weak = signal_queue(wanted=SignalFilter(strength="weak"), actor=ANALYST, stores=stores)
    assert [each.name for each in weak] == ["SG-2026-000001"]


@pytest.mark.parametrize("role", [Role.STOREKEEPER, Role.LICENSING_OFFICER, Role.ADMINISTRATOR])
def test_whom_a_signal_may_concern_does_not_see_it(stores: MemoryStores, clock: StillClock, role: Role) -> None:
    with pytest.raises(NotPermitted):
        signal_queue(wanted=SignalFilter(), actor=officer(role), stores=stores)
    with pytest.raises(NotPermitted):
        raise_signals(signals=[signal()], actor=officer(role), stores=stores, clock=clock)


def test_a_signal_of_very_many_events_fits_into_the_record(stores: MemoryStores, clock: StillClock) -> None:
    many = signal("cluster", *range(10_000, 30_000))
    (name,) = raised(stores, clock, many)
    assert raised(stores, clock, many) == ()
    assert stores.dossiers.dossier(name).standing == "open"
