"""Accounts are opened by who may, and a token lets its bearer do what its account may, within its scopes and days."""

from datetime import datetime, timedelta

import pytest

from tests.rooms import NOW, StillClock, clock, officer, stores
from tracemark.authorities import (
    Account,
    AccountRefused,
    NotPermitted,
    Permission,
    Role,
    actor_of,
    give_password,
    issue_token,
    open_account,
)
from tracemark.kernel import Actor
from tracemark.storage.memory import MemoryStores

__all__ = ["clock", "stores"]

ANA = Account("ana", "XT-POL", frozenset({Role.TRACING_ANALYST.value}))
ADMINISTRATOR = officer(Role.ADMINISTRATOR)
SCOPES = (Permission.TRACE_SEARCH.value, Permission.RECORD_WRITE.value)


class LaterClock:
    def __init__(self, days: float) -> None:
        self._days = days

    def now(self) -> datetime:
        return NOW + timedelta(days=self._days)


def opened(stores: MemoryStores, account: Account = ANA, actor: Actor = ADMINISTRATOR) -> str:
    return open_account(account=account, actor=actor, accounts=stores.accounts, agencies=stores.agencies.all())


def issued(stores: MemoryStores, clock: StillClock) -> str:
    opened(stores)
    return issue_token(owner="ana", name="test", scopes=SCOPES, days=3, tokens=stores.tokens, clock=clock)


def acting(key: str, stores: MemoryStores, days: float = 0) -> frozenset[Permission]:
    actor = actor_of(key, tokens=stores.tokens, accounts=stores.accounts, clock=LaterClock(days))
    return actor.scopes if actor else frozenset()


def test_every_password_is_drawn_anew(stores: MemoryStores) -> None:
    first = opened(stores)
    second = give_password(name="ana", actor=ADMINISTRATOR, accounts=stores.accounts)
    assert stores.accounts.by_name == {"ana": (ANA, second)}
    assert first != second


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
def test_who_may_not_manage_accounts_opens_none(role: Role, stores: MemoryStores) -> None:
    with pytest.raises(NotPermitted):
        opened(stores, actor=officer(role))
    with pytest.raises(NotPermitted):
        give_password(name="ana", actor=officer(role), accounts=stores.accounts)


@pytest.mark.parametrize(
    ("name", "agency", "code"),
    [
        ("ana", "XT-POL", "authorities.account_taken"),
        ("bela", "XT-GONE", "authorities.no_such_agency"),
        ("Bela B", "XT-POL", "authorities.not_an_account_name"),
        ("b", "XT-POL", "authorities.not_an_account_name"),
    ],
)
def test_an_account_that_cannot_be_is_refused(name: str, agency: str, code: str, stores: MemoryStores) -> None:
    opened(stores)
    with pytest.raises(AccountRefused) as refused:
        opened(stores, Account(name, agency, frozenset()))
    assert [finding.code for finding in refused.value.findings] == [code]
    assert stores.accounts.all() == [ANA]


def test_a_token_narrows_and_never_widens(stores: MemoryStores, clock: StillClock) -> None:
    assert acting(issued(stores, clock), stores) == {Permission.TRACE_SEARCH}


def test_a_token_ends_on_its_day(stores: MemoryStores, clock: StillClock) -> None:
    key = issued(stores, clock)
    assert (acting(key, stores, 2.9) != frozenset(), acting(key, stores, 3)) == (True, frozenset())


def test_neither_an_unknown_nor_a_revoked_key_lets_anybody_in(stores: MemoryStores, clock: StillClock) -> None:
    key = issued(stores, clock)
    stores.tokens.revoke(1, "2026-05-06T07:08:09.000Z")
    assert [acting(each, stores) for each in (key, key + "x", "")] == [frozenset()] * 3


def test_a_key_is_not_kept(stores: MemoryStores, clock: StillClock) -> None:
    key = issued(stores, clock)
    assert key not in repr(stores.tokens.by_digest)
