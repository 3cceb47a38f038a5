"""A weapon is traced over three borders, and four States tell their region what they published."""

from pathlib import Path

from pytest_django import DjangoDbBlocker

from tracemark.authorities import Role
from tracemark.demo import Hand, Hop, is_told, open_region, tell_region
from tracemark.demo.region import by
from tracemark.node import send_waiting
from tracemark.recordkeeping import EventKind
from tracemark.reporting import Share
from tracemark.secretariat import RegionalCell, Why


def test_a_weapon_is_traced_hop_by_hop(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        opened = open_region(tmp_path)
        hand = Hand(opened)
        told = tell_region(opened, lambda node: send_waiting(node, hand))
        assert told.hops == (
            Hop("TR-2026-000001", "XA", ("country",), "full", "XB"),
            Hop("TR-2026-000002", "XB", ("told",), "full", "XC"),
            Hop("TR-2026-000003", "XC", ("told",), "not_found", ""),
        )
        others = dict.fromkeys(("XA", "XB", "XC"), Why.NOT_TOLD)
        assert told.figures == {
            "recoveries.seized": RegionalCell(1, ("XD",), others),
            "exports.weapons": RegionalCell(60, ("XA", "XB"), dict.fromkeys(("XC", "XD"), Why.NOT_TOLD)),
        }
        assert (told.indicator.share, told.indicator.missing) == (Share(1, 1), others)
        assert is_told(opened)
        assert all(each.stores.outbox.waiting() == [] for each in opened.values())
        recovered = opened["XD"].stores.cases.get(told.case).request.recovered
        life = [each.event.kind for each in opened["XD"].stores.records.of_weapon(recovered)]
        assert life[-2:] == [EventKind.TRACE_ANSWERED, EventKind.DIVERSION_ESTABLISHED]
        for each in opened.values():
            assert each.verify(by(each, Role.AUDITOR)["actor"], with_register=True).faults == ()
            each.stores.close()
