"""A region's numbers are sums of what was published; what is missing is named and is not zero."""

from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracemark.kernel import Plain
from tracemark.reporting import SUM, Period, definition_of, figures
from tracemark.secretariat import FigureUnfit, RegionalCell, StateTable, Why, read_table, roll_up

SEIZED = "recoveries.seized"
PERIOD = Period.parse("2024", "2025")
MEMBERS = ("XA", "XB", "XC")
HEAD = f"7.{'a' * 64}"


def told(figure: str = SEIZED, first: str = "2024-01-01", **changed: Plain) -> dict[str, Plain]:
    known = figures()[figure]
    return {
        "publication": "PF-2026-000001",
        "standing": "published",
        "figure": figure,
        "unit": known.unit,
        "paragraph": str(known.paragraph),
        "first": first,
        "last": "2025-12-31",
        "by": [],
        "rows": [{"number": 10}],
        "least": 5,
        "head": HEAD,
        "definition": definition_of(known),
        "published_on": "2026-02-01",
        "revises": "",
        "reason": "",
        **changed,
    }


def table(state: str, number: int | str | None, **changed: Plain) -> StateTable:
    return read_table(state, told(rows=[{"number": number}], **changed))  # type: ignore[arg-type]


def by_kind(state: str, numbers: Mapping[str, int | None]) -> StateTable:
    rows: list[Plain] = [{"weapon_kind": kind, "number": number} for kind, number in numbers.items() if kind]
    return read_table(state, told(by=["weapon_kind"], rows=[*rows, {"number": numbers[""]}]))


def test_what_is_missing_is_named_and_not_zero() -> None:
    found = roll_up(SEIZED, PERIOD, (), [table("XA", 10), table("XB", None), table("XZ", 99)], MEMBERS)
    assert found.whole == RegionalCell(10, ("XA",), {"XB": Why.WITHHELD, "XC": Why.NOT_TOLD})


def test_where_nobody_told_there_is_no_number() -> None:
    found = roll_up(SEIZED, PERIOD, (), [], MEMBERS)
    assert found.whole == RegionalCell(None, (), dict.fromkeys(MEMBERS, Why.NOT_TOLD))


def test_only_like_is_added_to_like() -> None:
    others = [
        table("XA", 10, first="2023-01-01"),
        table("XB", 10, definition="0" * 64),
        by_kind("XC", {"pistol": 10, "": 10}),
    ]
    found = roll_up(SEIZED, PERIOD, (), others, MEMBERS)
    assert found.whole == RegionalCell(10, ("XC",), {"XA": Why.OTHER_PERIOD, "XB": Why.OTHER_DEFINITION})
    by_year = roll_up(SEIZED, PERIOD, ("year",), others, MEMBERS)
    assert by_year.whole.missing["XC"] is Why.OTHER_BREAKDOWN


def test_a_revision_takes_the_place_of_what_stood_and_a_withdrawal_takes_it_away() -> None:
    earlier = table("XA", 4, first="2023-01-01")
    revised = roll_up(SEIZED, PERIOD, (), [table("XA", 10), table("XA", 12), earlier], ("XA",))
    assert revised.whole == RegionalCell(12, ("XA",), {})
    withdrawn = roll_up(SEIZED, PERIOD, (), [table("XA", 10), table("XA", 10, standing="withdrawn"), earlier], ("XA",))
    assert withdrawn.whole == RegionalCell(None, (), {"XA": Why.TAKEN_BACK})


def test_cells_add_up_and_an_absent_cell_is_nothing_there() -> None:
    tables = [by_kind("XA", {"pistol": 6, "rifle": None, "": 9}), by_kind("XB", {"pistol": 7, "": 7})]
    found = roll_up(SEIZED, PERIOD, ("weapon_kind",), tables, ("XA", "XB"))
    assert found.cells == {
        (SUM,): RegionalCell(16, ("XA", "XB"), {}),
        ("pistol",): RegionalCell(13, ("XA", "XB"), {}),
        ("rifle",): RegionalCell(0, ("XB",), {"XA": Why.WITHHELD}),
    }


def test_what_stands_in_the_middle_is_never_added_up() -> None:
    days = [table(state, 4, figure="requests.answered_days") for state in ("XA", "XB")]
    found = roll_up("requests.answered_days", PERIOD, (), days, MEMBERS)
    assert found.whole == RegionalCell(None, (), {"XA": Why.NO_SUM, "XB": Why.NO_SUM, "XC": Why.NOT_TOLD})


def test_a_share_is_a_ratio_of_sums_and_not_a_mean_of_shares() -> None:
    figure = "traces.traced_share"
    part, whole = figures()[figure].parts
    tables = [
        *(read_table("XA", told(each, rows=[{"number": number}])) for each, number in ((part, 60), (whole, 200))),
        *(read_table("XB", told(each, rows=[{"number": number}])) for each, number in ((part, 1), (whole, 100))),
        read_table("XC", told(part, rows=[{"number": 5}])),
    ]
    found = roll_up(figure, PERIOD, (), tables, MEMBERS)
    assert found.whole == RegionalCell(Decimal("20.33"), ("XA", "XB"), {"XC": Why.NOT_TOLD})


@given(st.lists(st.one_of(st.none(), st.integers(0, 1000)), min_size=1, max_size=8))
def test_each_member_is_counted_or_missing_and_never_both(numbers: list[int | None]) -> None:
    members = [f"X{chr(65 + place)}" for place in range(len(numbers))]
    found = roll_up(SEIZED, PERIOD, (), map(table, members, numbers), members).whole
    known = [number for number in numbers if number is not None]
    assert sorted([*found.counted, *found.missing]) == members
    assert found.number == (sum(known) if known else None)
    assert all(before < after for before, after in pairwise(found.counted))


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"figure": "nobody.knows"}, "'nobody.knows'"),
        ({"unit": "persons"}, "unit: persons"),
        ({"by": ["weapon"], "rows": [{"number": 1}]}, "by: weapon"),
        ({"rows": [{"number": -1}]}, "number: -1"),
        ({"rows": [{"number": 1.5}]}, "number: 1.5"),
        ({"rows": [{"number": True}]}, "number: True"),
        ({"rows": []}, "rows: no sum"),
        ({"first": "2026-02-30"}, "day is out of range for month"),
        ({"first": "2026-02-01"}, "2026-02-01 - 2025-12-31"),
        ({"head": "7"}, "'7'"),
    ],
)
def test_what_is_no_published_figure_is_refused(changed: dict[str, Plain], why: str) -> None:
    with pytest.raises(FigureUnfit) as refused:
        read_table("XA", told() | changed)
    (finding,) = refused.value.findings
    assert finding.code == "secretariat.figure_unfit"
    assert finding.facts == {"state": "XA", "figure": changed.get("figure", SEIZED), "why": why}
