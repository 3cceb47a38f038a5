from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.utils import timezone

from tracemark.authorities import Account, Operator, Role, give_password, open_account
from tracemark.node import Node

_UNITS = {Role.STOREKEEPER: ("ARMY-1", "ARMY"), Role.TRACING_ANALYST: ("POL",), Role.LICENSING_OFFICER: ("ARMY",)}
"""The agency of a role, by what follows the State's code: the first that is listed, else the registry."""


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account of the demonstration, one a role; its password is drawn anew for each run and kept nowhere."""

    name: str
    password: str
    role: Role


def open_accounts(node: Node) -> tuple[DemoAccount, ...]:
    """Open an account for each role, or give the account of an earlier run a new password.

    They are ready for use: their password need not be changed, and they need no second factor.
    """
    return tuple(_open(role, node) for role in Role)


def _open(role: Role, node: Node) -> DemoAccount:
    name = f"demo-{role.value.replace('_', '-')}"
    opener = Operator("demo", f"{node.state}-REG", frozenset({Role.ADMINISTRATOR.value}))
    listed = {each.code for each in node.stores.agencies.all()}
    units = (f"{node.state}-{unit}" for unit in _UNITS.get(role, ()))
    authority = next((each for each in units if each in listed), f"{node.state}-REG")
    if node.stores.accounts.find(name):
        password = give_password(name=name, actor=opener, stores=node.stores, clock=node.clock)
    else:
        account = Account(name, authority, frozenset({role.value}))
        password = open_account(account=account, actor=opener, stores=node.stores, clock=node.clock)
    # Nobody chooses a password and sets up a second factor to try the demonstration; nothing else exempts.
    get_user_model().objects.filter(username=name).update(last_login=timezone.now(), factor_exempt=True)
    return DemoAccount(name, password, role)
