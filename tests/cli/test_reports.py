"""A report goes from draft to files in three languages from the command line, by two people."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from typer.testing import CliRunner, Result

from tracemark.cli.app import app
from tracemark.kernel import Refused
from tracemark.node import open_node
from tracemark.participation import ContributionDraft, ContributionSort, Voice, receive_contribution


@pytest.fixture(autouse=True)
def _logins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TRACEMARK_LANGUAGE", "en")
    monkeypatch.chdir(tmp_path)


def run(*arguments: str, login: str = "cleo") -> Result:
    return CliRunner().invoke(app, ["report", *arguments], env={"LOGNAME": login})


def plain(result: Result) -> dict[str, Any]:
    assert result.exit_code == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def exported(name: str, db: str, form: str, language: str) -> bytes:
    place = Path(f"out-{language}.{form}")
    answer = run("export", name, "--format", form, "--language", language, "-o", str(place), "--db", db)
    assert answer.exit_code == 0, answer.stderr
    return place.read_bytes()


def heard(report: str, db: str) -> str:
    """Let somebody comment on a public report, decide on it at the command line, and return how it stands."""
    node = open_node(db)
    draft = ContributionDraft(ContributionSort.COMMENT, Voice.YOUTH, "[b]Nobody[/b] asked us.", agreed=True)
    name = receive_contribution(about=report, draft=draft, stores=node.stores, clock=node.clock).name
    for arguments, status, said in (
        (("show", name), 0, "[b]Nobody[/b] asked us.\n"),
        (("accept", name, "--text", "Thank you."), 0, f"{name} is accepted.\n"),
        (("answer", name, "--text", "We shall."), 0, f"{name} is answered.\n"),
        (("refuse", name), 1, ""),
        (("refuse", name, "--reason", "names a person"), 0, f"{name} is refused.\n"),
        (("erase", name, "--reason", "asked"), 0, f"The erasure of {name} is proposed.\n"),
        (("show", "CB-2026-000009"), 1, ""),
    ):
        told = CliRunner().invoke(app, ["contribution", *arguments, "--db", db])
        assert (told.exit_code, told.stdout) == (status, said)
    return str(plain(CliRunner().invoke(app, ["contribution", "list", "--json", "--db", db]))["standing"])


def test_a_report_from_draft_to_submission_and_files(demo_copy: str) -> None:
    drafted = plain(run("draft", "--edition", "2026", "--from", "2024", "--to", "2025", "--db", demo_copy, "--json"))
    name = drafted["report"]
    assert (drafted["edition"], drafted["first"], drafted["last"]) == ("2026", "2024-01-01", "2025-12-31")
    assert run("answer", name, "nca.exists", "yes", "--db", demo_copy).exit_code == 0
    assert run("answer", name, "nca.details", "=1+1", "--db", demo_copy).exit_code == 0
    Path("plan.txt").write_text("plan")
    assert run("answer", name, "inf.files", "--file", "plan.txt", "--db", demo_copy).exit_code == 0
    compared = plain(run("draw", name, "--compare", "--db", demo_copy, "--json"))
    assert (compared["drawn"] > 0, compared["other"]) == (True, [])
    assert run("check", name, "--db", demo_copy).exit_code == 0
    assert run("sign-off", name, "--db", demo_copy).exit_code == 1
    assert run("sign-off", name, "--db", demo_copy, login="ben").exit_code == 0
    assert run("submit", name, "--db", demo_copy).exit_code == 0
    assert run("answer", name, "nca.exists", "no", "--db", demo_copy).exit_code == 1
    assert run("publish", name, "--db", demo_copy, login="ben").exit_code == 1
    assert run("propose-publication", name, "--from", "2026-13-01", "--db", demo_copy).exit_code == 1
    assert run("propose-publication", name, "--from", "2026-01-31", "--db", demo_copy).exit_code == 0
    assert run("publish", name, "--db", demo_copy).exit_code == 1
    assert run("publish", name, "--db", demo_copy, login="ben").exit_code == 0
    assert heard(name, demo_copy) == "refused"
    assert run("take-back", name, "--reason", "a name", "--db", demo_copy, login="ben").exit_code == 0
    (listed,) = plain(run("list", "--db", demo_copy, "--json"))["reports"]
    next_one = plain(run("draft", "--edition", "2026", "--from", "2025", "--to", "2026", "--db", demo_copy, "--json"))
    refused = run("sign-off", next_one["report"], "--db", demo_copy, login="ben")
    assert (refused.exit_code, "nca.exists: This was carried over from" in refused.stderr) == (1, True)
    assert (listed["report"], listed["standing"], len(listed["head"]) > 64) == (name, "submitted", True)
    for language in ("en", "fr", "ar"):
        assert exported(name, demo_copy, "pdf", language).startswith(b"%PDF")
    sections = json.loads(exported(name, demo_copy, "json", "fr"))["sections"]
    assert (sections[0]["title"], sections[0]["questions"][0]["value"]) == ("Coordination nationale", "yes")
    text = docx.Document(BytesIO(exported(name, demo_copy, "docx", "ar")))
    assert [each.text for each in text.paragraphs if "برنامج العمل والصك" in each.text] != []
    assert len(text.element.body.findall(".//{*}bidi")) == len(text.element.body.findall(".//{*}p"))
    sheet = openpyxl.load_workbook(BytesIO(exported(name, demo_copy, "xlsx", "ar"))).worksheets[0]
    assert sheet.sheet_view.rightToLeft
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}


def test_an_older_report_is_laid_out_in_a_newer_edition(demo_copy: str) -> None:
    name = plain(run("draft", "--edition", "2012", "--from", "2024", "--to", "2025", "--db", demo_copy, "--json"))[
        "report"
    ]
    run("answer", name, "brk.law", "yes", "--db", demo_copy)
    shown = plain(run("show", name, "--edition", "2026", "--db", demo_copy, "--json"))
    asked = {each["id"]: each["number"] for section in shown["sections"] for each in section["questions"]}
    assert (shown["edition"], shown["written_in"], asked["brk.register"]) == ("2026", "2012", "4.3")
    assert run("show", name, "--edition", "1999", "--db", demo_copy).exit_code == 1


def test_what_is_wrong_is_said_and_ends_with_status_1(demo_copy: str) -> None:
    name = plain(run("draft", "--from", "2024", "--to", "2025", "--db", demo_copy, "--json"))["report"]
    for question, value, code in (
        ("inf.completed", "2025-02-30", "reporting.no_such_day"),
        ("col.seized", "99999", "reporting.contradicts_record"),
        ("nca.composition", "7", "reporting.sex_missing"),
    ):
        refused = run("answer", name, question, value, "--db", demo_copy)
        assert isinstance(refused.exception, Refused)
        assert (refused.exit_code, [each.code for each in refused.exception.findings]) == (1, [code])
    assert run("answer", name, "nca.nothing", "yes", "--db", demo_copy).exit_code == 1
    for words in (
        ("show", "NR-2026-000099"),
        ("draft", "--from", "2024", "--to", "2025", "--edition", "1999"),
        ("draft", "--from", "2025", "--to", "2024"),
        ("export", name, "--language", "xx"),
    ):
        assert run(*words, "--db", demo_copy).exit_code == 1


def test_what_is_due_is_listed_and_a_report_is_scored(demo_copy: str) -> None:
    due = plain(run("calendar", "--db", demo_copy, "--json"))["due"]
    assert {each["form"] for each in due} == {"poa", "att-annual", "unroca-salw", "unodc-iafq", "osce"}
    waiting = run("calendar", "--waiting", "--db", demo_copy)
    assert (waiting.exit_code, "owed" in waiting.stdout) == (1, True)
    name = plain(run("draft", "--edition", "2020", "--from", "2024", "--to", "2025", "--db", demo_copy, "--json"))[
        "report"
    ]
    run("answer", name, "nca.exists", "yes", "--db", demo_copy)
    assert "No report has been submitted yet." in run("assess", "--db", demo_copy).stdout
    scored = plain(run("assess", name, "--db", demo_copy, "--json"))
    assert (scored["points"], scored["available"], scored["gaps"][0]["question"]) == ("1.00", "56.75", "npc.exists")
    Path("own.toml").write_text("nonsense")
    assert run("assess", name, "--scheme", "own.toml", "--db", demo_copy).exit_code == 1


def test_editions_are_listed_and_written_out() -> None:
    lines = [json.loads(line) for line in run("editions", "--json").stdout.splitlines()]
    assert [each["edition"] for each in lines if each["form"] == "poa"] == ["2012", "2016", "2018", "2020", "2026"]
    assert plain(run("editions", "2020"))["sections"][0]["questions"][0]["number"] == "1.1"
    assert run("editions", "1999").exit_code == 1
