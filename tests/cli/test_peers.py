"""Two nodes come to know each other, write on a stick and change keys, all typed; what is typed wrong is named."""

import json
import os
from pathlib import Path

import pytest

from tests.cli.typists import Two, introduce, named
from tracemark import exchange
from tracemark.node import answer_request, open_node


def test_nodes_come_to_know_each_other_write_on_a_stick_and_change_a_key(two: Two, tmp_path: Path) -> None:
    a, b = two
    introduce(two, tmp_path)
    a.posts("xb/tracemark/record", "hello")
    stick = tmp_path / "stick"
    assert a.does("deliver", "--to-files", str(stick)).startswith("Letters written to")
    assert b.does("receive", str(stick)) == "Letters let in: 1; receipts noted: 0."
    assert b.does("receive", str(stick)) == "Letters let in: 0; receipts noted: 0."
    assert a.does("receive", str(stick)) == "Letters let in: 0; receipts noted: 1."
    following = tmp_path / "next.key"
    following.write_bytes(os.urandom(32))
    following.chmod(0o600)
    assert a.does("peer", "announce", "--next-key", str(following)).startswith("Posted to 1 node.")
    a.does("deliver", "--to-files", str(stick))
    b.does("receive", str(stick))
    a.does("receive", str(stick))
    assert "follows, signed by both" in b.does("peer", "list")
    told = json.loads(b.does("peer", "rotate", named(b), "--json"))
    assert [bool(each["until"]) for each in told["keys"]] == [True, False]
    following.replace(a.key)
    a.does("change-key", "--reason", "yearly")
    a.posts("xb/tracemark/record", "under the new key")
    a.does("deliver", "--to-files", str(stick))
    assert b.does("receive", str(stick)) == "Letters let in: 1; receipts noted: 0."


def test_what_is_typed_wrong_is_named_and_changes_nothing(two: Two, tmp_path: Path) -> None:
    a = two[0]
    introduce(two, tmp_path)
    peer, junk = named(a), tmp_path / "junk"
    junk.write_text("no card\n", "utf-8")
    before = a.does("peer", "list")
    for words, sentence in (
        (("peer", "add", str(junk)), "This is no card signed with the key it names"),
        (("peer", "add", str(tmp_path / "card")), "xa/tracemark/record is this node itself"),
        (("peer", "confirm", peer, "1 2"), f"{peer} is “in the directory”; this step does not follow."),
        (("peer", "confirm", "ND-2026-000009", "1 2"), "The directory has no ND-2026-000009."),
        (("peer", "rotate", "ND-2026-000009"), "The directory has no ND-2026-000009."),
        (("peer", "rotate", peer), f"{peer} announced no key that follows from the one in use."),
        (("peer", "rotate", peer, str(junk)), "This is no card signed with the key it names"),
        (("peer", "revoke", peer, "--reason", "x", "--since", "soon"), "soon is no instant."),
        (("peer", "announce", "--next-key", str(junk)), f"Others on this machine may read the key {junk}."),
        (("receive", str(tmp_path / "nowhere")), f"There is no folder {tmp_path / 'nowhere'}."),
    ):
        assert a.fails(*words).startswith(sentence), words
    assert a.does("peer", "list") == before


def test_a_card_is_confirmed_by_what_was_read_out_only_and_a_key_revoked_at_once(two: Two, tmp_path: Path) -> None:
    a, b = two
    spoken = b.card(tmp_path / "card")
    a.does("peer", "add", str(tmp_path / "card"))
    peer, wrong = named(a), spoken[:-1] + str((int(spoken[-1]) + 1) % 10)
    assert "digits" in a.fails("peer", "confirm", peer, wrong)
    a.does("peer", "confirm", peer, spoken)
    a.does("peer", "revoke", peer, "--reason", "disk copied")
    a.posts("xb/tracemark/record", "waits")
    assert "kept back: 1" in " ".join(a.types("deliver", "--to-files", str(tmp_path / "stick")).stdout.split())


def test_a_letter_that_was_changed_on_the_stick_is_named_and_stays_there(two: Two, tmp_path: Path) -> None:
    a, b = two
    introduce(two, tmp_path)
    a.posts("xb/tracemark/record", "hello")
    a.does("deliver", "--to-files", str(tmp_path / "stick"))
    (letter,) = (tmp_path / "stick").rglob("*.letter")
    content = letter.read_bytes()
    letter.write_bytes(content[:300] + bytes([content[300] ^ 1]) + content[301:])
    assert f"{letter.name} is not let in:" in b.fails("receive", str(tmp_path / "stick"))
    refused = b.types("receive", str(tmp_path / "stick"), "--json")
    assert (refused.exit_code, list(json.loads(refused.stdout)["refused"])) == (1, [letter.name])
    letter.write_bytes(content)
    assert b.does("receive", str(tmp_path / "stick")) == "Letters let in: 1; receipts noted: 0."


def test_who_sent_a_letter_that_is_refused_is_told_why(two: Two, tmp_path: Path) -> None:
    a, b = two
    introduce(two, tmp_path)
    a.posts("xb/tracemark/record", "hello", "vendor.other/1")
    stick = str(tmp_path / "stick")
    a.does("deliver", "--to-files", stick)
    b.fails("receive", stick)
    told = a.types("receive", stick)
    assert (told.exit_code, told.stdout.strip()) == (0, "Letters let in: 0; receipts noted: 0.")
    assert "The other node refuses the letter" in told.stderr
    assert "{" not in told.stderr


def test_a_letter_that_is_turned_down_is_not_among_those_to_be_tried_again(
    two: Two, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a, b = two
    monkeypatch.setenv("TRACEMARK_ENDPOINT", "https://xb.example")
    introduce(two, tmp_path)

    class Wire:
        def carry(self, request: exchange.SignedRequest) -> tuple[int, bytes]:
            monkeypatch.setenv("TRACEMARK_STATE", b.code)
            there = open_node(b.url)
            answer = answer_request(there, request)
            there.stores.close()
            return 200, answer.encode()

    monkeypatch.setattr(exchange, "HttpCarrier", Wire)
    a.posts("xb/tracemark/record", "hello", "vendor.other/1")
    told = a.types("deliver", "--json")
    found = json.loads(told.stdout)
    [why] = found["turned_down"].values()
    assert (told.exit_code, found["delivered"], found["failed"]) == (1, [], {})
    assert why.startswith("correspondence.type_unknown")
