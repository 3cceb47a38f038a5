import json

from django.contrib.auth.hashers import make_password

from tracemark.authorities import Account
from tracemark.storage.relational.sql import Database, Row

_SELECT = "SELECT username, authority, roles, is_active, language FROM account"


class RelationalAccounts:
    """Who can sign in, in SQL: the table in which Django looks for whoever does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Account]:
        """Every account, by name."""
        return list(map(_account, self._database.rows(f"{_SELECT} ORDER BY username")))

    def find(self, name: str) -> Account | None:
        row = self._database.row(f"{_SELECT} WHERE username = %s", name)
        return _account(row) if row else None

    def open(self, account: Account, password: str) -> bool:
        """Keep a new account; return False where the name is taken. Without a sign-in, its password serves once."""
        return bool(
            self._database.execute(
                "INSERT INTO account (username, password, email, authority, roles, language, is_active) "
                "VALUES (%s, %s, '', %s, %s, %s, %s) ON CONFLICT (username) DO NOTHING",
                account.name,
                make_password(password),
                account.authority,
                json.dumps(sorted(account.roles)),
                account.language,
                account.active,
            )
        )

    def change(self, account: Account) -> None:
        """Give an account this agency, these roles and this state.

        Raises:
            KeyError: there is no such account.
        """
        roles = json.dumps(sorted(account.roles))
        changed = "UPDATE account SET authority = %s, roles = %s, is_active = %s WHERE username = %s"
        if not self._database.execute(changed, account.authority, roles, account.active, account.name):
            raise KeyError(account.name)

    def give_password(self, name: str, password: str) -> None:
        """Give an account a new password. Without a last sign-in, the next one leads to choosing another.

        Raises:
            KeyError: there is no such account.
        """
        hashed = make_password(password)
        if not self._database.execute(
            "UPDATE account SET password = %s, last_login = NULL WHERE username = %s", hashed, name
        ):
            raise KeyError(name)

    def remove_factors(self, name: str) -> int:
        """Remove the second factors of an account and its recovery codes, and return how many there were."""
        return self._database.execute(
            "DELETE FROM mfa_authenticator WHERE user_id = (SELECT id FROM account WHERE username = %s)", name
        )


def _account(row: Row) -> Account:
    name, authority, roles, active, language = row
    return Account(name, authority, frozenset(json.loads(roles)), bool(active), language)
