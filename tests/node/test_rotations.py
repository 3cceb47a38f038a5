"""A new key told by letter: taken up by a person where both keys signed it, and each forgery is named."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.node.two_nodes import Pair, note, pair, post, said
from tests.rooms import officer
from tracemark import correspondence
from tracemark.authorities import NotPermitted, Role
from tracemark.correspondence import Message, Peer, PeerRefused
from tracemark.exchange import FileSigner, sign_card, sign_rotation
from tracemark.node import Node, announce_key, announced_key, own_card, send_waiting, take_up_key
from tracemark.node.rotations import ROTATION
from tracemark.storage import MemoryStores

OURS = officer(Role.POINT_OF_CONTACT, authority="XA-REG")
THEIRS = officer(Role.POINT_OF_CONTACT, authority="XB-REG")


def key_file(folder: Path) -> Path:
    file = folder / "next.key"
    file.write_bytes(bytes(range(32)))
    file.chmod(0o600)
    return file


def known(two: Pair) -> Peer:
    """Our node as theirs knows it."""
    found = two.theirs.directory.find(two.ours.key.name)
    assert found is not None
    return found


def with_key(two: Pair, signer: FileSigner) -> None:
    """Let our node sign with another key from now on."""
    stores = two.ours.stores
    assert isinstance(stores, MemoryStores)
    stores.signer = signer


def test_a_key_signed_by_both_is_shown_and_a_person_takes_it_up(tmp_path: Path) -> None:
    two, file = pair(), key_file(tmp_path)
    following = FileSigner.load(file, two.ours.key.name)
    assert announce_key(two.ours, file, OURS) == [two.theirs.key.name]
    send_waiting(two.ours, two.wire)
    before, announced = known(two), announced_key(two.theirs, known(two))
    assert announced is not None
    assert (before.card.signing_key, announced.card.signing_key) == (two.ours.key.public_key, following.public_key)
    with pytest.raises(NotPermitted):
        take_up_key(two.theirs, before.dossier, officer(Role.REGISTRY_OFFICER, authority="XB-REG"))
    after = take_up_key(two.theirs, before.dossier, THEIRS)
    assert (after.card.signing_key, [bool(each.until) for each in after.keys]) == (following.public_key, [True, False])
    assert announced_key(two.theirs, after) is None
    with pytest.raises(PeerRefused) as refused:
        take_up_key(two.theirs, after.dossier, THEIRS)
    assert refused.value.findings[0].code == "correspondence.no_key_announced"
    with_key(two, following)
    post(two.ours, note(two.theirs, "under the new key"))
    assert send_waiting(two.ours, two.wire).troubles() == set()
    assert said(two.theirs) == ["under the new key"]


def test_a_letter_under_a_new_key_waits_until_that_is_taken_up(tmp_path: Path) -> None:
    two, file = pair(), key_file(tmp_path)
    announce_key(two.ours, file, OURS)
    send_waiting(two.ours, two.wire)
    with_key(two, FileSigner.load(file, two.ours.key.name))
    waiting = post(two.ours, note(two.theirs))
    assert list(send_waiting(two.ours, two.wire).failed) == [waiting]
    take_up_key(two.theirs, known(two).dossier, THEIRS)
    two.move(hours=12)
    assert send_waiting(two.ours, two.wire).delivered == (waiting,)


def card_of(node: Node, signer: FileSigner) -> str:
    return sign_card(replace(own_card(node), signing_key=signer.public_key), signer)


def not_by_the_old(node: Node, thief: FileSigner) -> str:
    return sign_rotation(card_of(node, thief), thief)


def not_by_the_new(node: Node, thief: FileSigner) -> str:
    card = replace(own_card(node), signing_key=thief.public_key)
    return sign_rotation(sign_card(card, node.stores.signer), node.stores.signer)


def of_another(node: Node, thief: FileSigner) -> str:
    card = replace(own_card(node), name="xc/tracemark/record", signing_key=thief.public_key)
    return sign_rotation(sign_card(card, thief), node.stores.signer)


def the_same_key(node: Node, _: FileSigner) -> str:
    return sign_rotation(sign_card(own_card(node), node.stores.signer), node.stores.signer)


def cut_off(node: Node, thief: FileSigner) -> str:
    return sign_rotation(card_of(node, thief), node.stores.signer)[:-4]


def nothing(_: Node, __: FileSigner) -> str:
    return ""


@pytest.mark.parametrize("forge", [not_by_the_old, not_by_the_new, of_another, the_same_key, cut_off, nothing])
def test_a_key_that_does_not_follow_is_named_and_offered_to_nobody(forge: Callable[[Node, FileSigner], str]) -> None:
    two = pair()
    thief = FileSigner.fleeting(two.ours.key.name)
    post(two.ours, Message(two.theirs.key.name, ROTATION, {"rotation": forge(two.ours, thief)}))
    assert len(send_waiting(two.ours, two.wire).refused) == 1
    assert [each.code for each in two.theirs.stores.inbox.rejections()] == ["correspondence.rotation_unchained"]
    assert announced_key(two.theirs, known(two)) is None
    assert known(two).card.signing_key == two.ours.key.public_key


def test_what_a_stolen_key_announced_falls_with_it(tmp_path: Path) -> None:
    """The drill stays by hand: whoever has the key may say which follows, until somebody hears of it by voice."""
    two = pair()
    announce_key(two.ours, key_file(tmp_path), OURS)
    send_waiting(two.ours, two.wire)
    peer = known(two)
    assert take_up_key(two.theirs, peer.dossier, THEIRS).is_known
    revoked = correspondence.revoke_key(
        peer=peer.dossier,
        since=two.theirs.clock.now(),
        reason="disk copied",
        key=correspondence.key_id(two.ours.key.public_key),
        actor=THEIRS,
        stores=two.theirs.stores,
        clock=two.theirs.clock,
    )
    assert (revoked.standing, [each.revoked for each in revoked.keys]) == ("revoked", ["disk copied"] * 2)
    assert announced_key(two.theirs, revoked) is None
