import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tracemark.kernel import PartialDate, Plain, canonical_bytes, instant_text
from tracemark.recordkeeping.kinds import EventKind
from tracemark.recordkeeping.trees import leaf_hash
from tracemark.weapons import WeaponId

VERSION = 1


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to one weapon. Never changed: a mistake is put right by a `corrected` event.

    `authority` is the code of the agency that reports it and `by` the account that wrote it; `document` is the
    reference of the paper behind it. `details` is plain JSON whose names `kinds.toml` gives for each kind.
    """

    weapon: WeaponId
    kind: EventKind
    happened: PartialDate
    authority: str
    by: str
    details: Mapping[str, Plain] = field(default_factory=dict)
    document: str = ""


@dataclass(frozen=True, slots=True)
class Sealed:
    """An event in its place in the record: `position` counts from 0.

    `body` is the event's canonical bytes, of which everything else is a reading.
    """

    position: int
    event: Event
    recorded_at: datetime
    body: bytes

    @property
    def leaf(self) -> bytes:
        """The hash (32 bytes) by which the event stands in the tree. Source: RFC 9162 2.1.1."""
        return leaf_hash(self.body)


def photos_of(event: Event) -> list[str]:
    """Return the fingerprints of the pictures an event names, those of its marks among them, each once."""
    return list(dict.fromkeys(_photos(event.details)))


def _photos(details: Any) -> Iterator[str]:  # noqa: ANN401 - plain data of any depth
    if isinstance(details, Mapping):
        told = (details.get("photo"), *details.get("photos", ()))
        yield from (str(each) for each in told if each)
    nested = details.values() if isinstance(details, Mapping) else details
    for each in nested:
        if isinstance(each, Mapping | list | tuple):
            yield from _photos(each)


def seal_event(event: Event, *, position: int, recorded_at: datetime) -> Sealed:
    """Give an event its place and its canonical bytes. It is recorded to the millisecond, as it will be read back.

    Raises:
        NotCanonical: the details hold what has no canonical form.

    Source: ITI 11.
    """
    recorded_at = recorded_at.replace(microsecond=recorded_at.microsecond // 1000 * 1000)
    body = canonical_bytes(
        {
            "at": instant_text(recorded_at),
            "authority": event.authority,
            "by": event.by,
            "details": event.details,
            "document": event.document,
            "happened": str(event.happened),
            "kind": event.kind.value,
            "v": VERSION,
            "weapon": event.weapon,
        }
    )
    return Sealed(position, event, recorded_at, body)


def read_event(position: int, body: bytes) -> Sealed:
    """Read a sealed event back from its canonical bytes.

    Raises:
        ValueError: the bytes are not an event of a known version.
    """
    plain = json.loads(body)
    if plain.get("v") != VERSION:
        raise ValueError(f"event {position} has version {plain.get('v')!r}, not {VERSION}")
    event = Event(
        weapon=WeaponId(plain["weapon"]),
        kind=EventKind(plain["kind"]),
        happened=PartialDate.parse(plain["happened"]),
        authority=plain["authority"],
        by=plain["by"],
        details=plain["details"],
        document=plain["document"],
    )
    return Sealed(position, event, datetime.fromisoformat(plain["at"]), body)
