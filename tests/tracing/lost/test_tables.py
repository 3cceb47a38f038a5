"""An iARMS-like file: its rows become weapons, and each row that is wrong is named by row and field."""

import pytest

from tracemark.tracing import LostListRefused, LostWeapon, RowFault, read_lost_rows
from tracemark.weapons import catalogue

HEADS = ("Record ID", "Type", "Make", "Caliber", "Serial Number", "Country of manufacture", "Status", "Date", "Remarks")


def test_rows_become_weapons_with_the_words_of_the_catalogue() -> None:
    row = ("I-1", "Pistol", "A maker nobody knows", "9x19", "AB 123", "France", "Stolen", "2026-02-03", "x")
    weapons, faults = read_lost_rows(HEADS, [(2, row), (3, ("",) * 9)], catalogue())
    maker = "A maker nobody knows"
    assert faults == []
    assert weapons == [LostWeapon("AB 123", "stolen", "I-1", "2026-02-03", "pistol", maker, "", "9x19", "FR")]


def test_each_fault_is_named_by_row_and_field() -> None:
    rows = [
        (2, ("I-1", "", "", "", "", "", "lost", "", "")),
        (3, ("I-2", "", "", "", "AB1", "Nowhere at all", "melted", "31/31", "")),
        (4, ("I-3", "", "m" * 121, "", "AB2")),
        (5, ("I-4", "", "", "", "AB3")),
    ]
    weapons, faults = read_lost_rows(HEADS, rows, catalogue())
    assert [each.serial for each in weapons] == ["AB3"]
    assert faults == [
        RowFault(2, "serial", "tracing.lost_row_serial", ""),
        RowFault(3, "how", "tracing.lost_row_how", "melted"),
        RowFault(3, "country", "tracing.lost_row_country", "Nowhere at all"),
        RowFault(3, "since", "tracing.lost_row_since", "31/31"),
        RowFault(4, "maker", "tracing.lost_row_long", "m" * 120),
    ]


def test_a_file_without_numbers_is_refused() -> None:
    with pytest.raises(LostListRefused) as refused:
        read_lost_rows(("Make", "Model"), [], catalogue())
    assert refused.value.findings[0].code == "tracing.lost_no_serial_column"
