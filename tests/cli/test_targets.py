"""Targets and plans at the command line: set, drawn from the record, imported, compared."""

import json
from pathlib import Path

import docx
import pytest

from tests.cli.test_contract import plain, run
from tests.house.tree import ROOT

EXAMPLES = ROOT / "docs" / "howto" / "examples"
AIM = ("--commitment", "PoA II.17", "--baseline", "90", "--baseline-on", "2019-12-31", "--goal", "5", "--due",
       "2035-12-31", "--responsible", "XT-ARMY", "--json")  # fmt: skip


def name_of(db: str, *options: str) -> str:
    return str(plain(run("target", "add", "Fewer losses", *AIM, *options, "--db", db))["name"])


def test_a_target_is_drawn_from_the_record_the_same_again(demo_copy: str) -> None:
    name = name_of(demo_copy, "--figure", "losses.stolen")
    first = plain(run("target", "observe", name, "--db", demo_copy, "--json"))
    seen = first["observations"]
    assert isinstance(seen, list)
    assert seen[0]["on"] == "2020-12-31"
    assert {each["source"] for each in seen} == {""}
    again = plain(run("target", "observe", name, "--db", demo_copy, "--json"))
    assert again == first
    figure = plain(run("figure", "losses.stolen", "--from", "2020", "--to", "2020", "--db", demo_copy, "--json"))
    assert str(figure["value"]) == seen[0]["value"]


def test_a_value_is_recorded_the_target_revised_and_closed(demo_copy: str) -> None:
    name = name_of(demo_copy, "--indicator", "losses a year")
    assert run("target", "observe", name, "--db", demo_copy).exit_code == 1
    recorded = ("target", "observe", name, "88", "--on", "2020-12-31", "--source", "book")
    assert run(*recorded, "--db", demo_copy).exit_code == 0
    off = run("target", "list", "--off-track", "--db", demo_copy, "--json")
    assert (off.exit_code, [each["name"] for each in json.loads(off.stdout)["targets"]]) == (0, [])
    assert run("target", "revise", name, "--reason", "cut", "--goal", "50", "--db", demo_copy).exit_code == 0
    assert run("target", "close", name, "met", "--reason", "so", "--db", demo_copy).exit_code == 1
    assert run("target", "close", name, "closed", "--reason", "so", "--db", demo_copy).exit_code == 0
    shown = plain(run("target", "show", name, "--db", demo_copy, "--json"))
    assert (shown["standing"], shown["revised"], shown["latest"]) == ("closed", True, "88")
    assert run("target", "show", name, "--db", demo_copy).exit_code == 0


def test_a_target_off_track_ends_with_status_1(demo_copy: str) -> None:
    name = name_of(demo_copy, "--indicator", "losses a year")
    run("target", "observe", name, "99", "--on", "2024-12-31", "--source", "book", "--db", demo_copy)
    found = run("target", "list", "--off-track", "--db", demo_copy, "--json")
    assert (found.exit_code, [each["outlook"] for each in json.loads(found.stdout)["targets"]]) == (1, ["off_track"])


def test_the_examples_of_the_manual_are_plans(demo_copy: str) -> None:
    told = [plain(run("plan", "import", str(EXAMPLES / f"{each}.toml"), "--db", demo_copy, "--json"))
            for each in ("roadmap", "salw-plan", "wps-plan")]  # fmt: skip
    assert [(each["activities"], each["kpis"], each["data"]) for each in told] == [(8, 7, 33), (6, 0, 0), (5, 0, 0)]
    roadmap, salw, wps = (str(each["name"]) for each in told)
    shown = plain(run("plan", "show", roadmap, "--db", demo_copy, "--json"))
    kpis = shown["kpis"]
    assert isinstance(kpis, list)
    assert [each["years"][-1]["value"] for each in kpis] == ["5", "6", None, "632", "1078", "8930", "25.83"]
    year = plain(run("plan", "report", salw, "--year", "2025", "--db", demo_copy, "--json"))
    assert (year["due"], year["done"], year["done_late"]) == (["1.1"], ["1.1"], ["1.1"])
    found = plain(run("plan", "compare", salw, wps, "--db", demo_copy, "--json"))
    contradictions, missing = found["contradictions"], found["missing"]
    assert isinstance(contradictions, list)
    assert isinstance(missing, list)
    assert [each["about"] for each in contradictions] == [["dates", "owner", "budget"], ["status"]]
    assert [each["commitment"] for each in missing] == ["BMS7 DEV.3", "PoA II.21", "PoA II.22", "ATT 7(4)"]
    for command in (("list",), ("show", salw), ("show", roadmap, "--kpis"), ("report", salw), ("compare", salw, wps)):
        assert run("plan", *command, "--db", demo_copy).exit_code == 0


