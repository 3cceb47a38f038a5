import hashlib
import re
import secrets
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from tracemark.kernel import Finding, Plain, canonical_bytes
from tracemark.recordkeeping.events import Event
from tracemark.recordkeeping.kinds import Status, event_kinds

HOLDER_DETAILS = ("holder", "to", "from", "custodian")
"""The details of an event that name who has a weapon, or had it."""

PRIVATE = "private"
"""Stands for a private person whom nobody names."""

SALT_BYTES = 32
_PERSON, _ORGANISATION = "person:", "organisation:"
_REFERENCE = re.compile(r"person:[0-9a-f]{64}")
_UNIT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}(/[A-Za-z0-9][A-Za-z0-9._-]{0,31})*")
_NAMED = re.compile(r"organisation:\S(.{0,198}\S)?")


@dataclass(frozen=True, slots=True)
class Person:
    """A person's data as they are kept beside the record: under a commitment, with the salt that opens it."""

    commitment: str
    salt: bytes
    data: Mapping[str, Plain]

    @property
    def holder(self) -> str:
        """The text that stands for the person in the record."""
        return person_holder(self.commitment)


def commit(data: Mapping[str, Plain], salt: bytes) -> str:
    """Return the salted commitment to a person's data: SHA-256 of salt and canonical bytes, 64 hexadecimal digits.

    Once the salt is gone, the commitment in the record says nothing of the person, and the record still verifies.

    Raises:
        ValueError: the salt is not 32 bytes.
    """
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes, not {len(salt)}")
    return hashlib.sha256(salt + canonical_bytes(data)).hexdigest()


def draw_person(data: Mapping[str, Plain]) -> Person:
    """Commit to a person's data under 32 fresh random bytes, so that nobody tells from two commitments who is who."""
    salt = secrets.token_bytes(SALT_BYTES)
    return Person(commit(data, salt), salt, data)


def person_holder(commitment: str) -> str:
    """Write a commitment as the holder of a weapon: `person:` and 64 hexadecimal digits."""
    return _PERSON + commitment


def person_commitment(holder: str) -> str:
    """Return the commitment in a holder's text, "" where it stands for no person."""
    return holder.removeprefix(_PERSON) if _REFERENCE.fullmatch(holder) else ""


def organisation_holder(name: str) -> str:
    """Write an organisation that is not a listed agency as the holder of a weapon: `organisation:` and its name."""
    return _ORGANISATION + " ".join(name.split())


def is_known_holder(told: str, codes: Collection[str]) -> bool:
    """Say whether the record may name this holder; `codes` are those of the listed agencies.

    It may be a listed agency, a unit of one (`CODE/unit`, in Latin letters, digits and `.`, `_`, `-`, without spaces),
    an organisation named as such (at most 200 characters), a person's commitment, or `private`. A word that is none of
    these could be a person's name, which would stay in the record for ever.
    """
    code, slash, unit = told.partition("/")
    if told == PRIVATE or (code in codes and (not slash or _UNIT.fullmatch(unit))):
        return True
    return bool(_REFERENCE.fullmatch(told) or _NAMED.fullmatch(told))


def unknown_holders(event: Event, codes: Collection[str]) -> Iterator[Finding]:
    """Yield what an event says of holders that the record may not name.

    Only a weapon that goes abroad goes to somebody whom we do not list.
    """
    terms = event_kinds()[event.kind]
    if terms.to is Status.ABROAD:
        return
    for name in HOLDER_DETAILS:
        if not is_known_holder(str(event.details.get(name, PRIVATE)), codes):
            yield Finding("recordkeeping.holder_unknown", terms.source, {"kind": event.kind.value, "field": name})


def holders_in(details: Mapping[str, Plain]) -> list[str]:
    """Return every holder that an event's details name; of a correction, what it puts in their place too."""
    found = [str(details[name]) for name in HOLDER_DETAILS if details.get(name)]
    inner = details.get("details")
    return found + holders_in(inner) if isinstance(inner, Mapping) else found
