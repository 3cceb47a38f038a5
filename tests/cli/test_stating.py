"""`statistics`: from a table into the record, into a figure, and back out."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tracemark import reporting
from tracemark.cli.app import app

HEADING = "series,year,sex,number,reason\n"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def table(folder: Path, *rows: str) -> str:
    path = folder / "people.csv"
    path.write_text(HEADING + "\n".join(rows), encoding="utf-8")
    return str(path)


def test_what_a_table_states_is_drawn_as_a_figure(
    demo_copy: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "ana")
    rows = ("people.trainees,2024,female,6,", "people.trainees,2024,male,14,")
    asked = ("statistics", "import", table(tmp_path, *rows), "--document", "MoI/12", "--db", demo_copy, "--json")
    (name,) = json.loads(run(*asked).stdout)["new"]
    figure = ("figure", "people.trainees_women_share", "--from", "2024", "--to", "2024", "--json", "--db", demo_copy)
    assert json.loads(run(*figure).stdout)["value"] == "30.00"
    table(tmp_path, *rows[:1], "people.trainees,2024,male,18,")
    assert "Say why" in str(run(*asked).exception or "") or run(*asked).exit_code == 1
    assert json.loads(run(*asked, "--note", "late returns").stdout)["proposed"] == [name]
    assert json.loads(run(*figure).stdout)["value"] == "30.00"
    assert "Proposed in its place: 24 late returns" in run("statistics", "show", name, "--db", demo_copy).stdout
    assert run("statistics", "approve", name, "--db", demo_copy).exit_code == 1
    monkeypatch.setenv("LOGNAME", "bela")
    assert run("statistics", "approve", name, "--db", demo_copy).exit_code == 0
    assert json.loads(run(*figure).stdout)["value"] == "25.00"
    shown = json.loads(run("statistics", "show", name, "--json", "--db", demo_copy).stdout)
    assert [sum(cell["number"] for cell in each["cells"]) for each in shown["versions"]] == [20, 24]
    assert "Officers trained, 2024: 24" in run("statistics", "list", "--db", demo_copy).stdout
    assert run("statistics", "withdraw", name, "--note", "wrong", "--db", demo_copy).exit_code == 0
    assert run("statistics", "decline", name, "--reason", "right", "--db", demo_copy).exit_code == 0
    run("statistics", "withdraw", name, "--note", "wrong", "--db", demo_copy)
    monkeypatch.setenv("LOGNAME", "ana")
    assert run("statistics", "approve", name, "--db", demo_copy).exit_code == 0
    assert json.loads(run(*figure).stdout)["available"] is False


def test_a_table_with_faults_states_nothing_and_names_them(demo_copy: str, tmp_path: Path) -> None:
    path = table(tmp_path, "people.trainees,2024,female,6,", "people.trainees,2024,,many,")
    found = run("statistics", "import", path, "--document", "MoI/12", "--db", demo_copy)
    assert found.exit_code == 1
    first, number, sex = found.stderr.splitlines()
    assert first == "Nothing of people.csv was stated:"
    assert number.startswith("Row 3, number: “many” is no whole number.")
    assert sex.startswith("Row 3, sex: it is not said.")
    assert run("statistics", "list", "--json", "--db", demo_copy).stdout == ""


def test_every_series_is_listed() -> None:
    lines = run("statistics", "series", "--json").stdout.splitlines()
    assert [json.loads(line)["series"] for line in lines] == list(reporting.statistics())
    assert "people.victims" in run("statistics", "series").stdout
