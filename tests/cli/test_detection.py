"""`detect` and `export parquet`: what they print, and what they refuse."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker
from typer.testing import CliRunner, Result

from tracemark import demo, node
from tracemark.cli.app import app
from tracemark.demo import Plant
from tracemark.diversion import patterns
from tracemark.weapons import weapon_text

OWN = """-- code: own_rule
-- title: Own
-- stage: storage
-- strength: weak
-- paragraph: PoA II.17
-- pattern: S1
-- evidence: all
-- innocent: Nothing.
SELECT [weapon] AS weapons, [position] AS evidence, happened, place, holder FROM events WHERE position = 0
"""


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


@pytest.fixture(autouse=True)
def unblocked(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let commands open the registers that they are given."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> tuple[str, list[Plant]]:
    """A State of which one life in twenty was diverted, and the truth."""
    url, truth = f"sqlite:///{tmp_path_factory.mktemp('planted')}/state.sqlite3", list[Plant]()
    with django_db_blocker.unblock():
        opened = node.open_node(url)
        demo.build_state(node=opened, weapons=1_500, seed=31, plants=0.05, note=truth.append)
        opened.stores.close()
    return url, truth


def test_what_was_planted_is_found_with_its_evidence(planted: tuple[str, list[Plant]]) -> None:
    url, truth = planted
    result = run("detect", "--json", "--today", "2026-11-01", "--db", url)
    assert (result.exit_code, result.stderr, result.exception) == (0, "", None)
    signals = [json.loads(line) for line in result.stdout.splitlines()]
    shape = "id rule stage strength weapons evidence when place facts title paragraph explanation innocent"
    assert {" ".join(each) for each in signals} == {shape}
    for plant in (each for each in truth if not patterns()[each.rule].statistic):
        found = [each for each in signals if each["rule"] == plant.rule]
        weapons = set(map(weapon_text, plant.weapons))
        assert any(
            weapons & set(each["weapons"]) or (plant.dossier or None) in each["facts"].values() for each in found
        ), plant
    assert len({plant.rule for plant in truth}) >= 5
    again = run("detect", "--json", "--today", "2026-11-01", "--db", url)
    assert again.stdout == result.stdout


def test_a_folder_is_looked_into_without_its_register(planted: tuple[str, list[Plant]], tmp_path: Path) -> None:
    url, _ = planted
    folder = str(tmp_path / "columns")
    told = json.loads(run("export", "parquet", folder, "--db", url, "--json").stdout)
    assert (told["events"], told["size"]) == (told["size"], told["events"])
    assert json.loads(run("export", "parquet", folder, "--db", url, "--json").stdout)["events"] == 0
    asked = ("--rule", "recovered_while_held", "--today", "2026-11-01", "--json")
    assert run("detect", "--from", folder, *asked).stdout == run("detect", "--db", url, *asked).stdout


def test_an_own_rule_is_applied(planted: tuple[str, list[Plant]], tmp_path: Path) -> None:
    file = tmp_path / "own.sql"
    file.write_text(OWN)
    [line] = run("detect", "--rule-file", str(file), "--db", planted[0], "--json").stdout.splitlines()
    signal = json.loads(line)
    told = (signal["rule"], signal["title"], signal["paragraph"], signal["evidence"], signal["weapons"])
    assert told == ("own_rule", "Own", "PoA II.17", [0], ["W-1"])
    assert signal["explanation"].startswith("Rule own_rule, ")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (OWN.replace("position = 0", "nothing = 0"), "The query of rule own_rule does not run"),
        (OWN.replace("[position] AS evidence", "1 AS one"), "no column 'evidence'"),
        (OWN.replace("-- strength: weak\n", ""), "Its head does not say: strength."),
    ],
)
def test_a_rule_that_cannot_be_applied_is_refused(
    planted: tuple[str, list[Plant]], tmp_path: Path, text: str, said: str
) -> None:
    file = tmp_path / "own.sql"
    file.write_text(text)
    result = run("detect", "--rule-file", str(file), "--db", planted[0])
    assert result.exit_code == 1
    assert said in " ".join(result.stderr.split())


def test_a_rule_nobody_knows_is_refused(tmp_path: Path) -> None:
    result = run("detect", "--rule", "nonsense", "--from", str(tmp_path))
    assert result.exit_code == 1
    assert "There is no rule nonsense." in result.stderr


def test_a_folder_without_a_record_is_refused(tmp_path: Path) -> None:
    result = run("detect", "--from", str(tmp_path))
    assert result.exit_code == 1
    assert "is not what was exported there" in " ".join(result.stderr.split())
