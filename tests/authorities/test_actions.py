"""Accounts are opened by who may, and a token lets its bearer do what its account may, within its scopes and days."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.rooms import NOW, StillClock, clock, officer, stores
from tracemark.authorities import (
    Account,
    AccountRefused,
    NotPermitted,
    Operator,
    Permission,
    Role,
    actor_of,
    give_password,
    issue_token,
    narrow,
    open_account,
    revoke_token,
)
from tracemark.kernel import Actor
from tracemark.storage.memory import MemoryStores

__all__ = ["clock", "stores"]

ANA = Account("ana", "XT-POL", frozenset({Role.TRACING_ANALYST.value}))
ADMINISTRATOR = officer(Role.ADMINISTRATOR)
SCOPES = (Permission.TRACE_SEARCH.value, Permission.TRACE_READ.value)
OPERATOR = Operator("cli:root", "XT-REG", frozenset({Role.ADMINISTRATOR.value}))


KEY_OF_ANA = narrow(ANA.actor, SCOPES)


class LaterClock:
    def __init__(self, days: float) -> None:
        self._days = days

    def now(self) -> datetime:
        return NOW + timedelta(days=self._days)


def told(stores: MemoryStores) -> list[tuple[str, str, str]]:
    return [(each.kind.value, each.account, each.by) for each in stores.changes.all()]


def opened(stores: MemoryStores, account: Account = ANA, actor: Actor = ADMINISTRATOR) -> str:
    return open_account(account=account, actor=actor, stores=stores, clock=StillClock())


def issued(stores: MemoryStores, scopes: tuple[str, ...] = SCOPES, actor: Actor = ANA.actor, days: int = 3) -> str:
    if stores.accounts.find("ana") is None:
        opened(stores)
    return issue_token(
        owner="ana", name="test", scopes=scopes, days=days, actor=actor, stores=stores, clock=StillClock()
    )


def acting(key: str, stores: MemoryStores, days: float = 0) -> frozenset[Permission]:
    actor = actor_of(key, tokens=stores.tokens, accounts=stores.accounts, clock=LaterClock(days))
    return actor.scopes if actor else frozenset()


def test_every_password_is_drawn_anew(stores: MemoryStores) -> None:
    first = opened(stores)
    second = give_password(name="ana", actor=ADMINISTRATOR, stores=stores, clock=StillClock())
    assert stores.accounts.by_name == {"ana": (ANA, second)}
    assert first != second


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
def test_who_may_not_manage_accounts_opens_none(role: Role, stores: MemoryStores) -> None:
    with pytest.raises(NotPermitted):
        opened(stores, actor=officer(role))
    with pytest.raises(NotPermitted):
        give_password(name="ana", actor=officer(role), stores=stores, clock=StillClock())


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


def test_a_token_narrows_and_never_widens(stores: MemoryStores) -> None:
    assert acting(issued(stores, SCOPES[:1]), stores) == {Permission.TRACE_SEARCH}
    stores.accounts.change(replace(ANA, roles=frozenset({Role.AUDITOR.value})))
    assert acting(issued(stores, (Permission.AUDIT_READ.value,)), stores) == {Permission.AUDIT_READ}
    assert acting(issued(stores, (Permission.TRACE_READ.value,)), stores) == {Permission.TRACE_READ}


def test_a_token_ends_on_its_day(stores: MemoryStores) -> None:
    key = issued(stores)
    assert (acting(key, stores, 2.9) != frozenset(), acting(key, stores, 3)) == (True, frozenset())


def test_neither_an_unknown_nor_a_revoked_key_lets_anybody_in(stores: MemoryStores, clock: StillClock) -> None:
    key = issued(stores)
    revoke_token(token=1, actor=ANA.actor, stores=stores, clock=clock)
    assert [acting(each, stores) for each in (key, key + "x", "")] == [frozenset()] * 3


def test_a_key_is_not_kept(stores: MemoryStores) -> None:
    key = issued(stores)
    assert key not in repr(stores.tokens.by_digest)
    assert key not in repr(list(stores.changes.all()))


@pytest.mark.parametrize("actor", [officer(Role.ADMINISTRATOR), officer(Role.TRACING_ANALYST, "bela"), KEY_OF_ANA])
def test_nobody_makes_a_key_in_anothers_name_nor_with_a_key(actor: Actor, stores: MemoryStores) -> None:
    with pytest.raises(NotPermitted):
        issued(stores, actor=actor)
    assert list(stores.tokens.of("ana")) == []


def test_the_operator_of_the_machine_makes_a_key_for_anybody(stores: MemoryStores) -> None:
    assert acting(issued(stores, actor=OPERATOR), stores) == set(SCOPES)
    assert told(stores)[-1] == ("token_issued", "ana", "cli:root")


@pytest.mark.parametrize(
    ("scopes", "days", "code"),
    [
        ((), 3, "authorities.token_permits_nothing"),
        ((Permission.RECORD_WRITE.value,), 3, "authorities.scopes_beyond"),
        (("record.burn",), 3, "authorities.scopes_beyond"),
        (SCOPES, 0, "authorities.token_days"),
        (SCOPES, 3651, "authorities.token_days"),
    ],
)
def test_a_token_that_cannot_be_is_refused(scopes: tuple[str, ...], days: int, code: str, stores: MemoryStores) -> None:
    with pytest.raises(AccountRefused) as refused:
        issued(stores, scopes, days=days)
    assert [finding.code for finding in refused.value.findings] == [code]
    assert told(stores) == [("opened", "ana", "administrator")]


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
def test_only_its_owner_and_an_administrator_revoke_a_token(
    role: Role, stores: MemoryStores, clock: StillClock
) -> None:
    issued(stores)
    with pytest.raises(NotPermitted):
        revoke_token(token=1, actor=officer(role), stores=stores, clock=clock)
    with pytest.raises(NotPermitted):
        revoke_token(token=1, actor=KEY_OF_ANA, stores=stores, clock=clock)
    revoke_token(token=1, actor=ADMINISTRATOR, stores=stores, clock=clock)
    assert told(stores)[-1] == ("token_revoked", "ana", "administrator")
    with pytest.raises(KeyError):
        revoke_token(token=1, actor=ADMINISTRATOR, stores=stores, clock=clock)
    assert len(told(stores)) == 3
