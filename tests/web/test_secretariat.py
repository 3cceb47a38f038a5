"""The desk of a region: what States told, with what is missing."""

from html import unescape
from typing import Any

import pytest
from django.urls import reverse

from tests.secretariat.test_returns import report
from tests.secretariat.test_rollups import told as figure_told
from tests.secretariat.test_warnings import told as least
from tests.web.conftest import ClientAs
from tests.web.peer_work import know, signed
from tracemark.correspondence import Received
from tracemark.kernel import Plain, instant_text
from tracemark.node import Node, this_node
from tracemark.reporting import figures
from tracemark.secretariat import FIGURE_TYPE, REPORT_TYPE, WARNING_TYPE, shared_report
from tracemark.wording import state_text


def came(node: Node, sender: str, message_type: str, body: dict[str, Plain]) -> None:
    at, number = instant_text(node.clock.now()), str(len(node.stores.inbox.page(limit=99)))
    with node.stores.atomic():
        node.stores.inbox.keep(Received(number, sender, message_type, body, "", "", at, at))


def text_of(client: Any, name: str) -> str:  # noqa: ANN401 - a client of tests
    return " ".join(unescape(client.get(reverse(name)).content.decode()).split())


def test_a_region_sees_warnings_debts_contacts_and_commitments(
    client_as: ClientAs, node: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    auditor = client_as("auditor")
    assert auditor.get(reverse("secretariat")).status_code == 404
    assert reverse("secretariat") not in text_of(auditor, "peers")
    monkeypatch.setenv("TRACEMARK_LEVEL", "regional")
    this_node.cache_clear()
    (one, _), (other, _) = signed("xa/tracemark/record", "XA"), signed("xb/tracemark/record", "XB")
    know(node, one)
    know(node, other, days_ago=400)
    on = node.clock.now().date().isoformat()
    for card in (one, other):
        came(node, card.name, WARNING_TYPE, least(card.state, on, "refusal").plain())
    for first, last, answer in (("2022", "2023", "no"), ("2024", "2025", "yes")):
        came(node, one.name, REPORT_TYPE, shared_report(report(first, last, nca__exists=answer)))
    for figure, number in zip(figures()["indicator.all_share"].parts, (60, 200), strict=True):
        came(node, one.name, FIGURE_TYPE, figure_told(figure, rows=[{"number": number}]))
    assert reverse("secretariat") in text_of(auditor, "peers")
    shown = text_of(auditor, "secretariat")
    for said in ("Licences refused", state_text("XA"), "stale", "No › Yes", "nearer", f"{state_text('XA')} 60/200"):
        assert said in shown, said
