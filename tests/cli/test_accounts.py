"""The first account and its tokens, from the command line."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.hashers import check_password
from pytest_django import DjangoDbBlocker

from tests.cli.test_contract import plain, run
from tracemark.authorities import AccountRefused, AgencyKind, Permission, actor_of
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


def kinds(node: Node) -> list[tuple[str, bool]]:
    return [(each.kind.value, each.by.startswith("cli:")) for each in node.stores.changes.all()]


def test_an_account_is_changed_closed_and_given_a_password(db: str, node: Node) -> None:
    run(*FIRST, *NAMED, "--db", db)
    changed = run("account", "change", "first", "--role", "approver", "--close", "--db", db)
    assert (changed.exit_code, changed.stdout.split("\n")[:2]) == (0, ["Roles changed", "Account closed"])
    [account] = node.stores.accounts.all()
    assert (account.roles, account.active, account.authority) == (frozenset({"approver"}), False, "XT-REG")
    assert "first is so already" in run("account", "change", "first", "--close", "--db", db).stdout
    passwords = {run("account", act, "first", "--db", db).stdout.split()[-1] for act in ("password", "reset")}
    assert len(passwords) == 2
    told = ["opened", "roles_changed", "closed", "password_given", "password_given", "factors_reset"]
    assert kinds(node) == [(each, True) for each in told]
    assert not any(each in repr(list(node.stores.changes.all())) for each in passwords)


@pytest.mark.parametrize("act", [("change", "zoe", "--close"), ("password", "zoe"), ("reset", "zoe")])
def test_who_is_not_there_is_said(act: tuple[str, ...], db: str, node: Node) -> None:
    run(*FIRST, *NAMED, "--db", db)
    answer = run("account", *act, "--db", db)
    assert (answer.exit_code, "There is no account zoe" in answer.stderr) == (1, True)


def test_an_agency_nobody_entered_is_refused(db: str, node: Node) -> None:
    run(*FIRST, *NAMED, "--db", db)
    answer = run("account", "change", "first", "--agency", "GHOST", "--db", db)
    assert (answer.exit_code, type(answer.exception), len(kinds(node))) == (1, AccountRefused, 1)


def test_changes_are_listed_and_a_touched_entry_ends_with_status_1(db: str, node: Node) -> None:
    run(*FIRST, *NAMED, "--db", db)
    run(*ISSUED, "--db", db)
    run("account", "change", "first", "--close", "--db", db)
    listed = plain(run("account", "changes", "--db", db, "--json"))
    assert isinstance(listed["changes"], list)
    assert [each["kind"] for each in listed["changes"]] == ["closed", "token_issued", "opened"]
    assert (listed["broken"], plain(run("account", "changes", "zoe", "--db", db, "--json"))["changes"]) == (None, [])
    assert "Token issued" in run("account", "changes", "--db", db).stdout
    database = node.stores.accounts._database  # type: ignore[attr-defined]
    database.execute("DROP TRIGGER account_change_no_delete")
    database.execute("DELETE FROM account_change WHERE position = 1")
    touched = run("account", "changes", "--db", db)
    assert (touched.exit_code, "entry 1 does not stand" in touched.stderr) == (1, True)
