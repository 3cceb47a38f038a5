"""A notice is sent from the page where it is written, to nodes of the directory, and the page says where it went."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from tests.rooms import officer
from tests.web.conftest import ClientAs
from tests.web.peer_work import know, signed
from tests.web.sample import Sample
from tests.web.test_triage import ANALYST, APPROVER, CONTACT, post, raised
from tracemark import transfers
from tracemark.authorities import Role
from tracemark.node import Node
from tracemark.transfers import Embargo

__all__ = ["raised"]
ANOTHER = "xc/tracemark/record"


def two_nodes(node: Node) -> list[str]:
    cards = (signed()[0], signed(ANOTHER, "XC")[0])
    for card in cards:
        know(node, card)
    return [each.name for each in cards]


def posted(node: Node) -> list[tuple[str, str, str]]:
    waiting = (each.message for each in node.stores.outbox.waiting())
    return [(each.to, each.type, each.about) for each in waiting]


def test_att_11_4_a_signal_is_sent_to_the_nodes_that_were_chosen(client_as: ClientAs, node: Node, raised: str) -> None:
    contact, address = client_as(CONTACT), reverse("send_notice", args=[raised])
    assert "knows no other node yet" in contact.get(reverse("signal", args=[raised])).content.decode()
    names = two_nodes(node)
    assert contact.post(address, {}).status_code == 422
    assert contact.post(address, {"nodes": [names[0], "a stranger"]}).status_code == 422
    assert posted(node) == []
    answer: Any = contact.post(address, {"nodes": names}, follow=True)
    assert answer.status_code == 200
    assert posted(node) == [(each, "tracemark.notice/1", raised) for each in names]
    shown = answer.content.decode()
    assert answer.request["PATH_INFO"] == reverse("signal", args=[raised])
    assert f"{raised} is posted to {names[0]}, {names[1]}" in shown.replace("\u2068", "").replace("\u2069", "")
    assert ("Sent to" in shown, "waiting" in shown) == (True, True)
    node.stores.outbox.note_delivered(node.stores.outbox.waiting()[0].id, at=node.clock.now())
    assert "delivered" in contact.get(reverse("signal", args=[raised])).content.decode()


def test_a_dismissed_signal_is_sent_to_nobody_and_still_tells_where_it_went(
    client_as: ClientAs, node: Node, raised: str
) -> None:
    [name, _], contact = two_nodes(node), client_as(CONTACT)
    address = reverse("send_notice", args=[raised])
    assert contact.post(address, {"nodes": [name]}).status_code == 302
    assert post(client_as, ANALYST, raised, "dismiss", readings=["chance"]).status_code == 302
    assert contact.post(address, {"nodes": [name]}).status_code == 422
    assert len(posted(node)) == 1
    shown = contact.get(reverse("signal", args=[raised])).content.decode()
    assert ("Sent to" in shown, f'action="{address}"' in shown) == (True, False)


def test_poa_ii_15_an_own_embargo_is_sent_by_who_may_declare_it(
    client_as: ClientAs, node: Node, sample: Sample, raised: str
) -> None:
    [name, _], approver = two_nodes(node), client_as(APPROVER)
    told = Embargo("", "SO", date(2026, 1, 1), None, "Decree 7")
    by = officer(Role.APPROVER, authority="XT-REG")
    embargo = transfers.declare_embargo(embargo=told, actor=by, stores=node.stores, clock=node.clock)
    address = reverse("send_notice", args=[embargo])
    assert address in approver.get(reverse("screening")).content.decode()
    assert client_as(CONTACT).post(address, {"nodes": [name]}).status_code == 403
    assert approver.post(reverse("send_notice", args=[raised]), {"nodes": [name]}).status_code == 403
    shown = approver.post(address, {"nodes": [name]}, follow=True)
    assert (shown.status_code, shown.request["PATH_INFO"]) == (200, address)
    assert posted(node) == [(name, "tracemark.embargo-notice/1", embargo)]


@pytest.mark.parametrize("name", ["SG-2026-000009", "XX-2026-000001"])
def test_what_is_not_there_is_not_found(client_as: ClientAs, name: str) -> None:
    assert client_as(CONTACT).get(reverse("send_notice", args=[name])).status_code == 404
