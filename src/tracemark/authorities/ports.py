from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from tracemark.authorities.accounts import Account
from tracemark.authorities.agencies import Agency
from tracemark.authorities.changes import AccountChange
from tracemark.authorities.tokens import Token


class TokenStore(Protocol):
    """Tokens by the SHA-256 of their key, in hexadecimal."""

    def put(self, digest: str, token: Token) -> Token:
        """Keep a token and return it with its id. Raise KeyError where there is no such account."""
        ...

    def find(self, digest: str) -> Token | None:
        """Return the token whose key has this digest, good or not."""
        ...

    def get(self, token: int) -> Token:
        """Return a token by its id, good or not. Raise KeyError where there is none."""
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

    def change(self, account: Account) -> None:
        """Give an account this agency, these roles and this state. Raise KeyError where there is no such account."""
        ...

    def give_password(self, name: str, password: str) -> None:
        """Give an account a new password that serves once. Raise KeyError where there is no such account."""
        ...

    def remove_factors(self, name: str) -> int:
        """Remove the second factors of an account and its recovery codes, and return how many there were."""
        ...


class ChangeStore(Protocol):
    """What was done to accounts: entries are added and never changed."""

    def last(self) -> AccountChange | None: ...

    def put(self, change: AccountChange) -> None:
        """Add a chained entry, inside the transaction of what it tells."""
        ...

    def all(self) -> Iterator[AccountChange]:
        """Every entry, oldest first."""
        ...

    def page(self, *, account: str = "", before: int | None = None, limit: int = 50) -> list[AccountChange]:
        """Newest first, of one account or of all; `before` is the position at which the page before ended."""
        ...


class AgencyList(Protocol):
    """The agencies that this node knows."""

    def all(self) -> Sequence[Agency]: ...


class AccountStores(Protocol):
    """What is needed from outside to manage accounts."""

    @property
    def accounts(self) -> AccountStore: ...
    @property
    def tokens(self) -> TokenStore: ...
    @property
    def changes(self) -> ChangeStore: ...
    @property
    def agencies(self) -> AgencyList: ...

    def atomic(self) -> AbstractContextManager[object]:
        """One transaction of the one writer: all or nothing."""
        ...
