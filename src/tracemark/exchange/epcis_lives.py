import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from tracemark.exchange.epcis import EpcisEvent, read_epcis
from tracemark.exchange.epcis_xml import read_epcis_xml
from tracemark.intake import Table, table_of

EPCIS_COLUMNS = ("thing", "serial", "kind", "maker", "model", "calibre", "country", "year", "life")
_DESCRIBED = ("kind", "maker", "model", "calibre", "country", "year")
_SERIALS = (
    re.compile(r"urn:epc:id:sgtin:[^.]+\.[^.]+\.(.+)"),
    re.compile(r"urn:epc:id:giai:[^.]+\.(.+)"),
    re.compile(r"https?://.+/21/([^/?#]+).*"),
)


def epcis_table(content: bytes, *, file: str) -> Table:
    """Lay an EPCIS 2.0 document in JSON or XML out as a table: each thing a row, with its serial and its whole life.

    An event that means nothing in a weapon's life, or concerns no single thing, is a row by itself, to be refused with
    its reason. What a thing is and its serial come from the record's own words where the document bears them, else the
    serial from the identifier.

    Raises:
        DocumentRefused: it is no such document.

    Source: EPCIS 2.0, 7.4.
    """
    xml = content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    events = read_epcis_xml(content, file=file) if xml else read_epcis(content, file=file)
    lives: dict[str, list[EpcisEvent]] = {}
    apart: list[EpcisEvent] = []
    for event in events:
        parents = [event.plain["parentID"]] if "parentID" in event.plain else []
        things = parents if event.type == "AssociationEvent" else event.epcs
        if event.kind is None or not things:
            apart.append(event)
        for thing in things if event.kind else ():
            lives.setdefault(thing, []).append(event)
    rows = [_row(thing, sorted(life, key=lambda each: each.happened)) for thing, life in lives.items()]
    rows += [_row("", [event]) for event in apart]
    return table_of(file, EPCIS_COLUMNS, rows, hashlib.sha256(content).hexdigest())


def _row(thing: str, life: Iterable[EpcisEvent]) -> list[str]:
    told = list(life)
    said = _described(told)
    said |= {"thing": thing, "life": json.dumps([_event(each, thing) for each in told], ensure_ascii=False)}
    said.setdefault("serial", next((found[1] for each in _SERIALS if (found := each.fullmatch(thing))), ""))
    return [said.get(column, "") for column in EPCIS_COLUMNS]


def _event(event: EpcisEvent, thing: str) -> dict[str, Any]:
    step = " ".join(filter(None, [event.type, str(event.plain.get("bizStep", "")), "" if thing else "no thing"]))
    return {
        "kind": event.kind.value if event.kind and thing else "",
        "happened": str(event.happened),
        "details": {
            name: value for name, value in event.details.items() if isinstance(value, str | int) or name == "marks"
        },
        "document": event.document,
        "step": step,
    }


def _described(life: Iterable[EpcisEvent]) -> dict[str, str]:
    """Return what the first event that says it says of the thing, in the record's own words."""
    for event in life:
        weapon = event.details.get("weapon")
        if isinstance(weapon, Mapping):
            found = {name: str(weapon[name]) for name in _DESCRIBED if weapon.get(name)}
            serial = _serial(event.details.get("marks"))
            return found | ({"serial": serial} if serial else {})
    return {}


def _serial(marks: object) -> str:
    listed = marks if isinstance(marks, list) else []
    return next((str(mark["serial"]) for mark in listed if isinstance(mark, Mapping) and mark.get("serial")), "")
