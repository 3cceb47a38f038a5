import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote, unquote

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError, best_match

from tracemark.exchange.documents import DocumentRefused, finding, refused
from tracemark.kernel import Finding, PartialDate, Plain
from tracemark.recordkeeping import Event, EventKind
from tracemark.weapons import NO_WEAPON, WeaponId, parse_weapon, weapon_text

CONTEXT = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"

_VOCABULARY = tomllib.loads((files("tracemark.exchange") / "vocabulary.toml").read_text("utf-8"))
_PREFIX: str = _VOCABULARY["prefix"]
_CORE_WORD = re.compile(r"(?:https://ref\.gs1\.org/cbv/|cbv:)(?:BizStep|Disp)-(\w+)")
_OFFSET = re.compile(r"([+-])(\d\d):(\d\d)")
_MOST_FAULTS = 20


@dataclass(frozen=True, slots=True)
class EpcisEvent:
    """An EPCIS event as it was read. `kind` is None where its business step means nothing to a weapon's life.

    `epcs` are the things it concerns, as URIs; `weapon` is our own identity of the one, where the URI is of this node.
    `by` is "" where another system wrote it. `plain` is the event as it stood in the document.
    """

    type: str
    kind: EventKind | None
    happened: PartialDate
    epcs: tuple[str, ...]
    details: Mapping[str, Plain]
    document: str
    authority: str
    by: str
    weapon: WeaponId
    plain: Mapping[str, Any]

    def event(self) -> Event:
        """Return the life-cycle event.

        Raises:
            ValueError: the event has no meaning for a weapon's life.
        """
        if self.kind is None:
            raise ValueError(f"no kind of event is known for {self.plain.get('bizStep', self.type)}")
        return Event(self.weapon, self.kind, self.happened, self.authority, self.by, self.details, self.document)


def check_epcis(plain: object, *, file: str) -> None:
    """Refuse what is no EPCIS 2.0 document, event or simple event query in JSON; formats of dates and URIs count.

    Raises:
        DocumentRefused: with at most twenty places at which it is wrong.

    Source: EPCIS 2.0, 10.
    """
    faults: list[ValidationError] = []
    for error in _validator().iter_errors(plain):
        faults.append(best_match(error.context) if error.context else error)
        if len(faults) == _MOST_FAULTS:
            break
    if faults:
        raise DocumentRefused([_fault(error, file) for error in faults])


def read_epcis(text: str | bytes, *, file: str, base: str = "") -> list[EpcisEvent]:
    """Read the events of an EPCIS 2.0 document in JSON or JSON-LD, a query's results, or a single event.

    `base` is the node's own address, under which its weapons are known: `https://register.example/`.

    Raises:
        DocumentRefused: the text is no JSON, or no such document.
    """
    try:
        plain = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise refused("not_json", file, "", str(error)) from error
    check_epcis(plain, file=file)
    return [read_event_plain(event, base=base, file=file) for event in events_of(plain)]


