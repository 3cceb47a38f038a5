from collections.abc import Iterator
from dataclasses import replace

from tracemark.authorities import Account, AccountChange, Token


class MemoryAccounts:
    """Accounts in memory, with their passwords as they are: for tests only.

    The table is replaced, never changed, so that a shallow copy is all that putting it back takes.
    """

    def __init__(self) -> None:
        self.by_name: dict[str, tuple[Account, str]] = {}

    def all(self) -> list[Account]:
        return [account for _, (account, _) in sorted(self.by_name.items())]

    def find(self, name: str) -> Account | None:
        return self.by_name[name][0] if name in self.by_name else None

    def open(self, account: Account, password: str) -> bool:
        if account.name in self.by_name:
            return False
        self.by_name = {**self.by_name, account.name: (account, password)}
        return True

    def give_password(self, name: str, password: str) -> None:
        self.by_name = {**self.by_name, name: (self.by_name[name][0], password)}

    def change(self, account: Account) -> None:
        known, password = self.by_name[account.name]
        becomes = replace(account, language=known.language)
        self.by_name = {**self.by_name, account.name: (becomes, password)}

    def remove_factors(self, name: str) -> int:  # noqa: ARG002 - as its sister in SQL
        """Nobody signs in here, so nobody has a second factor to remove."""
        return 0


class MemoryTokens:
    """Keys to the API in memory, by their digest; replaced, never changed. It does not ask who has an account."""

    def __init__(self) -> None:
        self.by_digest: dict[str, Token] = {}

    def put(self, digest: str, token: Token) -> Token:
        kept = replace(token, id=len(self.by_digest) + 1)
        self.by_digest = {**self.by_digest, digest: kept}
        return kept

    def find(self, digest: str) -> Token | None:
        return self.by_digest.get(digest)

    def get(self, token: int) -> Token:
        return {each.id: each for each in self.by_digest.values()}[token]

    def of(self, owner: str) -> list[Token]:
        return [token for token in self.by_digest.values() if token.owner == owner]

    def revoke(self, token: int, at: str) -> None:
        """Make a token worthless from now on.

        Raises:
            KeyError: there is no such token, or it was revoked before.
        """
        good = {each.id: digest for digest, each in self.by_digest.items() if not each.revoked_at}
        digest = good[token]
        self.by_digest = {**self.by_digest, digest: replace(self.by_digest[digest], revoked_at=at)}


class MemoryChanges:
    """What was done to accounts, in memory; replaced, never changed."""

    def __init__(self) -> None:
        self.entries: tuple[AccountChange, ...] = ()

    def last(self) -> AccountChange | None:
        return self.entries[-1] if self.entries else None

    def put(self, change: AccountChange) -> None:
        self.entries = (*self.entries, change)

    def all(self) -> Iterator[AccountChange]:
        return iter(self.entries)

    def page(self, *, account: str = "", before: int | None = None, limit: int = 50) -> list[AccountChange]:
        return [
            each
            for each in self.entries[::-1]
            if account in ("", each.account) and (before is None or each.position < before)
        ][:limit]
