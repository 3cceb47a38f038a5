"""Learning from judgements on the command line: before and after, two persons, and the version in use."""

import json
import tomllib
from pathlib import Path

import pytest

from tests.cli.test_contract import plain, run
from tests.rooms import officer
from tracemark.authorities import Role
from tracemark.node import open_node
from tracemark.storage import Files
from tracemark.tracing import propose_weights


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACEMARK_LANGUAGE", "en")


def test_what_was_learnt_is_shown_and_too_few_judgements_propose_nothing(demo_copy: str, tmp_path: Path) -> None:
    out = tmp_path / "learnt.toml"
    learnt = run("learn", "--db", demo_copy, "--out", str(out), "--json")
    found = plain(learnt)
    assert (learnt.exit_code, found["worth"], found["proposal"], found["parent"]) == (1, "too_few", None, "v8")
    table = tomllib.loads(out.read_text("utf-8"))
    assert (table["version"], table["learnt"]["parent"]) == (found["version"], "v8")
    told = run("learn", "--db", demo_copy)
    assert (told.exit_code, "Too little was held back" in told.stdout) == (1, True)
    assert plain(run("weights", "list", "--db", demo_copy, "--json"))["weights"] == [
        {"version": "v3", "in_use": False, "state": "along", "fingerprint": None, "proposed_by": None, "adopted": []},
        {"version": "v4", "in_use": False, "state": "along", "fingerprint": None, "proposed_by": None, "adopted": []},
        {"version": "v5", "in_use": False, "state": "along", "fingerprint": None, "proposed_by": None, "adopted": []},
        {"version": "v6", "in_use": False, "state": "along", "fingerprint": None, "proposed_by": None, "adopted": []},
        {"version": "v7", "in_use": False, "state": "along", "fingerprint": None, "proposed_by": None, "adopted": []},
        {"version": "v8", "in_use": True, "state": "along", "fingerprint": None, "proposed_by": None, "adopted": []},
    ]


def test_nothing_since_a_day_to_come_is_nothing_to_learn(demo_copy: str) -> None:
    ended = run("learn", "--since", "2999-01-01", "--db", demo_copy)
    assert ended.exit_code == 1
    assert [each.code for each in getattr(ended.exception, "findings", ())] == ["tracing.nothing_to_learn"]


@pytest.mark.parametrize(
    "typed",
    [
        ("learn", "--since", "soon"),
        ("learn", "--prior-strength", "0"),
        ("learn", "--prior-strength", "much"),
        ("weights", "show", "v0"),
        ("weights", "show", "../v7"),
        ("weights", "propose", "v8"),
        ("weights", "propose", "v8+2026-01-01.1"),
        ("weights", "adopt", "v8"),
        ("trace", "AB123", "--weights", "v0"),
    ],
)
def test_what_cannot_be_is_refused(typed: tuple[str, ...], demo_copy: str) -> None:
    node = open_node(demo_copy)
    size = node.stores.records.size()
    assert run(*typed, "--db", demo_copy).exit_code != 0
    assert node.stores.records.size() == size
    node.stores.close()


def test_two_persons_adopt_weights_and_go_back(demo_copy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    node = open_node(demo_copy)
    text = (
        node.own_weights.text("v8").replace('version = "v8"', 'version = "v8+2026-01-01.1"').replace("0.0004", "0.0008")
    )
    fingerprint = Files(node.folder / "weights").put(text.encode())
    monkeypatch.setenv("LOGNAME", "ana")
    node.stores.close()
    _propose(demo_copy, fingerprint)
    before = _trace(demo_copy)
    refused = run("weights", "adopt", "v8+2026-01-01.1", "--db", demo_copy)
    assert [each.code for each in getattr(refused.exception, "findings", ())] == ["authorities.same_person"]
    monkeypatch.setenv("LOGNAME", "bela")
    adopted = run("weights", "adopt", "v8+2026-01-01.1", "--db", demo_copy)
    assert (adopted.exit_code, "are adopted" in adopted.stdout) == (0, True)
    assert _trace(demo_copy)["weights"] == "v8+2026-01-01.1"
    again = _trace(demo_copy, "--weights", "v8")
    assert {**again, "ms": 0} == {**before, "ms": 0}
    assert run("weights", "show", "v8+2026-01-01.1", "--db", demo_copy).stdout == text
    assert run("weights", "propose", "v8", "--db", demo_copy).exit_code == 0
    listed = {each["version"]: (each["in_use"], each["state"]) for each in _versions(demo_copy)}
    assert listed == {
        "v3": (False, "along"),
        "v4": (False, "along"),
        "v5": (False, "along"),
        "v6": (False, "along"),
        "v7": (False, "along"),
        "v8": (False, "waits"),
        "v8+2026-01-01.1": (True, "used"),
    }


def _propose(url: str, fingerprint: str) -> None:
    """Put the weights forward as `learn` does once enough was judged."""
    node = open_node(url)
    propose_weights(
        version="v8+2026-01-01.1",
        fingerprint=fingerprint,
        told={},
        actor=officer(Role.TRACING_ANALYST, "cli:ana"),
        stores=node.stores,
        clock=node.clock,
    )
    node.stores.close()


def _trace(url: str, *options: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(run("trace", "??4?1", "--db", url, "--json", *options).stdout)
    return found


def _versions(url: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(run("weights", "list", "--db", url, "--json").stdout)["weights"]
    return found
