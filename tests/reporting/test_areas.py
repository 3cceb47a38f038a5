"""Regions add up, and what a region lacks is named."""

from decimal import Decimal

from tracemark.reporting import WORLD, Region, RegionalShare, Share, m49_regions, regional_share
from tracemark.weapons import catalogue

OLD_WAYS = {"former", "fictional"}


def test_a_region_is_a_ratio_of_sums_and_not_a_mean_of_ratios() -> None:
    region = Region("039", "150", frozenset({"ES", "PT"}))
    found = regional_share(region, {"ES": Share(60, 200), "PT": Share(1, 100)})
    assert found == RegionalShare("039", Share(61, 300), ("ES", "PT"), ())
    assert found.share.percent == Decimal("20.33")


def test_what_a_region_lacks_is_named_and_never_zero() -> None:
    region = Region("039", "150", frozenset({"ES", "PT", "IT", "GI"}))
    found = regional_share(region, {"ES": Share(60, 200), "PT": Share(None, 100), "FR": Share(1, 1)})
    assert found == RegionalShare("039", Share(60, 200), ("ES",), ("IT", "PT"))
    assert regional_share(region, {}) == RegionalShare("039", Share(None, None), (), ("ES", "IT", "PT"))


def test_every_state_of_today_stands_in_one_region_below_another() -> None:
    lowest = [each for each in m49_regions().values() if not _has_below(each)]
    placed = sorted(state for region in lowest for state in region.states)
    today = {code for code, each in catalogue().states.items() if each.status not in OLD_WAYS}
    assert placed == sorted(today - {"AQ", "TW"})
    assert m49_regions()[WORLD].states == frozenset(placed)


def test_regions_stand_where_the_catalogue_of_states_puts_them() -> None:
    named = {"002": "Africa", "019": "Americas", "142": "Asia", "150": "Europe", "009": "Oceania"}
    told = {state: name for code, name in named.items() for state in m49_regions()[code].states}
    assert told == {state: catalogue().states[state].region for state in told}


def _has_below(region: Region) -> bool:
    return any(each.parent == region.code for each in m49_regions().values())
