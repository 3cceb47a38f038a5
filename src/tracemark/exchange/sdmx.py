import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from tracemark.exchange.sdmx_messages import SdmxData, SdmxForm, SdmxSeries, SdmxStructure, write_data
from tracemark.weapons import catalogue

_CANNOT_EXIST = "M"


@dataclass(frozen=True, slots=True)
class Observation:
    """A State's value of a year, in points of a hundred; None where there is nothing it could be a share of."""

    state: str
    year: int
    value: Decimal | None
    comment: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class SdmxMessage:
    """Observations of VC_ARM_SZTRACE, with who sends them and when they were prepared, in UTC."""

    sender: str
    prepared: datetime
    observations: Sequence[Observation]


def write_sdmx(message: SdmxMessage, form: SdmxForm) -> bytes:
    """Write a message in the structure of the global database of the goals.

    Source: SDMX 2.1, SDMX 3.0, SDMX-CSV 2.0.
    """
    told = _structure()
    structure = SdmxStructure(
        told["agency"],
        told["structure"],
        told["version"],
        tuple(told["dimensions"]),
        tuple(told["series_attributes"]),
        tuple(told["attributes"]),
    )
    series = [
        SdmxSeries(
            {**told["dimensions"], "REF_AREA": sdmx_area(state)},
            told["series_attributes"],
            [dict(_said(each)) for each in message.observations if each.state == state],
        )
        for state in dict.fromkeys(each.state for each in message.observations)
    ]
    return write_data(SdmxData(structure, message.sender, message.prepared, series), form)


def sdmx_area(state: str) -> str:
    """Return the code of a State as the goals' database has it: M49 without leading zeros; one without M49 by its own.

    A region is named by its M49 code already.
    """
    known = catalogue().states.get(state)
    code = (known.m49 if known else state) or state
    return code.lstrip("0") if code.isdecimal() else code


@cache
def _structure() -> Mapping[str, Any]:
    return tomllib.loads((files("tracemark.exchange") / "sdmx_structure.toml").read_text("utf-8"))


def _said(observation: Observation) -> Iterator[tuple[str, str]]:
    """Yield the parts of an observation that say something; one that cannot exist has a status and no value."""
    yield "TIME_PERIOD", str(observation.year)
    if observation.value is not None:
        yield "OBS_VALUE", str(observation.value)
    own = {
        "TIME_DETAIL": str(observation.year),
        "COMMENT_OBS": observation.comment,
        "SOURCE_DETAIL": observation.source,
    }
    if observation.value is None:
        own["OBS_STATUS"] = _CANNOT_EXIST
    for name, usual in _structure()["attributes"].items():
        if text := own.get(name, usual):
            yield name, text
