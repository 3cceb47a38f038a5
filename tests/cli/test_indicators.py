"""`indicator`: the record's own shares in every form, and what others publish."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pysdmx.io import read_sdmx
from pytest_django import DjangoDbBlocker
from typer.testing import CliRunner, Result

from tests.reporting.outside import PUBLISHED, QUESTIONNAIRE, present
from tracemark.cli.app import app
from tracemark.node import HeadMissing
from tracemark.reporting import YearsUnfit

YEARS = ("--from", "2024", "--to", "2026")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["indicator", *arguments])


@pytest.fixture(autouse=True)
def unblocked(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let commands open the registers that they are given."""
    with django_db_blocker.unblock():
        yield


def test_every_form_tells_the_same_shares(demo_copy: str) -> None:
    told = json.loads(run("16.4.2", *YEARS, "--json", "--db", demo_copy).stdout)
    assert set(told) == {"indicator", "series", "state", "head", "terms", "years", "together"}
    shares = {str(each["year"]): each["percent"] for each in told["years"]}
    assert set(shares) == {"2024", "2025", "2026"}
    rows = csv.DictReader(io.StringIO(run("16.4.2", *YEARS, "--format", "csv", "--db", demo_copy).stdout))
    assert {row["year"]: row["percent"] or None for row in rows} == shares
    for form in ("sdmx", "sdmx-3", "sdmx-csv"):
        read = read_sdmx(run("16.4.2", *YEARS, "--format", form, "--db", demo_copy).stdout, validate=True)
        data: Any = read.get_datasets()[0]
        values = {str(row["TIME_PERIOD"]): float(row["OBS_VALUE"]) for row in data.data.to_dict("records")}
        assert values == {year: float(share) for year, share in shares.items()}


def test_the_table_says_out_of_what_and_at_which_head(demo_copy: str) -> None:
    told = json.loads(run("16.4.2", *YEARS, "--json", "--db", demo_copy).stdout)
    shown = run("16.4.2", *YEARS, "--denominator", "all", "--by", "manner", "--db", demo_copy)
    assert shown.exit_code == 0
    heading = shown.stdout.splitlines()[0]
    assert f"Drawn at head {told['head']}." in heading
    assert "all weapons seized for a crime, found or surrendered; weapons taken from lawful holders" in heading
    assert "Seized" in shown.stdout.splitlines()[1]


def test_at_the_same_head_it_is_the_same_again(demo_copy: str) -> None:
    first = run("16.4.2", *YEARS, "--json", "--db", demo_copy).stdout
    size = json.loads(first)["head"].split(".")[0]
    assert run("16.4.2", *YEARS, "--json", "--at", size, "--db", demo_copy).stdout == first
    refused = run("16.4.2", *YEARS, "--at", "999999999", "--db", demo_copy)
    assert isinstance(refused.exception, HeadMissing)
    assert refused.exception.facts == {"size": 999999999}


def test_years_that_run_backwards_are_refused(demo_copy: str) -> None:
    refused = run("16.4.2", "--from", "2025", "--to", "2024", "--db", demo_copy)
    assert isinstance(refused.exception, YearsUnfit)


def test_an_early_year_alone_is_taken_with_those_that_follow(demo_copy: str) -> None:
    told = json.loads(run("16.4.2", "--to", "2010", "--json", "--db", demo_copy).stdout)
    assert [each["year"] for each in told["years"]] == [2010]


def test_published_values_are_compared() -> None:
    files = (str(present(PUBLISHED)), "--questionnaire", str(present(QUESTIONNAIRE)))
    told = json.loads(run("compare", *files, "--json").stdout)
    assert told["agreement"] == {"same": 36, "differs": 6, "part_of_the_years": 8, "no_counts": 54}
    (romania,) = (each for each in told["values"] if (each["state"], each["year"]) == ("RO", 2017))
    assert romania == {
        "state": "RO", "year": 2017, "years": [2017, 2018], "value": "13.7", "remarks": ["averaged", "overlapping"],
        "agreement": "same", "reckoned": "13.70", "counts": {"2017": [0, 55], "2018": [20, 73]},
    }  # fmt: skip
    shown = run("compare", *files, "--state", "gr").stdout
    assert "Published values: 8. Of these come out: 1; do not: 3" in shown


def test_regions_are_added_up_and_what_is_missing_is_named() -> None:
    told = json.loads(run("regions", str(present(QUESTIONNAIRE)), "--year", "2018", "--json").stdout)
    southern = next(each for each in told["regions"] if each["region"] == "039")
    assert (southern["name"], southern["numerator"], southern["denominator"]) == ("Southern Europe", 1021, 3846)
    assert (southern["percent"], southern["counted"]) == ("26.55", ["AL", "ES", "GR", "SI"])
    polynesia = next(each for each in told["regions"] if each["region"] == "061")
    assert (polynesia["percent"], polynesia["numerator"], polynesia["missing"]) == (None, None, ["TO", "TV", "WS"])
    assert "Polynesia" in run("regions", str(present(QUESTIONNAIRE)), "--year", "2018").stdout


@pytest.mark.parametrize("command", [("compare",), ("regions", "--year", "2018")])
def test_another_table_is_refused(command: tuple[str, ...], tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("a,b\n1,2\n")
    refused = run(*command, str(other))
    assert (refused.exit_code, "lacks the columns" in refused.stderr) == (1, True)
