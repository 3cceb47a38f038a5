from datetime import date

import pytest

from tracemark.authorities import Agency, AgencyKind, Level, below
from tracemark.kernel import PartialDate


def test_an_agency_is_national_unless_it_says_otherwise() -> None:
    assert Agency("depot", "Depot", AgencyKind.ARMED_FORCES).level is Level.NATIONAL


@pytest.mark.parametrize(
    ("on", "active"),
    [
        (date(2018, 12, 31), False),
        (date(2019, 1, 1), True),
        (date(2021, 6, 30), True),
        (date(2021, 7, 1), False),
    ],
)
def test_a_life_known_in_part_counts_in_full(on: date, active: bool) -> None:
    depot = Agency(
        "depot",
        "Depot",
        AgencyKind.ARMED_FORCES,
        state="TV",
        active_from=PartialDate.parse("2019"),
        active_until=PartialDate.parse("2021-06"),
    )
    assert depot.active(on) is active


def test_an_open_life_is_active_on_any_day() -> None:
    assert Agency("depot", "Depot", AgencyKind.ARMED_FORCES).active(date.min)
    assert Agency("depot", "Depot", AgencyKind.ARMED_FORCES).active(date.max)


def test_below_walks_down_and_never_up() -> None:
    agencies = [
        Agency("army", "Army", AgencyKind.ARMED_FORCES),
        Agency("north", "Northern Command", AgencyKind.ARMED_FORCES, parent="army"),
        Agency("depot", "Depot", AgencyKind.ARMED_FORCES, parent="north"),
        Agency("south", "Southern Command", AgencyKind.ARMED_FORCES, parent="army"),
        Agency("police", "Police", AgencyKind.POLICE),
    ]
    assert below("north", agencies) == {"north", "depot"}
    assert below("army", agencies) == {"army", "north", "depot", "south"}
    assert below("navy", agencies) == frozenset()
    assert below("", agencies) == frozenset()


def test_a_ring_of_parents_is_walked_once() -> None:
    ring = [
        Agency("a", "A", AgencyKind.POLICE, parent="b"),
        Agency("b", "B", AgencyKind.POLICE, parent="a"),
    ]
    assert below("a", ring) == {"a", "b"}
