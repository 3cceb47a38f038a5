"""Opening a register: an empty database is set up, a strange one refused, a URL read."""

import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from tests.conftest import AS_USERS_HAVE_IT
from tests.recordkeeping.sealed_logs import SeededSigner
from tests.stores.lives import keep, registered
from tracemark.storage import DatabaseNotReady, NoRegister, open_stores, require_register
from tracemark.storage.relational import databases
from tracemark.storage.relational.databases import UnknownDatabase, database
from tracemark.storage.relational.secrets import secret_key


def test_a_new_database_is_set_up_with_its_folder(tmp_path: Path, signer: SeededSigner) -> None:
    path = tmp_path / "new" / "register.sqlite3"
    stores = open_stores(f"sqlite:///{path}", signer)
    keep(stores, registered(1, "A1"))
    stores.close()
    again = open_stores(f"sqlite:///{path}", signer)
    assert again.records.size() == 1
    again.close()
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_file_that_was_only_looked_into_is_empty(tmp_path: Path, signer: SeededSigner) -> None:
    """To look into a database turns write-ahead on, which makes a file of one page without a table."""
    path = tmp_path / "register.sqlite3"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()
    assert path.stat().st_size
    url = f"sqlite:///{path}"
    with pytest.raises(NoRegister):
        require_register(url)
    stores = open_stores(url, signer)
    keep(stores, registered(1, "A1"))
    stores.close()
    require_register(url)
    again = open_stores(url, signer)
    assert again.records.size() == 1
    again.close()


def test_many_may_open_a_new_database_at_once(tmp_path: Path, signer: SeededSigner) -> None:
    path = tmp_path / "register.sqlite3"

    def open_and_close(_: int) -> int:
        stores = open_stores(f"sqlite:///{path}", signer)
        size = stores.records.size()
        stores.close()
        return size

    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(open_and_close, range(3))) == [0, 0, 0]


def test_a_database_of_something_else_is_refused(tmp_path: Path, signer: SeededSigner) -> None:
    path = tmp_path / "other.sqlite3"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE ledger (id INTEGER)")
    connection.close()
    with pytest.raises(DatabaseNotReady, match=r"^trouble\.register_foreign$"):
        open_stores(f"sqlite:///{path}", signer)


@pytest.mark.parametrize(
    ("statement", "standing", "migration"),
    [
        ("DELETE FROM django_migrations WHERE name = '0011_letters_about'", "older", "0011_letters_about"),
        (
            "INSERT INTO django_migrations (app, name, applied) VALUES ('tracemark', '9999_later', '2030-01-01')",
            "newer",
            "9999_later",
        ),
    ],
)
def test_a_register_of_another_version_is_refused_and_stays_as_it_is(
    tmp_path: Path, signer: SeededSigner, statement: str, standing: str, migration: str
) -> None:
    path = tmp_path / "register.sqlite3"
    open_stores(f"sqlite:///{path}", signer).close()
    with sqlite3.connect(path) as connection:
        connection.execute(statement)
    connection.close()
    before = path.read_bytes()
    for _ in range(2):
        with pytest.raises(DatabaseNotReady, match=rf"trouble\.register_{standing}.*{migration}"):
            open_stores(f"sqlite:///{path}", signer)
    assert path.read_bytes() == before


@pytest.mark.postgresql
def test_a_postgresql_database_of_something_else_is_refused(postgres_url: str, signer: SeededSigner) -> None:
    server = postgres_url.rpartition("/")[0]
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute("CREATE DATABASE other")
    with psycopg.connect(f"{server}/other") as connection:
        connection.execute("CREATE TABLE ledger (id INTEGER)")
    with pytest.raises(DatabaseNotReady, match=r"trouble\.register_foreign"):
        open_stores(f"{server}/other", signer)


def test_sqlite_keeps_its_promises_to_the_disk(
    tmp_path: Path, signer: SeededSigner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(databases, "_SQLITE_PRAGMAS", AS_USERS_HAVE_IT)
    stores = open_stores(f"sqlite:///{tmp_path}/register.sqlite3", signer)
    asked = ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
    assert [stores._database.row(f"PRAGMA {name}") for name in asked] == [("wal",), (2,), (1,), (1,)]
    stores.close()


def test_database_urls() -> None:
    assert database("sqlite:////var/lib/register.sqlite3")["NAME"] == "/var/lib/register.sqlite3"
    assert database("sqlite:///var/a%20b.sqlite3")["NAME"] == str(Path.cwd() / "var" / "a b.sqlite3")
    found = database("postgresql://ana:p%40ss@db.example:5433/register?sslmode=require")
    names = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
    assert [found[name] for name in names] == [
        "django.db.backends.postgresql",
        "register",
        "ana",
        "p@ss",
        "db.example",
        "5433",
        {"sslmode": "require"},
    ]


@pytest.mark.parametrize("url", ["", "sqlite://", "sqlite:///", "mysql://ana:secret@host/name", "postgresql://host"])
def test_other_urls_are_refused_without_repeating_them(url: str) -> None:
    with pytest.raises(UnknownDatabase) as refused:
        database(url)
    assert "secret" not in str(refused.value)


def test_a_secret_is_drawn_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    kept = tmp_path / "var" / "secret_key"
    drawn = secret_key("", kept)
    assert secret_key("", kept) == drawn
    assert len(drawn) >= 50
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert list(kept.parent.iterdir()) == [kept]


def test_a_secret_may_be_given_or_named(tmp_path: Path) -> None:
    named = tmp_path / "key"
    named.write_text("of the file\n")
    assert secret_key("given", tmp_path / "none") == "given"
    assert secret_key(str(named), tmp_path / "none") == "of the file"
