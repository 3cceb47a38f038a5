from collections.abc import Mapping
from datetime import datetime, timedelta

from tracemark.authorities.access import (
    NarrowedActor,
    NotPermitted,
    Operator,
    may,
    narrow,
    permissions_of,
    require,
)
from tracemark.authorities.accounts import Account, draw_password, is_account_name
from tracemark.authorities.changes import AccountChange, ChangeKind, chained
from tracemark.authorities.ports import AccountStore, AccountStores, TokenStore
from tracemark.authorities.roles import Permission
from tracemark.authorities.tokens import LONGEST_DAYS, Token, digest_of, draw_key
from tracemark.kernel import Actor, Clock, Finding, Plain, Refused, cite, instant_text

_ACCOUNTING = cite("PoA II.17")

OWN_CHANGES = frozenset(
    {ChangeKind.PASSWORD_CHOSEN, ChangeKind.FACTOR_ADDED, ChangeKind.FACTOR_REMOVED, ChangeKind.CODES_DRAWN}
)
"""What the owner of an account does to it alone."""


class AccountRefused(Refused):
    """An account or a token cannot be as asked; each finding says why."""


def open_account(*, account: Account, actor: Actor, stores: AccountStores, clock: Clock) -> str:
    """Open an account and return the password by which its owner signs in once; it is kept nowhere.

    Raises:
        NotPermitted: the actor may not manage accounts.
        AccountRefused: the name is taken or cannot be borne, or there is no such agency.

    Source: PoA II.17, accounting control.
    """
    require(actor, Permission.USERS_MANAGE)
    if not is_account_name(account.name):
        raise _refused("authorities.not_an_account_name", name=account.name)
    password = draw_password()
    with stores.atomic():
        _require_agency(account.authority, stores)
        if not stores.accounts.open(account, password):
            raise _refused("authorities.account_taken", name=account.name)
        _note(ChangeKind.OPENED, account.name, actor, stores, clock, after=_told(account))
    return password


def change_account(*, account: Account, actor: Actor, stores: AccountStores, clock: Clock) -> tuple[ChangeKind, ...]:
    """Give an account another agency, other roles, or close or reopen it; return what was changed.

    `account` is the whole account as it shall be. Its language is its owner's and stays.

    Raises:
        NotPermitted: the actor may not manage accounts.
        AccountRefused: it is the actor's own account, or there is no such agency.
        KeyError: there is no such account.

    Source: PoA II.17, accounting control.
    """
    require(actor, Permission.USERS_MANAGE)
    _require_anothers(account.name, actor)
    with stores.atomic():
        known = _known(account.name, stores)
        _require_agency(account.authority, stores)
        was, becomes = _told(known), _told(account)
        differing = [each for each in was if was[each] != becomes[each]]
        if differing:
            stores.accounts.change(account)
        kinds = tuple(_kind(each, account) for each in differing)
        for name, kind in zip(differing, kinds, strict=True):
            _note(kind, account.name, actor, stores, clock, before={name: was[name]}, after={name: becomes[name]})
    return kinds


def give_password(*, name: str, actor: Actor, stores: AccountStores, clock: Clock) -> str:
    """Give an account a new password that serves once, and return it.

    Raises:
        NotPermitted: the actor may not manage accounts.
        KeyError: there is no such account.
    """
    require(actor, Permission.USERS_MANAGE)
    password = draw_password()
    with stores.atomic():
        stores.accounts.give_password(name, password)
        _note(ChangeKind.PASSWORD_GIVEN, name, actor, stores, clock)
    return password


def reset_factors(*, name: str, actor: Actor, stores: AccountStores, clock: Clock) -> str:
    """Remove an account's second factors, and return the new one-time password that goes with it.

    The password is new so that whoever knows the old one cannot set up a factor of their own, and so that what is
    signed in is signed out.

    Raises:
        NotPermitted: the actor may not manage accounts.
        AccountRefused: it is the actor's own account.
        KeyError: there is no such account.
    """
    require(actor, Permission.USERS_MANAGE)
    _require_anothers(name, actor)
    with stores.atomic():
        password = give_password(name=name, actor=actor, stores=stores, clock=clock)
        removed = stores.accounts.remove_factors(name)
        _note(ChangeKind.FACTORS_RESET, name, actor, stores, clock, before={"factors": removed}, after={"factors": 0})
    return password


def issue_token(
    *, owner: str, name: str, scopes: tuple[str, ...], days: int, actor: Actor, stores: AccountStores, clock: Clock
) -> str:
    """Issue a token for one's own account, or as the machine's operator for anyone's; return its key, kept nowhere.

    An administrator issues none for others: with it they would act in another's name.

    Raises:
        NotPermitted: it is another's account, or the actor comes with a token: a key that ends must not make one that
            does not.
        AccountRefused: it has no name, no scope or no day on which it ends, or the owner's roles do not grant a scope.
        KeyError: there is no such account.
    """
    if not isinstance(actor, Operator):
        _require_own(owner, actor)
    with stores.atomic():
        account = _known(owner, stores)
        _require_sound(name, scopes, days, account)
        key, now = draw_key(), clock.now()
        expires = instant_text(now + timedelta(days=days))
        token = stores.tokens.put(digest_of(key), Token(0, owner, name.strip(), scopes, instant_text(now), expires))
        told: dict[str, Plain] = {"token": token.id, "name": token.name, "scopes": list(scopes), "expires_at": expires}
        _note(ChangeKind.TOKEN_ISSUED, owner, actor, stores, clock, after=told)
    return key


