"""`assist`: a proposal from a file and what it would have taken; from a request to a confirmed result."""

import json
from pathlib import Path

from typer.testing import CliRunner, Result

from tracemark.assistance import RoundUnreadable
from tracemark.cli.app import app
from tracemark.exchange import read_iati
from tracemark.kernel import Refused

EXAMPLES = Path(__file__).parents[2] / "docs" / "howto" / "examples"
EXAMPLE = str(EXAMPLES / "round.toml")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["assist", "match", *arguments])


def test_the_example_of_the_manual_is_matched() -> None:
    told = run(EXAMPLE, "--json", "--explain", "XB-1")
    assert (told.exit_code, told.stderr) == (0, "")
    plain = json.loads(told.stdout)
    assert [(each["request"], each["programme"], each["amount"]) for each in plain["grants"]] == [
        ("XA-1", "Marking fund", 140000),
        ("XB-1", "Stockpile facility", 75000),
        ("XC-1", "Marking fund", 60000),
    ]
    assert (plain["proven"], plain["unserved"], plain["short"]) == (True, [], {})
    assert plain["openings"] == [{"programme": "Marking fund", "barred": ["theme", "help"], "loss": None, "money": 0}]


def test_the_proposal_is_said_in_words() -> None:
    said = " ".join(run(EXAMPLE, "--explain", "XB-1").stdout.split())
    assert "No other proposal meets more need under these conditions." in said
    assert "Marking fund: it serves none of the themes; it gives no help of this kind" in said


def test_what_cannot_be_matched_is_refused(tmp_path: Path) -> None:
    missing = run(str(tmp_path / "none.toml"))
    assert (missing.exit_code, missing.stderr.startswith(f"{tmp_path}/none.toml cannot be read:")) == (1, True)
    latin = tmp_path / "latin.toml"
    latin.write_bytes("day = 'é'".encode("latin-1"))
    told = run(str(latin))
    assert (told.exit_code, told.stderr) == (1, f"{latin} is no text in UTF-8. Save it as UTF-8.\n")
    unknown = run(EXAMPLE, "--explain", "XZ-9")
    assert (unknown.exit_code, unknown.stderr) == (1, "There is no request XZ-9 in this round.\n")
    broken = tmp_path / "broken.toml"
    broken.write_text("on = 2026-05-01\n[[need]]\n", encoding="utf-8")
    assert isinstance(run(str(broken)).exception, RoundUnreadable)


def on_record(*arguments: str, login: str = "ana", db: str) -> Result:
    return CliRunner().invoke(app, ["assist", *arguments, "--db", db], env={"LOGNAME": login})


def refusals(result: Result) -> list[str]:
    assert isinstance(result.exception, Refused)
    return [each.code for each in result.exception.findings]


def test_from_a_request_to_a_confirmed_result(demo_copy: str, tmp_path: Path) -> None:
    def name(*arguments: str) -> str:
        return str(json.loads(on_record(*arguments, "--json", db=demo_copy).stdout)["name"])

    def step(name: str, *arguments: str, login: str = "ana") -> int:
        return on_record("step", name, *arguments, login=login, db=demo_copy).exit_code

    request = name("ask", str(EXAMPLES / "request.toml"))
    again = on_record("ask", str(EXAMPLES / "request.toml"), db=demo_copy)
    assert (again.exit_code, refusals(again)) == (1, ["assistance.asked_before"])
    programme = name("offer", str(EXAMPLES / "programme.toml"))
    assert (step(request, "sign"), step(request, "sign", login="bela"), step(request, "publish")) == (1, 0, 0)
    proposal = json.loads(on_record("match", "--json", db=demo_copy).stdout)["grants"]
    assert {"request": request, "programme": programme, "amount": 80000} in [
        {name: each[name] for name in ("request", "programme", "amount")} for each in proposal
    ]
    told = ("--starts", "2026-01-01", "--ends", "2040-12-31", "--expects", "All five depots mark.")
    over = on_record("propose", request, programme, "100001", *told, db=demo_copy)
    assert (over.exit_code, refusals(over)) == (1, ["assistance.over_ceiling"])
    grant = name("propose", request, programme, "80000", *told)
    assert (step(grant, "decide"), step(grant, "decide", login="bela")) == (1, 0)
    assert step(grant, "pay", "--amount", "40000") == 0
    assert step(grant, "activity", "--activity", "Machines bought", "--amount", "30000") == 0
    assert step(grant, "result", "--result", "They mark.") == 0
    assert step(grant, "confirm", login="bela") == 0
    shown = json.loads(on_record("show", grant, "--json", db=demo_copy).stdout)
    assert (shown["status"], shown["paid"], shown["spent"], shown["alarms"]) == ("confirmed", 40000, 30000, [])
    assert on_record("list", "grants", db=demo_copy).exit_code == 0
    assert step(request, "decide") == 1
    written = tmp_path / "ours.xml"
    publisher = ("--ref", "XM-1", "--publisher", "A fund", "--output", str(written))
    assert on_record("iati", "--on-record", *publisher, db=demo_copy).exit_code == 0
    ours = [each for each in read_iati(written).activities if each.identifier == f"XM-1-{programme}"]
    assert [[(pay.kind, int(pay.money.value)) for pay in each.payments] for each in ours] == [
        [("2", 80000), ("3", 40000)]
    ]
