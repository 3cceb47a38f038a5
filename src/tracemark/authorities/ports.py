from collections.abc import Sequence
from typing import Protocol

from tracemark.authorities.accounts import Account
from tracemark.authorities.tokens import Token


class TokenStore(Protocol):
    """Tokens by the SHA-256 of their key, in hexadecimal."""

    def put(self, digest: str, token: Token) -> Token:
        """Keep a token and return it with its id. Raise KeyError where there is no such account."""
        ...

    def find(self, digest: str) -> Token | None:
        """Return the token whose key has this digest, good or not."""
        ...

    def of(self, owner: str) -> Sequence[Token]:
        """Every token of an account, the oldest first."""
        ...

    def revoke(self, token: int, at: str) -> None:
        """Make a token worthless from now on. Raise KeyError where there is none, or it was revoked before."""
        ...


class AccountStore(Protocol):
    """Who can sign in. Passwords are kept as slow hashes and never returned."""

    def all(self) -> Sequence[Account]:
        """Every account, by name."""
        ...

    def find(self, name: str) -> Account | None: ...

    def open(self, account: Account, password: str) -> bool:
        """Keep a new account whose password serves once; return False where the name is taken."""
        ...

    def give_password(self, name: str, password: str) -> None:
        """Give an account a new password that serves once. Raise KeyError where there is no such account."""
        ...
