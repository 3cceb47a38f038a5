"""What a terminal is given: data stay data, in the reader's language, and trouble is a sentence with status 1."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.rooms import officer
from tracemark.authorities import Role
from tracemark.cli.app import app
from tracemark.cli.output import console, print_json, reader_language, visible
from tracemark.kernel import PartialDate
from tracemark.node import Node
from tracemark.recordkeeping import Event, EventKind, record_events
from tracemark.weapons import WeaponId

ACTING = "A\x1b]0;owned\x07[/b][red]B\x9b2J\u202egnp"


def typed(
    *arguments: str, stdout: int | None = subprocess.PIPE, **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tracemark", *arguments],
        stdout=stdout, stderr=subprocess.PIPE, text=True, check=False, timeout=300,
        env={**os.environ, "TRACEMARK_LANGUAGE": "en", **environment},
    )  # fmt: skip


def test_what_would_act_on_a_terminal_is_shown() -> None:
    assert visible(ACTING) == "A\\x1b]0;owned\\x07[/b][red]B\\x9b2J\\u202egnp"
    assert visible("two lines\nand a tab\t\u2068اثنان\u2069") == "two lines\nand a tab\t\u2068اثنان\u2069"


def test_no_text_is_markup(capsys: pytest.CaptureFixture[str]) -> None:
    console.print("[b]x[/i]", style="bold")
    assert "[b]x[/i]" in capsys.readouterr().out


def test_json_holds_nothing_that_acts(capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"place": ACTING})
    out = capsys.readouterr().out
    assert (json.loads(out), visible(out)) == ({"place": ACTING}, out)


def test_a_weapon_with_markup_in_its_record_is_shown(demo_copy: str, demo_node: Node) -> None:
    stored = Event(WeaponId(17), EventKind.REPAIRED, PartialDate(2026, 10), "", "", {"place": ACTING})
    state = demo_node.stores.register.state(WeaponId(17))
    assert state.status.value in {"held", "issued"}
    record_events(events=[stored], actor=officer(Role.REGISTRY_OFFICER), stores=demo_node.stores, clock=demo_node.clock)
    result = CliRunner().invoke(app, ["weapon", "W-17", "--db", demo_copy], env={"COLUMNS": "300"})
    assert (result.exit_code, "\x1b]" in result.stdout, "\\x1b]0;owned" in result.stdout) == (0, False, True)


@pytest.mark.parametrize(
    ("told", "language"),
    [
        ({"LC_ALL": "ar_XT.UTF-8", "LC_MESSAGES": "fr_FR", "LANG": "es_ES"}, "ar"),
        ({"LC_MESSAGES": "fr_FR.UTF-8", "LANG": "es_ES"}, "fr"),
        ({"LC_ALL": "", "LANG": "es_ES"}, "es"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_the_locale_names_the_language(told: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TRACEMARK_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    assert reader_language() == language


def test_a_terminal_that_lacks_letters_is_no_trouble() -> None:
    result = typed("retention", TRACEMARK_LANGUAGE="ar", PYTHONIOENCODING="ascii")
    assert (result.returncode, "\\u" in result.stdout) == (0, True)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_output_that_cannot_be_written_is_told() -> None:
    with Path("/dev/full").open("w") as full:
        result = typed("profiles", "--json", stdout=full.fileno())
    assert (result.returncode, "Traceback" in result.stderr, "the disk is full" in result.stderr) == (1, False, True)
    assert len(result.stderr.splitlines()) == 1


def test_a_file_that_cannot_be_written_is_told(demo_copy: str) -> None:
    result = typed("head", "--db", demo_copy, "--output", "/nowhere/head")
    assert (result.returncode, "Traceback" in result.stderr, "/nowhere/head" in result.stderr) == (1, False, True)


def test_a_report_that_cannot_be_written_is_told_before_anything_is_imported(demo_copy: str, tmp_path: Path) -> None:
    lot = tmp_path / "lot.csv"
    lot.write_text("registry_number,serial,holder,registered_on\n1,XTAB12345,XT-D01,2020-05-17\n")
    before = CliRunner().invoke(app, ["head", "--db", demo_copy]).stdout
    typing = ["import", str(lot), "--profile", "registry", "--db", demo_copy, "--report", "/nowhere/report.csv"]
    assert isinstance(CliRunner().invoke(app, typing).exception, FileNotFoundError)
    assert CliRunner().invoke(app, ["head", "--db", demo_copy]).stdout == before


def test_a_profile_that_nobody_shipped_is_told_with_those_that_are(demo_copy: str) -> None:
    result = CliRunner().invoke(app, ["import", __file__, "-p", "nosuch", "--db", demo_copy])
    assert (result.exit_code, "delaware, " in result.stderr, "nosuch" in result.stderr) == (1, True, True)


def test_a_database_that_fails_is_told(demo_copy: str) -> None:
    path = Path(demo_copy.removeprefix("sqlite:///"))
    path.write_bytes(path.read_bytes()[:8192])
    result = typed("verify", "--db", demo_copy)
    assert (result.returncode, "Traceback" in result.stderr) == (1, False)
