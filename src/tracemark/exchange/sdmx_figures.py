"""Published figures in SDMX, in a small structure of our own; its codes of sex and age are those of the goals.

A table of figures has at most two breakdowns. Year, sex and age band are dimensions; every other breakdown, and
a year that is not said, is named in DETAIL_1 or DETAIL_2 with its value beside it.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache

from lxml import etree

from tracemark.exchange.sdmx import sdmx_area
from tracemark.exchange.sdmx_messages import SdmxData, SdmxForm, SdmxSeries, SdmxStructure, write_data
from tracemark.reporting import SUM, Period, Publication, figures

STRUCTURE = SdmxStructure(
    "TRACEMARK",
    "FIGURES",
    "1.0",
    ("REF_AREA", "FIGURE", "SEX", "AGE", "DETAIL_1", "VALUE_1", "DETAIL_2", "VALUE_2"),
    ("UNIT_MEASURE",),
    ("OBS_STATUS", "SOURCE_DETAIL"),
)
_TOTAL, _UNKNOWN, _NOT_SAID, _NO_BREAKDOWN = "_T", "_U", "_X", "_Z"
_SEXES = {"female": "F", "male": "M", "other": "_O", "unknown": _UNKNOWN, "": _NOT_SAID}
_AGES = {
    "0-14": "Y0T14",
    "15-17": "Y15T17",
    "18-24": "Y18T24",
    "25-34": "Y25T34",
    "35-49": "Y35T49",
    "50-64": "Y50T64",
    "65+": "Y_GE65",
    "unknown": _UNKNOWN,
    "": _NOT_SAID,
}
_GENERAL = {"_T": "Total", "_U": "Unknown", "_X": "Not said"}
_COUNTED, _WITHHELD = "A", "Q"
_OWN = {"sex": ("SEX", _SEXES), "age_band": ("AGE", _AGES)}
_YEAR = "year"
_V2_1 = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1"


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
        when = by.get(_YEAR, SUM)
        told = {"TIME_PERIOD": when if when not in ("", SUM) else _time(table.period)}
        told |= {"OBS_STATUS": _WITHHELD} if number is None else {"OBS_VALUE": str(number), "OBS_STATUS": _COUNTED}
        observations = said.setdefault(tuple(place.values()), [])
        observations.append({**told, "SOURCE_DETAIL": source})
        known[tuple(place.values())] = SdmxSeries(place, {"UNIT_MEASURE": _code(table.unit)}, observations)
    return write_data(SdmxData(STRUCTURE, state, prepared, list(known.values())), form)


@cache
def figure_structure() -> bytes:
    """Write the structure of published figures with its concepts and lists of codes. Source: SDMX 2.1."""
    names = {"message": f"{_V2_1}/message", "str": f"{_V2_1}/structure", "com": f"{_V2_1}/common"}
    root = etree.Element(f"{{{names['message']}}}Structure", nsmap=names)
    header = etree.SubElement(root, f"{{{names['message']}}}Header")
    for name, text in (("ID", STRUCTURE.id), ("Test", "false"), ("Prepared", "2026-01-01")):
        etree.SubElement(header, f"{{{names['message']}}}{name}").text = text
    etree.SubElement(header, f"{{{names['message']}}}Sender", id=STRUCTURE.agency)
    structures = etree.SubElement(root, f"{{{names['message']}}}Structures")
    writer = _StructureWriter(names)
    writer.code_lists(structures)
    writer.concepts(structures)
    writer.components(structures)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _code_lists() -> Mapping[str, Mapping[str, str]]:
    """Return the codes of each coded component, with what they mean in English."""
    known = figures().values()
    details = sorted({by for each in known for by in each.by} - _OWN.keys())
    return {
        "FIGURE": {_code(each.id): each.question for each in known},
        "SEX": {"F": "Female", "M": "Male", "_O": "Other", **_GENERAL},
        "AGE": {**{code: name for name, code in _AGES.items() if name}, **_GENERAL},
        "DETAIL": {**{_code(each): each.replace("_", " ") for each in details}, "_Z": "No further breakdown"},
        "UNIT_MEASURE": {_code(each): each.replace("_", " ") for each in sorted({each.unit for each in known})},
        "OBS_STATUS": {"A": "Normal value", "Q": "Missing value; suppressed"},
    }


class _StructureWriter:
    """Writes the parts of a structure message, each in the order of its schema."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names, self._lists = names, _code_lists()

    def code_lists(self, above: etree._Element) -> None:
        lists = self._put(above, "Codelists")
        for name, codes in self._lists.items():
            found = self._put(lists, "Codelist", id=f"CL_{name}", **self._own())
            self._name(found, f"Codes of {name}")
            for code, meaning in codes.items():
                self._name(self._put(found, "Code", id=code), meaning)

    def concepts(self, above: etree._Element) -> None:
        scheme = self._put(self._put(above, "Concepts"), "ConceptScheme", id="CONCEPTS", **self._own())
        self._name(scheme, "Concepts of published figures")
        for name in (*STRUCTURE.dimensions, "TIME_PERIOD", "OBS_VALUE", *self._attributes()):
            self._name(self._put(scheme, "Concept", id=name), name.replace("_", " ").capitalize())

    def components(self, above: etree._Element) -> None:
        found = self._put(self._put(above, "DataStructures"), "DataStructure", id=STRUCTURE.id, **self._own())
        self._name(found, "Published figures of a small-arms register")
        parts = self._put(found, "DataStructureComponents")
        dimensions = self._put(parts, "DimensionList", id="DimensionDescriptor")
        for place, name in enumerate(STRUCTURE.dimensions, 1):
            self._component(dimensions, "Dimension", name, position=str(place))
        self._component(dimensions, "TimeDimension", "TIME_PERIOD", position=str(len(STRUCTURE.dimensions) + 1))
        attributes = self._put(parts, "AttributeList", id="AttributeDescriptor")
        for name in self._attributes():
            status = "Conditional" if name == "SOURCE_DETAIL" else "Mandatory"
            related = STRUCTURE.dimensions if name in STRUCTURE.series_attributes else ()
            self._related(self._component(attributes, "Attribute", name, assignmentStatus=status), related)
        self._component(self._put(parts, "MeasureList", id="MeasureDescriptor"), "PrimaryMeasure", "OBS_VALUE")

    def _component(self, above: etree._Element, kind: str, name: str, **told: str) -> etree._Element:
        found = self._put(above, kind, id=name, **told)
        identity = self._put(found, "ConceptIdentity")
        scheme = {"maintainableParentID": "CONCEPTS", "maintainableParentVersion": STRUCTURE.version}
        etree.SubElement(
            identity, "Ref", {**scheme, "id": name, "agencyID": STRUCTURE.agency, "class": "Concept",
                              "package": "conceptscheme"}
        )  # fmt: skip
        shape = self._put(found, "LocalRepresentation")
        listed = name.rstrip("_12") if name.startswith("DETAIL") else name
        if listed in self._lists:
            etree.SubElement(
                self._put(shape, "Enumeration"), "Ref",
                {"id": f"CL_{listed}", "version": STRUCTURE.version, "agencyID": STRUCTURE.agency, "class": "Codelist",
                 "package": "codelist"},
            )  # fmt: skip
        else:
            self._put(shape, "TextFormat", textType=_TEXTS.get(name, "String"))
        return found

    def _related(self, attribute: etree._Element, dimensions: Sequence[str]) -> None:
        related = self._put(attribute, "AttributeRelationship")
        for each in dimensions:
            etree.SubElement(self._put(related, "Dimension"), "Ref", id=each)
        if not dimensions:
            etree.SubElement(self._put(related, "PrimaryMeasure"), "Ref", id="OBS_VALUE")

    def _attributes(self) -> Iterator[str]:
        yield from (*STRUCTURE.series_attributes, *STRUCTURE.attributes)

    def _own(self) -> dict[str, str]:
        return {"agencyID": STRUCTURE.agency, "version": STRUCTURE.version}

    def _put(self, above: etree._Element, tag: str, **told: str) -> etree._Element:
        return etree.SubElement(above, f"{{{self._names['str']}}}{tag}", told)

    def _name(self, of: etree._Element, text: str) -> None:
        told = {"{http://www.w3.org/XML/1998/namespace}lang": "en"}
        etree.SubElement(of, f"{{{self._names['com']}}}Name", told).text = text


