"""A storekeeper acts on several weapons at once: all of them, or none."""

import re

from django.urls import reverse

from tests.web.conftest import ClientAs
from tests.web.sample import Sample
from tracemark.node import Node


def test_a_store_lists_its_weapons(client_as: ClientAs, sample: Sample) -> None:
    html = client_as("storekeeper").get(reverse("stock"), {"holder": "XT-ARMY-1", "tick": "all"}).content.decode()
    named = re.findall(r'name="weapon" value="(W-\d+)"[^>]* checked', html)
    assert named == [f"W-{sample.rifle}", f"W-{sample.launcher}"]


def test_several_are_counted_at_once(client_as: ClientAs, node: Node, sample: Sample) -> None:
    weapons = [f"W-{sample.rifle}", f"W-{sample.launcher}"]
    address, keeper = reverse("stock_event", args=["counted"]), client_as("storekeeper")
    shown = keeper.get(address, {"weapon": weapons}).content.decode()
    assert [f'value="{each}"' in shown for each in weapons] == [True, True]
    keeper.post(address, {"weapon": weapons, "happened": "2026-09-29", "place": "store 4"})
    last = [node.stores.records.of_weapon(each)[-1].event for each in (sample.rifle, sample.launcher)]
    assert [(each.kind, each.details["place"], each.by) for each in last] == [("counted", "store 4", "storekeeper")] * 2


def test_what_cannot_happen_to_one_happens_to_none(client_as: ClientAs, node: Node, sample: Sample) -> None:
    before = node.stores.records.size()
    given = {"weapon": [f"W-{sample.rifle}", f"W-{sample.launcher}"], "happened": "2026-09-29"}
    answer = client_as("storekeeper").post(reverse("stock_event", args=["returned"]), given)
    assert (answer.status_code, node.stores.records.size()) == (422, before)
    assert "It cannot happen to these as they stand" in answer.content.decode()


def test_weapons_out_of_sight_and_other_kinds_are_left_out(client_as: ClientAs, sample: Sample) -> None:
    keeper = client_as("storekeeper")
    unseen = keeper.get(reverse("stock_event", args=["counted"]), {"weapon": f"W-{sample.shotgun}"})
    assert unseen.headers["Location"] == reverse("stock")
    assert keeper.get(reverse("stock_event", args=["destroyed"]), {"weapon": f"W-{sample.rifle}"}).status_code == 404
