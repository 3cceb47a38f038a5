import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from lxml import etree

from tracemark.exchange.documents import DocumentRefused, finding, local, parse_xml, refused
from tracemark.exchange.epcis import CONTEXT, EpcisEvent, check_epcis, read_event_plain

_NAMESPACES = frozenset({"", "urn:epcglobal:epcis:xsd:2", "urn:epcglobal:epcis-query:xsd:2"})
_BASE = ("eventTime", "recordTime", "eventTimeZoneOffset", "eventID", "errorDeclaration", "certificationInfo")
_WHERE = ("bizStep", "disposition", "readPoint", "bizLocation")
_PARTIES = ("sourceList", "destinationList", "sensorElementList", "persistentDisposition")
_END = ("ilmd", "extension")
_ORDERS: Mapping[str, tuple[str, ...]] = {
    "ObjectEvent": (
        *(*_BASE, "epcList", "action", *_WHERE, "bizTransactionList", "quantityList"),
        *(*_PARTIES, *_END),
    ),
    "AggregationEvent": (
        *(*_BASE, "parentID", "childEPCs", "action", *_WHERE, "bizTransactionList"),
        *("childQuantityList", *_PARTIES, "extension"),
    ),
    "AssociationEvent": (
        *(*_BASE, "parentID", "childEPCs", "childQuantityList", "action", *_WHERE),
        *("bizTransactionList", *_PARTIES, "extension"),
    ),
    "TransactionEvent": (
        *(*_BASE, "bizTransactionList", "parentID", "epcList", "action", *_WHERE),
        *("quantityList", *_PARTIES, "extension"),
    ),
    "TransformationEvent": (
        *(*_BASE, "inputEPCList", "inputQuantityList", "outputEPCList", "outputQuantityList", "transformationID"),
        *(*_WHERE, "bizTransactionList", *_PARTIES, *_END),
    ),
}
_TYPED = {"bizTransactionList": "bizTransaction", "sourceList": "source", "destinationList": "destination"}
_CORE_WORD = re.compile(r"(?:urn:epcglobal:cbv:(?:bizstep|disp|btt|sdt|er|comp):|gs1:|cbv:\w+-)(\w+)")
_MEASURED = re.compile(r"(?:value|minValue|maxValue|meanValue|sDev|percRank|percValue)")


def read_epcis_xml(content: bytes, *, file: str, base: str = "") -> list[EpcisEvent]:
    """Read the events of an EPCIS 2.0 document in XML, a query's results, or a single event.

    Events are brought into the form of the JSON binding and held to the same rules; besides, elements stand in the
    order of the XML binding. What extends a sensor report or an event under another namespace is kept as text.
    Master data and queries are not read.

    Raises:
        DocumentRefused: the document is no XML, declares a document type, or is no such document.

    Source: EPCIS 2.0, 9.
    """
    root = parse_xml(content, file=file)
    elements = list(_events(root, file))
    wrong = [fault for place, element in enumerate(elements) for fault in _misplaced(element, place, file)]
    if wrong:
        raise DocumentRefused(wrong)
    plain = [_event(element) for element in elements]
    for event in plain:
        check_epcis({"@context": CONTEXT, **event}, file=file)
    return [read_event_plain(event, base=base, file=file) for event in plain]


def _events(root: etree._Element, file: str) -> Iterator[etree._Element]:
    """Yield the events of a document's list; a root that is neither document nor event is refused."""
    name = local(root)
    if name in _ORDERS:
        yield root
    elif name in ("EPCISDocument", "EPCISQueryDocument"):
        lists = [element for element in root.iter() if local(element) == "EventList"]
        if not lists:
            raise refused("document_invalid", file, name, "no EventList")
        for listed in lists:
            yield from (element for element in listed if local(element))
    else:
        raise refused("document_invalid", file, "", f"{name} is no EPCIS document")


def _misplaced(event: etree._Element, place: int, file: str) -> Iterator[Any]:
    """Yield what is wrong with the names and the order of an event's own elements."""
    where, order = f"EventList/{place}", _ORDERS.get(local(event))
    if order is None:
        yield finding("document_invalid", file, where, f"{local(event)} is no kind of event")
        return
    own = [local(each) for each in event if local(each) and _is_own(each)]
    for name in own:
        if name not in order:
            yield finding("document_invalid", file, f"{where}/{name}", "no such element")
    known = [order.index(name) for name in own if name in order]
    for name, one, other in zip(own[1:], known, known[1:], strict=False):
        if other <= one:
            yield finding("document_invalid", file, f"{where}/{name}", "the element stands in the wrong place")


