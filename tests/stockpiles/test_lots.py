import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.recordkeeping.sealed_logs import SeededSigner
from tests.rooms import StillClock, officer
from tests.stockpiles.depots import KEEPER, TODAY, depot
from tracemark.authorities import Agency, AgencyKind, NotPermitted, Role
from tracemark.kernel import Plain, Refused
from tracemark.recordkeeping import EventKind
from tracemark.stockpiles import LotTold, Move, lot_list, lot_record, move_lot, receive_lot, site_record
from tracemark.storage.memory import MemoryStores

CLOCK = StillClock()
BESIDES: dict[str, dict[str, Plain]] = {"lot_issued": {"to": "XT-ARMY/unit-1"}, "lot_destroyed": {"method": "burning"}}


def received(stores: MemoryStores, site: str, number: str = "LX-04", quantity: int = 1000) -> str:
    lot = LotTold(number, quantity, "7_62x39", rack="B")
    return receive_lot(lot=lot, site=site, happened=TODAY, actor=KEEPER, stores=stores, clock=CLOCK)


def moved(stores: MemoryStores, lot: str, kind: str, quantity: int) -> None:
    move = Move(EventKind(kind), quantity, TODAY, BESIDES.get(kind, {}))
    move_lot(lot=lot, move=move, actor=KEEPER, stores=stores, clock=CLOCK)


def test_a_lot_is_drawn_down_and_counted(stores: MemoryStores) -> None:
    site = depot(stores)
    lot = received(stores, site)
    for kind, quantity in (("lot_issued", 300), ("lot_expended", 120), ("lot_returned", 80), ("lot_added", 20)):
        moved(stores, lot, kind, quantity)
    known = lot_record(lot=lot, actor=KEEPER, stores=stores)
    assert (known.balance, known.issued, known.rack) == (800, 100, "B")
    moved(stores, lot, "lot_counted", 790)
    moved(stores, lot, "lot_destroyed", 90)
    known = lot_record(lot=lot, actor=KEEPER, stores=stores)
    assert (known.balance, known.variance) == (700, -10)
    assert [each.balance for each in known.steps] == [1000, 700, 700, 780, 800, 790, 700]
    assert site_record(site=site, actor=KEEPER, stores=stores).lots == (known,)


@pytest.mark.parametrize(
    ("kind", "quantity", "code"),
    [
        ("lot_issued", 1001, "stockpiles.balance_below_zero"),
        ("lot_destroyed", 1001, "stockpiles.balance_below_zero"),
        ("lot_returned", 1, "stockpiles.balance_below_zero"),
        ("lot_expended", 1, "stockpiles.balance_below_zero"),
        ("lot_issued", 0, "stockpiles.quantity_unfit"),
    ],
)
def test_no_balance_gets_below_zero(stores: MemoryStores, kind: str, quantity: int, code: str) -> None:
    lot = received(stores, depot(stores))
    with pytest.raises(Refused) as found:
        moved(stores, lot, kind, quantity)
    assert [each.code for each in found.value.findings] == [code]


KINDS = ("lot_issued", "lot_returned", "lot_expended", "lot_added", "lot_destroyed", "lot_counted")


@given(st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 8)), max_size=12))
def test_whatever_is_tried_no_round_appears_from_nowhere(tried: list[tuple[str, int]]) -> None:
    stores = MemoryStores(SeededSigner())
    stores.agencies.put(Agency("XT-ARMY", "Army", AgencyKind.ARMED_FORCES, "XT"))
    lot, out = received(stores, depot(stores), quantity=10), 0
    for kind, quantity in tried:
        try:
            moved(stores, lot, kind, quantity)
        except Refused:
            continue
        known = lot_record(lot=lot, actor=KEEPER, stores=stores)
        out += {"lot_issued": quantity, "lot_returned": -quantity, "lot_expended": -quantity}.get(kind, 0)
        assert (known.balance >= 0, known.issued) == (True, out)


def test_a_lot_number_stands_once_at_a_site(stores: MemoryStores) -> None:
    site = depot(stores)
    received(stores, site)
    with pytest.raises(Refused) as found:
        received(stores, site, "lx-04")
    assert [each.code for each in found.value.findings] == ["stockpiles.lot_known"]
    received(stores, depot(stores, "Brackwater"))
    assert [each.lot for each in lot_list(actor=KEEPER, stores=stores)] == ["LX-04", "LX-04"]


def test_others_do_not_see_a_lot(stores: MemoryStores) -> None:
    lot = received(stores, depot(stores))
    stranger = officer(Role.STOREKEEPER, "x", "XT-POL")
    assert lot_list(actor=stranger, stores=stores).items == ()
    with pytest.raises(NotPermitted):
        lot_record(lot=lot, actor=stranger, stores=stores)
    with pytest.raises(Refused) as found:
        moved(stores, "LT-2026-000009", "lot_issued", 1)
    assert [each.code for each in found.value.findings] == ["stockpiles.lot_unknown"]
