"""Blocks of numbers from the command line."""

from datetime import date
from pathlib import Path

from tests.cli.test_contract import plain, run
from tests.marking.profiles.test_reading import GOOD
from tracemark.kernel import Refused
from tracemark.marking import Block, Scheme, Span
from tracemark.node import open_node
from tracemark.recordkeeping import NumberBlock


def test_blocks_of_before_are_listed_sealed_and_then_verified(demo_copy: str) -> None:
    node = open_node(demo_copy)
    node.stores.numbers.put(
        NumberBlock(None, Block("XT-REG", Scheme("XT19-", 4), 1, 50, date(2019, 1, 2)), (Span(1, 3),))
    )
    found = plain(run("verify", "--register", "--db", demo_copy, "--json"))
    assert found["faults"] == [{"event": None, "fault": "numbers_unsealed", "other": None, "place": "XT19-0001"}]
    told = {"holder": "XT-REG", "first": "XT19-0001", "last": "XT19-0050", "used": 3, "closed_on": None}
    assert plain(run("numbers", "list", "--db", demo_copy, "--json")) == {"blocks": [{"event": None, **told}]}
    size = node.stores.records.size()
    assert run("numbers", "seal", "--db", demo_copy).exit_code == 0
    assert plain(run("numbers", "list", "--db", demo_copy, "--json")) == {"blocks": [{"event": size, **told}]}
    assert plain(run("verify", "--register", "--db", demo_copy, "--json"))["ok"]
    assert "XT19-0001" in run("numbers", "list", "--db", demo_copy).stdout
    node.stores.close()


def test_a_law_is_checked_added_and_listed(demo_copy: str, tmp_path: Path) -> None:
    file = tmp_path / "xt.toml"
    file.write_text(GOOD, "utf-8")
    assert "Exemplar State" in run("law", "check", str(file), "--db", demo_copy).stdout
    assert run("law", "add", str(file), "--from", "2026-01-01", "--db", demo_copy).exit_code == 0
    laws = plain(run("law", "list", "--db", demo_copy, "--json"))["laws"]
    assert isinstance(laws, list)
    assert laws[-1] == {
        "name": "xt", "title": "Exemplar State", "valid_from": "2026-01-01", "valid_until": None, "requirements": 1,
    }  # fmt: skip
    assert "Exemplar State" in run("law", "list", "--db", demo_copy).stdout
    assert run("law", "add", str(file), "--from", "soon", "--db", demo_copy).exit_code == 1
    file.write_bytes(b"\xff")
    assert run("law", "check", str(file), "--db", demo_copy).exit_code == 1
    file.write_text("title = ", "utf-8")
    assert isinstance(run("law", "check", str(file), "--db", demo_copy).exception, Refused)
