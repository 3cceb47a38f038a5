"""The directory of nodes: a card is proposed, another person types the digits, and letters are listed unopened."""

import re
from html import unescape

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.rooms import officer
from tests.web.conftest import ClientAs
from tests.web.peer_work import SECRET, know, signed, write_letters
from tracemark import correspondence
from tracemark.authorities import Role
from tracemark.correspondence import Peer
from tracemark.node import Node, open_card, own_card


def text_of(client: Client, name: str, *args: str) -> str:
    return unescape(client.get(reverse(name, args=args)).content.decode())


def read(node: Node, peer: str) -> Peer:
    return correspondence.peer_record(peer=peer, actor=officer(Role.AUDITOR), stores=node.stores)


def dossier_in(location: str) -> str:
    return location.rstrip("/").rpartition("/")[2]


def test_a_node_is_known_once_another_person_typed_the_digits(client_as: ClientAs, node: Node) -> None:
    card, line = signed()
    contact, approver = client_as("point_of_contact"), client_as("approver")
    sent = contact.post(reverse("new_peer"), {"card": f"{line}\nRead this: 12345\n", "every_days": 90})
    peer = dossier_in(sent.headers["Location"])
    step = reverse("peer_step", args=[peer, "confirm"])
    assert [card.spoken in text_of(each, "peer", peer) for each in (contact, approver)] == [False, False]
    assert [step in text_of(each, "peer", peer) for each in (contact, approver)] == [False, True]
    assert contact.post(step, {"spoken": card.spoken}).status_code == 403
    other = approver.post(step, {"spoken": "12345 " * 8})
    assert (other.status_code, "not the forty digits" in other.content.decode()) == (422, True)
    assert not read(node, peer).is_known
    assert approver.post(step, {"spoken": card.spoken}).status_code == 302
    known = read(node, peer)
    assert (known.is_known, known.card, known.every_days) == (True, card, 90)


def test_a_card_that_is_none_says_so_beside_the_field(client_as: ClientAs) -> None:
    contact, (_, line) = client_as("point_of_contact"), signed()
    head, body, signature = line.split(".")
    for card, said in (
        ({"card": "not a card"}, "This is no card signed with the key it names"),
        ({"card": f"{head}.{body}.{signature[::-1]}"}, "This is no card signed with the key it names"),
        ({}, "Paste the card or choose its file"),
        ({"card": line, "file": SimpleUploadedFile("b.card", line.encode())}, "Paste the card or choose its file"),
        ({"file": SimpleUploadedFile("b.card", b"\xff\x00")}, "This is no card signed with the key it names"),
    ):
        answer = contact.post(reverse("new_peer"), {**card, "every_days": 180})
        found = re.findall(r'<a href="#id_card">Signed card: ([^<(]*)', unescape(answer.content.decode()))
        assert (answer.status_code, [each.startswith(said) for each in found]) == (422, [True])
    uploaded = contact.post(
        reverse("new_peer"), {"file": SimpleUploadedFile("b.card", line.encode()), "every_days": 180}
    )
    assert uploaded.status_code == 302
    again = contact.post(reverse("new_peer"), {"card": line, "every_days": 180})
    assert (again.status_code, "is in the directory already" in again.content.decode()) == (422, True)


def test_a_contact_that_is_silent_too_long_is_shown_stale_and_asked_once(client_as: ClientAs, node: Node) -> None:
    fresh, old = signed(), signed("xc/tracemark/record", "XC")
    know(node, fresh[0])
    peer = know(node, old[0], days_ago=40, every_days=30)
    contact = client_as("point_of_contact")
    assert text_of(contact, "peers").count(">stale<") == 1
    assert ">stale<" in text_of(contact, "peer", peer)
    for _ in range(2):
        assert contact.post(reverse("ask_peer", args=[peer])).status_code == 302
    assert [each.message.to for each in node.stores.outbox.waiting()] == [old[0].name]
    assert re.findall(r'data-label="Letters waiting">(\d+)<', text_of(contact, "peers")) == ["0", "1"]
    assert contact.post(reverse("peer_step", args=[peer, "refresh"])).status_code == 302
    assert ">stale<" not in text_of(contact, "peers")


def test_letters_are_listed_and_never_opened(client_as: ClientAs, node: Node) -> None:
    card, _ = signed()
    peer = know(node, card)
    write_letters(node, card)
    shown = text_of(client_as("auditor"), "peer", peer)
    states = re.findall(r'<span class="tag (?:bad|heed|good)">([^<]*)</span>', shown)
    assert sorted(states) == ["let in", "not let in", "waiting"]
    assert (SECRET in shown, "the signature is not its" in shown) == (False, True)


def test_a_key_is_revoked_alone_and_at_once(client_as: ClientAs, node: Node) -> None:
    card, line = signed()
    peer = know(node, card)
    write_letters(node, card)
    contact, step = client_as("point_of_contact"), reverse("peer_step", args=[peer, "revoke"])
    assert contact.post(step, {"reason": ""}).status_code == 422
    assert contact.post(step, {"reason": "disk copied", "since": "2026-01-01T00:00"}).status_code == 302
    shown = text_of(contact, "peer", peer)
    assert read(node, peer).standing == "revoked"
    assert (">disk copied<" in shown, "1 letter was let in" in shown) == (True, True)
    same = contact.post(reverse("peer_step", args=[peer, "renew"]), {"card": line})
    assert (same.status_code, "its key was used before" in same.content.decode()) == (422, True)


def test_our_card_is_shown_with_its_digits_and_given_as_a_file(client_as: ClientAs, node: Node) -> None:
    auditor = client_as("auditor")
    assert own_card(node).spoken in text_of(auditor, "peers")
    file = auditor.get(reverse("own_card"))
    assert open_card(file.content.decode()) == own_card(node)
    assert "attachment" in file.headers["Content-Disposition"]
