"""Aid at the command line: files of activities in and out, who does what where, a series as context."""

import json
from pathlib import Path

from tests.cli.test_contract import plain, run
from tests.house.tree import PACKAGE, ROOT
from tracemark.exchange import DocumentRefused, read_iati

GIVEN = PACKAGE / "demo" / "given"
ROUND = str(ROOT / "docs" / "howto" / "examples" / "round.toml")


def test_a_file_is_followed_once_and_shown_by_country_and_theme(demo_copy: str) -> None:
    db = ("--db", demo_copy)
    tried = run("assist", "import", str(GIVEN / "activities.xml"), "--dry-run", *db)
    assert ("activities 5, work on small arms 4" in tried.stdout, "XX-DEMO-2-7" in tried.stdout) == (True, True)
    assert "Borders: words of its title, “Border management”" in tried.stdout
    first = plain(run("assist", "import", str(GIVEN / "activities.xml"), "--json", *db))
    assert (first["new"], first["unchanged"]) == ([f"AA-2026-00000{turn}" for turn in (1, 2, 3, 4)], 0)
    again = run("assist", "import", str(GIVEN / "activities.xml"), *db)
    assert (again.exit_code, again.stdout.splitlines()[-1]) == (
        0,
        "Nothing is new: what the file tells is on record as it tells it. Activities: 4",
    )
    board = plain(run("assist", "board", "--json", *db))
    assert [(each["country"], each["theme"], each["money"]) for each in board["places"]] == [  # type: ignore[attr-defined]
        ("XT", "borders", {"EUR": "108000.0"}),
        ("XT", "marking", {"EUR": "95000"}),
        ("XT", "records", {"EUR": "95000"}),
        ("XT", "stockpiles", {"EUR": "108000.0", "USD": "500000"}),
        ("XE", "borders", {"EUR": "72000.0"}),
        ("XE", "reintegration", {"USD": "310000"}),
        ("XE", "stockpiles", {"EUR": "72000.0"}),
    ]
    said = " ".join(run("assist", "board", "--round", ROUND, *db).stdout.split())
    assert "Lakes Institute for Public Safety takes part in both" in said
    assert "Requests that nobody answers: XA-1, XB-1, XC-1" in said


def test_what_is_not_valid_is_refused_and_nothing_is_written(demo_copy: str, tmp_path: Path) -> None:
    bad = tmp_path / "bad.xml"
    good = (GIVEN / "activities.xml").read_text("utf-8")
    bad.write_text(good.replace("<iati-identifier>XX-DEMO-4-88</iati-identifier>", "", 1), "utf-8")
    before = plain(run("verify", "--json", "--db", demo_copy))["events"]
    refused = run("assist", "import", str(bad), "--db", demo_copy)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert isinstance(refused.exception, DocumentRefused)
    [finding] = refused.exception.findings
    assert finding.code == "exchange.iati_misplaced"
    assert finding.facts == {"file": "bad.xml", "line": 57, "element": "reporting-org", "like": "iati-identifier"}
    assert plain(run("verify", "--json", "--db", demo_copy))["events"] == before


def test_programmes_and_what_is_followed_are_written_as_valid_files(demo_copy: str, tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours.xml", tmp_path / "theirs.xml"
    unnamed = run("assist", "iati", "--round", ROUND)
    assert (unnamed.exit_code, "--ref and --publisher" in unnamed.stderr) == (1, True)
    told = ("--ref", "XM-1", "--publisher", "A fund", "-o", str(ours))
    assert run("assist", "iati", "--round", ROUND, *told).exit_code == 0
    assert [each.identifier for each in read_iati(ours).activities] == ["XM-1-Marking-fund", "XM-1-Stockpile-facility"]
    run("assist", "import", str(GIVEN / "activities.xml"), "--all", "--db", demo_copy)
    assert run("assist", "iati", "-o", str(theirs), "--db", demo_copy).exit_code == 0
    assert read_iati(theirs).activities == read_iati(GIVEN / "activities.xml").activities
    empty = run("assist", "iati", "--ref", "nobody", "--db", demo_copy)
    assert (empty.exit_code, isinstance(empty.exception, DocumentRefused)) == (1, True)


def test_a_series_is_kept_with_its_source_and_the_same_again_changes_nothing(demo_copy: str) -> None:
    told = ("assist", "crs", str(GIVEN / "aid-series.csv"), "--source", "Invented", "--db", demo_copy)
    first = plain(run(*told, "--seen-on", "2026-01-12", "--json"))
    assert first == {"series": "AS-2026-000001", "years": [*range(2019, 2025)], "unchanged": 0, "left_out": 0}
    assert "nothing is new" in run(*told, "--seen-on", "2026-01-12").stdout
    assert run(*told, "--seen-on", "January").exit_code == 1
    assert run(*told, "--seen-on", "2999-01-01").exit_code == 1


def test_the_shared_series_of_the_oecd_is_read(demo_copy: str, shared_data: Path) -> None:
    file = str(shared_data / "oecd_crs_152xx_2013_2017" / "crs_152xx.csv")
    told = ("assist", "crs", file, "--source", "OECD", "--seen-on", "2026-01-12", "--json", "--db", demo_copy)
    found = json.loads(run(*told).stdout)
    assert (found["years"], found["left_out"]) == ([2013, 2014, 2015, 2016, 2017], 3)
