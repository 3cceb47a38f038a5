"""A key that a node announced shows over the API and on its page, and a person takes it up."""

from dataclasses import replace

from tests.api.asking import post
from tests.api.conftest import As
from tests.correspondence.test_peers import CARD
from tests.web.peer_work import know
from tests.web.test_secretariat import came
from tracemark.authorities import Role
from tracemark.correspondence import key_id
from tracemark.exchange import FileSigner, sign_card, sign_rotation
from tracemark.node import Node
from tracemark.node.rotations import ROTATION


def test_a_key_that_was_announced_shows_and_is_taken_up_once(caller: As, node: Node) -> None:
    old, new, contact = FileSigner.fleeting(CARD.name), FileSigner.fleeting(CARD.name), caller(Role.POINT_OF_CONTACT)
    peer = know(node, replace(CARD, signing_key=old.public_key))
    assert contact.get(f"/api/v1/peers/{peer}").json()["announced"] is None
    nothing = post(contact, f"/peers/{peer}/rotation")
    assert (nothing.status_code, nothing.json()["code"]) == (422, "correspondence.no_key_announced")
    card = sign_card(replace(CARD, signing_key=new.public_key), new)
    came(node, CARD.name, ROTATION, {"rotation": sign_rotation(card, old)})
    (shown,) = contact.get("/api/v1/peers").json()["items"]
    assert shown["announced"]["id"] == key_id(new.public_key)
    taken = post(contact, f"/peers/{peer}/rotation").json()
    assert ([each["id"] for each in taken["keys"]], taken["announced"]) == (
        [key_id(old.public_key), key_id(new.public_key)],
        None,
    )
    assert post(contact, f"/peers/{peer}/rotation", {"rotation": sign_rotation(card, old)}).status_code == 422
    assert post(contact, "/peers/ND-2020-000009/rotation").json()["code"] == "correspondence.peer_unknown"
