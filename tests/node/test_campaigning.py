"""What the record shows of a campaign at a site: weapons that lay there just before, each once."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from tests.assistance.test_campaigns import DRAFT
from tests.rooms import stores
from tests.stockpiles.depots import depot, happened, sealed, stored
from tracemark.node import Node, shown_by_record
from tracemark.storage.memory import MemoryStores

__all__ = ["stores"]
MARKS = [{"kind": "transfer", "state": "XT", "text": "XT GOV"}]
YEARS = [(date(2000, 1, 1), date(2026, 12, 31)), (date(2000, 1, 1), date(2000, 12, 31))]


def test_marks_are_counted_where_the_weapons_lay(stores: MemoryStores, tmp_path: Path) -> None:
    node, site = Node("XT", stores, folder=tmp_path), depot(stores)
    stored(stores, site, "AAB")
    sealed(stores, happened(3, "issued", to="XT-ARMY/unit-1"))
    sealed(stores, *(happened(each, "marked", marks=MARKS) for each in (1, 2, 3)))
    at_site, _ = shown_by_record(node, replace(DRAFT, places=(site,)), YEARS)
    elsewhere, _ = shown_by_record(node, replace(DRAFT, places=("ST-2026-000099",)), YEARS)
    both, _ = shown_by_record(node, replace(DRAFT, places=(site, "XT-ARMY")), YEARS)
    assert (at_site, elsewhere, both) == ([2, 0], [0, 0], [3, 0])
