from dataclasses import replace

import pytest

from tests.rooms import StillClock, officer
from tests.stockpiles.depots import COUNTER, KEEPER, TODAY, depot, entered, happened, opened, sealed, stored
from tracemark.authorities import NotPermitted, Role
from tracemark.kernel import PartialDate, Refused
from tracemark.recordkeeping import EventKind, Status
from tracemark.stockpiles import (
    Conclusion,
    MissingReport,
    Occasion,
    Reason,
    close_count,
    close_investigation,
    investigation_record,
    note_investigation,
    open_investigation,
    report_missing,
)
from tracemark.storage.memory import MemoryStores
from tracemark.weapons import WeaponId

CLOCK = StillClock()
SECOND = officer(Role.STOREKEEPER, "second", "XT-ARMY")


@pytest.fixture
def investigation(stores: MemoryStores) -> str:
    """What a count opened in which rifle 2 was missing."""
    site = depot(stores)
    stored(stores, site, "AA")
    count = opened(stores, site)
    entered(stores, count, "R1001")
    close_count(count=count, note="", actor=COUNTER, stores=stores, clock=CLOCK)
    return "IV-2026-000001"


def closed(stores: MemoryStores, name: str, finding: Conclusion = Conclusion.STOLEN) -> None:
    close_investigation(investigation=name, finding=finding, note="as found", actor=SECOND, stores=stores, clock=CLOCK)


def report(weapon: int = 2) -> MissingReport:
    return MissingReport([WeaponId(weapon)], EventKind.STOLEN, TODAY, TODAY, "Amberly", "the lock was forced")


def test_a_theft_is_reported_and_the_investigation_closed(stores: MemoryStores, investigation: str) -> None:
    note_investigation(
        investigation=investigation, note="guards heard", due="2026-07-01", actor=KEEPER, stores=stores, clock=CLOCK
    )
    with pytest.raises(Refused) as refused:
        closed(stores, investigation)
    assert [(each.code, each.facts) for each in refused.value.findings] == [
        ("stockpiles.weapons_unaccounted", {"weapons": ["W-2"]})
    ]
    report_missing(investigation=investigation, report=report(), actor=KEEPER, stores=stores, clock=CLOCK)
    event = stores.records.of_weapon(WeaponId(2))[-1].event
    assert (event.kind, event.details) == (
        EventKind.STOLEN,
        {
            "place": "Amberly",
            "circumstances": "the lock was forced",
            "reported_on": "2026-05-06",
            "investigation": investigation,
        },
    )
    closed(stores, investigation)
    known, weapons = investigation_record(investigation=investigation, actor=KEEPER, stores=stores)
    assert (known.open, known.finding, known.closed_by, known.due) == (False, "stolen", "second", "2026-07-01")
    assert [each[0] for each in known.notes] == ["guards heard", "as found"]
    assert [each.status for each in weapons] == [Status.STOLEN]
    with pytest.raises(Refused) as refused:
        closed(stores, investigation)
    assert [each.code for each in refused.value.findings] == ["stockpiles.investigation_over"]


def test_a_weapon_that_turns_up_accounts_for_itself(stores: MemoryStores, investigation: str) -> None:
    sealed(stores, happened(2, "issued", to="XT-ARMY/unit-1"))
    closed(stores, investigation, Conclusion.CLERICAL)


def test_neither_who_opened_it_nor_the_custodian_closes_it(stores: MemoryStores, investigation: str) -> None:
    for actor in (COUNTER, KEEPER):
        with pytest.raises(NotPermitted):
            close_investigation(
                investigation=investigation,
                finding=Conclusion.LOST,
                note="",
                actor=actor,
                stores=stores,
                clock=CLOCK,
            )


def test_what_it_is_not_about_is_not_reported_there(stores: MemoryStores, investigation: str) -> None:
    with pytest.raises(Refused) as refused:
        report_missing(investigation=investigation, report=report(1), actor=KEEPER, stores=stores, clock=CLOCK)
    assert [each.code for each in refused.value.findings] == ["stockpiles.weapon_not_investigated"]


def test_one_may_be_opened_without_a_count(stores: MemoryStores) -> None:
    (weapon,) = stored(stores, depot(stores), "A")

    def about(weapon: WeaponId) -> str:
        occasion = Occasion(Reason.REPORT, [weapon], note="a call")
        return open_investigation(occasion=occasion, actor=KEEPER, stores=stores, clock=CLOCK)

    name = about(weapon)
    known, _ = investigation_record(investigation=name, actor=COUNTER, stores=stores)
    assert (known.reason, known.missing, known.site, known.notes) == (
        "report",
        (weapon,),
        "",
        (("a call", "keeper", "2026-05-06"),),
    )
    with pytest.raises(Refused) as refused:
        about(WeaponId(99))
    assert [each.code for each in refused.value.findings] == ["stockpiles.no_such_weapon"]
    with pytest.raises(NotPermitted):
        investigation_record(investigation=name, actor=officer(Role.STOREKEEPER, "x", "XT-POL"), stores=stores)


@pytest.mark.parametrize("happened", [PartialDate(2026, 5, 1), PartialDate(2026)], ids=str)
def test_a_weapon_did_not_go_before_it_was_last_seen(
    happened: PartialDate, stores: MemoryStores, investigation: str
) -> None:
    early = replace(report(), happened=happened)
    with pytest.raises(Refused) as refused:
        report_missing(investigation=investigation, report=early, actor=KEEPER, stores=stores, clock=CLOCK)
    (finding,) = refused.value.findings
    assert (finding.code, finding.facts["kind"], finding.facts["on"]) == (
        "stockpiles.seen_since",
        "stored",
        "2026-05-06",
    )
