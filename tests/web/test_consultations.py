"""A consultation goes from the desk to everybody and back: asked, answered, and told what was done with it."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.web.conftest import ClientAs
from tracemark.authorities import Role
from tracemark.node import Node


@pytest.fixture
def desk(node: Node, client_as: ClientAs, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    """The point of contact, at a node that takes contributions."""
    monkeypatch.setenv("TRACEMARK_PUBLIC", "1")
    monkeypatch.setenv("TRACEMARK_CONTRIBUTIONS", "1")
    cache.clear()
    yield client_as(Role.POINT_OF_CONTACT.value)
    cache.clear()


def opened(desk: Client, node: Node, **told: object) -> int:
    today = node.clock.now().date()
    asked = {"title": "The next plan", "text": "What is missing?", "invites": ["survivor"], "opens": today.isoformat()}
    closes = (today + timedelta(days=30)).isoformat()
    return desk.post(reverse("new_consultation"), {**asked, "closes": closes, **told}).status_code


def test_what_is_said_is_answered_for_all_to_see(desk: Client, node: Node) -> None:
    assert opened(desk, node) == 302
    name = f"CS-{node.clock.now().year}-000001"
    public, today = reverse("public_consultation", args=[name]), node.clock.now().date().isoformat()

    def step(slug: str, **told: str) -> int:
        return desk.post(reverse("consultation_step", args=[name, slug]), told).status_code

    sent = Client().post(
        reverse("contribute", args=[name]), {"voice": "survivor", "text": "Pay for the care.", "agreed": "on"}
    )
    [code] = re.findall(r"CB-[0-9]{4}-[0-9]{6}(?:-[A-Z2-7]{4}){4}", sent.content.decode())
    assert desk.post(reverse("contribution", args=[code[:14]]), {"step": "accept"}).status_code == 302
    assert step("hear", on=today, place="Dunholm", summary="Care comes first.") == 302
    assert step("speak", hearing="1", voice="survivor", body="Survivors of Taravia", said="Nobody asked us.") == 302
    assert step("follow", matter=code[:14], done="taken_up", where="activity 4", why="") == 302
    assert step("follow", matter="1", done="not_taken_up", where="", why="") == 422
    shown = Client().get(public).content.decode()
    said = ("Pay for the care.", "activity 4", "Survivors of Taravia", "Nobody has said")
    assert [each for each in said if each not in shown] == []
    assert name in Client().get(reverse("public_site")).content.decode()
    assert "activity 4" in Client().post(reverse("receipt"), {"code": code}).content.decode()
    assert step("close", note="Thank you.") == 422


def test_it_is_closed_unless_the_state_takes_contributions(
    desk: Client, node: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert opened(desk, node, closes="2001-01-01") == 422
    assert opened(desk, node) == 302
    place = reverse("public_consultation", args=[f"CS-{node.clock.now().year}-000001"])
    assert Client().get(place).status_code == 200
    monkeypatch.delenv("TRACEMARK_CONTRIBUTIONS")
    assert Client().get(place).status_code == 404
    assert "/consultations/CS-" not in Client().get(reverse("public_site")).content.decode()
    assert "TRACEMARK_CONTRIBUTIONS" in desk.get(reverse("consultations")).content.decode()
