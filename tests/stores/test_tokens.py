"""Keys to the API: found by their digest, revoked once, never kept themselves."""

import pytest

from tests.stores.test_beside_the_record import AT
from tracemark.authorities import Token
from tracemark.storage.relational.stores import RelationalStores

ACCOUNT = (
    "INSERT INTO account (username, password, email, authority, roles, language, is_active) "
    "VALUES ('ana', '', '', 'XT-POL', '[]', 'en', TRUE)"
)
TOKEN = Token(0, "ana", "evening export", ("record.read", "record.export"), AT, "2026-07-01T00:00:00.000Z")


@pytest.fixture
def stores(relational_stores: RelationalStores) -> RelationalStores:
    relational_stores._database.execute(ACCOUNT)
    return relational_stores


def test_a_token_is_found_by_its_digest(stores: RelationalStores) -> None:
    first, second = stores.tokens.put("d1", TOKEN), stores.tokens.put("d2", TOKEN)
    assert (stores.tokens.find("d1"), stores.tokens.find("d3")) == (first, None)
    assert stores.tokens.of("ana") == [first, second]
    assert (first.scopes, first.revoked_at) == (TOKEN.scopes, "")


def test_a_token_is_revoked_once(stores: RelationalStores) -> None:
    token = stores.tokens.put("d1", TOKEN)
    stores.tokens.revoke(token.id, AT)
    found = stores.tokens.find("d1")
    assert found is not None
    assert found.revoked_at == AT
    with pytest.raises(KeyError):
        stores.tokens.revoke(token.id, AT)


def test_a_token_has_an_owner(stores: RelationalStores) -> None:
    with pytest.raises(KeyError):
        stores.tokens.put("d1", Token(0, "nobody", "", (), AT, AT))
