import pytest

from tests.rooms import StillClock, officer
from tests.stockpiles.depots import COUNTER, KEEPER, TODAY, depot, happened, sealed, stored
from tracemark.authorities import NotPermitted, Role
from tracemark.kernel import PartialDate, Refused
from tracemark.recordkeeping import Status
from tracemark.stockpiles import (
    Deed,
    Plan,
    carry_out_destruction,
    certify_destruction,
    decide_destruction,
    destruction_list,
    destruction_methods,
    destruction_record,
    plan_destruction,
    withdraw_destruction,
    witness_destruction,
)
from tracemark.storage.memory import MemoryStores
from tracemark.weapons import WeaponId

CLOCK = StillClock()
APPROVER = officer(Role.APPROVER, "approver", "XT-REG")
CLERK = officer(Role.REGISTRY_OFFICER, "clerk", "XT-REG")
ARMY = officer(Role.STOREKEEPER, "army witness", "XT-ARMY")
PICTURE = "ab" * 32


def codes(found: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [each.code for each in found.value.findings]


def planned(stores: MemoryStores, *weapons: int, method: str = "smelting") -> str:
    plan = Plan([*map(WeaponId, weapons)], method, "Amberly foundry", "surplus")
    return plan_destruction(plan=plan, actor=KEEPER, stores=stores, clock=CLOCK)


def carried_out(stores: MemoryStores, *weapons: int) -> str:
    name = planned(stores, *weapons)
    decide_destruction(destruction=name, approve=True, note="", actor=APPROVER, stores=stores, clock=CLOCK)
    deed = Deed(TODAY, "Amberly foundry", [PICTURE])
    carry_out_destruction(destruction=name, deed=deed, actor=COUNTER, stores=stores, clock=CLOCK)
    return name


def witnessed(stores: MemoryStores, name: str, *actors: object) -> None:
    for actor in actors:
        witness_destruction(destruction=name, note="", actor=actor, stores=stores, clock=CLOCK)  # type: ignore[arg-type]


def certified(stores: MemoryStores, name: str) -> int:
    return certify_destruction(destruction=name, actor=KEEPER, stores=stores, clock=CLOCK)


def test_weapons_are_destroyed_before_two_witnesses(stores: MemoryStores) -> None:
    stored(stores, depot(stores), "AB")
    name = carried_out(stores, 1, 2)
    witnessed(stores, name, CLERK, ARMY)
    assert certified(stores, name) == 2
    record = destruction_record(destruction=name, actor=KEEPER, stores=stores)
    assert [each.status for each in record.weapons] == [Status.DESTROYED] * 2
    assert record.came_back == ()
    known = record.destruction
    assert (known.standing, known.planned_by, known.approved_by, known.carried_out_by) == (
        "certified",
        "keeper",
        "approver",
        "counter",
    )
    assert [(each.name, each.authority) for each in known.witnesses] == [
        ("clerk", "XT-REG"),
        ("army witness", "XT-ARMY"),
    ]
    event = stores.records.of_weapon(WeaponId(1))[-1].event
    assert (str(event.happened), event.document, event.details) == (
        "2026-05-06",
        name,
        {
            "method": "smelting",
            "place": "Amberly foundry",
            "certificate": name,
            "destruction": name,
            "witnesses": 2,
            "photos": [PICTURE],
        },
    )


def test_a_destroyed_weapon_that_is_recovered_came_back(stores: MemoryStores) -> None:
    stored(stores, depot(stores), "AB")
    name = carried_out(stores, 1, 2)
    witnessed(stores, name, CLERK, ARMY)
    certified(stores, name)
    sealed(stores, happened(2, "seized", TODAY, place="Dunholm"))
    ((weapon, recovery),) = destruction_record(destruction=name, actor=KEEPER, stores=stores).came_back
    assert (weapon, recovery.event.details) == (2, {"place": "Dunholm"})


def test_one_witness_is_too_few_and_two_of_one_office_are_one(stores: MemoryStores) -> None:
    stored(stores, depot(stores), "A")
    name = carried_out(stores, 1)
    witnessed(stores, name, CLERK)
    with pytest.raises(Refused) as found:
        certified(stores, name)
    assert codes(found) == ["stockpiles.witnesses_lacking"]
    with pytest.raises(Refused) as found:
        witnessed(stores, name, APPROVER)
    assert codes(found) == ["stockpiles.witness_of_same_office"]
    for again in (CLERK, COUNTER):
        with pytest.raises(NotPermitted) as refused:
            witnessed(stores, name, again)
        assert codes(refused) == ["authorities.same_person"]


def test_nobody_skips_a_step(stores: MemoryStores) -> None:
    stored(stores, depot(stores), "A")
    name = planned(stores, 1)
    deed = Deed(TODAY, "x")
    for skip in (
        lambda: carry_out_destruction(destruction=name, deed=deed, actor=KEEPER, stores=stores, clock=CLOCK),
        lambda: witness_destruction(destruction=name, note="", actor=CLERK, stores=stores, clock=CLOCK),
        lambda: certified(stores, name),
    ):
        with pytest.raises(Refused) as found:
            skip()
        assert codes(found) == ["recordkeeping.dossier_step"]
    with pytest.raises(NotPermitted):
        decide_destruction(destruction=name, approve=True, note="", actor=KEEPER, stores=stores, clock=CLOCK)


def test_nothing_is_destroyed_before_it_was_approved(stores: MemoryStores) -> None:
    stored(stores, depot(stores), "A")
    name = planned(stores, 1)
    decide_destruction(destruction=name, approve=True, note="", actor=APPROVER, stores=stores, clock=CLOCK)
    deed = Deed(PartialDate(2026, 5, 5), "x")
    with pytest.raises(Refused) as found:
        carry_out_destruction(destruction=name, deed=deed, actor=KEEPER, stores=stores, clock=CLOCK)
    assert codes(found) == ["stockpiles.destroyed_before_approval"]


def test_a_plan_is_refused_with_a_reason_or_withdrawn(stores: MemoryStores) -> None:
    stored(stores, depot(stores), "AB")
    first = planned(stores, 1)
    with pytest.raises(Refused) as found:
        decide_destruction(destruction=first, approve=False, note="", actor=APPROVER, stores=stores, clock=CLOCK)
    assert codes(found) == ["stockpiles.reason_missing"]
    decide_destruction(
        destruction=first, approve=False, note="a museum asks", actor=APPROVER, stores=stores, clock=CLOCK
    )
    second = planned(stores, 1, 2)
    with pytest.raises(Refused) as found:
        planned(stores, 2)
    assert codes(found) == ["stockpiles.weapon_planned"]
    withdraw_destruction(destruction=second, reason="delayed", actor=KEEPER, stores=stores, clock=CLOCK)
    standings = [each.standing for each in destruction_list(actor=KEEPER, stores=stores)]
    assert (standings, planned(stores, 2)) == (["withdrawn", "refused"], "DS-2026-000003")


def test_what_cannot_be_planned(stores: MemoryStores) -> None:
    stored(stores, depot(stores), "A")
    sealed(stores, happened(1, "issued", to="XT-ARMY/unit-1"))
    for weapons, method, code in (
        ((1,), "smelting", "recordkeeping.impossible_sequence"),
        ((9,), "smelting", "stockpiles.no_such_weapon"),
        ((), "smelting", "stockpiles.too_many_weapons"),
        ((1,), "wishing", "stockpiles.method_unknown"),
    ):
        with pytest.raises(Refused) as found:
            planned(stores, *weapons, method=method)
        assert codes(found) == [code]


def test_each_method_says_what_it_leaves() -> None:
    assert {each.leaves for each in destruction_methods().values()} == {"nothing", "scrap", "weapons"}
