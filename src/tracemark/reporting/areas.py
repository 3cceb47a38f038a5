import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tracemark.reporting.indicators import Share
from tracemark.weapons import catalogue

WORLD = "001"


@dataclass(frozen=True, slots=True)
class Region:
    """A region of the United Nations' M49 list: its three digits, the region above it ("" of none), and its States.

    `states` are ISO 3166-1 alpha-2 codes of all States and areas below it.
    """

    code: str
    parent: str
    states: frozenset[str]


@dataclass(frozen=True, slots=True)
class RegionalShare:
    """A region's share: the sum of numerators over the sum of denominators, and whose data are in it.

    `missing` are the States of the region of which there is no share: they are named and not reckoned as zero.
    """

    region: str
    share: Share
    counted: tuple[str, ...]
    missing: tuple[str, ...]


@cache
def m49_regions() -> Mapping[str, Region]:
    """Every region, by M49 code, the world first."""
    told = tomllib.loads((files("tracemark.reporting") / "areas.toml").read_text("utf-8"))
    parents = {code: entry["parent"] for code, entry in told.items()}
    listed = {code: frozenset(entry.get("states", "").split()) for code, entry in told.items()}
    below = {code: listed[code].union(*(listed[each] for each in _descend(code, parents))) for code in told}
    return {code: Region(code, parents[code], below[code]) for code in told}


def regional_share(region: Region, shares: Mapping[str, Share]) -> RegionalShare:
    """Add numerators and denominators of a region's States and divide once, never the mean of their shares.

    `shares` are by ISO 3166-1 alpha-2 code. Source: SDG 16.4.2.
    """
    known = {
        state: share
        for state, share in sorted(shares.items())
        if state in region.states and share.numerator is not None and share.denominator is not None
    }
    total = Share(
        sum(share.numerator or 0 for share in known.values()) if known else None,
        sum(share.denominator or 0 for share in known.values()) if known else None,
    )
    members = sorted(state for state in region.states if catalogue().states[state].status == "member")
    missing = tuple(state for state in members if state not in known)
    return RegionalShare(region.code, total, tuple(known), missing)


def _descend(code: str, parents: Mapping[str, str]) -> list[str]:
    children = [each for each, parent in parents.items() if parent == code]
    return [*children, *(each for child in children for each in _descend(child, parents))]
