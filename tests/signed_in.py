"""Accounts that are signed in already, for servers in processes of their own: by tests in a browser and benchmarks."""

from importlib import import_module
from typing import Any


def session_of(name: str, roles: list[str], *, authority: str = "XT-REG", password: str = "") -> str:
    """Open an account in the register of this process and return the key of a session of it.

    Without a password nobody can enter it but by this session.
    """
    # Django stands only once the node is open.
    from django.contrib.auth import get_user_model  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    account: Any = get_user_model()(username=name, roles=roles, authority=authority, last_login=timezone.now())
    account.set_password(password or None)
    account.save()
    return session_for(account)


def session_for(account: Any) -> str:  # noqa: ANN401 - the accounts' model can be imported only once the node is open
    """Sign an account in as Django would, as one that has shown a second factor, and return the session's key."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: PLC0415

    session = import_module("django.contrib.sessions.backends.db").SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session["second_factor"] = True
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.save()
    return str(session.session_key)
