from typing import Any

from tests.rooms import stores
from tests.stockpiles.depots import DAY, depot, opened, stored
from tests.stockpiles.test_destructions import ARMY, CLERK, PICTURE, carried_out, certified, witnessed
from tracemark.authorities import Role
from tracemark.documents import Drawn, certificate_words, count_sheet, destruction_certificate
from tracemark.kernel import Actor
from tracemark.stockpiles import count_and_site, destruction_record
from tracemark.storage.memory import MemoryStores

__all__ = ["stores"]
AUDITOR = Actor("auditor", "XT-REG", frozenset({Role.AUDITOR.value}))
DRAWN = Drawn("Taravia", "auditor", "2026-05-06T07:08:09Z", "head", {"XT-ARMY": "Army"})


def test_a_certificate_says_what_was_destroyed_how_and_who_saw_it(stores: MemoryStores) -> None:
    stored(stores, depot(stores), "A")
    name = carried_out(stores, 1)
    witnessed(stores, name, CLERK, ARMY)
    certified(stores, name)
    record = destruction_record(destruction=name, actor=AUDITOR, stores=stores)
    words = certificate_words(record.destruction, record.weapons, DRAWN)
    assert words["title"] == f"Certificate of destruction {name}"
    assert words["lines"] == [
        ("Method", "Smelting"),
        ("Place", "Amberly foundry"),
        ("Date", f"{DAY.day} May {DAY.year}"),
        ("Reason", "surplus"),
        ("Approved by", "approver"),
        ("Witnesses", "XT-REG; clerk"),
        ("Witnesses", "Army (XT-ARMY); army witness"),
        ("Photograph", PICTURE),
    ]
    tables: Any = words["tables"]
    (table,) = tables
    assert (table["heading"], table["rows"][0][:2]) == ("Weapons destroyed: 1", ["W-1", "R1001"])
    assert (words["signatures"], words["head"]) == (3, "head")
    for language in ("en", "ar", "zh-hans"):
        made = destruction_certificate(record.destruction, record.weapons, DRAWN, to=language)
        assert made.startswith(b"%PDF-")


def test_a_sheet_is_set_without_what_is_expected(stores: MemoryStores) -> None:
    site = depot(stores)
    stored(stores, site, "A")
    known, at = count_and_site(count=opened(stores, site), actor=AUDITOR, stores=stores)
    made = [count_sheet(known, at, DRAWN, to=each) for each in ("en", "ar")]
    assert [each[:5] for each in made] == [b"%PDF-"] * 2
