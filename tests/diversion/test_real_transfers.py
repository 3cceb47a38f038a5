"""What officers write about transfers, exported and asked by every rule: what is planted is found, and nothing else."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.diversion.real import found_in
from tests.rooms import StillClock, told
from tests.transfers.test_certificates import KEY, issue, signed
from tests.transfers.trade import CERTIFICATE, DECIDER, DRAFTER, ON, Trade, registered, serials
from tracemark import transfers
from tracemark.authorities import Role
from tracemark.kernel import Actor, PartialDate, Plain
from tracemark.recordkeeping import Event, EventKind, append, record_events
from tracemark.storage.memory import MemoryStores
from tracemark.transfers import Authorises, Embargo, GoodsLine, Item, TransferRefused
from tracemark.weapons import NO_WEAPON, WeaponId

REGISTRY = Actor("registry", "XT-REG", frozenset({Role.REGISTRY_OFFICER.value}))
PISTOLS = (GoodsLine("pistol", 2),)
LISTS = ["consignment_packed", "consignment_received"]


@pytest.fixture
def trade(stores: MemoryStores, clock: StillClock) -> Trade:
    return Trade(stores, clock)


def received(trade: Trade, consignment: str, items: list[Item]) -> None:
    transfers.receive_consignment(consignment=consignment, items=items, on=ON, actor=DRAFTER, **trade.with_stores)


def mirrored(trade: Trade, consignment: str, items: list[Item]) -> None:
    transfers.mirror_consignment(
        consignment=consignment, items=items, reported_by="FR", on=ON, actor=DRAFTER, **trade.with_stores
    )


def moved(trade: Trade, weapon: int, on: PartialDate = ON, **details: Plain) -> None:
    event = Event(WeaponId(weapon), EventKind.EXPORTED, on, "XT-REG", "registry", {"holder": "abroad", **details})
    record_events(events=[event], actor=REGISTRY, **trade.with_stores)


def past_the_actions(trade: Trade, kind: EventKind, **details: Plain) -> None:
    """Seal what no action lets pass, as a record taken over from elsewhere may hold it."""
    with trade.stores.atomic():
        append(events=[Event(NO_WEAPON, kind, ON, "XT-ARMY", "licensing", details)], **trade.with_stores)


def test_a_lot_that_came_short_is_found_whichever_side_says_so(trade: Trade, tmp_path: Path) -> None:
    whole, short, abroad = (trade.weapons(2, first=first) for first in (1, 11, 21))
    received(trade, trade.shipped(whole), serials(1, 2))
    received(trade, trade.shipped(short), [Item(WeaponId(11))])
    mirrored(trade, trade.shipped(abroad, trade.issued(goods=PISTOLS)), serials(21))
    assert found_in(trade.stores, tmp_path) == {
        "received_short": [
            ([12], LISTS),
            ([22], ["consignment_packed", "consignment_mirrored"]),
        ],
        "shipped_not_received": [([12], ["shipped"])],
    }


def test_what_came_without_having_been_packed_is_found(trade: Trade, tmp_path: Path) -> None:
    received(trade, trade.shipped(trade.weapons(2)), serials(1, 2, 99))
    assert found_in(trade.stores, tmp_path) == {"received_unsent": [([], ["consignment_received"])]}


def test_a_serial_is_compared_as_marking_folds_it(trade: Trade, tmp_path: Path) -> None:
    licence = trade.issued(authorises=Authorises.IMPORT, from_state="FR", to_state="XT", goods=PISTOLS)
    coming = trade.shipped([Item(serial="АВ-0001"), Item(serial="ab 0002")], licence)
    received(trade, coming, [Item(serial="АВ0001"), Item(serial="AB-0002")])
    assert found_in(trade.stores, tmp_path) == {}


def test_a_delivery_that_nobody_reports_is_overdue(trade: Trade, tmp_path: Path) -> None:
    late, come, verified = (
        trade.shipped(trade.weapons(1, first=first), trade.issued(goods=PISTOLS), due="2026-06-01")
        for first in (1, 11, 21)
    )
    mirrored(trade, come, serials(11))
    transfers.verify_delivery(consignment=verified, number="DV-7", on=ON, actor=DRAFTER, **trade.with_stores)
    assert found_in(trade.stores, tmp_path) == {"delivery_overdue": [([], ["consignment_shipped"])]}
    assert late == "CN-2026-000001"


def test_a_place_off_the_route_is_found(trade: Trade, tmp_path: Path) -> None:
    licence = trade.issued(goods=PISTOLS)
    consignment = trade.shipped(trade.weapons(1), licence)
    for place in ("XTAMB", "BEANR", "FRLEH"):
        transfers.report_passage(consignment=consignment, place=place, on=ON, actor=DRAFTER, **trade.with_stores)
    mirrored(trade, consignment, serials(1))
    assert found_in(trade.stores, tmp_path) == {"route_deviation": [([], ["consignment_passed"])]}


def test_what_moves_beyond_a_licence_is_found_and_what_was_announced_and_entered_counts_once(
    trade: Trade, tmp_path: Path
) -> None:
    coming = trade.issued(authorises=Authorises.IMPORT, from_state="FR", to_state="XT", goods=PISTOLS)
    received(trade, trade.shipped(serials(1, 2), coming), serials(1, 2))
    for number in (1, 2):
        entered = registered(number)
        details: dict[str, Plain] = {**entered.details, "from_state": "FR", "licence": coming}
        told(trade.stores, StillClock(), replace(entered, kind=EventKind.IMPORTED, happened=ON, details=details))
    leaving = trade.issued(goods=PISTOLS)
    mirrored(trade, trade.shipped(trade.weapons(2, first=11), leaving), serials(11, 12))
    trade.weapons(1, first=13)
    moved(trade, 13, to_state="FR", licence=leaving)
    assert found_in(trade.stores, tmp_path) == {
        "licence_overdrawn": [([11, 12, 13], ["consignment_packed", "exported", "exported", "exported"])]
    }


def test_what_moves_while_its_licence_does_not_hold_is_found(trade: Trade, tmp_path: Path) -> None:
    licence = trade.issued(goods=PISTOLS)
    trade.weapons(2)
    moved(trade, 1, PartialDate(2025, 12, 31), to_state="FR", licence=licence)
    moved(trade, 2, PartialDate(2026, 1, 1), to_state="FR", licence=licence)
    assert found_in(trade.stores, tmp_path) == {"shipped_outside_validity": [([1], ["exported"])]}


def test_a_revoked_licence_holds_no_more_from_the_day_after(trade: Trade, tmp_path: Path) -> None:
    licence = trade.issued(goods=PISTOLS)
    trade.weapons(2)
    moved(trade, 1, to_state="FR", licence=licence)
    transfers.revoke_licence(licence=licence, reason="Bribes", actor=DECIDER, **trade.with_stores)
    moved(trade, 2, PartialDate(2026, 5, 7), to_state="FR", licence=licence)
    assert found_in(trade.stores, tmp_path) == {"shipped_outside_validity": [([2], ["exported"])]}


def test_what_left_for_an_embargoed_destination_is_found_unless_it_was_exempt(trade: Trade, tmp_path: Path) -> None:
    exempt = trade.advised(to_state="LY", goods=PISTOLS)
    transfers.approve_licence(
        licence=exempt, reason="Mission", exemption="Committee note 7", actor=DECIDER, **trade.with_stores
    )
    transfers.issue_licence(licence=exempt, waiver="Mission", actor=DRAFTER, **trade.with_stores)
    verified = trade.shipped(trade.weapons(1), exempt)
    transfers.verify_delivery(consignment=verified, number="DV-1", on=ON, actor=DRAFTER, **trade.with_stores)
    trade.weapons(1, first=2)
    moved(trade, 2, to_state="LY")
    own = trade.shipped(trade.weapons(1, first=3), trade.issued(goods=PISTOLS))
    mirrored(trade, own, serials(3))
    embargo = Embargo("", "FR", date(2026, 5, 1), None, "Cabinet order 4", "all")
    transfers.declare_embargo(embargo=embargo, actor=DECIDER, **trade.with_stores)
    assert found_in(trade.stores, tmp_path) == {
        "embargoed_at_date": [([2], ["exported"]), ([3], ["consignment_shipped", "exported"])]
    }


def test_a_certificate_used_twice_is_refused_and_found_where_it_stands_on_record(trade: Trade, tmp_path: Path) -> None:
    first, second = trade.approved(goods=PISTOLS), trade.approved(goods=PISTOLS)
    issue(trade, first, signed())
    with pytest.raises(TransferRefused):
        issue(trade, second, signed())
    contents = transfers.read_token(signed()).certificate.plain()
    past_the_actions(
        trade, EventKind.CERTIFICATE_PRESENTED, dossier="EC-2026-000002", contents=contents, token=signed(),
        key=str(KEY), licence=second, number="FR-77", from_state="FR",
    )  # fmt: skip
    past_the_actions(trade, EventKind.LICENCE_ISSUED, dossier=second, certificate="EC-2026-000002")
    assert found_in(trade.stores, tmp_path) == {
        "certificate_used_twice": [([], ["certificate_presented", "certificate_presented"])]
    }


def test_a_certificate_that_nobody_gave_is_found_where_it_stands_on_record(trade: Trade, tmp_path: Path) -> None:
    issue(trade, trade.approved(goods=PISTOLS), signed())
    trade.issued(goods=PISTOLS)
    past_the_actions(
        trade, EventKind.LICENCE_ISSUED, dossier=trade.approved(goods=PISTOLS), certificate="EC-2026-000009"
    )
    assert found_in(trade.stores, tmp_path) == {"certificate_unknown": [([], ["licence_issued"])]}


def brought_in(trade: Trade, number: int, kind: str = "pistol", from_state: str = "FR") -> None:
    entered = registered(number, kind)
    details: dict[str, Plain] = {**entered.details, "from_state": from_state}
    told(trade.stores, trade.clock, replace(entered, kind=EventKind.IMPORTED, happened=ON, details=details))


def undertaken(trade: Trade, by_state: str = "FR", **changes: Any) -> None:
    """Give a certificate of our own, which another State's licence uses."""
    contents = replace(CERTIFICATE, **changes)
    name = transfers.draft_certificate(certificate=contents, actor=DRAFTER, **trade.with_stores)
    transfers.issue_certificate(certificate=name, actor=DECIDER, **trade.with_stores)
    transfers.use_certificate(certificate=name, used_for="L/9", by_state=by_state, actor=DRAFTER, **trade.with_stores)


