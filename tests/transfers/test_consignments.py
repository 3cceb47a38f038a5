"""Consignments: packed within the licence, shipped, passed, received, mirrored, and reconciled weapon by weapon."""

import threading
from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.recordkeeping.sealed_logs import SeededSigner
from tests.rooms import StillClock, officer, told
from tests.transfers.trade import APPLICATION, ASSESSMENT, DECIDER, DRAFTER, ON, Trade, registered, serials
from tracemark import transfers
from tracemark.authorities import Agency, AgencyKind, Role
from tracemark.kernel import PartialDate
from tracemark.recordkeeping import Event, EventKind, EventRefused, Status
from tracemark.storage.memory import MemoryStores
from tracemark.transfers import Authorises, Consignment, GoodsLine, Item, TransferRefused
from tracemark.weapons import WeaponId

OFFICER = officer(Role.REGISTRY_OFFICER)


def army() -> MemoryStores:
    """Empty stores that know a registry and an army."""
    found = MemoryStores(SeededSigner())
    with found.atomic():
        for code, kind in (("XT-REG", AgencyKind.REGISTRY), ("XT-ARMY", AgencyKind.ARMED_FORCES)):
            found.agencies.put(Agency(code, code, kind, "XT"))
    return found


@pytest.fixture
def trade(stores: MemoryStores, clock: StillClock) -> Trade:
    return Trade(stores, clock)


def read(trade: Trade, name: str) -> Consignment:
    return transfers.consignment(name=name, actor=DECIDER, stores=trade.stores)


def left(trade: Trade, licence: str, line: int = 1) -> int:
    return transfers.licence(name=licence, actor=DECIDER, stores=trade.stores).left(line)


def import_licence(trade: Trade, quantity: int = 3) -> str:
    bars = tuple(each for each in ASSESSMENT.answers if each.question in transfers.asked(Authorises.IMPORT))
    return trade.issued(
        assessment=replace(ASSESSMENT, answers=bars), authorises=Authorises.IMPORT, from_state="FR", to_state="XT",
        parties=(), goods=(GoodsLine("pistol", quantity),),
    )  # fmt: skip


def announced(trade: Trade, licence: str, *numbers: int) -> str:
    return trade.shipped(serials(*numbers), licence, sender="organisation:Manufacture", receiver="XT-ARMY")


def received(trade: Trade, name: str, items: list[Item], on: PartialDate = ON) -> Consignment:
    return transfers.receive_consignment(
        consignment=name, items=items, on=on, place="Amberly", actor=DRAFTER, **trade.with_stores
    )


def test_poa_ii_12_weapons_leave_under_a_licence_and_each_life_says_so(trade: Trade) -> None:
    licence = trade.issued()
    name = trade.shipped([*trade.weapons(2), *trade.weapons(1, "revolver", 3)], licence)
    consignment = read(trade, name)
    assert [(each.weapon, each.serial, each.line) for each in consignment.packed] == [
        (1, "AB0001", 1),
        (2, "AB0002", 1),
        (3, "AB0003", 2),
    ]
    assert (consignment.standing, consignment.moves, consignment.to_state) == ("shipped", "export", "FR")
    assert [left(trade, licence, line) for line in (1, 2)] == [0, 0]
    event = trade.stores.records.of_weapon(WeaponId(1))[-1].event
    assert (event.kind.value, event.details) == (
        "exported",
        {"holder": "organisation:Ministry", "consignment": name, "to_state": "FR", "licence": licence},
    )
    assert trade.stores.register.state(WeaponId(1)).status is Status.ABROAD
    assert len(trade.stores.dossiers.events(name)) == 6


def test_no_more_is_packed_than_the_licence_has_left(trade: Trade) -> None:
    licence = trade.issued()
    weapons = trade.weapons(4)
    trade.packed(weapons[:1], licence)
    name = trade.opened(licence)
    with pytest.raises(TransferRefused) as refused:
        transfers.pack_consignment(consignment=name, items=weapons[1:], actor=DRAFTER, **trade.with_stores)
    told_why = {"licence": licence, "line": 1, "quantity": 2, "left": 1, "coming": 3}
    assert [(each.code, each.facts) for each in refused.value.findings] == [("transfers.quantity_exceeded", told_why)]
    assert (read(trade, name).packed, left(trade, licence)) == ((), 1)


