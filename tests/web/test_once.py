"""What is given out and taken back is recorded once, however often the same form is sent, and from wherever."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from tests.web.conftest import ClientAs
from tests.web.sample import Sample
from tests.web.stockpile_work import keep_stock
from tracemark.node import Node

SENDERS = 3
ISSUED = {"happened": "2026-09-29", "to": "XT-ARMY-1/unit-1"}
ROUNDS = {"kind": "lot_issued", "quantity": "40", "happened": "2026-09-29", "other": "XT-ARMY/unit-1"}


def ticket(client: Client, address: str, **asked: Any) -> str:
    found = re.search(r'name="once" value="([^"]+)"', client.get(address, asked).content.decode())
    assert found is not None
    return found[1]


@pytest.mark.parametrize("kind", ["issued", "counted"])
def test_several_weapons_are_given_out_once(client_as: ClientAs, node: Node, sample: Sample, kind: str) -> None:
    address, weapons = reverse("stock_event", args=[kind]), [f"W-{sample.launcher}"]
    first, second = client_as("storekeeper"), client_as("storekeeper")
    form = {**ISSUED, "place": "store 4", "weapon": weapons, "once": ticket(first, address, weapon=weapons)}
    sent = [each.post(address, form) for each in (first, second)]
    assert [each.headers["Location"] for each in sent] == [reverse("stock")] * 2
    assert "This form was sealed already" in second.get(reverse("stock")).content.decode()
    kinds = [each.event.kind for each in node.stores.records.of_weapon(sample.launcher)]
    assert kinds.count(kind) == 1  # type: ignore[arg-type]


def test_a_weapon_is_given_out_and_taken_back_once(client_as: ClientAs, node: Node, sample: Sample) -> None:
    keeper = client_as("storekeeper")
    for kind, told in (("issued", ISSUED), ("returned", {"happened": "2026-09-29"})):
        address = reverse("record_event", args=[sample.launcher, kind])
        form = {**told, "once": ticket(keeper, address)}
        sent = [each.post(address, form) for each in (keeper, client_as("storekeeper"))]
        assert [each.headers["Location"] for each in sent] == [reverse("weapon", args=[sample.launcher])] * 2
    kinds = [each.event.kind.value for each in node.stores.records.of_weapon(sample.launcher)]
    assert kinds[-2:] == ["issued", "returned"]


def test_rounds_of_a_lot_sent_at_the_same_moment_are_given_out_once(client_as: ClientAs, node: Node) -> None:
    work = keep_stock(node, "XT-ARMY")
    address, ready = reverse("lot", args=[work.lot]), Barrier(SENDERS)
    clients = [client_as("storekeeper") for _ in range(SENDERS)]
    form = {**ROUNDS, "once": ticket(clients[0], address)}

    def send(client: Client) -> Any:  # noqa: ANN401 - a test answer
        try:
            ready.wait()
            return client.post(address, form)
        finally:
            node.stores.close()
            connections.close_all()

    with ThreadPoolExecutor(SENDERS) as pool:
        sent = list(pool.map(send, clients))
    assert [(each.status_code, each.headers.get("Location")) for each in sent] == [(302, address)] * SENDERS
    auditor = client_as("auditor").get(address)
    assert auditor.context["known"].balance == 4960
    another = {**ROUNDS, "once": ticket(clients[0], address)}
    assert clients[0].post(address, another).status_code == 302
    assert client_as("auditor").get(address).context["known"].balance == 4920