def _event(event: etree._Element) -> dict[str, Any]:
    found: dict[str, Any] = {"type": local(event)}
    for element in event:
        name = local(element)
        if not name:
            continue
        if name == "extension" and _is_own(element):
            for each in _inner(element):
                _add(found, _extension(each), _tree(each))
        elif _is_own(element):
            found[name] = _value(name, element)
        else:
            _add(found, _extension(element), _tree(element))
    return found


def _value(name: str, element: etree._Element) -> Any:  # noqa: ANN401 - what JSON holds
    reader = _READERS.get(name)
    if reader:
        return reader(element)
    return _typed_list(element, _TYPED[name]) if name in _TYPED else _text(element)


def _epcs(element: etree._Element) -> list[str]:
    """Return URIs, each once: the XML binding lets one stand twice."""
    return list(dict.fromkeys(_text(each) for each in _inner(element)))


def _typed_list(element: etree._Element, name: str) -> list[dict[str, str]]:
    return [_typed(each, name) for each in _inner(element)]


def _place(element: etree._Element) -> dict[str, str]:
    return {local(each): _text(each) for each in _inner(element)}


def _dispositions(element: etree._Element) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in _inner(element):
        found.setdefault(local(each), []).append(_word(_text(each)))
    return found


def _error_declaration(element: etree._Element) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for each in _inner(element):
        if not _is_own(each) or local(each) == "extension":
            _add(found, f"extension:{local(each)}", _tree(each))
        else:
            found[local(each)] = [_text(one) for one in _inner(each)] if len(each) else _word(_text(each))
    return found


def _quantity(element: etree._Element) -> dict[str, Any]:
    said = {local(each): _text(each) for each in _inner(element) if _text(each)}
    return {name: _number(text) if name == "quantity" else text for name, text in said.items()}


def _typed(element: etree._Element, name: str) -> dict[str, str]:
    kind = element.get("type")
    return ({"type": _word(str(kind))} if kind else {}) | {name: _text(element)}


def _sensor(element: etree._Element) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for each in _inner(element):
        name = local(each)
        if name == "sensorMetadata":
            found[name] = _attributes(each)
        elif name == "sensorReport":
            found.setdefault(name, []).append(_attributes(each))
        else:
            _add(found, _extension(each), _tree(each))
    return found


def _attributes(element: etree._Element) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, written in element.attrib.items():
        named, value = etree.QName(str(key)), str(written)
        if named.namespace:
            found[f"{named.namespace}:{named.localname}"] = value
        elif _MEASURED.fullmatch(named.localname):
            found[named.localname] = _number(value)
        elif named.localname == "booleanValue":
            found[named.localname] = value in ("true", "1")
        else:
            found[named.localname] = _word(value) if named.localname in ("type", "component", "exception") else value
    return found


def _number(text: str) -> float | str:
    """Return a number, or the text itself, for the schema to refuse."""
    try:
        return float(text)
    except ValueError:
        return text


def _tree(element: etree._Element) -> Any:  # noqa: ANN401 - what JSON holds
    inner = _inner(element)
    if not inner:
        return _text(element)
    found: dict[str, Any] = {}
    for each in inner:
        _add(found, _extension(each), _tree(each))
    return found


def _add(found: dict[str, Any], name: str, value: object) -> None:
    """Keep a value by name, in a list where the name comes again."""
    known = found.get(name)
    found[name] = value if name not in found else [*(known if isinstance(known, list) else [known]), value]


def _extension(element: etree._Element) -> str:
    named = etree.QName(element)
    return f"{named.namespace}:{named.localname}" if named.namespace else named.localname


def _is_own(element: etree._Element) -> bool:
    return (etree.QName(element).namespace or "") in _NAMESPACES


def _inner(element: etree._Element) -> Sequence[etree._Element]:
    return [each for each in element if local(each)]


def _text(element: etree._Element) -> str:
    """Return an element's text, without the comments in it."""
    return ((element.text or "") + "".join(each.tail or "" for each in element)).strip()


def _word(written: str) -> str:
    found = _CORE_WORD.fullmatch(written)
    return found[1] if found else written


_READERS: Mapping[str, Callable[[etree._Element], Any]] = {
    **dict.fromkeys(("epcList", "childEPCs", "inputEPCList", "outputEPCList"), _epcs),
    **dict.fromkeys(
        ("quantityList", "childQuantityList", "inputQuantityList", "outputQuantityList"),
        lambda element: [_quantity(each) for each in _inner(element)],
    ),
    **dict.fromkeys(("readPoint", "bizLocation"), _place),
    **dict.fromkeys(("bizStep", "disposition"), lambda element: _word(_text(element))),
    "persistentDisposition": _dispositions,
    "errorDeclaration": _error_declaration,
    "sensorElementList": lambda element: [_sensor(each) for each in _inner(element)],
    "ilmd": lambda element: {_extension(each): _tree(each) for each in _inner(element)},
}
"""How the elements of an event are brought into the form of the JSON binding; others are text."""