def test_two_officers_at_once_never_draw_a_licence_below_zero(trade: Trade) -> None:
    licence = trade.issued()
    weapons = trade.weapons(8)
    names = [trade.opened(licence) for _ in weapons]
    refused = list[str]()

    def pack(name: str, item: Item) -> None:
        try:
            transfers.pack_consignment(consignment=name, items=[item], actor=DRAFTER, **trade.with_stores)
        except TransferRefused as error:
            refused.append(error.findings[0].code)

    threads = [threading.Thread(target=pack, args=pair) for pair in zip(names, weapons, strict=True)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert refused == ["transfers.quantity_exceeded"] * 6
    assert left(trade, licence) == 0


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from(["pack", "cancel", "ship"]), st.integers(0, 3)), max_size=14))
def test_whatever_is_packed_cancelled_and_shipped_the_balance_is_what_was_granted_less_what_is_packed(
    steps: list[tuple[str, int]],
) -> None:
    trade = Trade(army(), StillClock())
    licence, free = import_licence(trade, 5), iter(range(1, 100))
    names = [trade.opened(licence, sender="organisation:Manufacture", receiver="XT-ARMY") for _ in range(4)]
    for step, which in steps:
        common = {"consignment": names[which], "actor": DRAFTER, **trade.with_stores}
        with suppress(TransferRefused):
            if step == "pack":
                transfers.pack_consignment(items=serials(next(free), next(free)), **common)
            elif step == "ship":
                transfers.ship_consignment(on=ON, **common)
            elif read(trade, names[which]).standing == "open":
                transfers.close_consignment(reason="Broke down", **common)
        standing = [read(trade, name) for name in names]
        packed = sum(len(each.packed) for each in standing if each.standing != "cancelled")
        assert 0 <= left(trade, licence) == 5 - packed


def test_a_cancelled_consignment_gives_back_what_it_drew(trade: Trade) -> None:
    licence = trade.issued()
    name = trade.packed(trade.weapons(2), licence)
    transfers.close_consignment(consignment=name, reason="Ship broke down", actor=DRAFTER, **trade.with_stores)
    assert (read(trade, name).standing, left(trade, licence)) == ("cancelled", 2)


@pytest.mark.parametrize(
    ("items", "code"),
    [
        ([], "transfers.list_length"),
        ([Item(WeaponId(99))], "transfers.weapon_unknown"),
        ([Item(WeaponId(1)), Item(WeaponId(1))], "transfers.packed_twice"),
        ([Item(serial="no such")], "transfers.serial_unclear"),
        ([Item(serial="---")], "transfers.item_unread"),
        ([Item(WeaponId(2))], "transfers.weapon_elsewhere"),
        ([Item(WeaponId(3))], "transfers.line_unknown"),
    ],
)
def test_what_may_not_be_packed(trade: Trade, items: list[Item], code: str) -> None:
    trade.weapons(1)
    told(trade.stores, trade.clock, registered(2, holder="XT-POL"), registered(3, "sub_machine_gun"))
    name = trade.opened(trade.issued())
    with pytest.raises(TransferRefused) as refused:
        transfers.pack_consignment(consignment=name, items=items, actor=OFFICER, **trade.with_stores)
    assert [each.code for each in refused.value.findings] == [code]


def test_a_serial_names_the_one_weapon_of_the_sender_that_bears_it(trade: Trade) -> None:
    trade.weapons(2)
    name = trade.packed(serials(2), trade.issued())
    assert [(each.weapon, each.serial) for each in read(trade, name).packed] == [(2, "AB0002")]


def test_nothing_leaves_outside_the_days_of_the_licence_or_without_a_list(trade: Trade) -> None:
    licence = trade.issued()
    name = trade.opened(licence)
    with pytest.raises(TransferRefused, match="nothing_packed"):
        transfers.ship_consignment(consignment=name, on=ON, actor=DRAFTER, **trade.with_stores)
    transfers.pack_consignment(consignment=name, items=trade.weapons(1), actor=DRAFTER, **trade.with_stores)
    with pytest.raises(TransferRefused, match="licence_not_in_force"):
        transfers.ship_consignment(consignment=name, on=PartialDate(2025, 12, 31), actor=DRAFTER, **trade.with_stores)
    transfers.revoke_licence(licence=licence, reason="A coup", actor=DECIDER, **trade.with_stores)
    with pytest.raises(TransferRefused, match="licence_not_in_force"):
        transfers.ship_consignment(consignment=name, on=ON, actor=DRAFTER, **trade.with_stores)
    assert trade.stores.register.state(WeaponId(1)).status is Status.HELD


