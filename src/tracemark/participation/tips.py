import base64
import hashlib
import json
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from tracemark.kernel import Finding, Refused
from tracemark.participation.voices import PARTICIPATION

MOST_TIP = 4000
"""How many characters a tip has at most."""

MOST_REPLY = 2000
"""How many characters a reply has at most."""

TIP_DAYS = 90
"""How many days a tip is kept, and from the last reply on."""

MOST_TIPS_A_DAY = 40
"""How many tips a day are taken from everybody together: a limit that needs to know nobody."""

MOST_TIPS = 500
"""How many tips are kept at a time; with so many no more are taken."""

_LENGTH = 4
_TIP_BYTES, _REPLY_BYTES = 24_576, 12_288
"""More than the longest text takes in JSON, whose characters take six bytes at the most."""

_CODE_BYTES = 10
_CODE = re.compile(r"TIP-[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}")
_SHORT = 12


class TipRefused(Refused):
    """A tip or a reply says nothing, is too long, or no more are taken now."""


@dataclass(frozen=True, slots=True)
class Tip:
    """A tip as it is kept: sealed to the desk, found by a digest of its code, and dated to the day.

    `reply` is sealed to a key that comes of the code, b"" until there is one. All boxes of a kind have one length.
    """

    lookup: str
    received_on: str
    expires_on: str
    box: bytes
    reply: bytes = b""

    @property
    def name(self) -> str:
        """What the desk calls it by."""
        return self.lookup[:_SHORT]


@dataclass(frozen=True, slots=True)
class OpenTip:
    """A tip as the desk reads it. `reply_key` is the public key to which a reply is sealed."""

    tip: Tip
    text: str
    reply_key: bytes


@dataclass(frozen=True, slots=True)
class TipTally:
    """How many tips there were since the channel was opened: received, answered, and gone (expired or taken back)."""

    received: int = 0
    answered: int = 0
    gone: int = 0


class TipStore(Protocol):
    """Sealed tips, beside the record and deleted when they expire."""

    def put(self, tip: Tip) -> None:
        """Keep a tip, or what it became, in place of the one with its lookup."""
        ...

    def find(self, lookup: str) -> Tip | None: ...

    def all(self) -> list[Tip]:
        """Every tip, by its lookup: in an order that tells nothing of when it came."""
        ...

    def received_on(self, day: str) -> int:
        """How many that are kept came on a day."""
        ...

    def remove(self, lookup: str) -> None: ...

    def remove_expired(self, today: str) -> int:
        """Delete what expired before a day, and return how many."""
        ...

    def tally(self) -> TipTally: ...

    def keep_tally(self, tally: TipTally) -> None: ...


class Boxes(Protocol):
    """What seals tips and replies."""

    def seal(self, document: bytes, reader: bytes) -> bytes: ...

    def open(self, box: bytes, secret: bytes) -> bytes | None:
        """Return what was sealed; None where it was sealed to another key."""
        ...

    def reader_of(self, secret: bytes) -> bytes: ...


def drawn_code() -> str:
    """Draw the code of a receipt: 80 random bits."""
    text = base64.b32encode(secrets.token_bytes(_CODE_BYTES)).decode()
    return "-".join(["TIP", *(text[place : place + 4] for place in range(0, len(text), 4))])


def code_typed(text: str) -> str:
    """Return a code as it was given out, however it was typed; "" where it is none."""
    found = "".join(text.split()).upper()
    return found if _CODE.fullmatch(found) else ""


def lookup_of(code: str) -> str:
    """Return the digest under which a code's tip is found."""
    return hashlib.sha256(f"tracemark tip lookup {code}".encode()).hexdigest()


def reply_secret(code: str) -> bytes:
    """Return the 32 secret bytes to whose public key the reply is sealed; the digest it is found by tells nothing."""
    return hashlib.sha256(f"tracemark tip reply {code}".encode()).digest()


def tip_findings(text: str, most: int) -> Iterator[Finding]:
    """Yield what keeps a tip or a reply from being taken."""
    if not text.strip():
        yield Finding("participation.tip_missing", PARTICIPATION, {"field": "text"})
    if len(text) > most:
        yield Finding("participation.text_long", PARTICIPATION, {"field": "text", "most": most})


def packed_tip(text: str, reply_key: bytes) -> bytes:
    """Return a tip as it is sealed: always of one length."""
    return _padded({"text": text, "reply_key": reply_key.hex()}, _TIP_BYTES)


def unpacked_tip(tip: Tip, document: bytes) -> OpenTip:
    """Read what `packed_tip` wrote."""
    told = _unpadded(document)
    return OpenTip(tip, told["text"], bytes.fromhex(told["reply_key"]))


def packed_reply(text: str) -> bytes:
    """Return a reply as it is sealed: always of one length."""
    return _padded({"text": text}, _REPLY_BYTES)


def unpacked_reply(document: bytes) -> str:
    """Read what `packed_reply` wrote."""
    return _unpadded(document)["text"]


def _padded(told: dict[str, str], size: int) -> bytes:
    content = json.dumps(told, ensure_ascii=False).encode()
    return (len(content).to_bytes(_LENGTH, "big") + content).ljust(size, b"\0")


def _unpadded(document: bytes) -> dict[str, str]:
    size = int.from_bytes(document[:_LENGTH], "big")
    found: dict[str, str] = json.loads(document[_LENGTH : _LENGTH + size])
    return found
