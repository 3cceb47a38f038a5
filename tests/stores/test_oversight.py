"""What was done to accounts, and who searched what: each store keeps both alike, and an older register takes them."""

from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.core.management import call_command
from django.db import DatabaseError, connections
from psycopg import sql

from tests.recordkeeping.sealed_logs import SeededSigner
from tests.stores.lives import Stores
from tests.stores.test_beside_the_record import AT
from tracemark.authorities import Account, AccountChange, ChangeKind
from tracemark.authorities.changes import chained, first_broken
from tracemark.storage import DatabaseNotReady, open_stores
from tracemark.storage.relational.append_only import missing
from tracemark.storage.relational.opening import _alias
from tracemark.tracing import Search, Searcher

CHANGE = chained(
    AccountChange(ChangeKind.ROLES_CHANGED, "ana", "бела", "XT-REG", AT, {"roles": []}, {"roles": ["auditor"]}), None
)
SEARCH = Search("ana", "XT-POL", AT, {"readings": ["AB?0[0O]", "слово"], "year": 1974}, (3, 1))


def test_changes_come_back_as_they_were_chained(stores: Stores) -> None:
    assert (stores.changes.last(), list(stores.changes.all()), stores.changes.page()) == (None, [], [])
    second = chained(replace(CHANGE, account="zoe", by=""), CHANGE)
    third = chained(replace(CHANGE, after={"active": True, "minutes": 3}), second)
    for each in (CHANGE, second, third):
        stores.changes.put(each)
    assert list(stores.changes.all()) == [CHANGE, second, third]
    assert first_broken(stores.changes.all()) is None
    assert (stores.changes.last(), stores.changes.page(limit=2)) == (third, [third, second])
    assert stores.changes.page(account="ana") == [third, CHANGE]
    assert stores.changes.page(account="ana", before=2) == [CHANGE]


def test_an_entry_has_a_place_of_its_own(stores: Stores) -> None:
    stores.changes.put(CHANGE)
    if hasattr(stores, "_database"):
        with pytest.raises(DatabaseError):
            stores.changes.put(CHANGE)


def test_searches_come_back_newest_first_and_counted(stores: Stores) -> None:
    later = "2026-01-02T00:00:00.000Z"
    for each in (SEARCH, replace(SEARCH, case="T-9", at=later), replace(SEARCH, actor="bela", shown=())):
        stores.searches.note(each)
    third, second, first = stores.searches.page()
    assert (first, second.case, third.shown) == (replace(SEARCH, number=first.number), "T-9", ())
    assert stores.searches.page(actor="ana", limit=1) == [second]
    assert stores.searches.page(actor="ana", before=second.number) == [first]
    assert stores.searches.searchers(AT) == [Searcher("ana", 2, 1, later), Searcher("bela", 1, 1, AT)]
    assert stores.searches.searchers(later) == [Searcher("ana", 1, 0, later)]


def test_an_account_is_changed_and_its_language_stays(stores: Stores) -> None:
    ana = Account("ana", "XT-POL", frozenset({"auditor"}), language="fr")
    stores.accounts.open(ana, "first")
    stores.accounts.change(Account("ana", "XT-REG", frozenset(), active=False))
    assert stores.accounts.find("ana") == Account("ana", "XT-REG", frozenset(), active=False, language="fr")
    with pytest.raises(KeyError):
        stores.accounts.change(replace(ana, name="zoe"))
    assert stores.accounts.remove_factors("ana") == 0


def brought_up_to_date(url: str, signer: SeededSigner) -> None:
    """Take a register back to what nodes in the field have, fill it, and migrate it as their operators would."""
    alias = _alias(url)
    call_command("migrate", "tracemark", "0002", database=alias, verbosity=0)
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "INSERT INTO account (username, password, email, authority, roles, language, is_active) "
            "VALUES ('ana', 'x', '', 'XT-POL', '[]', 'fr', TRUE)"
        )
        cursor.execute(
            "INSERT INTO api_token (owner_id, name, digest, scopes, created_at, expires_at, revoked_at) "
            "SELECT id, 'night', 'd1', '[]', 'a', 'b', '' FROM account"
        )
        cursor.execute(
            "INSERT INTO person_read (actor, authority, commitment, purpose, at) VALUES ('a','b','c','d','e')"
        )
    with pytest.raises(DatabaseNotReady, match="0005_accounts"):
        open_stores(url, signer)
    call_command("migrate", database=alias, verbosity=0)
    stores = open_stores(url, signer)
    assert stores.accounts.all() == [Account("ana", "XT-POL", frozenset(), language="fr")]
    assert [each.name for each in stores.tokens.of("ana")] == ["night"]
    assert missing(connections[alias]) == set()
    stores.changes.put(CHANGE)
    with pytest.raises(DatabaseError, match="the record only grows"):
        stores._database.execute("DELETE FROM account_change")
    stores.close()


def test_a_sqlite_register_of_an_earlier_version_is_brought_up_to_date(tmp_path: Path, signer: SeededSigner) -> None:
    url = f"sqlite:///{tmp_path}/older.sqlite3"
    open_stores(url, signer).close()
    brought_up_to_date(url, signer)


@pytest.mark.postgresql
def test_a_postgresql_register_of_an_earlier_version_is_brought_up_to_date(
    postgres_url: str, signer: SeededSigner
) -> None:
    server, name = postgres_url.rpartition("/")[0], f"older_{uuid4().hex}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    open_stores(f"{server}/{name}", signer).close()
    brought_up_to_date(f"{server}/{name}", signer)
