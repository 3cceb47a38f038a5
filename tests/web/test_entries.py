"""One weapon entered by hand, from the empty form to the weapon's page or the desk of judgements."""

import re

import pytest
from django.urls import reverse

from tests.web.conftest import ClientAs
from tracemark.node import Node

NEW = "/register/new/"
GIVEN = {
    "event": "registered",
    "happened": "2026-02-03",
    "holder": "XT-D01",
    "document": "R 7",
    "kind": "pistol",
    "maker": "Glock",
    "model": "17",
    "calibre": "9 mm Luger",
    "country": "Austria",
    "year": "2019",
    "component_part_1": "frame",
    "component_material_1": "polymer",
    "component_plate_1": "yes",
    "component_part_2": "slide",
    "mark_kind_1": "manufacture",
    "mark_part_1": "frame",
    "mark_text_1": "GLOCK 17 AUSTRIA XTK001",
    "mark_serial_1": "XTK001",
    "mark_maker_1": "Glock",
    "mark_state_1": "AT",
    "mark_kind_2": "proof",
    "mark_text_2": "N pt",
}
SEAL = {"seal": "1"}


def test_a_weapon_is_looked_over_and_then_sealed(client_as: ClientAs, node: Node) -> None:
    officer, before = client_as("registry_officer"), node.stores.records.size()
    assert officer.get(NEW).status_code == 200
    looked = officer.post(NEW, GIVEN | {"look": "1"})
    assert (looked.status_code, node.stores.records.size()) == (200, before)
    assert "Looked over, not sealed yet" in looked.content.decode()
    sealed = officer.post(NEW, GIVEN | SEAL)
    [newest] = node.stores.records.newest(1)
    assert sealed.headers["Location"] == reverse("weapon", args=[newest.event.weapon])
    state = node.stores.register.state(newest.event.weapon)
    assert (state.description.maker, state.description.model, state.description.country) == ("glock", "glock/17", "AT")
    assert [(each.part, each.control, each.metal_plate) for each in state.components] == [
        ("frame", True, True),
        ("slide", False, None),
    ]
    assert [(each.kind, each.serial, each.maker, each.text) for each in state.marks] == [
        ("manufacture", "XTK001", "glock", "GLOCK 17 AUSTRIA XTK001"),
        ("proof", "", "", "N pt"),
    ]


def test_the_same_weapon_again_is_held_for_judgement(client_as: ClientAs, node: Node) -> None:
    officer = client_as("registry_officer")
    officer.post(NEW, GIVEN | SEAL)
    weapon = node.stores.records.newest(1)[0].event.weapon
    assert f"W-{weapon}" in officer.post(NEW, GIVEN | {"look": "1", "place": "Amberly"}).content.decode()
    held = officer.post(NEW, GIVEN | SEAL | {"place": "Amberly"})
    assert re.fullmatch(r"/intake/held/\d+/", held.headers["Location"])
    page = officer.get(held.headers["Location"]).content.decode()
    assert "Entered by hand" in page
    assert officer.get(reverse("imports")).status_code == officer.get(reverse("held_rows")).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"holder": ""}, "holder"),
        ({"holder": "Somebody Fictional"}, "holder"),
        ({"happened": "soon"}, "happened"),
        ({"happened": "2017"}, "year"),
        ({"event": "imported"}, "from_state"),
        ({"from_state": "AT"}, "from_state"),
        ({"mark_kind_1": ""}, "mark_kind_1"),
        ({"mark_serial_1": "UNKNOWN"}, "mark_serial_1"),
        ({"unmarked": "worn"}, "unmarked"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(
    wrong: dict[str, str], field: str, client_as: ClientAs, node: Node
) -> None:
    before = node.stores.records.size()
    answer = client_as("registry_officer").post(NEW, GIVEN | SEAL | wrong)
    assert (answer.status_code, node.stores.records.size()) == (422, before)
    assert f'href="#id_{field}"' in answer.content.decode()


def test_a_word_the_catalogue_does_not_know_is_kept_as_written(client_as: ClientAs, node: Node) -> None:
    officer = client_as("registry_officer")
    odd = GIVEN | {"maker": "Zzyzx Works", "model": "", "mark_maker_1": "ZZYZX"}
    assert "Zzyzx Works" in officer.post(NEW, odd | {"look": "1"}).content.decode()
    officer.post(NEW, odd | SEAL)
    state = node.stores.register.state(node.stores.records.newest(1)[0].event.weapon)
    assert (state.description.as_written, state.marks[0].maker) == ({"maker": "Zzyzx Works"}, "ZZYZX")


def test_a_licensing_officer_enters_for_the_own_agency_only(client_as: ClientAs, node: Node) -> None:
    licensing, before = client_as("licensing_officer"), node.stores.records.size()
    assert licensing.post(NEW, GIVEN | SEAL | {"holder": "XT-ARMY"}).status_code == 422
    assert node.stores.records.size() == before
    assert licensing.post(NEW, GIVEN | SEAL).status_code == 302
