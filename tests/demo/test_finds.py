"""Weapons of unknown origin: each year of the indicator has some of every result, and none of them fills a store."""

from collections import Counter

from tests.node.test_exporting import AUDITOR
from tracemark.node import Node, measure_indicator
from tracemark.recordkeeping import EventKind
from tracemark.reporting import ALL_WEAPONS


def test_every_result_of_the_indicator_is_there(demo_node: Node) -> None:
    measured = measure_indicator(demo_node, (2021, 2026), AUDITOR, ALL_WEAPONS)
    found = Counter[str]()
    for each in measured.years:
        found.update(each.facets["result"])
    assert sum(each.administrative for each in measured.years)
    assert set(found) == {"traced", "established", "lawful_holder", "pending", "insufficient", "not_attempted"}


def test_what_was_found_is_destroyed(demo_node: Node) -> None:
    established = {
        sealed.event.weapon
        for sealed in demo_node.stores.records.all()
        if sealed.event.kind is EventKind.DIVERSION_ESTABLISHED
    }
    assert established
    assert {demo_node.stores.register.state(each).status.value for each in established} == {"destroyed"}
