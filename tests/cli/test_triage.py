"""Signals are raised, judged and shared from the command line."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker
from typer.testing import CliRunner, Result

from tracemark import demo, node
from tracemark.cli.app import app


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def plain(result: Result) -> dict[str, object]:
    found: dict[str, object] = json.loads(result.stdout)
    return found


@pytest.fixture
def planted(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A State of which one life in five was diverted."""
    url = f"sqlite:///{tmp_path}/state.sqlite3"
    with django_db_blocker.unblock():
        opened = node.open_node(url)
        demo.build_state(node=opened, weapons=300, seed=31, plants=0.2)
        opened.stores.close()
        yield url


def test_signals_are_raised_once_judged_and_measured(planted: str) -> None:
    raised = plain(run("signals", "raise", "--db", planted, "--json"))
    names = raised["raised"]
    assert isinstance(names, list)
    assert len(names) > 1
    again = plain(run("signals", "raise", "--db", planted, "--json"))
    assert again == {"raised": [], "known": len(names)}
    listed = plain(run("signals", "list", "--db", planted, "--json"))["signals"]
    assert isinstance(listed, list)
    assert sorted(each["signal"] for each in listed) == sorted(names)
    assert run("signals", "dismiss", names[0], "--reading", "chance", "--db", planted).exit_code == 0
    assert run("signals", "escalate", names[1], "--note", "look", "--db", planted).exit_code == 0
    shown = plain(run("signals", "show", names[0], "--db", planted, "--json"))
    assert (shown["signal"], shown["standing"]) == (names[0], "dismissed")
    rules = plain(run("signals", "precision", "--db", planted, "--json"))["rules"]
    assert isinstance(rules, list)
    assert [each["dismissed"] for each in rules if each["dismissed"]] == [1]


def test_what_is_wrong_is_said_and_ends_with_status_1(demo_copy: str) -> None:
    for words in (("show", "SG-2026-000001"), ("dismiss", "SG-2026-000001", "--reading", "chance")):
        refused = run("signals", *words, "--db", demo_copy)
        assert refused.exit_code == 1
    unknown = run("signals", "dismiss", "SG-2026-000001", "--reading", "magic", "--db", demo_copy)
    assert (unknown.exit_code, "serial_misread" in unknown.stderr) == (1, True)


def test_a_notice_is_verified_with_the_key_of_the_state_that_wrote_it(planted: str, tmp_path: Path) -> None:
    raised = plain(run("signals", "raise", "--db", planted, "--json"))["raised"]
    assert isinstance(raised, list)
    file, key = tmp_path / "notice.json", str(node.open_node(planted).key)
    assert run("notice", "export", raised[0], "--to", "XU", "-o", str(file), "--db", planted).exit_code == 0
    told = plain(run("notice", "verify", str(file), "--key", key, "--json"))
    assert (told["reference"], told["to_state"]) == (raised[0], "XU")
    file.write_text(file.read_text("utf-8").replace('"XU"', '"XV"'), "utf-8")
    assert run("notice", "verify", str(file), "--key", key).exit_code == 1
