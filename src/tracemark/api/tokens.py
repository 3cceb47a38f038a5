import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, cast

from django.contrib.auth import get_user_model

from tracemark.authorities import NarrowedActor, narrow
from tracemark.kernel import Actor, Clock, instant_text
from tracemark.node import Node

_PREFIX = "tmk_"
_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Token:
    """A key to the API as it is kept: never itself. Instants are RFC 3339, UTC; `revoked_at` is "" while it is good."""

    id: int
    owner: str
    name: str
    scopes: tuple[str, ...]
    created_at: str
    expires_at: str
    revoked_at: str = ""


class TokenStore(Protocol):
    """Tokens by the SHA-256 of their key, in hexadecimal."""

    def put(self, digest: str, token: Token) -> object: ...

    def find(self, digest: str) -> Token | None:
        """Return the token whose key has this digest, good or not."""
        ...


class Account(Protocol):
    """What the API asks of an account."""

    username: str
    authority: str
    roles: list[str]
    is_active: bool


def draw_key() -> str:
    """Return a new key: 256 random bits, with a prefix by which scanners find keys that leaked."""
    return _PREFIX + secrets.token_urlsafe(_KEY_BYTES)


def digest_of(key: str) -> str:
    """Return what is kept of a key. It is random and long, so that no slow hash is needed."""
    return hashlib.sha256(key.encode()).hexdigest()


def issue_token(*, owner: str, name: str, scopes: tuple[str, ...], days: int, tokens: TokenStore, clock: Clock) -> str:
    """Issue a token for an account and return its key, which is shown once and kept nowhere.

    Raises:
        KeyError: there is no such account.
    """
    key, now = draw_key(), clock.now()
    expires = instant_text(now + timedelta(days=days))
    tokens.put(digest_of(key), Token(0, owner, name, scopes, instant_text(now), expires))
    return key


def token_store(node: Node) -> TokenStore:
    """Return the node's tokens."""
    return cast("TokenStore", node.stores.tokens)  # type: ignore[attr-defined]


def actor_of(key: str, node: Node) -> NarrowedActor | None:
    """Return who acts with a key: its owner, within its scopes. None where the key is unknown, expired or revoked."""
    token = token_store(node).find(digest_of(key))
    if token is None or token.revoked_at or datetime.fromisoformat(token.expires_at) <= node.clock.now():
        return None
    account = cast("Account | None", get_user_model().objects.filter(username=token.owner).first())
    if account is None or not account.is_active:
        return None
    return narrow(Actor(account.username, account.authority, frozenset(account.roles)), token.scopes)
