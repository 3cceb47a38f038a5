import hashlib
import secrets
from dataclasses import dataclass

_PREFIX = "tmk_"
_KEY_BYTES = 32
LONGEST_DAYS = 3650
"""No token is good for longer, in days."""


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


def draw_key() -> str:
    """Return a new key: 256 random bits, with a prefix by which scanners find keys that leaked."""
    return _PREFIX + secrets.token_urlsafe(_KEY_BYTES)


def digest_of(key: str) -> str:
    """Return what is kept of a key: its SHA-256, in hexadecimal. It is random and long, so no slow hash is needed."""
    return hashlib.sha256(key.encode()).hexdigest()
