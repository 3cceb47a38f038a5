"""`witness`, `prove`, `verify-proof`, `ask-privately`, `questions`: as they are typed."""

import json
from pathlib import Path

from typer.testing import CliRunner, Result

from tests.recordkeeping.sealed_logs import SeededSigner
from tracemark.cli.app import app
from tracemark.node import open_node
from tracemark.recordkeeping import Cosigned, VerifierKey, cosign_checkpoint

WITNESS = SeededSigner("w.example/record", 3)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def test_a_proof_is_written_under_a_witnessed_head_and_checked(demo_copy: str, tmp_path: Path) -> None:
    at, proof, keys = ("--db", demo_copy), tmp_path / "event.tlog-proof", tmp_path / "keys.txt"
    witnessed = ("prove", "3", "--witnessed", "--output", str(proof), *at)
    assert run("witness", "add", str(VerifierKey(WITNESS.name, WITNESS.public_key)), "--cosigns", *at).exit_code == 0
    size = open_node(demo_copy).stores.records.size()
    assert [run(*witnessed).exit_code, run("prove", str(size), *at).exit_code] == [1, 1]
    node = open_node(demo_copy)
    head = node.stores.records.head()
    assert head is not None
    line = cosign_checkpoint(head, WITNESS, at=1_790_000_000).signatures[-1]
    node.stores.witnesses.keep_cosigned(Cosigned(head.size, WITNESS.name, f"{line}\n", "2026-01-01T00:00:00.000Z"))
    assert run(*witnessed).exit_code == 0
    assert [run("witness", "head", "--least", each, *at).exit_code for each in "012"] == [0, 0, 1]
    trusted = [node.key, VerifierKey(WITNESS.name, WITNESS.public_key, 4)]
    keys.write_text("".join(f"{each}\n" for each in trusted), encoding="utf-8")
    check = ("verify-proof", str(proof), "--keys", str(keys), "--json")
    shown = json.loads(run(*check, "--least", "1").stdout)
    assert (shown["event"], shown["size"], shown["witnesses"]) == (3, head.size, [WITNESS.name])
    assert run(*check, "--least", "2").exit_code == 1
    proof.write_text(proof.read_text("utf-8").replace("index 3", "index 4"), "utf-8")
    assert run(*check).exit_code == 1


def test_a_node_that_watches_another_says_what_came_of_it(demo_copy: str) -> None:
    at, key = ("--db", demo_copy), str(VerifierKey(WITNESS.name, WITNESS.public_key))
    assert run("witness", "add", "no key", *at).exit_code == 1
    assert run("witness", "add", key, "--address", "http://127.0.0.1:9", "--cosigns", *at).exit_code == 0
    listed = json.loads(run("witness", "list", "--json", *at).stdout)
    assert (listed["name"], listed["cosigns"], listed["size"], listed["silent"]) == (WITNESS.name, True, None, False)
    for command in ("ask", "watch"):
        told = run("witness", command, "--json", *at)
        assert (told.exit_code, json.loads(told.stdout)["outcome"]) == (1, "no_answer")
    assert (run("witness", "alarms", *at).exit_code, run("witness", "head", *at).exit_code) == (0, 0)
    assert run("witness", "explain", "AL-2026-000001", "--reason", "none", *at).exit_code == 1
    for reading in ("A?1", "*", "A["):
        assert run("ask-privately", reading, "--node", WITNESS.name, *at).exit_code == 1


def test_tags_are_built_and_only_what_is_new_again(demo_copy: str) -> None:
    first, again = (json.loads(run("questions", "build", "--json", "--db", demo_copy).stdout) for _ in range(2))
    assert (first["keys"] > 0, first["tags"] % 4096, again) == (True, 0, {"keys": 0, "tags": first["tags"]})
    assert run("questions", "list", "--db", demo_copy).exit_code == 0
