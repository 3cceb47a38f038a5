"""Who does what where: each answer checked against a plain count over small cases."""

from datetime import date
from decimal import Decimal
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from tests.assistance.given import DAY, activity
from tests.assistance.rounds import need
from tracemark.assistance import Aid, Organisation, Share, board_plain, coordinate


def aid(number: int, themes: str = "marking", **told: object) -> Aid:
    made = activity(f"XX-{number}", reporting=Organisation(f"Donor {number}", f"XX-{number}", "10"), **told)  # type: ignore[arg-type]
    return Aid(f"AA-2026-{number:06}", made, tuple(themes.split()))


def test_two_donors_of_one_theme_at_one_time_overlap_and_other_times_do_not() -> None:
    early = aid(1, last=date(2026, 6, 30))
    late = aid(2, first=date(2026, 7, 1))
    both = aid(3, first=date(2026, 6, 1), last=None)
    found = coordinate(aids=[early, late, both], needs=[], on=DAY)
    assert [(each.left.name[-1], each.right.name[-1], each.since, each.until) for each in found.overlaps] == [
        ("1", "3", date(2026, 6, 1), date(2026, 6, 30)),
        ("2", "3", date(2026, 7, 1), date(2026, 12, 31)),
    ]


def test_what_two_organisations_told_of_one_work_is_said_with_who_is_in_both() -> None:
    partner = Organisation("Partner", "P-1", "22")
    left, right = aid(1), Aid("AA-2026-000002", activity("XX-2", reporting=partner), ("marking",))
    assert [each.shared for each in coordinate(aids=[left, right], needs=[], on=DAY).overlaps] == [()]
    again = Aid("AA-2026-000003", activity("XX-3", reporting=partner), ("marking",))
    assert [each.shared for each in coordinate(aids=[right, again], needs=[], on=DAY).overlaps] == [("Partner",)]


def test_what_is_over_or_given_up_is_on_no_board() -> None:
    over = aid(1, last=date(2026, 4, 30))
    closed, cancelled = aid(2, status="4"), aid(3, status="5")
    assert coordinate(aids=[over, closed, cancelled], needs=[], on=DAY).places == ()


def test_a_request_is_an_orphan_where_none_of_its_themes_is_served_in_its_state() -> None:
    needs = [
        need("R-1", 10, state="XA", themes="marking"),
        need("R-2", 10, state="XA", themes="records marking"),
        need("R-3", 10, state="XB", themes="marking"),
        need("R-4", 10, state="XA", themes="small_arms"),
    ]
    found = coordinate(aids=[aid(1), aid(2, "records", countries=(Share("XC"),))], needs=needs, on=DAY)
    assert [each.request for each in found.orphans] == ["R-3", "R-4"]
    assert [(each.country, each.theme) for each in found.gaps] == [
        ("XA", "records"),
        ("XA", "small_arms"),
        ("XB", "marking"),
    ]


def test_money_is_that_of_the_country_and_what_is_not_shared_out_adds_none() -> None:
    split = aid(1, budget=100, countries=(Share("XA", "", Decimal(60)), Share("XB", "", Decimal(40))))
    unsplit = aid(2, budget=50, countries=(Share("XA"), Share("XB")))
    found = coordinate(aids=[split, unsplit], needs=[], on=DAY)
    assert [(each.country, dict(each.money), each.unsplit) for each in found.places] == [
        ("XA", {"USD": Decimal(60)}, 1),
        ("XB", {"USD": Decimal(40)}, 1),
    ]


def test_the_own_country_leads_and_what_names_none_stands_apart() -> None:
    nowhere = aid(3, countries=())
    found = coordinate(aids=[aid(1), aid(2, countries=(Share("XT"),)), nowhere], needs=[], on=DAY, first="XT")
    assert [each.country for each in found.places] == ["XT", "XA"]
    assert board_plain(found)["unplaced"] == ["AA-2026-000003"]
    assert [each.country for each in found.of("XA").places] == ["XA"]


SPANS = st.tuples(st.integers(0, 300), st.integers(0, 300), st.sampled_from(["XA", "XB"]), st.sampled_from("mr"))


@given(st.lists(SPANS, max_size=6))
def test_overlaps_are_those_that_a_plain_count_of_days_finds(spans: list[tuple[int, int, str, str]]) -> None:
    start = DAY.toordinal() - 100
    aids = [
        aid(
            number,
            {"m": "marking", "r": "records"}[theme],
            first=date.fromordinal(start + min(left, right)),
            last=date.fromordinal(start + max(left, right)),
            countries=(Share(country),),
        )
        for number, (left, right, country, theme) in enumerate(spans, 1)
    ]
    days = {
        each.name: {
            day for day in range(each.activity.starts.toordinal(), each.activity.ends.toordinal() + 1)
            if day >= DAY.toordinal()
        }
        for each in aids
    }  # fmt: skip
    meet = {
        (left.name, right.name)
        for left, right in combinations(aids, 2)
        if left.themes == right.themes
        and left.activity.countries == right.activity.countries
        and days[left.name] & days[right.name]
    }
    found = coordinate(aids=aids, needs=[], on=DAY).overlaps
    assert {(each.left.name, each.right.name) for each in found} == meet
    assert len(found) == len(meet)
