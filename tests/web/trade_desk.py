"""Work on the desks of transfers: a lot that came short, an embargoed destination, a certificate, lists."""

from dataclasses import replace
from datetime import date
from typing import cast

from tests.rooms import StillClock as RoomClock
from tests.rooms import officer
from tests.transfers.trade import APPLICATION, ASSESSMENT, CERTIFICATE, DECIDER, DRAFTER, SECOND, Trade, serials
from tests.web.sample import StillClock
from tracemark import transfers
from tracemark.authorities import Role
from tracemark.kernel import PartialDate
from tracemark.node import Node
from tracemark.storage.memory import MemoryStores
from tracemark.transfers import Authorises, Denied, Embargo, GoodsLine, Item

REGISTRY = officer(Role.LICENSING_OFFICER, "registry_licensing")
ON = PartialDate(2026, 9, 20)


def fill_trade(node: Node) -> None:
    """Fill the desks: EL-2026-000001 with CN-2026-000001, two more licences, and one each of EC, PA and EM."""
    trade = Trade(cast("MemoryStores", node.stores), cast("RoomClock", StillClock()))
    denied = Denied("", "Goluboe More", ("Голубое Море", "Blue Sea Line"), "RU", "Diverted two cargoes")
    transfers.list_party(denied=denied, source="Panel report 3", actor=DECIDER, **trade.with_stores)
    own = Embargo("", "FR", date(2026, 1, 1), date(2026, 2, 1), "Cabinet 7/2026", exemptions=("government",))
    transfers.declare_embargo(embargo=own, actor=DECIDER, **trade.with_stores)
    _come_short(trade)
    _embargoed(trade)
    transfers.draft_licence(application=APPLICATION, actor=REGISTRY, **trade.with_stores)
    certificate = replace(CERTIFICATE, valid_until=date(2026, 12, 30))
    name = transfers.draft_certificate(certificate=certificate, actor=DRAFTER, **trade.with_stores)
    transfers.issue_certificate(certificate=name, actor=DECIDER, **trade.with_stores)


def _come_short(trade: Trade) -> None:
    bars = tuple(each for each in ASSESSMENT.answers if each.question in transfers.asked(Authorises.IMPORT))
    licence = trade.issued(
        assessment=replace(ASSESSMENT, answers=bars), authorises=Authorises.IMPORT, from_state="FR", to_state="XT",
        parties=(), goods=(GoodsLine("pistol", 4, "glock/17", "9x19", "1200", "EUR", "9302"),),
    )  # fmt: skip
    way = {
        "sender": "organisation:Manufacture",
        "receiver": "XT-ARMY",
        "route": ("FRLEH", "XTAMB"),
        "due": "2026-09-25",
    }
    name = trade.packed(serials(11, 12, 13), licence, **way)
    transfers.ship_consignment(consignment=name, on=ON, actor=DRAFTER, **trade.with_stores)
    transfers.report_passage(consignment=name, place="MTMLA", on=ON, actor=DRAFTER, **trade.with_stores)
    came = [*serials(11, 11), Item(serial="ZZ 9")]
    transfers.receive_consignment(consignment=name, items=came, on=ON, actor=DRAFTER, **trade.with_stores)


def _embargoed(trade: Trade) -> None:
    answers = [each for each in ASSESSMENT.answers if each.question != "human_rights"]
    told = transfers.Answer("human_rights", transfers.Reply.YES, "Reports of a panel", "Visits after delivery")
    assessment = replace(ASSESSMENT, answers=(*answers, told), risk=transfers.Risk.MITIGATED)
    name = trade.drafted(to_state="LY")
    transfers.assess_licence(licence=name, assessment=assessment, actor=DRAFTER, **trade.with_stores)
    transfers.advise_licence(licence=name, grant=True, reason="Under notice", actor=SECOND, **trade.with_stores)