def test_a_table_with_a_fault_is_not_taken(demo_copy: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "plan.csv"
    table.write_text("code,goal,title,owner,start,end\nA1,1,Mark,XT-ARMY,2026-01-01,2026-12-31\n")
    frame = ("--title", "Plan", "--first", "2026-01-01", "--last", "2026-12-31", "--db", demo_copy, "--json")
    assert plain(run("plan", "import", str(table), "--dry-run", *frame))["name"] is None
    table.write_text(table.read_text().replace("2026-12-31", "2025-12-31"))
    assert run("plan", "import", str(table), *frame).exit_code == 1
    assert json.loads(run("plan", "list", "--db", demo_copy, "--json").stdout) == {"plans": []}


def test_a_gap_of_a_report_is_answered_by_a_target_and_an_activity(demo_copy: str) -> None:
    at = ("--db", demo_copy)
    drafted = plain(run("report", "draft", "--edition", "2020", "--from", "2024", "--to", "2025", *at, "--json"))
    report = str(drafted["report"])
    target = plain(run("target", "add-for-gap", report, "nca.exists", "--responsible", "XT-ARMY", *at, "--json"))
    assert run("target", "add-for-gap", report, "nobody.asks", "--responsible", "XT-ARMY", *at).exit_code == 1
    plan = str(plain(run("plan", "import", str(EXAMPLES / "salw-plan.toml"), *at, "--json"))["name"])
    asked = ("plan", "activity", plan, "--report", report, "--gap", "nca.exists", "--owner", "XT-ARMY")
    code = str(plain(run(*asked, "--reason", "a gap", *at, "--json"))["activity"])
    gaps = plain(run("report", "assess", report, *at, "--json"))["gaps"]
    assert isinstance(gaps, list)
    (answered,) = [each["answered_by"] for each in gaps if each["question"] == "nca.exists"]
    assert [(each["dossier"], each["activity"]) for each in answered] == [(target["name"], ""), (plan, code)]
    assert f"{plan} {code}" in run("report", "assess", report, *at).stdout
    shown = plain(run("target", "show", str(target["name"]), *at, "--json"))["aim"]
    assert isinstance(shown, dict)
    assert (shown["gaps"], shown["goal"], shown["unit"]) == (["nca.exists"], "100", "percent")


def test_an_activity_is_added_revised_and_cancelled_and_the_plan_closed(demo_copy: str) -> None:
    at = ("--db", demo_copy)
    plan = str(plain(run("plan", "import", str(EXAMPLES / "salw-plan.toml"), *at, "--json"))["name"])
    assert run("plan", "activity", plan, "--title", "Count", "--reason", "new", *at).exit_code == 1
    told = ("--title", "Count", "--goal", "1", "--owner", "XT-ARMY", "--start", "2026-01-01", "--end", "2026-12-31")
    added = ("plan", "activity", plan, *told, "--reason", "new", "--commitment", "SDG 16.4", *at, "--json")
    code = str(plain(run(*added))["activity"])
    beyond = ("plan", "activity", plan, code, "--end", "2099-12-31", "--reason", "later", *at)
    assert run(*beyond).exit_code == 1
    assert run("plan", "activity", plan, code, "--budget", "700", "--reason", "money", *at).exit_code == 0
    assert run("plan", "cancel", plan, code, "--reason", "no money", *at).exit_code == 0
    assert run("plan", "close", plan, "--reason", "over", *at).exit_code == 0
    shown = plain(run("plan", "show", plan, *at, "--json"))
    works = shown["activities"]
    assert isinstance(works, list)
    (last,) = [each for each in works if each["code"] == code]
    assert (shown["standing"], last["status"], last["budget"], last["commitments"]) == (
        "closed",
        "dropped",
        "700",
        ["SDG 16.4"],
    )


def test_a_target_measures_one_cell_of_a_figure(demo_copy: str) -> None:
    cell = ("--figure", "stock.held", "--cell", "weapon_kind=pistol", "--share", "--serves", "SDG 16.4",
            "--development", "Plan 2030 | 2024-01-15 | Goal 4", "--direction", "fall")  # fmt: skip
    name = name_of(demo_copy, *cell)
    seen = plain(run("target", "observe", name, "--db", demo_copy, "--json"))
    period = ("--from", "2020", "--to", "2020", "--by", "weapon_kind", "--db", demo_copy, "--json")
    drawn = plain(run("figure", "stock.held", *period))
    cells, observed = drawn["by"], seen["observations"]
    assert isinstance(cells, list)
    assert isinstance(observed, list)
    pistols = sum(each["value"] for each in cells if each["weapon_kind"] == "pistol")
    share = round(100 * pistols / int(str(drawn["value"])), 2)
    assert (observed[0]["on"], float(observed[0]["value"])) == ("2020-12-31", share)
    wrong = run("target", "add", "x", *AIM, "--figure", "stock.held", "--cell", "colour=red", "--db", demo_copy)
    assert wrong.exit_code == 1


def test_a_plans_year_is_written_as_a_file_with_the_targets_it_serves(demo_copy: str, tmp_path: Path) -> None:
    at = ("--db", demo_copy)
    name = name_of(
        demo_copy, "--indicator", "x", "--serves", "SDG 16.4", "--development", "Plan 2030 | 2024-01-15 | Goal 4"
    )
    plan = str(plain(run("plan", "import", str(EXAMPLES / "salw-plan.toml"), *at, "--json"))["name"])
    assert run("plan", "activity", plan, "1.1", "--target", name, "--reason", "linked", *at).exit_code == 0
    file = tmp_path / "year.docx"
    assert run("plan", "report", plan, "--year", "2025", "--output", str(file), *at).exit_code == 0
    (table,) = [each for each in docx.Document(str(file)).tables if name in each.cell(1, 0).text]
    assert [each.text for each in table.rows[1].cells][-2:] == [
        "PoA II.17, SDG 16.4",
        "Goal 4 (Plan 2030, 15 Jan 2024)",
    ]
    assert run("plan", "report", plan, "--output", str(tmp_path / "year.odt"), *at).exit_code == 1
