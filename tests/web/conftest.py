"""A node of its own for each test, filled with the sample, and a browser for each role."""

import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.core.cache import cache as forgotten
from django.db import connections
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from tests.web.sample import Sample, fill
from tracemark.authorities import Role
from tracemark.node import Node, this_node

ClientAs = Callable[..., Client]
AGENCIES = {Role.STOREKEEPER: "XT-ARMY", Role.LICENSING_OFFICER: "XT-D01"}
"""Where the roles sit that see their own agency only; the others sit in the registry."""


def _serve(path: Path, patch: pytest.MonkeyPatch) -> Node:
    """Let Django and the node speak to the register at `path`."""
    connections["default"].close()
    connections["default"].settings_dict["NAME"] = str(path)
    patch.setenv("TRACEMARK_DB", f"sqlite:///{path}")
    this_node.cache_clear()
    return this_node()


@pytest.fixture(scope="session")
def _filled(
    tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[Path, Sample]]:
    """A filled register with an account for each role. Tables that only grow cannot be emptied, so tests get copies."""
    path = tmp_path_factory.mktemp("node") / "register.sqlite3"
    before = connections["default"].settings_dict["NAME"]
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        sample = fill(_serve(path, patch).stores)
        for role in Role:
            open_account(role.value, [role.value], AGENCIES.get(role, "XT-REG"))
        open_account("nobody", [], "XT-REG")
        connections["default"].close()
        yield path, sample
        connections["default"].close()
        connections["default"].settings_dict["NAME"] = before
        this_node.cache_clear()


@pytest.fixture
def node(
    _filled: tuple[Path, Sample], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, django_db_blocker: DjangoDbBlocker
) -> Iterator[Node]:
    """The node of this test, in a copy of the filled register."""
    template, _ = _filled
    path = tmp_path / "register.sqlite3"
    shutil.copy(template, path)
    shutil.copy(template.with_suffix(".key"), path.with_suffix(".key"))
    forgotten.clear()  # allauth counts wrong passwords there
    with django_db_blocker.unblock():
        yield _serve(path, monkeypatch)
        connections["default"].close()


@pytest.fixture
def sample(_filled: tuple[Path, Sample]) -> Sample:
    """What the register holds, by name."""
    return _filled[1]


@pytest.fixture
def client_as(node: Node) -> ClientAs:
    """A test client signed in as a role, or as the account of a name; without one, signed in as nobody at all."""

    def signed_in(name: str = "") -> Client:
        client = Client()
        if name:
            account = get_user_model().objects.get_by_natural_key(name)
            client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
            session = client.session
            session["second_factor"] = True
            session.save()
        return client

    return signed_in


def open_account(name: str, roles: list[str], authority: str, password: str = "") -> None:
    """Open an account that has signed in before; without a password of its own it is entered by `force_login`."""
    account = get_user_model()(username=name, roles=roles, authority=authority, last_login=timezone.now())
    account.password = make_password(password) if password else _some_password()
    account.save()


@cache
def _some_password() -> str:
    """Hash one password for all the accounts that nobody enters by password: hashing is slow by design."""
    return make_password("entered by force_login")
