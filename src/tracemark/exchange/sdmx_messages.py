"""Data in SDMX, whatever the structure: XML of version 2.1 or 3.0, specific to the structure, or CSV of version 2.0."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from lxml import etree

_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_ACTION = "Replace"
"""What was sent before of the same keys and periods no longer holds: prior years are revised."""


class SdmxForm(StrEnum):
    """A way of writing SDMX: XML of version 2.1 or 3.0, both specific to the structure, or CSV of version 2.0."""

    ML_2_1 = "sdmx"
    ML_3_0 = "sdmx-3"
    CSV = "sdmx-csv"


@dataclass(frozen=True, slots=True)
class SdmxStructure:
    """Which structure data are in, and what it knows: dimensions but for time, and attributes, in their order."""

    agency: str
    id: str
    version: str
    dimensions: tuple[str, ...]
    series_attributes: tuple[str, ...]
    attributes: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.agency}:{self.id}({self.version})"


@dataclass(frozen=True, slots=True)
class SdmxSeries:
    """Observations under one key. Each has TIME_PERIOD, mostly OBS_VALUE, and the attributes that say something."""

    key: Mapping[str, str]
    attributes: Mapping[str, str]
    observations: Sequence[Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class SdmxData:
    """Series in a structure, with who sends them and when they were prepared, in UTC."""

    structure: SdmxStructure
    sender: str
    prepared: datetime
    series: Sequence[SdmxSeries]


def write_data(data: SdmxData, form: SdmxForm) -> bytes:
    """Write data. Source: SDMX 2.1, SDMX 3.0, SDMX-CSV 2.0."""
    return _csv(data) if form is SdmxForm.CSV else _xml(data, form)


def _xml(data: SdmxData, form: SdmxForm) -> bytes:
    told, version = data.structure, "v2_1" if form is SdmxForm.ML_2_1 else "v3_0"
    base = f"http://www.sdmx.org/resources/sdmxml/schemas/{version}"
    urn = f"urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure={told}"
    names = {"message": f"{base}/message", "common": f"{base}/common", "ss": f"{base}/data/structurespecific",
             "ns1": f"{urn}:ObsLevelDim:TIME_PERIOD", "xsi": _XSI}  # fmt: skip
    reference = f"{told.agency}_{told.id}_{told.version}".replace(".", "_")
    root = etree.Element(f"{{{names['message']}}}StructureSpecificData", nsmap=names)
    _header(root, data, form, names, reference, urn)
    dataset = etree.SubElement(root, f"{{{names['message']}}}DataSet")
    dataset.set(f"{{{names['ss']}}}structureRef", reference)
    dataset.set(f"{{{_XSI}}}type", "ns1:DataSetType")
    dataset.set(f"{{{names['ss']}}}dataScope", "DataStructure")
    dataset.set(f"{{{names['ss']}}}action", _ACTION)
    for each in data.series:
        series = etree.SubElement(dataset, "Series", {**each.key, **each.attributes})
        for observation in each.observations:
            etree.SubElement(series, "Obs", dict(observation))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _header(
    root: etree._Element, data: SdmxData, form: SdmxForm, names: Mapping[str, str], reference: str, urn: str
) -> None:
    of_message, of_common, told = f"{{{names['message']}}}", f"{{{names['common']}}}", data.structure
    prepared = data.prepared.strftime("%Y-%m-%dT%H:%M:%SZ")
    header = etree.SubElement(root, f"{of_message}Header")
    etree.SubElement(header, f"{of_message}ID").text = f"TM-{data.prepared:%Y%m%d%H%M%S}"
    etree.SubElement(header, f"{of_message}Test").text = "false"
    etree.SubElement(header, f"{of_message}Prepared").text = prepared
    etree.SubElement(header, f"{of_message}Sender", id=data.sender)
    structure = etree.SubElement(
        header,
        f"{of_message}Structure",
        structureID=reference,
        namespace=names["ns1"],
        dimensionAtObservation="TIME_PERIOD",
    )
    named = etree.SubElement(structure, f"{of_common}Structure")
    if form is SdmxForm.ML_2_1:
        etree.SubElement(named, "Ref", agencyID=told.agency, id=told.id, version=told.version)
    else:
        named.text = urn
    etree.SubElement(header, f"{of_message}DataSetAction").text = _ACTION


def _csv(data: SdmxData) -> bytes:
    told, out = data.structure, io.StringIO()
    columns = [*told.dimensions, "TIME_PERIOD", "OBS_VALUE", *told.series_attributes, *told.attributes]
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["STRUCTURE", "STRUCTURE_ID", "ACTION", *columns])
    for each in data.series:
        for observation in each.observations:
            row = {**each.key, **each.attributes, **observation}
            writer.writerow(["datastructure", str(told), "R", *(row.get(name, "") for name in columns)])
    return out.getvalue().encode()
