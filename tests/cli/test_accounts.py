"""The first account and its tokens, from the command line."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.hashers import check_password
from pytest_django import DjangoDbBlocker

from tests.cli.test_contract import plain, run
from tracemark.authorities import AgencyKind, Permission, actor_of
from tracemark.node import Node, open_node

FIRST = ("account", "add", "first", "--agency", "XT-REG", "--role", "administrator", "--role", "auditor")
NAMED = ("--agency-name", "National Registry", "--agency-kind", "police")
ISSUED = ("token", "issue", "nightly", "--for", "first", "--scope", "record.verify", "--days", "9")


@pytest.fixture
def db(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The URL of an empty register."""
    with django_db_blocker.unblock():
        yield f"sqlite:///{tmp_path}/new.sqlite3"


@pytest.fixture
def node(db: str) -> Iterator[Node]:
    node = open_node(db)
    yield node
    node.stores.close()


def acting(key: str, node: Node) -> list[Permission]:
    actor = actor_of(key, tokens=node.stores.tokens, accounts=node.stores.accounts, clock=node.clock)
    return sorted(actor.scopes) if actor else []


def test_the_first_account_brings_the_first_agency(db: str, node: Node) -> None:
    assert run(*FIRST, "--db", db).exit_code == 1
    assert (node.stores.agencies.all(), node.stores.accounts.all()) == ([], [])
    opened = run(*FIRST, *NAMED, "--db", db)
    [agency] = node.stores.agencies.all()
    assert (opened.exit_code, agency.code, agency.name, agency.kind, agency.state) == (
        0, "XT-REG", "National Registry", AgencyKind.POLICE, "XT",
    )  # fmt: skip
    assert plain(run("account", "list", "--db", db, "--json")) == {
        "accounts": [{"name": "first", "agency": "XT-REG", "roles": ["administrator", "auditor"], "active": True}]
    }


def test_the_password_printed_is_the_one_that_signs_in(db: str, node: Node) -> None:
    printed = run(*FIRST, *NAMED, "--db", db).stdout.split()[-1]
    [(kept, last_login)] = node.stores.accounts._database.rows("SELECT password, last_login FROM account")  # type: ignore[attr-defined]
    assert (check_password(printed, kept), last_login) == (True, None)


@pytest.mark.parametrize(
    "arguments",
    [
        FIRST,
        ("account", "add", "second", "--agency", "XT-NEW", "--role", "auditor", *NAMED),
        ("account", "add", "Second Person", "--agency", "XT-REG", "--role", "auditor"),
    ],
    ids=["taken", "unknown agency", "no name for an account"],
)
def test_an_account_that_cannot_be_is_refused(arguments: tuple[str, ...], db: str, node: Node) -> None:
    run(*FIRST, *NAMED, "--db", db)
    assert run(*arguments, "--db", db).exit_code == 1
    assert ([each.name for each in node.stores.accounts.all()], len(node.stores.agencies.all())) == (["first"], 1)


def test_a_token_is_issued_listed_and_revoked(db: str, node: Node) -> None:
    run(*FIRST, *NAMED, "--db", db)
    key = run(*ISSUED, "--db", db).stdout.strip()
    assert acting(key, node) == [Permission.RECORD_VERIFY]
    tokens = plain(run("token", "list", "--for", "first", "--db", db, "--json"))["tokens"]
    assert isinstance(tokens, list)
    [listed] = tokens
    assert (listed["id"], listed["name"], listed["scopes"], listed["revoked_at"]) == (
        1, "nightly", ["record.verify"], "",
    )  # fmt: skip
    assert key not in str(listed)
    assert [run("token", "revoke", "1", "--db", db).exit_code for _ in range(2)] == [0, 1]
    assert acting(key, node) == []


def test_a_token_permits_only_what_a_known_account_may_do(db: str, node: Node) -> None:
    run(*FIRST, *NAMED, "--db", db)
    assert run(*ISSUED, "--scope", "record.write", "--db", db).exit_code == 1
    assert (
        run("token", "issue", "x", "--for", "nobody", "--scope", "record.read", "--days", "1", "--db", db).exit_code
        == 1
    )
    assert run("token", "list", "--for", "nobody", "--db", db).exit_code == 1
    assert list(node.stores.tokens.of("first")) == []
