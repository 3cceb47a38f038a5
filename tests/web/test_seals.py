"""An event's proof, as a page and as a file that a stranger can check."""

import hashlib
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from tests.web.conftest import ClientAs
from tests.web.sample import Sample
from tracemark.node import Node
from tracemark.recordkeeping import Checkpoint, Verification, verify_inclusion


def test_the_file_proves_the_event(client_as: ClientAs, sample: Sample) -> None:
    proof = client_as("auditor").get(reverse("event_proof", args=[sample.pistol, 2])).json()
    leaf = hashlib.sha256(b"\x00" + proof["event"].encode()).digest()
    path = [bytes.fromhex(each) for each in proof["inclusion_proof"]]
    root = bytes.fromhex(proof["root_hash"])
    verify_inclusion(leaf, proof["position"], proof["size"], root, path)
    head = Checkpoint.parse(proof["checkpoint"])
    assert (leaf.hex(), head.size, head.root) == (proof["leaf_hash"], proof["size"], root)


def test_an_event_of_another_weapon_is_not_given(client_as: ClientAs, sample: Sample) -> None:
    assert client_as("auditor").get(reverse("event_proof", args=[sample.rifle, 2])).status_code == 404
    assert client_as("auditor").get(reverse("event_seal", args=[sample.pistol, 999])).status_code == 404


def test_a_changed_event_is_shown_as_touched(client_as: ClientAs, sample: Sample) -> None:
    client, address = client_as("auditor"), reverse("event_seal", args=[sample.pistol, 2])
    assert 'class="note good"' in client.get(address).content.decode()
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER event_no_update")
        cursor.execute("UPDATE event SET body = replace(body, 'XT-D01', 'XT-D02') WHERE position = 2")
    assert 'class="note bad"' in client.get(address).content.decode()


def test_verify_now_names_what_was_touched(client_as: ClientAs) -> None:
    client = client_as("auditor")
    assert "All is well: 14 events read" in client.post(reverse("verification")).content.decode()
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER event_no_update")
        cursor.execute("UPDATE event SET body = replace(body, 'XT-D01', 'XT-D02') WHERE position = 2")
    assert "Event 2 was changed." in client.post(reverse("verification")).content.decode()


def test_the_signed_head_can_be_kept(client_as: ClientAs) -> None:
    text = client_as("administrator").get(reverse("checkpoint")).content.decode()
    assert Checkpoint.parse(text).size == 14


def test_verify_now_compares_the_register_where_asked(client_as: ClientAs, sample: Sample) -> None:
    client, address = client_as("auditor"), reverse("verification")
    asked = {"with_register": "on"}
    assert "The register was not compared with it." in client.post(address).content.decode()
    assert "say what their events say" in client.post(address, asked).content.decode()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE weapon SET status = 'destroyed' WHERE id = %s", [sample.rifle])
        cursor.execute("INSERT INTO trace_case VALUES ('T-1', 1, 'open', 'x')")
    assert "All is well" in client.post(address).content.decode()
    page = client.post(address, asked).content.decode()
    assert f"The register says of W-{sample.rifle} what its events do not" in page
    assert "The trace T-1 is kept other than its events tell it." in page


def test_every_head_is_checked_where_asked(client_as: ClientAs, monkeypatch: pytest.MonkeyPatch) -> None:
    verify, asked = Node.verify, list[object]()

    def noting(*given: Any, **named: Any) -> Verification:
        asked.append(named["every_head"])
        return verify(*given, **named)

    monkeypatch.setattr(Node, "verify", noting)
    client, address = client_as("auditor"), reverse("verification")
    for form in ({}, {"every_head": "on"}):
        assert "All is well" in client.post(address, form).content.decode()
    assert asked == [False, True]
