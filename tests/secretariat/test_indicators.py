"""SDG 16.4.2 of a region is a sum over a sum of what States published, and who is missing is named."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.secretariat.test_rollups import MEMBERS, PERIOD, told
from tracemark.reporting import ALL_WEAPONS, Denominator, Period, Share, Terms, definition_of, figures
from tracemark.secretariat import INDICATOR_FIGURES, StateTable, Why, read_table, regional_indicator, told_periods

ALL = Denominator.ALL


def published(
    state: str, numerator: int | None, denominator: int | None, out_of: Denominator = ALL
) -> list[StateTable]:
    """What a State tells of the two figures; with None it withholds one."""
    parts = figures()[INDICATOR_FIGURES[out_of]].parts
    numbers = zip(parts, (numerator, denominator), strict=True)
    return [read_table(state, told(each, rows=[{"number": number}])) for each, number in numbers]


def test_a_region_is_a_sum_over_a_sum_and_no_mean_of_shares() -> None:
    tables = [*published("XA", 60, 200), *published("XB", 1, 100)]
    found = regional_indicator(ALL, PERIOD, tables, MEMBERS)
    assert (found.share, found.share.percent) == (Share(61, 300), Decimal("20.33"))
    assert (found.shares, found.missing) == ({"XA": Share(60, 200), "XB": Share(1, 100)}, {"XC": Why.NOT_TOLD})
    assert found.plain() == {
        "indicator": "16.4.2",
        "first": "2024-01-01",
        "last": "2025-12-31",
        "terms": ALL_WEAPONS.plain(),
        "numerator": 61,
        "denominator": 300,
        "percent": "20.33",
        "counted": {
            "XA": {"numerator": 60, "denominator": 200, "percent": "30.00"},
            "XB": {"numerator": 1, "denominator": 100, "percent": "1.00"},
        },
        "missing": {"XC": "not_told"},
    }


def test_what_is_missing_is_not_zero() -> None:
    halves = [*published("XA", 60, 200), *published("XB", None, 100), *published("XC", 3, None)]
    found = regional_indicator(ALL, PERIOD, halves, (*MEMBERS, "XD"))
    assert found.share == Share(60, 200)
    assert found.missing == {"XB": Why.WITHHELD, "XC": Why.WITHHELD, "XD": Why.NOT_TOLD}
    nobody = regional_indicator(ALL, PERIOD, [], MEMBERS)
    assert (nobody.share, nobody.share.percent) == (Share(None, None), None)
    nothing_seized = regional_indicator(ALL, PERIOD, published("XA", 0, 0), ("XA",))
    assert (nothing_seized.share, nothing_seized.share.percent) == (Share(0, 0), None)


def test_only_what_is_counted_alike_is_added_up() -> None:
    numerator, denominator = published("XA", 60, 200)
    other = read_table("XA", told(numerator.table.figure, rows=[{"number": 60}], definition="0" * 64))
    absurd = published("XB", 9, 3)
    back = read_table("XC", told(numerator.table.figure, rows=[{"number": 1}], standing="withdrawn"))
    found = regional_indicator(ALL, PERIOD, [other, denominator, *absurd, *published("XC", 1, 2), back], MEMBERS)
    assert found.missing == {"XA": Why.OTHER_DEFINITION, "XB": Why.OTHER_DEFINITION, "XC": Why.TAKEN_BACK}
    assert found.shares == {}


def test_each_denominator_names_its_terms_and_is_added_up_apart() -> None:
    traceable = Denominator.POTENTIALLY_TRACEABLE
    tables = [*published("XA", 60, 200), *published("XA", 50, 120, traceable)]
    found = {each: regional_indicator(each, PERIOD, tables, ("XA",)) for each in Denominator}
    assert {each: (one.terms, one.share) for each, one in found.items()} == {
        ALL: (ALL_WEAPONS, Share(60, 200)),
        traceable: (Terms(), Share(50, 120)),
    }
    parts = [figures()[each] for name in INDICATOR_FIGURES.values() for each in figures()[name].parts]
    assert len({definition_of(each) for each in parts}) == len(parts)


def test_the_periods_are_those_told_and_not_taken_back() -> None:
    part = figures()[INDICATOR_FIGURES[ALL]].parts[0]
    told_of = [
        *published("XA", 1, 2),
        read_table("XA", told(part, first="2023-01-01")),
        read_table("XB", told(part, first="2022-01-01", standing="withdrawn")),
        read_table("XB", told("recoveries.seized", first="2021-01-01")),
    ]
    assert told_periods(ALL, told_of) == [Period.parse("2023", "2025"), PERIOD]


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)).map(sorted), min_size=1, max_size=8))
def test_no_state_weighs_more_than_its_weapons(counts: list[list[int]]) -> None:
    members = [f"X{chr(65 + place)}" for place in range(len(counts))]
    tables = [each for state, pair in zip(members, counts, strict=True) for each in published(state, pair[0], pair[1])]
    found = regional_indicator(ALL, PERIOD, tables, members)
    assert found.share == Share(sum(pair[0] for pair in counts), sum(pair[1] for pair in counts))
    if found.share.exact is not None:
        exact = [share.exact for share in found.shares.values() if share.exact is not None]
        assert min(exact) <= found.share.exact <= max(exact)


@pytest.mark.parametrize("denominator", list(Denominator))
def test_the_figures_are_the_two_parts_of_a_share(denominator: Denominator) -> None:
    share = figures()[INDICATOR_FIGURES[denominator]]
    assert [figures()[each].unit for each in share.parts] == ["weapons", "weapons"]
    assert str(share.paragraph) == "SDG 16.4.2"
