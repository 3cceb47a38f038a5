from datetime import UTC, datetime

from tests.rooms import officer
from tests.stockpiles.depots import KEEPER, depot, happened, registered, sealed, stored
from tracemark.authorities import Role
from tracemark.kernel import PartialDate
from tracemark.stockpiles import Criteria, Ground, overdue_dispositions, surplus_weapons
from tracemark.storage.memory import MemoryStores

OFFICER = officer(Role.REGISTRY_OFFICER)


class Later:
    def now(self) -> datetime:
        return datetime(2026, 9, 1, tzinfo=UTC)


def grounds(stores: MemoryStores, criteria: Criteria) -> dict[int, tuple[Ground, ...]]:
    found = surplus_weapons(holder="XT-ARMY", criteria=criteria, actor=OFFICER, stores=stores)
    return {each.state.weapon: each.grounds for each in found}


def test_old_worn_and_too_many(stores: MemoryStores) -> None:
    with stores.atomic():
        stores.register.next_weapons(5)
    years = {1: 1960, 2: 2001, 3: 2005, 4: 2010, 5: 2015}
    sealed(stores, *(registered(each, f"R{each}", year=year) for each, year in years.items()))
    sealed(stores, happened(2, "issued", to="XT-ARMY/unit-1"), happened(2, "returned", condition="Unserviceable"))
    criteria = Criteria(made_before=1970, ceilings={"rifle": 2})
    assert grounds(stores, criteria) == {1: (Ground.OBSOLETE,), 2: (Ground.UNSERVICEABLE,), 3: (Ground.EXCESS,)}
    assert grounds(stores, Criteria(unserviceable=False)) == {}
    others = Criteria(calibres=frozenset({"7_62x39"}), unserviceable=False)
    assert grounds(stores, others) == dict.fromkeys(years, (Ground.OBSOLETE,))


def test_what_was_declared_stays_on_the_list_and_what_is_out_is_not_on_it(stores: MemoryStores) -> None:
    stored(stores, depot(stores), "AB")
    sealed(stores, happened(1, "declared_surplus", reason="obsolete"), happened(2, "issued", to="XT-ARMY/unit-1"))
    found = surplus_weapons(holder="XT-ARMY", criteria=Criteria(made_before=2010), actor=KEEPER, stores=stores)
    assert [(each.state.weapon, each.declared) for each in found] == [(1, True)]


def test_collected_weapons_wait_for_a_decision(stores: MemoryStores) -> None:
    stored(stores, depot(stores), "AAA")
    sealed(
        stores,
        happened(1, "surrendered", PartialDate(2026, 5, 6), place="Amberly"),
        happened(2, "seized", PartialDate(2026, 5), place="Amberly"),
        happened(3, "seized", PartialDate(2026, 5, 6), place="Amberly"),
        happened(3, "retained", PartialDate(2026, 5, 6), holder="XT-ARMY"),
    )
    overdue = overdue_dispositions(days=90, actor=OFFICER, stores=stores, clock=Later())
    assert [(state.weapon, days) for state, days in overdue] == [(1, 118), (2, 93)]
    assert overdue_dispositions(days=119, actor=OFFICER, stores=stores, clock=Later()) == []