def test_poa_ii_15_nothing_leaves_for_a_destination_embargoed_since(trade: Trade) -> None:
    name = trade.packed(trade.weapons(1), trade.issued())
    own = transfers.Embargo("", "FR", date(2026, 5, 1), None, "Cabinet 7/2026")
    code = transfers.declare_embargo(embargo=own, actor=DRAFTER, **trade.with_stores)
    with pytest.raises(TransferRefused) as refused:
        transfers.ship_consignment(consignment=name, on=ON, actor=DRAFTER, **trade.with_stores)
    assert [(each.code, each.facts) for each in refused.value.findings] == [
        ("transfers.destination_embargoed", {"state": "FR", "embargoes": [code]})
    ]


def test_a_weapon_that_was_stolen_since_it_was_packed_does_not_leave(trade: Trade) -> None:
    name = trade.packed(trade.weapons(1), trade.issued())
    stolen = Event(WeaponId(1), EventKind.STOLEN, ON, "XT-ARMY", "keeper", {})
    told(trade.stores, trade.clock, stolen)
    with pytest.raises(EventRefused):
        transfers.ship_consignment(consignment=name, on=ON, actor=DRAFTER, **trade.with_stores)
    assert read(trade, name).standing == "open"


def test_att_11_3_the_other_side_s_report_shows_the_shortfall_weapon_by_weapon(trade: Trade) -> None:
    name = trade.shipped(trade.weapons(2), trade.issued())
    with pytest.raises(TransferRefused, match="receipt_elsewhere"):
        received(trade, name, serials(1))
    consignment = transfers.mirror_consignment(
        consignment=name, items=serials(1, 1, 7), reported_by="FR", on=ON, actor=DRAFTER, **trade.with_stores
    )
    assert consignment.mirror is not None
    assert [each.serial for each in consignment.mirror.missing] == ["AB0002"]
    assert [each.serial for each in consignment.mirror.extra] == ["ab-0007"]
    assert [each.serial for each in consignment.mirror.twice] == ["ab-0001"]
    assert (consignment.agrees, consignment.mirrored_by, consignment.receipt) == (False, "FR", None)


def test_a_move_within_the_state_that_falls_short_leaves_the_missing_weapon_on_the_way(trade: Trade) -> None:
    name = trade.shipped(trade.weapons(3), receiver="XT-POL")
    consignment = transfers.receive_consignment(
        consignment=name, items=[Item(WeaponId(1)), *serials(3)], on=ON, actor=OFFICER, **trade.with_stores
    )
    assert consignment.receipt is not None
    assert [each.weapon for each in consignment.receipt.missing] == [2]
    states = [trade.stores.register.state(WeaponId(number)) for number in (1, 2, 3)]
    assert [each.status for each in states] == [Status.HELD, Status.IN_TRANSIT, Status.HELD]
    assert [each.holder for each in states] == ["XT-POL", "XT-POL", "XT-POL"]
    consignment = transfers.receive_consignment(
        consignment=name, items=serials(2, 3), on=ON, actor=OFFICER, **trade.with_stores
    )
    assert consignment.receipt is not None
    assert ([each.serial for each in consignment.receipt.twice], consignment.receipt.missing) == (["ab-0003"], ())
    assert trade.stores.register.state(WeaponId(2)).status is Status.HELD


def test_a_receipt_beyond_the_licence_is_refused_and_says_why(trade: Trade) -> None:
    licence = import_licence(trade)
    name = announced(trade, licence, 11, 12, 13)
    received(trade, name, serials(11, 12))
    size = trade.stores.records.size()
    with pytest.raises(TransferRefused) as refused:
        received(trade, name, serials(13, 14))
    told_why = {"licence": licence, "line": 1, "quantity": 3, "before": 2, "coming": 2, "beyond": 1}
    assert [(each.code, each.facts) for each in refused.value.findings] == [
        ("transfers.receipt_beyond_licence", told_why)
    ]
    assert trade.stores.records.size() == size
    assert received(trade, name, serials(13)).agrees


def test_a_receipt_after_the_licence_s_last_day_is_refused(trade: Trade) -> None:
    licence = import_licence(trade)
    name = announced(trade, licence, 11)
    transfers.close_licence(licence=licence, reason="Withdrawn", actor=DRAFTER, **trade.with_stores)
    with pytest.raises(TransferRefused, match="licence_not_in_force"):
        received(trade, name, serials(11))


