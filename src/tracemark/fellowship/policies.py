"""How fellows are selected, as dated data: see `policies.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

_HUNDRED = 100


class Aspect(StrEnum):
    """In what a cohort is to be balanced."""

    SEX = "sex"
    REGION = "region"
    AGENCY = "agency"
    LANGUAGE = "language"
    STATE = "state"


class Favour(StrEnum):
    """What speaks for a nominee before others.

    `first_fellow`: the State had none before. `first_choice`: the State named this nominee before its others.
    """

    LEAST_DEVELOPED = "least_developed"
    SMALL_ISLAND = "small_island"
    FIRST_FELLOW = "first_fellow"
    FIRST_CHOICE = "first_choice"


@dataclass(frozen=True, slots=True)
class Quota:
    """So many fellows of each value of an aspect, as a number or a percentage of the seats, and what each is worth."""

    about: Aspect
    points: int
    least: int = 0
    percent: int = 0

    def count(self, seats: int) -> int:
        """Return how many that are with so many seats; a percentage is rounded down."""
        return max(self.least, seats * self.percent // _HUNDRED)


@dataclass(frozen=True, slots=True)
class FellowshipPolicy:
    """What those who select agree on; `past` takes away for each earlier fellow of the State, up to `past_most`."""

    code: str
    since: date
    source: str
    seat: int = 100
    state_most: int = 2
    points: Mapping[Favour, int] = field(default_factory=dict)
    past: int = 0
    past_most: int = 0
    reach: tuple[Quota, ...] = ()
    beyond: tuple[Quota, ...] = ()


@cache
def fellowship_policies() -> Mapping[str, FellowshipPolicy]:
    """The policies that come with the software, by code, the oldest first."""
    told = tomllib.loads((files("tracemark.fellowship") / "policies.toml").read_text("utf-8"))["policy"]
    return {each["code"]: _policy(each) for each in sorted(told, key=lambda each: each["since"])}


def latest_policy() -> FellowshipPolicy:
    """Return the policy that was agreed last."""
    return list(fellowship_policies().values())[-1]


def _policy(told: Mapping[str, Any]) -> FellowshipPolicy:
    return FellowshipPolicy(
        code=told["code"],
        since=told["since"],
        source=told["source"],
        seat=told["seat"],
        state_most=told["state_most"],
        points={Favour(name): points for name, points in told["points"].items()},
        past=told["past"]["each"],
        past_most=told["past"]["most"],
        reach=tuple(_quota(each) for each in told["reach"]),
        beyond=tuple(_quota(each) for each in told["beyond"]),
    )


def _quota(told: Mapping[str, Any]) -> Quota:
    return Quota(Aspect(told["about"]), told["points"], told.get("least", 0), told.get("percent", 0))
