"""The structure of published figures as SDMX: its dimensions, and a list of codes for each, named in six languages."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from lxml import etree

from tracemark.exchange.sdmx_figures import (
    COUNTED,
    NOT_BROKEN,
    NOT_SAID,
    TOTAL,
    WITHHELD,
    YEAR,
    code_of,
    dimension_of,
    figure_dsd,
    name_code,
)
from tracemark.reporting import SUM, Publication, breakdown_values, figures

Naming = Callable[[str, str, str], str]
"""Says in a language (ISO 639) what a value of a list is: one of `figure`, `unit`, `by`, `sdmx` or a disaggregation."""

_GENERAL = {TOTAL: "total", NOT_SAID: "not_said", NOT_BROKEN: "not_broken"}
_OWN_LIST = {"country": "STATE", "from_state": "STATE", "to_state": "STATE"}
_V2_1 = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1"
_TEXTS = {"TIME_PERIOD": "ObservationalTimePeriod", "OBS_VALUE": "Double"}
_Names = tuple[str, str]
"""Which list a name is of, and of which value."""


def figure_structure(published: Iterable[Publication], naming: Naming, languages: Sequence[str]) -> bytes:
    """Write the structure of published figures with its concepts and lists of codes. Source: SDMX 2.1.

    What is told in the State's own words has the codes that stand in what is `published`.
    """
    writer = _StructureWriter(_code_lists(published), naming, languages)
    return etree.tostring(writer.message(), xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _code_lists(published: Iterable[Publication]) -> Mapping[str, Mapping[str, _Names]]:
    """Return the codes of each list, each with what names it."""
    known = figures().values()
    lists: dict[str, dict[str, _Names]] = {
        "FIGURE": {name_code(each.id): ("figure", each.id) for each in known},
        "UNIT_MEASURE": {name_code(each.unit): ("unit", each.unit) for each in known},
        "OBS_STATUS": {COUNTED: ("sdmx", "counted"), WITHHELD: ("sdmx", "withheld")},
    }
    said = _said(published)
    for by in sorted({each for figure in known for each in figure.by}):
        values = [] if by == YEAR else [*breakdown_values(by), *sorted(said.get(by, ()))]
        codes: dict[str, _Names] = {code_of(by, each): (by, each) for each in values}
        codes |= {code: ("sdmx", name) for code, name in _GENERAL.items()}
        lists.setdefault(_list_of(by), {}).update(codes)
    return lists


def _said(published: Iterable[Publication]) -> dict[str, set[str]]:
    """Return the values that publications bear, by disaggregation."""
    said: dict[str, set[str]] = {}
    for each in published:
        for key in each.table.numbers:
            for by, value in zip(each.table.by, key, strict=False):
                if value not in (SUM, ""):
                    said.setdefault(by, set()).add(value)
    return said


def _list_of(by: str) -> str:
    return _OWN_LIST.get(by, dimension_of(by))


class _StructureWriter:
    """Writes the parts of a structure message, each in the order of its schema."""

    def __init__(self, lists: Mapping[str, Mapping[str, _Names]], naming: Naming, languages: Sequence[str]) -> None:
        self._names = {"message": f"{_V2_1}/message", "str": f"{_V2_1}/structure", "com": f"{_V2_1}/common"}
        self._lists, self._naming, self._languages, self._dsd = lists, naming, languages, figure_dsd()
        by = {each for figure in figures().values() for each in figure.by}
        self._listed = {dimension_of(each): _list_of(each) for each in by}
        self._by = {dimension_of(each): ("by", each) for each in by}

    def message(self) -> etree._Element:
        root = etree.Element(f"{{{self._names['message']}}}Structure", nsmap=self._names)
        header = etree.SubElement(root, f"{{{self._names['message']}}}Header")
        for name, text in (("ID", self._dsd.id), ("Test", "false"), ("Prepared", "2026-01-01")):
            etree.SubElement(header, f"{{{self._names['message']}}}{name}").text = text
        etree.SubElement(header, f"{{{self._names['message']}}}Sender", id=self._dsd.agency)
        structures = etree.SubElement(root, f"{{{self._names['message']}}}Structures")
        self.code_lists(structures)
        self.concepts(structures)
        self.components(structures)
        return root

    def code_lists(self, above: etree._Element) -> None:
        lists = self._put(above, "Codelists")
        for name, codes in self._lists.items():
            found = self._put(lists, "Codelist", id=f"CL_{name}", **self._own())
            self._name(found, self._concept(name))
            for code, meant in codes.items():
                self._name(self._put(found, "Code", id=code), meant)

    def concepts(self, above: etree._Element) -> None:
        scheme = self._put(self._put(above, "Concepts"), "ConceptScheme", id="CONCEPTS", **self._own())
        self._name(scheme, ("sdmx", "title"))
        for name in (*self._dsd.dimensions, "TIME_PERIOD", "OBS_VALUE", *self._attributes()):
            self._name(self._put(scheme, "Concept", id=name), self._concept(name))

    def components(self, above: etree._Element) -> None:
        found = self._put(self._put(above, "DataStructures"), "DataStructure", id=self._dsd.id, **self._own())
        self._name(found, ("sdmx", "title"))
        parts = self._put(found, "DataStructureComponents")
        dimensions = self._put(parts, "DimensionList", id="DimensionDescriptor")
        for place, name in enumerate(self._dsd.dimensions, 1):
            self._component(dimensions, "Dimension", name, position=str(place))
        self._component(dimensions, "TimeDimension", "TIME_PERIOD", position=str(len(self._dsd.dimensions) + 1))
        attributes = self._put(parts, "AttributeList", id="AttributeDescriptor")
        for name in self._attributes():
            status = "Conditional" if name == "SOURCE_DETAIL" else "Mandatory"
            related = self._dsd.dimensions if name in self._dsd.series_attributes else ()
            self._related(self._component(attributes, "Attribute", name, assignmentStatus=status), related)
        self._component(self._put(parts, "MeasureList", id="MeasureDescriptor"), "PrimaryMeasure", "OBS_VALUE")

    def _component(self, above: etree._Element, kind: str, name: str, **told: str) -> etree._Element:
        found = self._put(above, kind, id=name, **told)
        identity = self._put(found, "ConceptIdentity")
        scheme = {"maintainableParentID": "CONCEPTS", "maintainableParentVersion": self._dsd.version}
        etree.SubElement(
            identity, "Ref", {**scheme, "id": name, "agencyID": self._dsd.agency, "class": "Concept",
                              "package": "conceptscheme"}
        )  # fmt: skip
        shape = self._put(found, "LocalRepresentation")
        listed = self._listed.get(name, name)
        if listed in self._lists:
            etree.SubElement(
                self._put(shape, "Enumeration"), "Ref",
                {"id": f"CL_{listed}", "version": self._dsd.version, "agencyID": self._dsd.agency, "class": "Codelist",
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
        yield from (*self._dsd.series_attributes, *self._dsd.attributes)

    def _own(self) -> dict[str, str]:
        return {"agencyID": self._dsd.agency, "version": self._dsd.version}

    def _put(self, above: etree._Element, tag: str, **told: str) -> etree._Element:
        return etree.SubElement(above, f"{{{self._names['str']}}}{tag}", told)

    def _concept(self, name: str) -> _Names:
        return self._by.get(name, ("sdmx", name.lower()))

    def _name(self, of: etree._Element, named: _Names) -> None:
        for each in self._languages:
            told = {"{http://www.w3.org/XML/1998/namespace}lang": each}
            etree.SubElement(of, f"{{{self._names['com']}}}Name", told).text = self._naming(*named, each)
