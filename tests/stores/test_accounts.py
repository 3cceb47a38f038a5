"""Who can sign in: each store keeps accounts alike."""

import pytest

from tests.stores.lives import Stores
from tracemark.authorities import Account

ANA = Account("ana", "XT-POL", frozenset({"tracing_analyst", "auditor"}), language="fr")
BELA = Account("bela", "XT-REG", frozenset(), active=False)


def open_and_fail(stores: Stores) -> None:
    with stores.atomic():
        stores.accounts.open(ANA, "first")
        raise ZeroDivisionError


def test_an_account_is_found_as_it_was_opened(stores: Stores) -> None:
    assert [stores.accounts.open(each, "first") for each in (BELA, ANA)] == [True, True]
    assert (stores.accounts.find("ana"), stores.accounts.find("zoe")) == (ANA, None)
    assert stores.accounts.all() == [ANA, BELA]


def test_a_name_is_given_once(stores: Stores) -> None:
    stores.accounts.open(ANA, "first")
    assert not stores.accounts.open(Account("ana", "XT-REG", frozenset({"administrator"})), "second")
    assert stores.accounts.all() == [ANA]


def test_only_an_account_is_given_a_password(stores: Stores) -> None:
    stores.accounts.open(ANA, "first")
    stores.accounts.give_password("ana", "second")
    with pytest.raises(KeyError):
        stores.accounts.give_password("zoe", "second")


def test_an_account_that_was_not_to_be_is_undone(stores: Stores) -> None:
    with pytest.raises(ZeroDivisionError):
        open_and_fail(stores)
    assert stores.accounts.all() == []
