import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from tracemark.assistance.needs import Merit


def group_merits(state: str, on: date) -> frozenset[Merit]:
    """Return what speaks for a State's needs by the lists of a day: least developed, a small island."""
    lists = _lists()
    told = ([each for each in lists if each["since"] <= on] or lists[:1])[-1]
    return frozenset(each for each in (Merit.LEAST_DEVELOPED, Merit.SMALL_ISLAND) if state in told[each].split())


@cache
def _lists() -> list[dict[str, Any]]:
    text = (files("tracemark.assistance") / "groups.toml").read_text("utf-8")
    return sorted(tomllib.loads(text)["groups"], key=lambda each: each["since"])
