from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tracemark.authorities import Level
from tracemark.kernel import Plain

_TEXTS = ("name", "state", "endpoint", "contact")
_LISTS = ("languages", "authorities")


@dataclass(frozen=True, slots=True)
class Card:
    """What a node says of itself, by which others reach it and know it again.

    `name` is its key's name, `state` its State's ISO 3166-1 alpha-2 code, "" where it is of none. `endpoint` is the
    https address of its inbox, "" where it is reached by files only. `authorities` are the competent authorities it
    speaks for. Keys are 32 bytes: Ed25519 to sign, X25519 to encrypt to. Source: ITI 25, ITI 31.
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

    `keys` are all it ever signed with, the newest last. `confirmed_at` is when its contact last said that all holds,
    RFC 3339, UTC; `interval` after how many days that is stale.
    """

    dossier: str
    card: Card
    standing: str
    keys: tuple[PeerKey, ...]
    confirmed_at: str = ""
    interval: int = 0

    @property
    def name(self) -> str:
        """The name of its key, by which messages are addressed."""
        return self.card.name
