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
from tests.web.test_transfers import answers, application
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


def test_a_licence_is_drafted_and_advised_on_once(client_as: ClientAs, node: Node) -> None:
    clients = [client_as("licensing_officer") for _ in range(2)]

    def sent(page: str, address: str, told: dict[str, str]) -> set[str]:
        form = {**told, "once": ticket(clients[0], page)}
        return {each.post(address, form).headers["Location"] for each in clients}

    new = "/licences/new/"
    (licence,) = sent(new, new, application(node))
    assert sent(f"{licence}assess/", f"{licence}assess/", answers()) == {licence}
    assert sent(licence, f"{licence}advise/", {"advice": "grant", "reason": "In order"}) == {licence}
    assert "This form was sealed already" in clients[1].get(licence).content.decode()
    name = licence.split("/")[2]
    kinds = [each.event.kind.value for each in node.stores.dossiers.events(name)]
    assert kinds == ["licence_drafted", "licence_assessed", "licence_advised"]


def test_each_step_of_a_page_is_sealed_once_though_their_forms_were_opened_together(
    client_as: ClientAs, node: Node
) -> None:
    work = keep_stock(node, "XT-ARMY")
    address, keepers = reverse("site", args=[work.site]), [client_as("storekeeper") for _ in range(2)]
    once = ticket(keepers[0], address)
    count = {each.post(address, {"step": "count", "once": once}).headers["Location"] for each in keepers}
    assert len(count) == 1
    (counting,) = count
    looked = {"step": "cancel", "cancel-reason": "a fire drill", "once": ticket(keepers[0], counting)}
    assert [each.post(counting, looked).headers["Location"] for each in keepers] == [counting] * 2
    close = {"step": "close", "close-reason": "moved", "once": once}
    assert keepers[0].post(address, close).status_code == 422
    kinds = [each.event.kind.value for each in node.stores.dossiers.events(counting.split("/")[2])]
    assert kinds == ["count_opened", "count_cancelled"]
