import json

from tracemark.authorities import Token
from tracemark.storage.relational.sql import Database, Row

_SELECT = (
    "SELECT api_token.id, account.username, name, scopes, created_at, expires_at, revoked_at "
    "FROM api_token JOIN account ON account.id = api_token.owner_id"
)


class RelationalTokens:
    """Keys to the API in SQL, found by the SHA-256 of the key, in hexadecimal."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, digest: str, token: Token) -> Token:
        """Keep a token and return it with its id.

        Raises:
            KeyError: there is no such account.
        """
        row = self._database.row(
            "INSERT INTO api_token (owner_id, name, digest, scopes, created_at, expires_at, revoked_at) "
            "SELECT id, %s, %s, %s, %s, %s, '' FROM account WHERE username = %s RETURNING id",
            token.name,
            digest,
            json.dumps(token.scopes),
            token.created_at,
            token.expires_at,
            token.owner,
        )
        if row is None:
            raise KeyError(token.owner)
        return Token(row[0], token.owner, token.name, token.scopes, token.created_at, token.expires_at)

    def find(self, digest: str) -> Token | None:
        """Return the token whose key has this digest, good or not."""
        row = self._database.row(f"{_SELECT} WHERE digest = %s", digest)
        return _token(row) if row else None

    def get(self, token: int) -> Token:
        """Return a token by its id, good or not.

        Raises:
            KeyError: there is no such token.
        """
        row = self._database.row(f"{_SELECT} WHERE api_token.id = %s", token)
        if row is None:
            raise KeyError(token)
        return _token(row)

    def of(self, owner: str) -> list[Token]:
        """Every token of an account, the oldest first."""
        return list(map(_token, self._database.rows(f"{_SELECT} WHERE username = %s ORDER BY api_token.id", owner)))

    def revoke(self, token: int, at: str) -> None:
        """Make a token worthless from now on.

        Raises:
            KeyError: there is no such token, or it was revoked before.
        """
        if not self._database.execute(
            "UPDATE api_token SET revoked_at = %s WHERE id = %s AND revoked_at = ''", at, token
        ):
            raise KeyError(token)


def _token(row: Row) -> Token:
    number, owner, name, scopes, created_at, expires_at, revoked_at = row
    return Token(number, owner, name, tuple(json.loads(scopes)), created_at, expires_at, revoked_at)
