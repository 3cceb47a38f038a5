"""A node of its own for each test, filled with the sample, and a browser for each role."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.core.cache import cache as forgotten
from django.db import connections
from django.test import Client
from django.test.client import ClientHandler
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from tests.signed_in import session_for
from tests.web.sample import Sample, fill
from tracemark.authorities import Role
from tracemark.node import Node, this_node

ClientAs = Callable[..., Client]
AGENCIES = {Role.STOREKEEPER: "XT-ARMY", Role.LICENSING_OFFICER: "XT-D01"}
"""Where the roles sit that see their own agency only; the others sit in the registry."""


@dataclass(frozen=True, slots=True)
class _Filled:
    """Where the filled register lies, what it holds by name, and a session of each of its accounts."""

    path: Path
    sample: Sample
    sessions: dict[str, str]


def _serve(path: Path, patch: pytest.MonkeyPatch) -> Node:
    """Let Django and the node speak to the register at `path`."""
    connections["default"].close()
    connections["default"].settings_dict["NAME"] = str(path)
    patch.setenv("TRACEMARK_DB", f"sqlite:///{path}")
    this_node.cache_clear()
    return this_node()


@pytest.fixture(scope="session")
def _filled(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Iterator[_Filled]:
    """A filled register with an account for each role. Tables that only grow cannot be emptied, so tests get copies."""
    path = tmp_path_factory.mktemp("node") / "register.sqlite3"
    before = connections["default"].settings_dict["NAME"]
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        sample = fill(_serve(path, patch).stores)
        agencies = {role.value: AGENCIES.get(role, "XT-REG") for role in Role}
        accounts = [open_account(name, [name], agency) for name, agency in agencies.items()]
        accounts.append(open_account("nobody", [], "XT-REG"))
        sessions = {each.username: session_for(each) for each in accounts}
        connections["default"].close()
        yield _Filled(path, sample, sessions)
        connections["default"].close()
        connections["default"].settings_dict["NAME"] = before
        this_node.cache_clear()


@pytest.fixture
def node(
    _filled: _Filled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, django_db_blocker: DjangoDbBlocker
) -> Iterator[Node]:
    """The node of this test, in a copy of the filled register."""
    template = _filled.path
    path = tmp_path / "register.sqlite3"
    shutil.copy(template, path)
    shutil.copy(template.with_suffix(".key"), path.with_suffix(".key"))
    forgotten.clear()  # allauth counts wrong passwords there
    with django_db_blocker.unblock():
        yield _serve(path, monkeypatch)
        connections["default"].close()


@pytest.fixture
def sample(_filled: _Filled) -> Sample:
    """What the register holds, by name."""
    return _filled.sample


@pytest.fixture
def client_as(node: Node, _filled: _Filled) -> ClientAs:
    """A test client signed in as a role, or as the account of a name; without one, signed in as nobody at all."""

    def signed_in(name: str = "") -> Client:
        client = Client()
        client.handler = _handler()
        if name:
            session = _filled.sessions.get(name) or session_for(get_user_model().objects.get_by_natural_key(name))
            client.cookies[settings.SESSION_COOKIE_NAME] = session
        return client

    return signed_in


@cache
def _handler() -> ClientHandler:
    """One for all clients: each of its own would list the static files anew."""
    return ClientHandler(enforce_csrf_checks=False)


def open_account(name: str, roles: list[str], authority: str, password: str = "") -> Any:  # noqa: ANN401 - Django's model
    """Open an account that has signed in before; without a password of its own it is entered by a session."""
    account = get_user_model()(username=name, roles=roles, authority=authority, last_login=timezone.now())
    account.password = make_password(password) if password else _some_password()
    account.save()
    return account


@cache
def _some_password() -> str:
    """Hash one password for all the accounts that nobody enters by password: hashing is slow by design."""
    return make_password("entered by a session")
