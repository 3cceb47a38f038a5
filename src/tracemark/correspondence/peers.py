import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tracemark.authorities import Level
from tracemark.kernel import Plain, canonical_bytes, instant_text
from tracemark.recordkeeping import EventKind, Sealed, fold_steps

_TEXTS = ("name", "state", "endpoint", "contact")
_LISTS = ("languages", "authorities")
_GROUPS, _GROUP = 8, 5
_KEY_ID = 32


def key_id(public_key: bytes) -> str:
    """Return by what signatures and letters name a key: the first half of its SHA-256, in hexadecimal."""
    return hashlib.sha256(public_key).hexdigest()[:_KEY_ID]


@dataclass(frozen=True, slots=True)
class Card:
    """What a node says of itself, by which others reach it and know it again.

    `name` is its key's name, `state` its State's ISO 3166-1 alpha-2 code, "" where it is of none. `endpoint` is the
    https address below which `/exchange/inbox` lies, "" where it is reached by files only. `authorities` are
    the competent authorities it speaks for. Keys are 32 bytes: Ed25519 to sign, X25519 to encrypt to.
    Source: ITI 25, ITI 31.
    """

    name: str
    state: str
    level: Level
    endpoint: str
    contact: str
    languages: tuple[str, ...]
    authorities: tuple[str, ...]
    signing_key: bytes
    encryption_key: bytes

    def plain(self) -> dict[str, Plain]:
        """Return the form that is published and recorded, keys in hexadecimal."""
        return {
            **{name: getattr(self, name) for name in _TEXTS},
            **{name: list(getattr(self, name)) for name in _LISTS},
            "level": self.level.value,
            "signing_key": self.signing_key.hex(),
            "encryption_key": self.encryption_key.hex(),
        }

    @property
    def spoken(self) -> str:
        """Forty digits in groups of five, which two people read to each other to compare name and keys."""
        told: dict[str, Plain] = {"name": self.name, "keys": [self.signing_key.hex(), self.encryption_key.hex()]}
        number = int.from_bytes(hashlib.sha256(canonical_bytes(told)).digest()) % 10 ** (_GROUPS * _GROUP)
        digits = f"{number:0{_GROUPS * _GROUP}}"
        return " ".join(digits[at : at + _GROUP] for at in range(0, len(digits), _GROUP))

    @classmethod
    def of_plain(cls, plain: Mapping[str, Any]) -> "Card":
        """Read it from the record.

        Raises:
            KeyError: something is missing.
            ValueError: a key is no hexadecimal, or the level is none.
        """
        return cls(
            **{name: plain[name] for name in _TEXTS},
            languages=tuple(plain["languages"]),
            authorities=tuple(plain["authorities"]),
            level=Level(plain["level"]),
            signing_key=bytes.fromhex(plain["signing_key"]),
            encryption_key=bytes.fromhex(plain["encryption_key"]),
        )


@dataclass(frozen=True, slots=True)
class PeerKey:
    """A signing key of another node, and from when until when it is its key: instants in UTC, `until` "" while it is.

    `revoked` says why it was revoked, "" where another only followed it.
    """

    public_key: bytes
    since: str
    until: str = ""
    revoked: str = ""


@dataclass(frozen=True, slots=True)
class Peer:
    """Another node, as the record knows it: `dossier` is what we call it, `card` what holds now.

    `keys` are all it ever signed with, the newest last; there is none before a second person confirmed it. `proposed`
    is a card that waits for that, and `proposed_by` whose account proposed it. `confirmed_at` is when its contact last
    said that all holds, RFC 3339, UTC; after `every_days` days that is stale, on the day `due`.
    """

    dossier: str
    card: Card
    standing: str
    keys: tuple[PeerKey, ...] = ()
    proposed: Card | None = None
    proposed_by: str = ""
    confirmed_at: str = ""
    every_days: int = 0
    due: str = ""

    @property
    def name(self) -> str:
        """The name of its key, by which messages are addressed."""
        return self.card.name

    @property
    def is_known(self) -> bool:
        """Whether messages go there, and are let in from there."""
        return self.standing == "known"


def peer_of(dossier: str, events: Sequence[Sealed]) -> Peer:
    """Fold a dossier's events into what is true of the other node.

    Raises:
        KeyError: none of the events is its own.
    """
    return fold_steps(dossier, events, lambda first, told: _proposed(dossier, first, told), _after)


def _proposed(dossier: str, sealed: Sealed, told: Mapping[str, Any]) -> Peer:
    card = Card.of_plain(told["contents"])
    return Peer(dossier, card, "proposed", (), card, sealed.event.by, every_days=told["fresh_days"])


def _after(peer: Peer, sealed: Sealed, told: Mapping[str, Any]) -> Peer:
    at, kind = instant_text(sealed.recorded_at), sealed.event.kind
    if kind is EventKind.PEER_LISTED and peer.proposed is not None:
        keys, due = _followed(peer.keys, peer.proposed.signing_key, at), told["due"]
        return replace(peer, card=peer.proposed, standing="known", keys=keys, proposed=None, confirmed_at=at, due=due)
    if kind is EventKind.PEER_CONFIRMED:
        return replace(peer, confirmed_at=at, due=told["due"])
    if kind is EventKind.PEER_DECLINED:
        return replace(peer, standing="declined", proposed=None)
    if kind is EventKind.PEER_KEY_REVOKED:
        return replace(peer, standing="revoked", keys=_revoked(peer.keys, told))
    return _with_card(peer, Card.of_plain(told["contents"]), sealed)


def _with_card(peer: Peer, card: Card, sealed: Sealed) -> Peer:
    if sealed.event.kind is EventKind.PEER_KEY_PROPOSED:
        return replace(peer, standing="proposed", proposed=card, proposed_by=sealed.event.by)
    if sealed.event.kind is EventKind.PEER_KEY_ROTATED:
        keys = _followed(peer.keys, card.signing_key, instant_text(sealed.recorded_at))
        return replace(peer, card=card, keys=keys)
    return replace(peer, card=card)


def _followed(keys: tuple[PeerKey, ...], key: bytes, at: str) -> tuple[PeerKey, ...]:
    """Another key follows those that were in use until now."""
    return (*(each if each.until else replace(each, until=at) for each in keys), PeerKey(key, at))


def _revoked(keys: tuple[PeerKey, ...], told: Mapping[str, Any]) -> tuple[PeerKey, ...]:
    """A key was revoked, and with it all that followed: whoever held it could sign which one follows."""
    first = next(at for at, each in enumerate(keys) if each.public_key.hex() == told["key"])
    since, reason = told["revoked_at"], told["reason"]
    good = keys[:first]
    return (*good, *(each if each.revoked else replace(each, until=since, revoked=reason) for each in keys[first:]))


def peer_plain(peer: Peer) -> dict[str, Any]:
    """Return a node as plain data: its dossier as `name`, what it calls itself as `peer`, keys by their ids."""
    card = peer.proposed or peer.card
    return {
        "name": peer.dossier,
        "peer": peer.name,
        "standing": peer.standing,
        "card": card.plain(),
        "keys": [
            {"id": key_id(each.public_key), "since": each.since, "until": each.until, "revoked": each.revoked}
            for each in peer.keys
        ],
        "spoken": card.spoken,
        "confirmed_at": peer.confirmed_at,
        "due": peer.due,
    }
