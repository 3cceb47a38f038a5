"""`figure` and `figures`: what they print, and what they refuse."""

import json

import pytest
from typer.testing import CliRunner, Result

from tracemark import reporting
from tracemark.cli.app import app
from tracemark.node import HeadMissing

PERIOD = ("--from", "2000", "--to", "2026")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def test_a_figure_has_its_shape_and_its_rows_add_up(demo_copy: str) -> None:
    found = json.loads(
        run("figure", "weapons.transferred", *PERIOD, "--by", "year", "--json", "--db", demo_copy).stdout
    )
    assert list(found) == ["figure", "value", "unit", "by", "head", "available"]
    assert (found["figure"], found["unit"], found["available"]) == ("weapons.transferred", "weapons", True)
    assert found["value"] == sum(each["value"] for each in found["by"]) > 0
    rows = run("figure", "weapons.transferred", *PERIOD, "--rows", "--db", demo_copy).stdout.splitlines()
    assert len(rows) == found["value"]
    size = found["head"].partition(".")[0]
    again = run("figure", "weapons.transferred", *PERIOD, "--by", "year", "--json", "--at", size, "--db", demo_copy)
    assert json.loads(again.stdout) == found


def test_people_read_it_in_words(demo_copy: str) -> None:
    told = run("figure", "weapons.reactivated", *PERIOD, "--db", demo_copy)
    assert "Deactivated weapons made to fire again: Not available" in told.stdout
    assert "Drawn at record head" in told.stdout


def test_every_figure_is_listed() -> None:
    assert [json.loads(line)["figure"] for line in run("figures", "--json").stdout.splitlines()] == list(
        reporting.figures()
    )


def test_all_are_drawn_at_once(demo_copy: str) -> None:
    lines = [json.loads(line) for line in run("figures", *PERIOD, "--json", "--db", demo_copy).stdout.splitlines()]
    whole = {each["figure"]: each["value"] for each in lines if not each["by"]}
    assert set(whole) == set(reporting.figures())
    alone = json.loads(run("figure", "stock.held", *PERIOD, "--json", "--db", demo_copy).stdout)
    assert whole["stock.held"] == alone["value"]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("weapons.painted", *PERIOD), "There is no figure"),
        (("weapons.marked", *PERIOD, "--by", "colour"), "not broken down by"),
        (("weapons.marked", "--from", "2025", "--to", "2020"), "before it begins"),
        (("weapons.marked", "--from", "soon", "--to", "2020"), "is no date"),
    ],
)
def test_what_cannot_be_drawn_says_why(arguments: tuple[str, ...], why: str, demo_copy: str) -> None:
    result = run("figure", *arguments, "--db", demo_copy)
    assert result.exit_code == 1
    assert why in result.stderr
    assert result.stdout == ""


def test_nothing_is_drawn_where_no_head_was_signed(demo_copy: str) -> None:
    result = run("figure", "weapons.marked", *PERIOD, "--at", "3", "--db", demo_copy)
    assert (type(result.exception), result.stdout) == (HeadMissing, "")
