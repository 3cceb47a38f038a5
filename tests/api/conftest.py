"""A node with a small register, its accounts and their tokens, and clients that come with one."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from secrets import token_urlsafe

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from pytest_django import DjangoDbBlocker

from tests.api.register import seed
from tracemark.authorities import Permission, Role, Token, digest_of
from tracemark.kernel import instant_text
from tracemark.node import Node, this_node

EVERYTHING = tuple(each.value for each in Permission)


@contextmanager
def served(path: Path) -> Iterator[Node]:
    """Let this process serve the register at `path`, as its settings would if it had been started for it."""
    default = connections["default"]
    before = default.connection, default.settings_dict["NAME"], os.environ.get("TRACEMARK_DB")
    default.connection, default.settings_dict["NAME"] = None, str(path)
    os.environ["TRACEMARK_DB"] = f"sqlite:///{path}"
    this_node.cache_clear()
    try:
        yield this_node()
    finally:
        this_node.cache_clear()
        default.close()
        default.connection, default.settings_dict["NAME"], database = before
        del os.environ["TRACEMARK_DB"]
        if database is not None:
            os.environ["TRACEMARK_DB"] = database


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Path:
    path = tmp_path_factory.mktemp("api") / "template.sqlite3"
    with django_db_blocker.unblock(), served(path) as node:
        seed(node)
    return path


@pytest.fixture(scope="module")
def node(
    template: Path, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[Node]:
    path = tmp_path_factory.mktemp("node") / "register.sqlite3"
    shutil.copy(template, path)
    shutil.copy(template.with_suffix(".key"), path.with_suffix(".key"))
    with django_db_blocker.unblock(), served(path) as node:
        yield node


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "API_REQUESTS_PER_MINUTE", 1_000_000, raising=False)


Key = Callable[..., str]
As = Callable[..., Client]


def keep_token(node: Node, owner: str, scopes: tuple[str, ...], days: int = 1) -> str:
    """Put a token aside whose scopes may be more than its owner's roles grant, and return its key."""
    key, now = token_urlsafe(32), node.clock.now()
    ends = instant_text(now + timedelta(days=days))
    node.stores.tokens.put(digest_of(key), Token(0, owner, "test", scopes, instant_text(now), ends))
    return key


@pytest.fixture(scope="module")
def key(node: Node) -> Key:
    """Issue a token for the account of a role, by default with every scope."""

    def issue(role: Role, scopes: tuple[str, ...] = EVERYTHING, days: int = 1) -> str:
        return keep_token(node, role.value, scopes, days)

    return issue


@pytest.fixture(scope="module")
def caller(key: Key) -> As:
    """Return a client that comes with a token of a role."""
    keys: dict[tuple[Role, tuple[str, ...]], str] = {}

    def client(role: Role, scopes: tuple[str, ...] = EVERYTHING, language: str = "en") -> Client:
        if (role, scopes) not in keys:
            keys[role, scopes] = key(role, scopes)
        return Client(headers={"authorization": f"Bearer {keys[role, scopes]}", "accept-language": language})

    return client


@pytest.fixture(scope="module")
def stranger(node: Node) -> Client:
    return Client()
