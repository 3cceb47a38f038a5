"""The directory: two people and forty digits before a key counts; keys follow each other, and are revoked at once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.correspondence.test_peers import CARD
from tests.rooms import NOW, StillClock, officer
from tracemark import correspondence
from tracemark.authorities import NotPermitted, Role
from tracemark.correspondence import Card, Peer, PeerRefused
from tracemark.kernel import Refused
from tracemark.storage.memory import MemoryStores

CONTACT, APPROVER = officer(Role.POINT_OF_CONTACT), officer(Role.APPROVER)
NEXT = replace(CARD, signing_key=bytes([1]) * 32)


class Desk:
    """The directory of one node, and the two who keep it."""

    def __init__(self, stores: MemoryStores, clock: StillClock) -> None:
        self._by: dict[str, Any] = {"stores": stores, "clock": clock}
        self.contact: dict[str, Any] = {**self._by, "actor": CONTACT}
        self.approver: dict[str, Any] = {**self._by, "actor": APPROVER}

    def known(self, card: Card = CARD) -> str:
        peer = correspondence.propose_peer(card=card, **self.contact)
        correspondence.list_peer(peer=peer, spoken=card.spoken, **self.approver)
        return peer

    def read(self, peer: str) -> Peer:
        return correspondence.peer_record(peer=peer, actor=CONTACT, stores=self._by["stores"])


@pytest.fixture
def desk(stores: MemoryStores, clock: StillClock) -> Desk:
    return Desk(stores, clock)


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.findings[0].code


def test_a_node_counts_once_a_second_person_compared_the_digits(desk: Desk) -> None:
    peer = correspondence.propose_peer(card=CARD, **desk.contact)
    proposed = desk.read(peer)
    assert (peer, proposed.is_known, proposed.keys) == ("ND-2026-000001", False, ())
    listed = correspondence.list_peer(peer=peer, spoken=CARD.spoken.replace(" ", ""), **desk.approver)
    assert (listed.is_known, listed.card, listed.due) == (True, CARD, "2026-11-02")
    assert [(each.public_key, each.until) for each in listed.keys] == [(CARD.signing_key, "")]


def test_the_digits_are_of_name_and_keys_and_of_nothing_else() -> None:
    others = [replace(CARD, name="xc/tracemark/record"), NEXT, replace(CARD, encryption_key=bytes(32))]
    assert len({each.spoken for each in [CARD, *others]}) == 4
    assert replace(CARD, contact="somebody else").spoken == CARD.spoken
    assert [len(each) for each in CARD.spoken.split()] == [5] * 8


def test_who_may_not_does_not(desk: Desk) -> None:
    peer = correspondence.propose_peer(card=CARD, **desk.contact)
    for act in (
        lambda: correspondence.propose_peer(card=NEXT, **desk.approver),
        lambda: correspondence.list_peer(peer=peer, spoken=CARD.spoken, **desk.contact),
        lambda: correspondence.list_peer(
            peer=peer,
            spoken=CARD.spoken,
            **{**desk.approver, "actor": officer(Role.APPROVER, name=CONTACT.name)},
        ),
        lambda: correspondence.peer_list(actor=officer(Role.STOREKEEPER), stores=desk.contact["stores"]),
    ):
        with pytest.raises(NotPermitted):
            act()
    assert not desk.read(peer).is_known


def test_what_does_not_fit_is_refused(desk: Desk) -> None:
    peer = desk.known()
    contact, approver = desk.contact, desk.approver
    assert [
        code_of(lambda: correspondence.propose_peer(card=CARD, **contact)),
        code_of(lambda: correspondence.propose_peer(card=replace(CARD, endpoint="http://xb.example"), **contact)),
        code_of(lambda: correspondence.propose_peer(card=CARD, every_days=0, **contact)),
        code_of(lambda: correspondence.list_peer(peer=peer, spoken=CARD.spoken, **approver)),
        code_of(lambda: correspondence.list_peer(peer="ND-2026-000009", spoken="", **approver)),
        code_of(lambda: correspondence.change_peer(peer=peer, card=NEXT, **contact)),
        code_of(lambda: correspondence.change_peer(peer=peer, card=CARD, **contact)),
        code_of(lambda: correspondence.rotate_key(peer=peer, card=NEXT, signed="s", by=bytes([9]) * 32, **contact)),
        code_of(lambda: correspondence.revoke_key(peer=peer, since=NOW, reason=" ", **contact)),
        code_of(lambda: correspondence.revoke_key(peer=peer, since=NOW, reason="lost", key="00" * 16, **contact)),
        code_of(lambda: correspondence.revoke_key(peer=peer, since=NOW + timedelta(1), reason="lost", **contact)),
        code_of(lambda: correspondence.propose_key(peer=peer, card=NEXT, **contact)),
    ] == [
        "correspondence.peer_known",
        "correspondence.endpoint_unsafe",
        "correspondence.interval_unfit",
        "correspondence.peer_step",
        "correspondence.peer_unknown",
        "correspondence.card_unfit",
        "correspondence.card_unfit",
        "correspondence.rotation_unfit",
        "correspondence.reason_missing",
        "correspondence.no_such_key",
        "correspondence.revoked_in_future",
        "correspondence.peer_step",
    ]


def test_other_digits_confirm_nothing(desk: Desk) -> None:
    peer = correspondence.propose_peer(card=CARD, **desk.contact)
    assert code_of(lambda: correspondence.list_peer(peer=peer, spoken=NEXT.spoken, **desk.approver)) == (
        "correspondence.digits_differ"
    )
    declined = correspondence.decline_peer(peer=peer, reason="the digits differ", **desk.approver)
    assert (declined.standing, declined.keys) == ("declined", ())
    assert correspondence.propose_peer(card=CARD, **desk.contact) == "ND-2026-000002"


def test_a_key_is_followed_by_the_one_it_signed(desk: Desk) -> None:
    peer = desk.known()
    rotated = correspondence.rotate_key(peer=peer, card=NEXT, signed="s", by=CARD.signing_key, **desk.contact)
    assert [(each.public_key, bool(each.until), each.revoked) for each in rotated.keys] == [
        (CARD.signing_key, True, ""),
        (NEXT.signing_key, False, ""),
    ]
    assert (rotated.card, rotated.is_known) == (NEXT, True)


def test_a_revoked_key_takes_those_along_that_followed_it(desk: Desk) -> None:
    peer = desk.known()
    correspondence.rotate_key(peer=peer, card=NEXT, signed="s", by=CARD.signing_key, **desk.contact)
    first = correspondence.key_id(CARD.signing_key)
    revoked = correspondence.revoke_key(peer=peer, since=NOW - timedelta(2), reason="copied", key=first, **desk.contact)
    assert [(each.until, each.revoked) for each in revoked.keys] == [("2026-05-04T07:08:09.000Z", "copied")] * 2
    assert revoked.standing == "revoked"


def test_the_drill_after_a_key_was_stolen(desk: Desk) -> None:
    """Revoke alone and at once; a new key is confirmed by digits, as the first was."""
    peer = desk.known()
    correspondence.revoke_key(peer=peer, since=NOW, reason="stolen", **desk.contact)
    assert code_of(lambda: correspondence.propose_key(peer=peer, card=CARD, **desk.contact)) == (
        "correspondence.key_unfit"
    )
    renewed = correspondence.propose_key(peer=peer, card=NEXT, **desk.contact)
    assert (renewed.is_known, [bool(each.revoked) for each in renewed.keys]) == (False, [True])
    again = correspondence.list_peer(peer=peer, spoken=NEXT.spoken, **desk.approver)
    assert (again.is_known, [bool(each.revoked) for each in again.keys]) == (True, [True, False])


def test_a_contact_that_does_not_confirm_is_stale(desk: Desk) -> None:
    peer = desk.known()
    known = desk.read(peer)
    day = NOW.date() + timedelta(days=correspondence.EVERY_DAYS)
    assert [correspondence.is_stale(known, day), correspondence.is_stale(known, day + timedelta(days=1))] == [
        *(False, True),
    ]
    assert correspondence.confirm_peer(peer=peer, **desk.contact).due == day.isoformat()


def test_a_changed_card_is_taken_over(desk: Desk) -> None:
    peer = desk.known()
    moved = replace(CARD, endpoint="https://new.xb.example", contact="new@xb.example", languages=("es",))
    assert correspondence.change_peer(peer=peer, card=moved, **desk.contact).card == moved
    with pytest.raises(PeerRefused):
        correspondence.change_peer(peer=peer, card=replace(moved, name="xc/tracemark/record"), **desk.contact)
