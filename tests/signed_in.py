"""Accounts that are signed in already, for servers in processes of their own: by tests in a browser and benchmarks."""

from importlib import import_module
from typing import Any


def session_of(name: str, roles: list[str], *, authority: str = "XT-REG", password: str = "") -> str:
    """Open an account in the register of this process, sign it in as Django would, and return the session's key.

    It passes as having shown a second factor. Without a password nobody can enter it but by this session.
    """
    # Django stands only once the node is open.
    from django.contrib.auth import (  # noqa: PLC0415
        BACKEND_SESSION_KEY,
        HASH_SESSION_KEY,
        SESSION_KEY,
        get_user_model,
    )
    from django.utils import timezone  # noqa: PLC0415

    account: Any = get_user_model()(username=name, roles=roles, authority=authority, last_login=timezone.now())
    account.set_password(password or None)
    account.save()
    session = import_module("django.contrib.sessions.backends.db").SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session["second_factor"] = True
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.save()
    return str(session.session_key)
