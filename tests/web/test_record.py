"""Recording an event, and what the record refuses."""

import re

import pytest
from django.db import connection
from django.urls import reverse

from tests.web.conftest import ClientAs
from tests.web.sample import Sample
from tracemark.node import Node
from tracemark.recordkeeping import EventKind, KindTerms, WeaponState, event_kinds
from tracemark.weapons import WeaponId
from tracemark.web.forms.events import EventForm


def offered(html: str) -> list[str]:
    return re.findall(r'class="tile-link" href="[^"]*/record/(\w+)/"', html)


def test_what_can_follow_is_offered(client_as: ClientAs, sample: Sample) -> None:
    html = client_as("registry_officer").get(reverse("record_kinds", args=[sample.pistol])).content.decode()
    assert offered(html) == [
        "marked", "inspected", "stored", "counted", "repaired", "reassembled", "converted", "lost", "stolen",
        "retained", "released", "deactivated", "destroyed",
    ]  # fmt: skip


def test_a_storekeeper_is_offered_stock_events_only(client_as: ClientAs, sample: Sample) -> None:
    html = client_as("storekeeper").get(reverse("record_kinds", args=[sample.rifle])).content.decode()
    assert offered(html) == ["issued", "stored", "counted", "repaired", "lost", "stolen", "declared_surplus"]


def test_an_event_is_sealed(client_as: ClientAs, node: Node, sample: Sample) -> None:
    response = client_as("registry_officer").post(
        reverse("record_event", args=[sample.pistol, "destroyed"]),
        {"happened": "2026-01", "method": "melted", "certificate": "DC-1", "document": "P-7"},
    )
    assert response.headers["Location"] == reverse("weapon", args=[sample.pistol])
    event = node.stores.records.of_weapon(sample.pistol)[-1].event
    assert (event.kind, str(event.happened), event.by, event.authority, dict(event.details), event.document) == (
        EventKind.DESTROYED, "2026-01", "registry_officer", "XT-REG", {"method": "melted", "certificate": "DC-1"},
        "P-7",
    )  # fmt: skip


def test_a_mark_is_recorded_as_it_stands(client_as: ClientAs, node: Node, sample: Sample) -> None:
    client_as("registry_officer").post(
        reverse("record_event", args=[sample.revolver, "marked"]),
        {"happened": "2026-02-03", "mark_kind": "state", "mark_part": "frame", "mark_text": "٣٤٥ XT",
         "mark_depth_mm": "0.1"},
    )  # fmt: skip
    mark = node.stores.register.state(sample.revolver).marks[-1]
    assert (mark.kind, mark.part, mark.text, str(mark.depth_mm)) == ("state", "frame", "٣٤٥ XT", "0.1")


def test_a_part_moves_to_another_weapon(client_as: ClientAs, node: Node, sample: Sample) -> None:
    bolt = next(each for each in node.stores.register.state(sample.shotgun).components if each.part == "bolt")
    client_as("registry_officer").post(
        reverse("record_event", args=[sample.revolver, "reassembled"]),
        {"happened": "2026-02-03", "fitted_part": "bolt", "fitted_component": bolt.id},
    )
    assert bolt.id in {each.id for each in node.stores.register.state(sample.revolver).components}


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"happened": "2026-13", "holder": "XT-POL"}, "id_happened"),
        ({"happened": "2026"}, "id_holder"),
        ({"happened": "2026", "holder": "GHOST"}, "id_holder"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(
    given: dict[str, str], field: str, client_as: ClientAs, node: Node, sample: Sample
) -> None:
    before = node.stores.records.size()
    address = reverse("record_event", args=[sample.pistol, "released"])
    response = client_as("registry_officer").post(address, given)
    html = response.content.decode()
    assert (response.status_code, node.stores.records.size()) == (422, before)
    assert f'<a href="#{field}">' in html
    assert re.search(rf'aria-invalid="true"[^>]*id="{field}"|id="{field}"[^>]*aria-invalid="true"', html)


def test_what_the_record_refuses_is_said_in_a_sentence(client_as: ClientAs, sample: Sample) -> None:
    address = reverse("record_event", args=[sample.pistol, "destroyed"])
    response = client_as("registry_officer").post(address, {"happened": "2014-02-12", "method": "melted"})
    assert response.status_code == 422
    assert "cannot follow" in response.content.decode()


def test_a_kind_that_cannot_follow_has_no_form(client_as: ClientAs, sample: Sample) -> None:
    assert client_as("registry_officer").get(reverse("record_event", args=[sample.pistol, "issued"])).status_code == 404


WRITTEN_HERE = [each for each in event_kinds().values() if each.permission in {"record.write", "record.stock"}]


@pytest.mark.parametrize("terms", WRITTEN_HERE, ids=lambda terms: str(terms.kind))
def test_every_required_detail_has_a_field(terms: KindTerms) -> None:
    form = EventForm(terms=terms, state=WeaponState(WeaponId(1)), agencies=())
    asked = {name.split("_")[0] + "s" if name.startswith("mark_") else name.split("_")[0] for name in form.fields}
    assert {name for name in terms.requires if name not in form.fields and name not in asked} == set()


PERSON = {"person_name": "Anna Fictional", "person_born": "1984", "person_licence": "L-1"}


def test_a_person_is_entered_where_a_holder_is_asked(client_as: ClientAs, node: Node, sample: Sample) -> None:
    address = reverse("record_event", args=[sample.shotgun, "transferred"])
    form = client_as("registry_officer").get(address).content.decode()
    assert re.search(r'name="from"[^>]*value="XT-D01"|value="XT-D01"[^>]*name="from"', form)
    client_as("registry_officer").post(address, {"happened": "2026-09-01", "from": "XT-D01", **PERSON})
    holder = node.stores.register.state(sample.shotgun).holder
    _, data = node.stores.persons.get(holder.removeprefix("person:"))
    assert data == {"name": "Anna Fictional", "born": "1984", "licence": "L-1"}
    assert b"Anna" not in node.stores.records.of_weapon(sample.shotgun)[-1].body


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({**PERSON, "holder": "XT-ARMY"}, "not both"),
        ({"person_born": "1984"}, "Give the person’s name."),
        ({}, "This field is required."),
    ],
)
def test_a_holder_is_an_agency_or_one_person(
    given: dict[str, str], said: str, client_as: ClientAs, node: Node, sample: Sample
) -> None:
    before = node.stores.records.size()
    address = reverse("record_event", args=[sample.shotgun, "transferred"])
    answer = client_as("registry_officer").post(address, {"happened": "2026-09-01", "from": "XT-D01", **given})
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert node.stores.records.size() == before


def test_a_person_whose_event_is_refused_is_not_kept(client_as: ClientAs, node: Node, sample: Sample) -> None:
    address = reverse("record_event", args=[sample.shotgun, "transferred"])
    answer = client_as("registry_officer").post(address, {"happened": "2099-09-01", "from": "XT-D01", **PERSON})
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM person")
        assert (answer.status_code, cursor.fetchone()) == (422, (1,))
