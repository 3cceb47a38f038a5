"""The three stores, each as every test of this folder is given it: set up, and empty."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql
from pytest_django import DjangoDbBlocker

from tests.recordkeeping.sealed_logs import SeededSigner
from tests.stores.lives import Stores
from tracemark.storage import open_stores
from tracemark.storage.memory import MemoryStores
from tracemark.storage.relational.stores import RelationalStores


@pytest.fixture(scope="session")
def signer() -> SeededSigner:
    return SeededSigner()


@pytest.fixture(autouse=True)
def _databases_of_our_own(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let these tests reach databases: each brings a fresh one, which pytest-django need not keep clean."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="session")
def sqlite_template(
    tmp_path_factory: pytest.TempPathFactory, signer: SeededSigner, django_db_blocker: DjangoDbBlocker
) -> Path:
    """A register that was just set up. Tables that only grow cannot be emptied, so each test is given a copy."""
    path = tmp_path_factory.mktemp("register") / "register.sqlite3"
    with django_db_blocker.unblock():
        open_stores(f"sqlite:///{path}", signer).close()
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_url: str, signer: SeededSigner, django_db_blocker: DjangoDbBlocker) -> str:
    """The URL of a database that was just set up, under which copies are made."""
    with django_db_blocker.unblock():
        open_stores(postgres_url, signer).close()
    return postgres_url


@pytest.fixture
def sqlite_stores(sqlite_template: Path, tmp_path: Path, signer: SeededSigner) -> Iterator[RelationalStores]:
    path = tmp_path / "register.sqlite3"
    shutil.copy(sqlite_template, path)
    stores = open_stores(f"sqlite:///{path}", signer)
    yield stores
    stores.close()


@pytest.fixture
def postgres_stores(postgres_template: str, tmp_path: Path, signer: SeededSigner) -> Iterator[RelationalStores]:
    server, _, template = postgres_template.rpartition("/")
    name = f"register_{uuid4().hex}"
    create = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(create)
    stores = open_stores(f"{server}/{name}", signer, segments=tmp_path / "segments")
    yield stores
    stores.close()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def relational_stores(request: pytest.FixtureRequest) -> RelationalStores:
    name = {"sqlite": "sqlite_stores", "postgresql": "postgres_stores"}[request.param]
    stores: RelationalStores = request.getfixturevalue(name)
    return stores


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def stores(request: pytest.FixtureRequest, signer: SeededSigner) -> Stores:
    if request.param == "memory":
        return MemoryStores(signer)
    name = {"sqlite": "sqlite_stores", "postgresql": "postgres_stores"}[request.param]
    relational: RelationalStores = request.getfixturevalue(name)
    return relational
