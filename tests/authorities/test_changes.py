"""Whatever is done to an account is an entry: who, whom, when, before and after, no secret, chained to the last."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from tests.rooms import NOW, StillClock, clock, officer, stores
from tracemark.authorities import (
    Account,
    AccountChange,
    AccountRefused,
    ChangeKind,
    NotPermitted,
    Role,
    account_changes,
    broken_change,
    change_account,
    give_password,
    issue_token,
    needs_second_factor,
    note_lock_out,
    note_own_change,
    open_account,
    reset_factors,
)
from tracemark.kernel import Actor, Plain
from tracemark.storage.memory import MemoryStores

__all__ = ["clock", "stores"]

ANA = Account("ana", "XT-POL", frozenset({Role.TRACING_ANALYST.value}))
ADMINISTRATOR, AUDITOR = officer(Role.ADMINISTRATOR), officer(Role.AUDITOR)
OTHERS = sorted(set(Role) - {Role.ADMINISTRATOR})
Entry = tuple[ChangeKind, dict[str, Plain], dict[str, Plain]]


class LaterClock:
    def __init__(self, minutes: int) -> None:
        self._minutes = minutes

    def now(self) -> datetime:
        return NOW + timedelta(minutes=self._minutes)


@pytest.fixture
def known(stores: MemoryStores, clock: StillClock) -> MemoryStores:
    """Stores that know the account of Ana."""
    open_account(account=ANA, actor=ADMINISTRATOR, stores=stores, clock=clock)
    return stores


def changed(stores: MemoryStores, account: Account, actor: Actor = ADMINISTRATOR) -> tuple[ChangeKind, ...]:
    return change_account(account=account, actor=actor, stores=stores, clock=StillClock())


def entries(stores: MemoryStores) -> list[Entry]:
    found = account_changes(actor=AUDITOR, stores=stores)
    assert {(each.account, each.at) for each in found} <= {("ana", "2026-05-06T07:08:09.000Z")}
    return [(each.kind, dict(each.before), dict(each.after)) for each in found[::-1]]


def test_opening_is_noted_with_what_the_account_may_do(known: MemoryStores) -> None:
    told: dict[str, Plain] = {"agency": "XT-POL", "roles": ["tracing_analyst"], "active": True}
    assert entries(known) == [(ChangeKind.OPENED, {}, told)]


def test_each_thing_changed_is_an_entry_of_its_own(known: MemoryStores) -> None:
    becomes = Account("ana", "XT-REG", frozenset({Role.APPROVER.value, Role.AUDITOR.value}), active=False)
    kinds = (ChangeKind.AGENCY_CHANGED, ChangeKind.ROLES_CHANGED, ChangeKind.CLOSED)
    assert changed(known, becomes) == kinds
    assert entries(known)[1:] == [
        (ChangeKind.AGENCY_CHANGED, {"agency": "XT-POL"}, {"agency": "XT-REG"}),
        (ChangeKind.ROLES_CHANGED, {"roles": ["tracing_analyst"]}, {"roles": ["approver", "auditor"]}),
        (ChangeKind.CLOSED, {"active": True}, {"active": False}),
    ]
    assert changed(known, replace(becomes, active=True)) == (ChangeKind.REOPENED,)
    assert known.accounts.find("ana") == replace(becomes, active=True)


def test_nothing_changed_is_no_entry(known: MemoryStores) -> None:
    assert changed(known, ANA) == ()
    assert len(entries(known)) == 1


@pytest.mark.parametrize("role", OTHERS)
def test_who_may_not_manage_accounts_changes_none(role: Role, known: MemoryStores, clock: StillClock) -> None:
    with pytest.raises(NotPermitted):
        changed(known, replace(ANA, active=False), officer(role))
    with pytest.raises(NotPermitted):
        reset_factors(name="ana", actor=officer(role), stores=known, clock=clock)
    assert len(entries(known)) == 1


def test_nobody_changes_or_resets_their_own_account(known: MemoryStores, clock: StillClock) -> None:
    herself = officer(Role.ADMINISTRATOR, "ana")
    with pytest.raises(AccountRefused, match=r"authorities\.own_account"):
        changed(known, replace(ANA, roles=frozenset(Role)), herself)
    with pytest.raises(AccountRefused, match=r"authorities\.own_account"):
        reset_factors(name="ana", actor=herself, stores=known, clock=clock)


def test_an_agency_nobody_entered_is_refused(known: MemoryStores) -> None:
    with pytest.raises(AccountRefused, match=r"authorities\.no_such_agency"):
        changed(known, replace(ANA, authority="GHOST"))


def test_who_is_not_there_is_not_changed(known: MemoryStores, clock: StillClock) -> None:
    for act in (give_password, reset_factors):
        with pytest.raises(KeyError):
            act(name="zoe", actor=ADMINISTRATOR, stores=known, clock=clock)
    with pytest.raises(KeyError):
        changed(known, replace(ANA, name="zoe"))
    assert len(entries(known)) == 1


def test_passwords_are_noted_and_never_told(known: MemoryStores, clock: StillClock) -> None:
    given = give_password(name="ana", actor=ADMINISTRATOR, stores=known, clock=clock)
    reset = reset_factors(name="ana", actor=ADMINISTRATOR, stores=known, clock=clock)
    kinds = [ChangeKind.PASSWORD_GIVEN, ChangeKind.PASSWORD_GIVEN, ChangeKind.FACTORS_RESET]
    assert [kind for kind, _, _ in entries(known)[1:]] == kinds
    assert known.accounts.by_name["ana"][1] == reset
    assert not any(secret in repr(list(known.changes.all())) for secret in (given, reset))


def test_what_owners_do_themselves_is_noted(known: MemoryStores, clock: StillClock) -> None:
    note_own_change(
        kind=ChangeKind.FACTOR_ADDED, actor=ANA.actor, stores=known, clock=clock, about={"factor": "passkey"}
    )
    assert entries(known)[1:] == [(ChangeKind.FACTOR_ADDED, {}, {"factor": "passkey"})]
    with pytest.raises(ValueError, match="roles_changed"):
        note_own_change(kind=ChangeKind.ROLES_CHANGED, actor=ANA.actor, stores=known, clock=clock)


def test_a_lock_out_is_noted_once_while_it_lasts(known: MemoryStores) -> None:
    noted = [
        note_lock_out(name="ana", minutes=15, stores=known, clock=LaterClock(minutes)) for minutes in (0, 1, 14, 15)
    ]
    assert noted == [True, False, False, True]


def test_a_name_that_is_no_account_is_not_noted(known: MemoryStores, clock: StillClock) -> None:
    assert not note_lock_out(name="a password typed in the wrong place", minutes=15, stores=known, clock=clock)
    assert len(entries(known)) == 1


def test_the_list_is_read_of_one_account_page_by_page(known: MemoryStores, clock: StillClock) -> None:
    open_account(account=replace(ANA, name="bela"), actor=ADMINISTRATOR, stores=known, clock=clock)
    changed(known, replace(ANA, active=False))

    def read(**asked: object) -> list[int]:
        found = account_changes(actor=AUDITOR, stores=known, **asked)  # type: ignore[arg-type]
        return [each.position for each in found]

    assert (read(), read(account="ana"), read(limit=1), read(before=2)) == ([2, 1, 0], [2, 0], [2], [1, 0])


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.AUDITOR}))
def test_only_an_auditor_reads_the_list(role: Role, known: MemoryStores) -> None:
    with pytest.raises(NotPermitted):
        account_changes(actor=officer(role), stores=known)
    with pytest.raises(NotPermitted):
        broken_change(actor=officer(role), stores=known)


def test_a_touched_entry_is_found(known: MemoryStores, clock: StillClock) -> None:
    changed(known, replace(ANA, active=False))
    changed(known, ANA)
    first, second, third = known.changes.entries

    def broken(*kept: AccountChange) -> int | None:
        known.changes.entries = kept
        return broken_change(actor=AUDITOR, stores=known)

    assert broken(first, second, third) is None
    assert broken(first, replace(second, by="nobody"), third) == 1
    assert broken(first, replace(second, after={"active": True}), third) == 1
    assert broken(first, third) == 1
    assert broken(first, third, second) == 1
    assert broken(replace(first, at="2020"), second, third) == 0
    # What was cut off at the end is seen by who kept the digest only.
    assert broken(first, second) is None


READERS_ONLY = {Role.AUDITOR}


@pytest.mark.parametrize("role", list(Role))
def test_who_writes_manages_or_reads_persons_needs_a_second_factor(role: Role) -> None:
    today = date(2026, 5, 6)
    assert needs_second_factor([role.value], on=today) == (role not in READERS_ONLY)
    assert needs_second_factor([role.value], on=today, since=today) == (role not in READERS_ONLY)
    assert not needs_second_factor([role.value], on=today, since=date(2026, 5, 7))


def test_who_has_no_role_needs_none() -> None:
    assert not needs_second_factor([], on=date(2026, 5, 6))


def test_a_key_is_told_by_its_number_and_what_it_permits(known: MemoryStores, clock: StillClock) -> None:
    key = issue_token(
        owner="ana", name="night", scopes=("trace.read",), days=2, actor=ANA.actor, stores=known, clock=clock
    )
    told: dict[str, Plain] = {
        "token": 1, "name": "night", "scopes": ["trace.read"], "expires_at": "2026-05-08T07:08:09.000Z",
    }  # fmt: skip
    assert entries(known)[1:] == [(ChangeKind.TOKEN_ISSUED, {}, told)]
    assert key not in repr(entries(known))
