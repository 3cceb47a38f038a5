import secrets
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.utils import timezone

from tracemark.authorities import Role

_AUTHORITIES = {Role.STOREKEEPER: "XT-ARMY-1", Role.TRACING_ANALYST: "XT-POL", Role.LICENSING_OFFICER: "XT-POL"}
_PASSWORD_BYTES = 9


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account of the demonstration, one a role; its password is drawn anew for each run and kept nowhere."""

    name: str
    password: str
    role: Role


def open_accounts() -> tuple[DemoAccount, ...]:
    """Open an account for each role, or give the account of an earlier run a new password."""
    return tuple(_open(role) for role in Role)


def _open(role: Role) -> DemoAccount:
    account = DemoAccount(f"demo-{role.value.replace('_', '-')}", secrets.token_urlsafe(_PASSWORD_BYTES), role)
    row, _ = get_user_model().objects.get_or_create(
        username=account.name,
        defaults={"authority": _AUTHORITIES.get(role, "XT-REG"), "roles": [role.value], "language": "en"},
    )
    row.set_password(account.password)
    row.last_login = timezone.now()  # so that its password is no one-time password
    row.save()
    return account
