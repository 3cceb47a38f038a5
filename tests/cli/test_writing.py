"""Commands write for a listed agency, under the record's own name and key."""

import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tracemark.cli.app import app
from tracemark.node import open_node
from tracemark.recordkeeping import OriginRefused

LOT = "registry_number,serial,holder,registered_on\n1,XTAB12345,XT-D01,2020-05-17\n"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


@pytest.fixture
def lot(tmp_path: Path) -> str:
    (tmp_path / "lot.csv").write_text(LOT)
    return str(tmp_path / "lot.csv")


def test_nobody_writes_for_an_agency_that_is_not_listed(
    demo_copy: str, lot: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACEMARK_AUTHORITY", "NOBODY-KNOWN")
    before = run("head", "--db", demo_copy).stdout
    for command in (("import", lot, "--profile", "registry"), ("redraw",), ("change-key", "--reason", "x")):
        result = run(*command, "--db", demo_copy)
        assert (result.exit_code, "There is no agency NOBODY-KNOWN" in result.stderr) == (1, True)
    assert run("head", "--db", demo_copy).stdout == before


def test_another_state_s_name_writes_nothing(demo_copy: str, lot: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = run("head", "--db", demo_copy).stdout
    monkeypatch.setenv("TRACEMARK_STATE", "DE")
    refused = run("import", lot, "--profile", "registry", "--db", demo_copy)
    assert (refused.exit_code, isinstance(refused.exception, OriginRefused)) == (1, True)
    monkeypatch.undo()
    assert run("head", "--db", demo_copy).stdout == before


def test_a_change_of_key_is_sealed_once_and_verifies(demo_copy: str) -> None:
    key = Path(demo_copy.removeprefix("sqlite:///")).with_suffix(".key")
    before = str(open_node(demo_copy).key)
    key.write_bytes(os.urandom(32))
    assert isinstance(run("weapon", "W-17", "--db", demo_copy).exception, OriginRefused)
    found = json.loads(run("verify", "--db", demo_copy, "--json").stdout)
    assert [each["fault"] for each in found["faults"]] == ["signature_refused"]
    assert run("change-key", "--reason", "the old one was lost", "--db", demo_copy).exit_code == 0
    assert run("weapon", "W-17", "--db", demo_copy).exit_code == 0
    assert json.loads(run("verify", "--db", demo_copy, "--json").stdout)["ok"]
    every = ("verify", "--every-head", "--db", demo_copy)
    assert (run(*every).exit_code, run(*every, "--earlier-key", before).exit_code) == (1, 0)
    assert run(*every, "--earlier-key", "nonsense").stderr.startswith("“nonsense” is no public key")
    assert isinstance(run("change-key", "--reason", "again", "--db", demo_copy).exception, OriginRefused)
