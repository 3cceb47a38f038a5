"""Licences, certificates and consignments stand alike on every store; two who draw at once never draw too much."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import cast

from tests.rooms import StillClock
from tests.stores.lives import Stores
from tests.transfers.trade import DECIDER, DRAFTER, ON, Trade, serials
from tracemark import transfers
from tracemark.authorities import Agency, AgencyKind
from tracemark.recordkeeping import DossierFilter
from tracemark.storage.memory import MemoryStores
from tracemark.storage.relational.stores import RelationalStores
from tracemark.transfers import GoodsLine, Item, TransferRefused
from tracemark.weapons import WeaponId

PACKERS, LOTS = 4, 3


def trading(stores: Stores) -> Trade:
    """Let the officers of the room's own tests work on these stores."""
    with stores.atomic():
        for code, kind in (("XT-REG", AgencyKind.REGISTRY), ("XT-ARMY", AgencyKind.ARMED_FORCES)):
            stores.agencies.put(Agency(code, code, kind, "XT"))
    return Trade(cast("MemoryStores", stores), StillClock())


def test_a_lot_that_came_short_reads_back_as_it_was_told(stores: Stores) -> None:
    trade = trading(stores)
    licence = trade.issued()
    name = trade.shipped(trade.weapons(2), licence)
    told = transfers.mirror_consignment(
        consignment=name, items=serials(1), reported_by="FR", on=ON, actor=DRAFTER, **trade.with_stores
    )
    assert transfers.consignment(name=name, actor=DECIDER, stores=stores) == told
    assert told.mirror is not None
    assert [each.serial for each in told.mirror.missing] == ["AB0002"]
    assert transfers.licence(name=licence, actor=DECIDER, stores=stores).left(1) == 0
    page = transfers.file_page(
        kind="consignment", wanted=DossierFilter(frozenset({"shipped"})), actor=DECIDER, stores=stores
    )
    assert [each.name for each in page.items] == [name]
    with stores.snapshot():
        assert list(stores.dossiers.differing()) == []
        assert list(stores.register.differing()) == []


def test_two_who_pack_at_once_never_draw_a_licence_below_zero(relational_stores: RelationalStores) -> None:
    stores, ready = relational_stores, Barrier(PACKERS)
    trade = trading(stores)
    licence = trade.issued(goods=(GoodsLine("pistol", 5),))
    trade.weapons(PACKERS * LOTS)
    names = [trade.opened(licence) for _ in range(PACKERS)]

    def pack(number: int) -> list[str]:
        refused = list[str]()
        try:
            ready.wait()
            for lot in range(LOTS):
                item = Item(WeaponId(number * LOTS + lot + 1))
                try:
                    transfers.pack_consignment(
                        consignment=names[number], items=[item], actor=DRAFTER, **trade.with_stores
                    )
                except TransferRefused as error:
                    refused.append(error.findings[0].code)
        finally:
            stores.close()
        return refused

    with ThreadPoolExecutor(PACKERS) as pool:
        refused = [code for found in pool.map(pack, range(PACKERS)) for code in found]
    assert refused == ["transfers.quantity_exceeded"] * (PACKERS * LOTS - 5)
    assert transfers.licence(name=licence, actor=DECIDER, stores=stores).left(1) == 0