def events_of(plain: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """Return the events of a valid document, in its order; none of a query."""
    body = plain.get("epcisBody", {})
    found = body.get("eventList") or body.get("queryResults", {}).get("resultsBody", {}).get("eventList", [])
    if "event" in body:
        found = [*found, body["event"]]
    return found or ([plain] if "eventTime" in plain else [])


def read_event_plain(plain: Mapping[str, Any], *, base: str, file: str) -> EpcisEvent:
    """Read one valid event.

    Raises:
        DocumentRefused: what it says in the record's own words is not in their form.
    """
    told = {name.removeprefix(f"{_PREFIX}:"): plain[name] for name in plain if name.startswith(f"{_PREFIX}:")}
    _check_own(told, file)
    epcs = (*plain.get("epcList", ()), *([plain["parentID"]] if "parentID" in plain else []))
    kind = EventKind(told["kind"]) if told.get("kind") in set(EventKind) else _taken_for(plain)
    documents = [each["bizTransaction"] for each in plain.get("bizTransactionList", ())]
    return EpcisEvent(
        type=plain["type"],
        kind=kind,
        happened=PartialDate.parse(told["happened"]) if "happened" in told else _day(plain),
        epcs=epcs,
        details=told.get("details", {}) if "kind" in told else _details(plain),
        document=_text_of(documents[0], f"{base}document/") if documents else "",
        authority=told.get("authority", ""),
        by=told.get("by", ""),
        weapon=_weapon(epcs, base),
        plain=plain,
    )


def _check_own(told: Mapping[str, Any], file: str) -> None:
    for name in ("kind", "happened", "authority", "by"):
        if not isinstance(told.get(name, ""), str):
            raise refused("document_invalid", file, f"{_PREFIX}:{name}", "no text")
    if not isinstance(told.get("details", {}), Mapping):
        raise refused("document_invalid", file, f"{_PREFIX}:details", "no object")
    try:
        PartialDate.parse(told.get("happened", "2000"))
    except ValueError as error:
        raise refused("document_invalid", file, f"{_PREFIX}:happened", str(error)) from error


def write_epcis(events: Iterable[Event], *, base: str, created_at: datetime) -> dict[str, Any]:
    """Return an EPCIS 2.0 document that tells these events, with the node's weapons under `base`.

    Other systems read the business step, disposition, place, parties and papers; the record's own words stand beside
    them under the published vocabulary's prefix, so that what is read back is what was written.

    Raises:
        DocumentRefused: an event cannot be told so that the standard holds.
    """
    document = {
        "@context": [CONTEXT, {_PREFIX: _VOCABULARY["namespace"]}],
        "type": "EPCISDocument",
        "schemaVersion": "2.0",
        "creationDate": created_at.isoformat(),
        "epcisBody": {"eventList": [_written(event, base) for event in events]},
    }
    check_epcis(document, file="written")
    return document


def _written(event: Event, base: str) -> dict[str, Any]:
    terms, details = _VOCABULARY["kinds"][event.kind.value], event.details
    weapon = [f"{base}weapon/{weapon_text(event.weapon)}"] if event.weapon != NO_WEAPON else []
    moved = _components(details, base)
    found: dict[str, Any] = {
        "eventTime": f"{event.happened.first.isoformat()}T00:00:00Z",
        "eventTimeZoneOffset": "+00:00",
        "bizStep": terms["step"],
        "disposition": terms["disposition"],
        f"{_PREFIX}:kind": event.kind.value,
        f"{_PREFIX}:happened": str(event.happened),
        f"{_PREFIX}:authority": event.authority,
        f"{_PREFIX}:by": event.by,
        f"{_PREFIX}:details": details,
    }
    if terms.get("type") == "AssociationEvent" and moved and weapon:
        action = "ADD" if details.get("fitted") else "DELETE"
        found |= {"type": "AssociationEvent", "action": action, "parentID": weapon[0], "childEPCs": moved}
    else:
        found |= {"type": "ObjectEvent", "action": terms.get("action", "OBSERVE"), "epcList": weapon}
    if details.get("place"):
        found["readPoint"] = {"id": f"{base}place/{quote(str(details['place']), safe='')}"}
    if event.document:
        found["bizTransactionList"] = [{"bizTransaction": f"{base}document/{quote(event.document, safe='')}"}]
    if details.get("from"):
        found["sourceList"] = [
            {"type": "owning_party", "source": f"{base}holder/{quote(str(details['from']), safe='')}"}
        ]
    receiver = details.get("to") if event.kind is EventKind.ISSUED else details.get("holder")
    if receiver:
        party = "possessing_party" if event.kind is EventKind.ISSUED else "owning_party"
        there = f"{base}holder/{quote(str(receiver), safe='')}"
        found["destinationList"] = [{"type": party, "destination": there}]
    return found


def _components(details: Mapping[str, Any], base: str) -> list[str]:
    fitted = [part["id"] for part in details.get("fitted", ()) if part.get("id")]
    return [f"{base}component/{each}" for each in (*details.get("removed", ()), *fitted)]


def _taken_for(plain: Mapping[str, Any]) -> EventKind | None:
    """Return the kind that another system's business step and disposition are taken for."""
    if plain["type"] not in ("ObjectEvent", "AssociationEvent"):
        return None
    step, disposition = _word(plain.get("bizStep", "")), _word(plain.get("disposition", ""))
    own = next((kind for kind, terms in _VOCABULARY["kinds"].items() if ":" in step and terms["step"] == step), "")
    name = own or _VOCABULARY["taken_for"].get(f"{step} {disposition}") or _VOCABULARY["taken_for"].get(step)
    return EventKind(name) if name else None


def _word(written: str) -> str:
    """Return a word of the Core Business Vocabulary in its short form, and any other as it stands."""
    found = _CORE_WORD.fullmatch(written)
    return found[1] if found else written


def _details(plain: Mapping[str, Any]) -> dict[str, Plain]:
    """Return what the standard's own fields say, in the record's words; parties and places as the URIs they are."""
    found: dict[str, Plain] = {}
    places = [plain[name]["id"] for name in ("readPoint", "bizLocation") if name in plain]
    if places:
        found["place"] = places[0]
    for name, listed, end in (("from", "sourceList", "source"), ("holder", "destinationList", "destination")):
        parties = [each[end] for each in plain.get(listed, ()) if each["type"] != "location"]
        if parties:
            found[name] = parties[0]
    return found


def _day(plain: Mapping[str, Any]) -> PartialDate:
    """Return the day on which it happened where it happened."""
    moment = datetime.fromisoformat(plain["eventTime"])
    sign, hours, minutes = _OFFSET.fullmatch(plain["eventTimeZoneOffset"]).groups()  # type: ignore[union-attr]
    offset = timedelta(hours=int(hours), minutes=int(minutes)) * (-1 if sign == "-" else 1)
    return PartialDate.of(moment.astimezone(timezone(offset)).date())


def _weapon(epcs: Sequence[str], base: str) -> WeaponId:
    for epc in epcs:
        if base and epc.startswith(f"{base}weapon/"):
            try:
                return parse_weapon(epc.removeprefix(f"{base}weapon/"))
            except ValueError:
                continue
    return NO_WEAPON


def _text_of(uri: str, stem: str) -> str:
    return unquote(uri.removeprefix(stem)) if uri.startswith(stem) else uri


@cache
def _validator() -> Draft202012Validator:
    schema = json.loads((files("tracemark.exchange") / "epcis_schema.json").read_text("utf-8"))
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def _fault(error: ValidationError, file: str) -> Finding:
    where = "/".join(str(step) for step in error.absolute_path)
    return finding("document_invalid", file, where, error.message[:300])
