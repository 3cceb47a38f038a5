import re
import secrets
from dataclasses import dataclass

from tracemark.kernel import Actor

_PASSWORD_BYTES = 12
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,63}")


@dataclass(frozen=True, slots=True)
class Account:
    """Who signs in: an account for one agency, with the codes of its roles. Its name is never a person's full name.

    `language` is "" where the account has chosen none.
    """

    name: str
    authority: str
    roles: frozenset[str]
    active: bool = True
    language: str = ""

    @property
    def actor(self) -> Actor:
        """Who acts when this account does."""
        return Actor(self.name, self.authority, self.roles)


def is_account_name(text: str) -> bool:
    """Say whether an account can bear this name: lower-case Latin letters, digits, and `.`, `_`, `-` inside."""
    return _NAME.fullmatch(text) is not None


def draw_password() -> str:
    """Return a new one-time password: 96 random bits."""
    return secrets.token_urlsafe(_PASSWORD_BYTES)
