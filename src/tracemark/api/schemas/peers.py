from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, Field, StringConstraints

from tracemark.api.schemas.fields import Coming, Said
from tracemark.correspondence import EVERY_DAYS, Peer, peer_plain

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

    @classmethod
    def of(cls, peer: Peer, *, stale: bool) -> "PeerOut":
        """Write it out."""
        return cls(**peer_plain(peer), stale=stale)


class PeersOut(BaseModel):
    """The other nodes."""

    items: list[PeerOut]
