from collections.abc import Iterable
from datetime import datetime, timedelta

from tracemark.authorities.access import NarrowedActor, narrow, require
from tracemark.authorities.accounts import Account, draw_password, is_account_name
from tracemark.authorities.agencies import Agency
from tracemark.authorities.ports import AccountStore, TokenStore
from tracemark.authorities.roles import Permission
from tracemark.authorities.tokens import Token, digest_of, draw_key
from tracemark.kernel import Actor, Clock, Finding, Refused, cite, instant_text

_ACCOUNTING = cite("PoA II.17")


class AccountRefused(Refused):
    """An account cannot be opened: its name is taken or no name for one, or there is no such agency."""


def open_account(*, account: Account, actor: Actor, accounts: AccountStore, agencies: Iterable[Agency]) -> str:
    """Open an account and return the password by which its owner signs in once; it is kept nowhere.

    Raises:
        NotPermitted: the actor may not manage accounts.
        AccountRefused: the name is taken or cannot be borne, or there is no such agency.

    Source: PoA II.17, accounting control.
    """
    require(actor, Permission.USERS_MANAGE)
    if not is_account_name(account.name):
        raise _refused("authorities.not_an_account_name", name=account.name)
    if account.authority not in {each.code for each in agencies}:
        raise _refused("authorities.no_such_agency", agency=account.authority)
    password = draw_password()
    if not accounts.open(account, password):
        raise _refused("authorities.account_taken", name=account.name)
    return password


def give_password(*, name: str, actor: Actor, accounts: AccountStore) -> str:
    """Give an account a new password that serves once, and return it.

    Raises:
        NotPermitted: the actor may not manage accounts.
        KeyError: there is no such account.
    """
    require(actor, Permission.USERS_MANAGE)
    password = draw_password()
    accounts.give_password(name, password)
    return password


def issue_token(*, owner: str, name: str, scopes: tuple[str, ...], days: int, tokens: TokenStore, clock: Clock) -> str:
    """Issue a token for an account and return its key, which is shown once and kept nowhere.

    Whoever calls has seen to it that the owner asks, or the operator of the machine does. A scope that the owner's
    roles do not grant grants nothing.

    Raises:
        KeyError: there is no such account.
    """
    key, now = draw_key(), clock.now()
    expires = instant_text(now + timedelta(days=days))
    tokens.put(digest_of(key), Token(0, owner, name, scopes, instant_text(now), expires))
    return key


def actor_of(key: str, *, tokens: TokenStore, accounts: AccountStore, clock: Clock) -> NarrowedActor | None:
    """Return who acts with a key: its owner, within its scopes.

    None where the key is unknown, expired or revoked, or its owner's account is closed.
    """
    token = tokens.find(digest_of(key))
    if token is None or token.revoked_at or datetime.fromisoformat(token.expires_at) <= clock.now():
        return None
    account = accounts.find(token.owner)
    return narrow(account.actor, token.scopes) if account and account.active else None


def _refused(code: str, **facts: str) -> AccountRefused:
    return AccountRefused([Finding(code, _ACCOUNTING, facts)])