def revoke_token(*, token: int, actor: Actor, stores: AccountStores, clock: Clock) -> None:
    """Make one's own token worthless, or as administrator anyone's.

    Raises:
        NotPermitted: it is another's and the actor may not manage accounts, or the actor comes with a token.
        KeyError: there is no such token, or it was revoked before.
    """
    with stores.atomic():
        known = stores.tokens.get(token)
        if isinstance(actor, NarrowedActor) or not may(actor, Permission.USERS_MANAGE):
            _require_own(known.owner, actor)
        stores.tokens.revoke(token, instant_text(clock.now()))
        told: dict[str, Plain] = {"token": known.id, "name": known.name}
        _note(ChangeKind.TOKEN_REVOKED, known.owner, actor, stores, clock, before=told)


def note_own_change(
    *, kind: ChangeKind, actor: Actor, stores: AccountStores, clock: Clock, about: Mapping[str, Plain] | None = None
) -> None:
    """Note what somebody did to their own account; what it was, `about` says in words that are no secret.

    Raises:
        ValueError: this is not for the owner alone to do.
    """
    if kind not in OWN_CHANGES:
        raise ValueError(kind)
    with stores.atomic():
        _note(kind, actor.name, actor, stores, clock, after=about)


def note_lock_out(*, name: str, minutes: int, stores: AccountStores, clock: Clock) -> bool:
    """Note that an account was locked for some minutes after wrong passwords; return whether an entry was made.

    A lock that still lasts is not noted again. What is no account is not noted at all: it may be a password that
    somebody typed in the wrong place.
    """
    with stores.atomic():
        account = stores.accounts.find(name)
        if account is None or _locked_since(name, clock.now() - timedelta(minutes=minutes), stores):
            return False
        nobody = Actor("", account.authority, frozenset())
        _note(ChangeKind.LOCKED_OUT, name, nobody, stores, clock, after={"minutes": minutes})
    return True


def actor_of(key: str, *, tokens: TokenStore, accounts: AccountStore, clock: Clock) -> NarrowedActor | None:
    """Return who acts with a key: its owner, within its scopes.

    None where the key is unknown, expired or revoked, or its owner's account is closed.
    """
    token = tokens.find(digest_of(key))
    if token is None or token.revoked_at or datetime.fromisoformat(token.expires_at) <= clock.now():
        return None
    account = accounts.find(token.owner)
    return narrow(account.actor, token.scopes) if account and account.active else None


def _note(
    kind: ChangeKind,
    account: str,
    actor: Actor,
    stores: AccountStores,
    clock: Clock,
    *,
    before: Mapping[str, Plain] | None = None,
    after: Mapping[str, Plain] | None = None,
) -> None:
    at = instant_text(clock.now())
    change = AccountChange(kind, account, actor.name, actor.authority, at, before or {}, after or {})
    stores.changes.put(chained(change, stores.changes.last()))


def _told(account: Account) -> dict[str, Plain]:
    return {"agency": account.authority, "roles": sorted(account.roles), "active": account.active}


def _kind(differing: str, account: Account) -> ChangeKind:
    if differing == "active":
        return ChangeKind.REOPENED if account.active else ChangeKind.CLOSED
    return ChangeKind.AGENCY_CHANGED if differing == "agency" else ChangeKind.ROLES_CHANGED


def _known(name: str, stores: AccountStores) -> Account:
    account = stores.accounts.find(name)
    if account is None:
        raise KeyError(name)
    return account


def _locked_since(name: str, moment: datetime, stores: AccountStores) -> bool:
    newest = stores.changes.page(account=name, limit=1)
    return any(each.kind is ChangeKind.LOCKED_OUT and datetime.fromisoformat(each.at) > moment for each in newest)


def _require_agency(code: str, stores: AccountStores) -> None:
    if code not in {each.code for each in stores.agencies.all()}:
        raise _refused("authorities.no_such_agency", agency=code)


def _require_anothers(name: str, actor: Actor) -> None:
    if name == actor.name:
        raise _refused("authorities.own_account", name=name)


def _require_own(owner: str, actor: Actor) -> None:
    if isinstance(actor, NarrowedActor):
        raise NotPermitted([Finding("authorities.by_token", _ACCOUNTING, {})])
    if owner != actor.name:
        raise NotPermitted([Finding("authorities.anothers_token", _ACCOUNTING, {"name": owner})])


def _require_sound(name: str, scopes: tuple[str, ...], days: int, owner: Account) -> None:
    if not name.strip():
        raise _refused("authorities.token_unnamed", field="name")
    if not 1 <= days <= LONGEST_DAYS:
        raise _refused("authorities.token_days", field="days", days=str(days), most=str(LONGEST_DAYS))
    if not scopes:
        raise _refused("authorities.token_permits_nothing", field="scopes")
    if beyond := sorted(set(scopes) - permissions_of(owner.roles)):
        listed = ", ".join(beyond)
        raise _refused("authorities.scopes_beyond", field="scopes", name=owner.name, scopes=listed)


def _refused(code: str, **facts: str) -> AccountRefused:
    return AccountRefused([Finding(code, _ACCOUNTING, facts)])
