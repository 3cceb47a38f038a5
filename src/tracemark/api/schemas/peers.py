from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, Field, StringConstraints

from tracemark.api.schemas.fields import Coming, Said
from tracemark.correspondence import EVERY_DAYS, Peer, key_id, peer_plain
from tracemark.node import Announced

SignedCard = Annotated[str, StringConstraints(min_length=1, max_length=20_000, pattern=r"^[A-Za-z0-9_.-]+$")]
KeyId = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{32})?$")]


class CardIn(Coming):
    """Another node's signed card, as it publishes it, and after how many days of silence it is stale."""

    card: SignedCard
    every_days: Annotated[int, Field(strict=True, ge=1, le=3650)] = EVERY_DAYS


class DigitsIn(Coming):
    """The forty digits that the other node's people read out, with blanks or without."""

    spoken: Annotated[str, StringConstraints(pattern=r"^[0-9 ]{40,60}$")]


class RevocationIn(Coming):
    """From when a key is no longer the other node's, and why. `key` is an earlier one; "" is the one in use."""

    since: AwareDatetime
    reason: Said
    key: KeyId = ""


class RotationIn(Coming):
    """A node's word, signed by its old key and its new one, that the new one follows; "" takes what it announced."""

    rotation: Annotated[str, StringConstraints(max_length=40_000, pattern=r"^[A-Za-z0-9_.-]*$")] = ""


class AnnouncedOut(BaseModel):
    """A key that a node announced and nobody took up yet: its id, and when its word came."""

    id: str
    at: str


class PeerOut(BaseModel):
    """Another node: its card, its keys, and how it stands."""

    name: str
    peer: str
    standing: str
    card: dict[str, Any]
    keys: list[dict[str, Any]]
    spoken: str
    confirmed_at: str
    due: str
    stale: bool
    announced: AnnouncedOut | None

    @classmethod
    def of(cls, peer: Peer, *, stale: bool, announced: Announced | None) -> "PeerOut":
        """Write it out."""
        told = AnnouncedOut(id=key_id(announced.card.signing_key), at=announced.at) if announced else None
        return cls(**peer_plain(peer), stale=stale, announced=told)


class PeersOut(BaseModel):
    """The other nodes."""

    items: list[PeerOut]
