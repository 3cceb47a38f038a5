"""A newcomer finds a theft that a count found, a count that is overdue, and a destroyed weapon that came back."""

from datetime import date
from typing import Any

from tests.demo.test_building import AUDITOR
from tracemark import stockpiles
from tracemark.node import Node


def test_the_stores_have_something_to_look_at(demo_node: Node) -> None:
    by: dict[str, Any] = {"actor": AUDITOR, "stores": demo_node.stores}
    sites = list(stockpiles.site_list(**by))
    first = sites[-2:]
    assert [(each.place, each.authority) for each in first] == [
        ("National evidence room", "XT-REG"),
        ("Amberly depot, hall 1", "XT-ARMY-1"),
    ]
    assert [each.late(date(2026, 11, 25)) for each in first] == [True, True]
    *_, (count, _) = stockpiles.count_list(**by)
    *_, known = stockpiles.investigation_list(**by)
    assert (count.standing, count.found, len(count.missing)) == ("closed", 13, 2)
    assert (known.open, known.missing, known.count) == (True, count.missing, count.name)
    *_, destruction = stockpiles.destruction_list(**by)
    record = stockpiles.destruction_record(destruction=destruction.name, **by)
    assert (destruction.standing, [weapon for weapon, _ in record.came_back]) == (
        "certified",
        [destruction.weapons[0]],
    )
    *_, lot = stockpiles.lot_list(**by)
    assert (lot.balance, lot.issued) == (22_100, 0)