def test_weapons_that_come_back_from_abroad_are_imported_under_their_identity(trade: Trade) -> None:
    out = trade.shipped(trade.weapons(1), trade.issued())
    licence = import_licence(trade)
    name = trade.shipped([Item(WeaponId(1), "AB0001")], licence, sender="organisation:Ministry", receiver="XT-ARMY")
    received(trade, name, serials(1, 2))
    kinds = [(each.event.kind.value, each.event.details.get("consignment")) for each in
             trade.stores.records.of_weapon(WeaponId(1))[1:]]  # fmt: skip
    assert kinds == [("exported", out), ("imported", name)]


def test_places_are_passed_missed_and_strayed_to(trade: Trade) -> None:
    name = trade.shipped(trade.weapons(1), trade.issued(), route=("XTAMB", "ESALG", "FRLEH"))
    for place in ("MTMLA", "FRLEH"):
        transfers.report_passage(consignment=name, place=place, on=ON, actor=DRAFTER, **trade.with_stores)
    consignment = read(trade, name)
    assert (consignment.missed, consignment.strayed) == (["XTAMB", "ESALG"], ["MTMLA"])
    with pytest.raises(TransferRefused, match="passage_unknown"):
        transfers.report_passage(consignment=name, place="Malta", on=ON, actor=DRAFTER, **trade.with_stores)


def test_what_is_not_reported_by_its_day_is_overdue(trade: Trade) -> None:
    late = trade.shipped(trade.weapons(1), trade.issued(), due="2026-05-01")
    trade.shipped(trade.weapons(1, first=2), trade.issued(), due="2026-05-30")
    found = transfers.overdue_consignments(actor=DECIDER, stores=trade.stores, clock=trade.clock)
    assert [each.name for each in found] == [late]
    transfers.mirror_consignment(
        consignment=late, items=serials(1), reported_by="FR", on=ON, actor=DRAFTER, **trade.with_stores
    )
    assert transfers.overdue_consignments(actor=DECIDER, stores=trade.stores, clock=trade.clock) == []


def test_delivery_is_verified_visited_and_closed(trade: Trade) -> None:
    name = trade.shipped(trade.weapons(1), trade.issued())
    transfers.verify_delivery(consignment=name, number="DVC-9", on=ON, actor=DRAFTER, **trade.with_stores)
    transfers.report_visit(
        consignment=name, place="Armoury 4", on=ON, note="All seen", actor=DRAFTER, **trade.with_stores
    )
    closed = transfers.close_consignment(consignment=name, reason="Arrived", actor=DRAFTER, **trade.with_stores)
    assert (closed.standing, closed.verified, closed.visits) == (
        "closed",
        "DVC-9",
        (transfers.Passage("Armoury 4", "2026-05-06", "All seen"),),
    )


def test_a_long_list_is_told_by_several_events_and_read_as_one(trade: Trade) -> None:
    count = 2_000
    licence = import_licence(trade, count)
    listed = [Item(serial=f"{'X' * 40}{number:06}") for number in range(count)]
    name = trade.shipped(listed, licence, sender="organisation:Manufacture", receiver="XT-ARMY")
    packings = [each for each in trade.stores.dossiers.events(name) if each.event.kind.value == "consignment_packed"]
    assert len(packings) > 1
    assert max(len(each.body) for each in packings) < 65_536
    assert len(read(trade, name).packed) == count


def test_a_licence_of_another_day_opens_no_consignment(trade: Trade) -> None:
    licence = trade.issued(valid_from=date(2026, 6, 1))
    with pytest.raises(TransferRefused, match="licence_not_in_force"):
        trade.opened(licence)
    with pytest.raises(TransferRefused, match="holder_unknown"):
        trade.opened(receiver="Mr Smith")
    assert APPLICATION.valid_from < date(2026, 6, 1)


def test_where_it_is_said_to_leave_and_to_arrive_is_not_missed(trade: Trade) -> None:
    licence = import_licence(trade)
    way = {"sender": "organisation:Manufacture", "receiver": "XT-ARMY", "route": ("FRLEH", "XTAMB")}
    name = trade.packed(serials(11), licence, **way)
    transfers.ship_consignment(consignment=name, on=ON, place="FRLEH", actor=DRAFTER, **trade.with_stores)
    arrived = transfers.receive_consignment(
        consignment=name, items=serials(11), on=ON, place="XTAMB", actor=DRAFTER, **trade.with_stores
    )
    assert (arrived.missed, arrived.touched) == ([], ("FRLEH", "XTAMB"))
