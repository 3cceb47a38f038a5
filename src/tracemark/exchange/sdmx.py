import csv
import io
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from lxml import etree

from tracemark.weapons import catalogue

_CANNOT_EXIST = "M"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"


class SdmxForm(StrEnum):
    """A way of writing SDMX: XML of version 2.1 or 3.0, both specific to the structure, or CSV of version 2.0."""

    ML_2_1 = "sdmx"
    ML_3_0 = "sdmx-3"
    CSV = "sdmx-csv"


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
    return _csv(message) if form is SdmxForm.CSV else _xml(message, form)


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


def _xml(message: SdmxMessage, form: SdmxForm) -> bytes:
    told, version = _structure(), "v2_1" if form is SdmxForm.ML_2_1 else "v3_0"
    base = f"http://www.sdmx.org/resources/sdmxml/schemas/{version}"
    urn = f"urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure={_structure_id()}"
    names = {"message": f"{base}/message", "common": f"{base}/common", "ss": f"{base}/data/structurespecific",
             "ns1": f"{urn}:ObsLevelDim:TIME_PERIOD", "xsi": _XSI}  # fmt: skip
    reference = f"{told['agency']}_{told['structure']}_{told['version']}".replace(".", "_")
    root = etree.Element(f"{{{names['message']}}}StructureSpecificData", nsmap=names)
    _header(root, message, form, names, reference, urn)
    dataset = etree.SubElement(root, f"{{{names['message']}}}DataSet")
    dataset.set(f"{{{names['ss']}}}structureRef", reference)
    dataset.set(f"{{{_XSI}}}type", "ns1:DataSetType")
    dataset.set(f"{{{names['ss']}}}dataScope", "DataStructure")
    dataset.set(f"{{{names['ss']}}}action", _ACTION)
    for state in dict.fromkeys(each.state for each in message.observations):
        series = etree.SubElement(dataset, "Series", {**_key(state), **told["series_attributes"]})
        for each in message.observations:
            if each.state == state:
                etree.SubElement(series, "Obs", dict(_said(each)))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


_ACTION = "Replace"
"""What was sent before of the same State and years no longer holds: prior years are revised."""


def _header(
    root: etree._Element, message: SdmxMessage, form: SdmxForm, names: Mapping[str, str], reference: str, urn: str
) -> None:
    of_message, of_common, told = f"{{{names['message']}}}", f"{{{names['common']}}}", _structure()
    prepared = message.prepared.strftime("%Y-%m-%dT%H:%M:%SZ")
    header = etree.SubElement(root, f"{of_message}Header")
    etree.SubElement(header, f"{of_message}ID").text = f"TM-{message.prepared:%Y%m%d%H%M%S}"
    etree.SubElement(header, f"{of_message}Test").text = "false"
    etree.SubElement(header, f"{of_message}Prepared").text = prepared
    etree.SubElement(header, f"{of_message}Sender", id=message.sender)
    structure = etree.SubElement(
        header,
        f"{of_message}Structure",
        structureID=reference,
        namespace=names["ns1"],
        dimensionAtObservation="TIME_PERIOD",
    )
    named = etree.SubElement(structure, f"{of_common}Structure")
    if form is SdmxForm.ML_2_1:
        etree.SubElement(named, "Ref", agencyID=told["agency"], id=told["structure"], version=told["version"])
    else:
        named.text = urn
    etree.SubElement(header, f"{of_message}DataSetAction").text = _ACTION


def _csv(message: SdmxMessage) -> bytes:
    told, out = _structure(), io.StringIO()
    columns = [*told["dimensions"], "TIME_PERIOD", "OBS_VALUE", *told["series_attributes"], *told["attributes"]]
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["STRUCTURE", "STRUCTURE_ID", "ACTION", *columns])
    for each in message.observations:
        row = {**_key(each.state), **told["series_attributes"], **dict(_said(each))}
        writer.writerow(["datastructure", _structure_id(), "R", *(row.get(name, "") for name in columns)])
    return out.getvalue().encode()


def _structure_id() -> str:
    told = _structure()
    return f"{told['agency']}:{told['structure']}({told['version']})"


def _key(state: str) -> dict[str, str]:
    return {**_structure()["dimensions"], "REF_AREA": sdmx_area(state)}


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