def retransfer(trade: Trade, consents: bool | None) -> str:
    """Issue a licence to pass pistols on, whose first exporter FR was notified and answered, or did not."""
    way = {"authorises": Authorises.RETRANSFER, "origin_state": "FR", "to_state": "BE", "goods": PISTOLS}
    licence = trade.approved(**way)
    transfers.notify_origin(licence=licence, actor=DRAFTER, **trade.with_stores)
    if consents is not None:
        transfers.record_consent(licence=licence, consents=consents, number="A-9", actor=DRAFTER, **trade.with_stores)
    transfers.issue_licence(licence=licence, waiver="Embassy note 7", actor=DRAFTER, **trade.with_stores)
    return licence


def test_poa_ii_13_what_is_passed_on_against_an_undertaking_is_found(trade: Trade, tmp_path: Path) -> None:
    undertaken(trade)
    for number in (1, 2, 3, 4):
        brought_in(trade, number)
    moved(trade, 1, to_state="BE")
    moved(trade, 2, to_state="BE", licence=retransfer(trade, None))
    moved(trade, 3, to_state="BE", licence=retransfer(trade, True))
    moved(trade, 4, to_state="FR")
    evidence = ["certificate_issued", "imported", "exported"]
    assert found_in(trade.stores, tmp_path, ["passed_on_without_consent"]) == {
        "passed_on_without_consent": [([1], evidence), ([2], evidence)]
    }


def test_what_nothing_was_undertaken_for_is_free_to_be_passed_on(trade: Trade, tmp_path: Path) -> None:
    undertaken(trade, no_retransfer=False)
    undertaken(trade, goods=(GoodsLine("revolver", 9),))
    undertaken(trade, by_state="DE")
    brought_in(trade, 1)
    moved(trade, 1, to_state="BE")
    assert found_in(trade.stores, tmp_path, ["passed_on_without_consent"]) == {}
