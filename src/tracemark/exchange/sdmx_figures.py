"""Published figures in SDMX, in a structure of our own: a dimension and a list of codes for each disaggregation.

A value's code is the project's own, but for sex and age, whose codes are those of the goals' database. What a State
says in its own words (its regions, its agencies) has the codes that its publications bear.
"""

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache

from tracemark.exchange.sdmx import sdmx_area
from tracemark.exchange.sdmx_messages import SdmxData, SdmxForm, SdmxSeries, SdmxStructure, write_data
from tracemark.reporting import SUM, Period, Publication, figures

TOTAL, UNKNOWN, NOT_SAID, NOT_BROKEN = "_T", "_U", "_X", "_Z"
COUNTED, WITHHELD = "A", "Q"
YEAR = "year"
_CODES: Mapping[str, Mapping[str, str]] = {
    "sex": {"female": "F", "male": "M", "other": "_O", "unknown": UNKNOWN},
    "age_band": {
        "0-14": "Y0T14",
        "15-17": "Y15T17",
        "18-24": "Y18T24",
        "25-34": "Y25T34",
        "35-49": "Y35T49",
        "50-64": "Y50T64",
        "65+": "Y_GE65",
        "unknown": UNKNOWN,
    },
}
_RENAMED = {"age_band": "AGE"}
_CODE = re.compile(r"[A-Za-z0-9_@$-]+")


@cache
def figure_dsd() -> SdmxStructure:
    """Return the structure: a new disaggregation is a new dimension, and needs a new version."""
    by = sorted({each for figure in figures().values() for each in figure.by})
    dimensions = ("REF_AREA", "FIGURE", *map(dimension_of, by))
    return SdmxStructure("TRACEMARK", "FIGURES", "2.0", dimensions, ("UNIT_MEASURE",), ("OBS_STATUS", "SOURCE_DETAIL"))


def dimension_of(by: str) -> str:
    """Return the dimension of a disaggregation. That of years says only where a year is not said."""
    return _RENAMED.get(by, by.upper())


def code_of(by: str, value: str) -> str:
    """Return the code of a value of a disaggregation. Words that can be no code have one made of them."""
    if value in (SUM, ""):
        return TOTAL if value == SUM else NOT_SAID
    told = _CODES.get(by, {}).get(value, value)
    return told if _CODE.fullmatch(told) else f"V_{hashlib.sha256(told.encode()).hexdigest()[:12]}"


def name_code(name: str) -> str:
    """Return the code of a figure or a unit."""
    return name.replace(".", "_").upper()


def write_figure(publication: Publication, state: str, prepared: datetime, form: SdmxForm) -> bytes:
    """Write a published figure. A number that is withheld has no value and the status Q, missing and suppressed.

    Source: SDMX 2.1, SDMX 3.0, SDMX-CSV 2.0.
    """
    table = publication.table
    known: dict[tuple[str, ...], SdmxSeries] = {}
    said: dict[tuple[str, ...], list[Mapping[str, str]]] = {}
    source = f"Register of {state}, publication {publication.name}, head {publication.head}"
    for key, number in sorted(table.numbers.items()):
        by = dict(zip(table.by, key, strict=False))
        place = _key(by, table.figure, state)
        when = by.get(YEAR, SUM)
        told = {"TIME_PERIOD": when if when not in ("", SUM) else _time(table.period)}
        told |= {"OBS_STATUS": WITHHELD} if number is None else {"OBS_VALUE": str(number), "OBS_STATUS": COUNTED}
        observations = said.setdefault(tuple(place.values()), [])
        observations.append({**told, "SOURCE_DETAIL": source})
        known[tuple(place.values())] = SdmxSeries(place, {"UNIT_MEASURE": name_code(table.unit)}, observations)
    return write_data(SdmxData(figure_dsd(), state, prepared, list(known.values())), form)


def _key(by: Mapping[str, str], figure: str, state: str) -> dict[str, str]:
    key = dict.fromkeys(figure_dsd().dimensions, NOT_BROKEN)
    key |= {"REF_AREA": sdmx_area(state), "FIGURE": name_code(figure)}
    key |= {dimension_of(each): TOTAL for each in figures()[figure].by}
    told = {dimension_of(name): code_of(name, value) for name, value in by.items()}
    return key | told | ({"YEAR": TOTAL} if by.get(YEAR) else {})


def _time(period: Period) -> str:
    """Write a period as a year, or as the day it begins with how many days it lasts."""
    first, last = period.first, period.last
    if (first.month, first.day, last.month, last.day, first.year) == (1, 1, 12, 31, last.year):
        return str(first.year)
    return f"{first.isoformat()}/P{(last - first).days + 1}D"
