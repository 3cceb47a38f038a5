import base64
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from tests.api.conftest import As
from tests.api.register import WEAPONS
from tracemark.authorities import Role
from tracemark.node import Node
from tracemark.recordkeeping import Checkpoint, Verification, leaf_hash, verify_consistency, verify_inclusion

EVENTS = WEAPONS + 1


def test_the_head_is_json_or_the_checkpoint_itself(stranger: Client) -> None:
    plain = stranger.get("/api/v1/record/head").json()
    text = stranger.get("/api/v1/record/head", headers={"accept": "text/plain"})
    assert text["Content-Type"] == "text/plain; charset=utf-8"
    assert text.content.decode() == plain["checkpoint"]
    head = Checkpoint.parse(plain["checkpoint"])
    assert (
        (head.size, base64.b64encode(head.root).decode()) == (plain["size"], plain["root"]) == (EVENTS, plain["root"])
    )


def test_an_event_is_proved_by_what_it_says(caller: As) -> None:
    client = caller(Role.AUDITOR)
    event = client.get("/api/v1/record/events/3").json()
    proof = client.get("/api/v1/record/events/3/proof").json()
    leaf, head = leaf_hash(event["body"].encode()), Checkpoint.parse(proof["checkpoint"])
    assert leaf.hex() == event["leaf"] == proof["leaf"]
    verify_inclusion(leaf, 3, head.size, head.root, [bytes.fromhex(each) for each in proof["path"]])


def test_growth_is_proved_to_everybody(stranger: Client, node: Node) -> None:
    proof = stranger.get("/api/v1/record/consistency", {"from": "5", "to": str(EVENTS)}).json()
    heads = {each.size: each.root for each in node.stores.records.checkpoints()}
    assert proof["new_size"] == EVENTS
    assert EVENTS in heads
    same = stranger.get("/api/v1/record/consistency", {"from": str(EVENTS), "to": str(EVENTS)}).json()
    verify_consistency(EVENTS, EVENTS, heads[EVENTS], heads[EVENTS], [bytes.fromhex(each) for each in same["path"]])


def test_a_size_the_record_never_had_is_not_found(stranger: Client) -> None:
    assert stranger.get("/api/v1/record/consistency", {"from": "1", "to": "9000000"}).status_code == 404
    assert stranger.get("/api/v1/record/consistency", {"from": "5", "to": "3"}).status_code == 404


def test_the_record_is_verified_against_a_head_kept_elsewhere(caller: As, stranger: Client) -> None:
    kept = stranger.get("/log/checkpoint").content.decode()
    client = caller(Role.AUDITOR)
    answer = client.post("/api/v1/record/verify", {"against": kept}, content_type="application/json").json()
    assert (answer["ok"], answer["events"], answer["faults"]) == (True, EVENTS, [])
    wrong = client.post("/api/v1/record/verify", {"against": "no head"}, content_type="application/json")
    assert (wrong.status_code, wrong.json()["fields"][0]["code"]) == (422, "api.not_a_checkpoint")


def test_an_event_that_never_was_is_not_found(caller: As) -> None:
    assert caller(Role.AUDITOR).get("/api/v1/record/events/900").status_code == 404
    assert caller(Role.AUDITOR).get("/api/v1/record/events/900/proof").status_code == 404


def test_who_does_not_see_a_weapon_does_not_read_its_events(caller: As) -> None:
    assert caller(Role.STOREKEEPER).get("/api/v1/record/events/11").json()["code"] == "authorities.out_of_sight"


def test_the_register_is_compared_where_asked(caller: As) -> None:
    client = caller(Role.AUDITOR)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE weapon SET status = 'destroyed' WHERE id = 1")
    answers = [
        client.post("/api/v1/record/verify", {"with_register": each}, content_type="application/json").json()
        for each in (False, True)
    ]
    assert [(each["ok"], each["with_register"]) for each in answers] == [(True, False), (False, True)]
    [fault] = answers[1]["faults"]
    assert (fault["fault"], fault["place"]) == ("register_differs", "W-1")


def test_every_head_is_checked_where_asked(caller: As, monkeypatch: pytest.MonkeyPatch) -> None:
    verify, asked = Node.verify, list[object]()

    def noting(*given: Any, **named: Any) -> Verification:
        asked.append(named["every_head"])
        return verify(*given, **named)

    monkeypatch.setattr(Node, "verify", noting)
    for body in ({}, {"every_head": True}):
        answer = caller(Role.AUDITOR).post("/api/v1/record/verify", body, content_type="application/json")
        assert answer.json()["ok"]
    assert asked == [False, True]
