"""Signals are raised, judged and shared from the command line."""

import json
from pathlib import Path

from typer.testing import CliRunner, Result

from tracemark.cli.app import app
from tracemark.node import Node


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def plain(result: Result) -> dict[str, object]:
    found: dict[str, object] = json.loads(result.stdout)
    return found


def test_signals_are_raised_once_judged_and_measured(demo_copy: str) -> None:
    raised = plain(run("signals", "raise", "--rule", "unmarked_production", "--rule", "recovered_without_number",
                       "--rule", "seized_twice", "--rule", "recovered_while_held", "--db", demo_copy, "--json"))  # fmt: skip
    names = raised["raised"]
    assert isinstance(names, list)
    assert len(names) > 1
    again = plain(run("signals", "raise", "--rule", "recovered_while_held", "--db", demo_copy, "--json"))
    assert again["raised"] == []
    listed = plain(run("signals", "list", "--db", demo_copy, "--json"))["signals"]
    assert isinstance(listed, list)
    assert sorted(each["signal"] for each in listed) == sorted(names)[: len(listed)]
    assert run("signals", "dismiss", names[0], "--reading", "chance", "--db", demo_copy).exit_code == 0
    assert run("signals", "escalate", names[1], "--note", "look", "--db", demo_copy).exit_code == 0
    shown = plain(run("signals", "show", names[0], "--db", demo_copy, "--json"))
    assert (shown["signal"], shown["standing"]) == (names[0], "dismissed")
    rules = plain(run("signals", "precision", "--db", demo_copy, "--json"))["rules"]
    assert isinstance(rules, list)
    assert [each["dismissed"] for each in rules if each["dismissed"]] == [1]


def test_what_is_wrong_is_said_and_ends_with_status_1(demo_copy: str) -> None:
    for words in (("show", "SG-2026-000001"), ("dismiss", "SG-2026-000001", "--reading", "chance")):
        refused = run("signals", *words, "--db", demo_copy)
        assert refused.exit_code == 1
    unknown = run("signals", "dismiss", "SG-2026-000001", "--reading", "magic", "--db", demo_copy)
    assert (unknown.exit_code, "serial_misread" in unknown.stderr) == (1, True)


def test_a_notice_is_verified_with_the_key_of_the_state_that_wrote_it(
    demo_copy: str, demo_node: Node, tmp_path: Path
) -> None:
    raised = plain(run("signals", "raise", "--db", demo_copy, "--json"))["raised"]
    assert isinstance(raised, list)
    file = tmp_path / "notice.json"
    assert run("notice", "export", raised[0], "--to", "XU", "-o", str(file), "--db", demo_copy).exit_code == 0
    key = str(demo_node.key)
    told = plain(run("notice", "verify", str(file), "--key", key, "--json"))
    assert (told["reference"], told["to_state"]) == (raised[0], "XU")
    file.write_text(file.read_text("utf-8").replace('"XU"', '"XV"'), "utf-8")
    assert run("notice", "verify", str(file), "--key", key).exit_code == 1