_TEXTS = {"TIME_PERIOD": "ObservationalTimePeriod", "OBS_VALUE": "Double"}


def _key(by: Mapping[str, str], figure: str, state: str) -> dict[str, str]:
    key = {**dict.fromkeys(STRUCTURE.dimensions, _NO_BREAKDOWN), "SEX": _TOTAL, "AGE": _TOTAL}
    key |= {"REF_AREA": sdmx_area(state), "FIGURE": _code(figure)}
    other = [each for each in by if each not in _OWN and (each != _YEAR or not by[each])]
    for name, (dimension, codes) in _OWN.items():
        if by.get(name, SUM) != SUM:
            key[dimension] = codes[by[name]]
    for place, name in enumerate(other, 1):
        value = by[name]
        key[f"DETAIL_{place}"] = _code(name)
        key[f"VALUE_{place}"] = _TOTAL if value == SUM else value or _NOT_SAID
    return key


def _time(period: Period) -> str:
    """Write a period as a year, or as the day it begins with how many days it lasts."""
    first, last = period.first, period.last
    if (first.month, first.day, last.month, last.day, first.year) == (1, 1, 12, 31, last.year):
        return str(first.year)
    return f"{first.isoformat()}/P{(last - first).days + 1}D"


def _code(text: str) -> str:
    return text.replace(".", "_").upper()
