"""The shapes that scripts rely on, and the exit status: 0 only on success."""

import csv
import io
import json
import sqlite3
from pathlib import Path
from typing import NoReturn

import pytest
from typer.testing import CliRunner, Result

from tracemark.cli.app import app
from tracemark.intake import ProfileRefused
from tracemark.kernel import Refused
from tracemark.node import Node

COMMANDS = (
    "demo", "import", "profiles", "trace", "link", "weapon", "retention", "verify", "redraw", "head", "take-over",
    "change-key", "sites", "count", "index", "learn",
    "weights list", "weights show", "weights propose", "weights adopt",
    "numbers list", "numbers seal", "law list", "law check", "law add",
    "export tiles", "export epcis", "export parquet", "detect", "figure", "figures",
    "publish propose", "publish approve", "publish decline", "publish withdraw", "publish list", "publish verify",
    "region figure", "region indicator", "region owed", "share figures", "share report", "demo-region",
    "assist import", "assist board", "assist crs", "assist iati",
    "review meetings", "review table", "review undertakings", "review dossier", "review kept", "review withdraw",
    "review propose", "review position", "review settle", "review proposals",
    "assist match", "assist ask", "assist offer", "assist revise", "assist list", "assist show", "assist propose",
    "assist step",
    "request evidence", "notice send", "notice list", "region warnings", "region commitments",
    "lost share", "lost import", "lost list", "lost show", "lost look",
    "certificate verify", "embargoes", "screen",
    "fellowship fund", "fellowship call", "fellowship show", "fellowship nominate", "fellowship propose",
    "fellowship decide", "fellowship scenarios", "fellowship certificate", "fellowship check", "fellowship due",
    "signals raise", "signals list", "signals show", "signals merge", "signals dismiss", "signals escalate",
    "signals precision", "notice export", "notice verify",
    "target add", "target list", "target show", "target observe", "target revise", "target close",
    "report propose-publication", "report publish", "report take-back",
    "contribution list", "contribution show", "contribution accept", "contribution refuse", "contribution answer",
    "contribution erase",
    "consultation open", "consultation list", "consultation show", "consultation invite", "consultation hear",
    "consultation speak", "consultation follow-up", "consultation extend", "consultation close",
    "campaign plan", "campaign list", "campaign show", "campaign start", "campaign return", "campaign count",
    "campaign close",
    "tips key", "tips list", "tips read", "tips answer", "tips count",
    "plan import", "plan list", "plan show", "plan report", "plan compare",
    "practice list", "practice show", "practice draft", "practice revise", "practice review", "practice return",
    "practice publish", "practice withdraw", "practice experience", "practice adopt", "practice share",
    "practice take-over", "practice durability", "practice document",
    "account add", "account list", "token issue", "token list", "token revoke", "serve",
)  # fmt: skip


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def plain(result: Result) -> dict[str, object]:
    found: dict[str, object] = json.loads(result.stdout)
    return found


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_helps(command: str) -> None:
    result = run(*command.split(), "--help")
    assert result.exit_code == 0
    assert "Usage" in result.stdout


def test_trace_has_its_shape_best_first(demo_copy: str) -> None:
    found = plain(run("trace", "??4", "--db", demo_copy, "--json", "--limit", "5"))
    assert set(found) >= {"reading", "candidates", "not_here", "ms", "weights"}
    candidates = found["candidates"]
    assert isinstance(candidates, list)
    assert all(set(each) == {"weapon", "marks", "posterior", "reasons"} for each in candidates)
    posteriors = [each["posterior"] for each in candidates]
    assert posteriors == sorted(posteriors, reverse=True)


def test_a_trace_of_a_whole_number_finds_its_weapon(demo_copy: str) -> None:
    weapon = plain(run("weapon", "W-17", "--db", demo_copy, "--json"))
    marks = weapon["marks"]
    described = weapon["description"]
    assert isinstance(marks, list)
    assert isinstance(described, dict)
    found = plain(run("trace", marks[0]["serial"], "--make", described["maker"], "--db", demo_copy, "--json"))
    candidates = found["candidates"]
    assert isinstance(candidates, list)
    assert candidates[0]["weapon"] == "W-17"


def test_verify_has_its_shape_and_fails_with_status_1(demo_copy: str) -> None:
    sound = run("verify", "--db", demo_copy, "--json")
    assert (sound.exit_code, plain(sound)["ok"], plain(sound)["faults"]) == (0, True, [])
    with sqlite3.connect(demo_copy.removeprefix("sqlite:///")) as connection:
        connection.execute("DROP TRIGGER event_no_update")
        connection.execute("UPDATE event SET body = replace(body, 'XT-REG', 'XT-POL') WHERE position = 5")
    forged = run("verify", "--db", demo_copy, "--json")
    assert (forged.exit_code, plain(forged)["ok"]) == (1, False)
    faults = plain(forged)["faults"]
    assert isinstance(faults, list)
    assert faults == [
        {"event": 5, "fault": "changed", "other": None, "place": ""},
        {"event": None, "fault": "trigger_missing", "other": None, "place": "event_no_update"},
    ]


def test_the_register_is_compared_if_asked_and_drawn_anew(demo_copy: str) -> None:
    with sqlite3.connect(demo_copy.removeprefix("sqlite:///")) as connection:
        connection.execute("UPDATE weapon SET holder = 'XT-D01' WHERE id = 17")
        [[last]] = connection.execute("SELECT MAX(position) FROM event WHERE weapon = 17")
    plainly = run("verify", "--db", demo_copy)
    assert (plainly.exit_code, "`tracemark verify --register`" in plainly.stdout) == (0, True)
    compared = run("verify", "--register", "--db", demo_copy, "--json")
    assert (compared.exit_code, plain(compared)["with_register"]) == (1, True)
    assert plain(compared)["faults"] == [{"event": last, "fault": "register_differs", "other": None, "place": "W-17"}]
    assert run("redraw", "--db", demo_copy).exit_code == 0
    assert run("verify", "--register", "--db", demo_copy).exit_code == 0


def test_a_person_whose_data_were_deleted_is_named_without_a_name(demo_copy: str) -> None:
    with sqlite3.connect(demo_copy.removeprefix("sqlite:///")) as connection:
        [[commitment, body]] = connection.execute("SELECT commitment, body FROM person ORDER BY commitment LIMIT 1")
        connection.execute("DELETE FROM person WHERE commitment = ?", [commitment])
    assert run("verify", "--every-head", "--db", demo_copy).exit_code == 0
    found = run("verify", "--register", "--db", demo_copy, "--json")
    faults = plain(found)["faults"]
    assert isinstance(faults, list)
    assert (found.exit_code, [(each["fault"], each["place"]) for each in faults]) == (
        1,
        [("person_missing", commitment)],
    )
    assert json.loads(body)["name"] not in found.stdout


def test_who_interrupts_is_told_that_nothing_was_verified(demo_copy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr(Node, "verify", interrupted)
    found = run("verify", "--db", demo_copy)
    assert (found.exit_code, found.stderr) == (130, "Interrupted: nothing was verified.\n")


def test_a_missing_trigger_alone_is_a_fault(demo_copy: str) -> None:
    with sqlite3.connect(demo_copy.removeprefix("sqlite:///")) as connection:
        connection.execute("DROP TRIGGER checkpoint_no_delete")
    found = run("verify", "--db", demo_copy)
    assert (found.exit_code, "A guard of the database is missing: checkpoint_no_delete." in found.stdout) == (1, True)


def test_a_head_kept_elsewhere_is_verified_against(demo_copy: str, tmp_path: Path) -> None:
    kept = tmp_path / "head"
    assert run("head", "--db", demo_copy, "--output", str(kept)).exit_code == 0
    assert run("verify", "--db", demo_copy, "--against", str(kept)).exit_code == 0
    kept.write_text("not a head", "utf-8")
    assert run("verify", "--db", demo_copy, "--against", str(kept)).exit_code == 1


def test_tiles_are_exported_and_an_export_is_continued(demo_copy: str, tmp_path: Path) -> None:
    assert run("export", "tiles", str(tmp_path / "log"), "--db", demo_copy).exit_code == 0
    assert (tmp_path / "log" / "checkpoint").read_text("utf-8").startswith("xt/tracemark/record\n")
    assert (tmp_path / "log" / "tile" / "0" / "000").stat().st_size == 256 * 32
    assert run("export", "tiles", str(tmp_path / "log"), "--db", demo_copy).exit_code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("weapon", "W-99999999"),
        ("weapon", "gun"),
        ("trace", "AB[0"),
        ("trace", "AB123", "--make", "no such maker at all"),
        ("import", "/nonexistent.csv", "--profile", "registry"),
        ("import", __file__, "--profile", "nope.toml"),
    ],
)
def test_bad_input_is_told_and_never_crashes(demo_copy: str, arguments: tuple[str, ...]) -> None:
    result = run(*arguments, "--db", demo_copy)
    assert result.exit_code != 0
    assert result.exception is None or isinstance(result.exception, SystemExit | Refused)


def test_a_database_of_an_unknown_kind_is_told() -> None:
    result = run("verify", "--db", "mysql://user:secret@somewhere/else")
    assert (result.exit_code, "sqlite:///path" in result.stderr, "secret" in result.stderr) == (1, True, False)


def test_a_profile_in_another_encoding_is_told(demo_copy: str, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_bytes("[profile]\nname = 'données'\n".encode("latin-1"))
    result = run("import", __file__, "--profile", str(tmp_path / "own.toml"), "--db", demo_copy)
    assert (result.exit_code, isinstance(result.exception, ProfileRefused)) == (1, True)


@pytest.mark.parametrize(
    "command",
    [
        "verify", "trace AB1", "weapon W-1", "head", "export tiles log", "account list", "serve",
        f"import {__file__} -p registry", "account add x --agency XT-REG --role auditor --agency-name X",
    ],
)  # fmt: skip
def test_a_mistyped_address_creates_nothing(command: str, tmp_path: Path) -> None:
    result = run(*command.split(), "--db", f"sqlite:///{tmp_path}/no/mistyped.sqlite3")
    assert (result.exit_code, "There is no register at" in result.stderr) == (1, True)
    assert list(tmp_path.iterdir()) == []


def test_a_dry_run_writes_nothing_where_no_register_stands(tmp_path: Path) -> None:
    lot = tmp_path / "lot.csv"
    lot.write_text("registry_number,serial,holder,registered_on\n1,XTAB12345,XT-D01,2020-05-17\n")
    typing = ("import", str(lot), "-p", "registry", "--dry-run", "--json", "--db", f"sqlite:///{tmp_path}/no.sqlite3")
    assert plain(run(*typing))["rows"] == 1
    assert [path.name for path in tmp_path.iterdir()] == ["lot.csv"]


def test_a_weapon_s_life_is_told_as_epcis(demo_copy: str) -> None:
    told = plain(run("export", "epcis", "W-17", "--db", demo_copy))
    assert (told["type"], told["schemaVersion"]) == ("EPCISDocument", "2.0")


def test_a_report_s_cell_that_a_spreadsheet_would_run_is_disarmed(demo_copy: str, tmp_path: Path) -> None:
    table, report = tmp_path / "lot.csv", tmp_path / "report.csv"
    table.write_text("registry_number,serial,holder,registered_on\n1,AB12345,XT-D01,=CMD()\n")
    run("import", str(table), "--profile", "registry", "--dry-run", "--report", str(report), "--db", demo_copy)
    lines = list(csv.reader(io.StringIO(report.read_text("utf-8"))))
    assert ["lot.csv", "2", "registered_on", "'=CMD()"] in [line[:4] for line in lines]
    assert [cell for line in lines for cell in line if cell[:1] in set("=+-@")] == []


def test_the_delaware_traces_are_imported_traced_and_imported_no_more(
    demo_copy: str, tmp_path: Path, delaware_traces: Path
) -> None:
    db = f"sqlite:///{tmp_path}/delaware.sqlite3"
    source = str(delaware_traces)
    tried = plain(run("import", source, "--profile", "delaware", "--dry-run", "--db", db, "--json"))
    assert not Path(db.removeprefix("sqlite:///")).exists()
    done = plain(run("import", source, "--profile", "delaware", "--db", db, "--json", "--create"))
    again = plain(run("import", source, "--profile", "delaware", "--db", db, "--json"))
    assert (done["rows"], done["imported"], done["held"], done["refused"]) == (
        635, tried["imported"], tried["held"], tried["refused"],
    )  # fmt: skip
    assert done["imported"] + done["held"] + done["refused"] == 635  # type: ignore[operator]
    assert again["already"]
    found = plain(run("trace", "ABE573528", "--make", "Taurus", "--db", db, "--json"))
    assert found["candidates"][0]["posterior"] > 0.9  # type: ignore[index]


@pytest.mark.usefixtures("demo_copy")
def test_niem_firearms_are_imported_and_their_persons_lie_beside_the_record(tmp_path: Path, shared_data: Path) -> None:
    db = f"sqlite:///{tmp_path}/niem.sqlite3"
    source = min((shared_data / "niem_firearm_instances").glob("sample-*.xml"))
    done = plain(run("import", str(source), "--profile", "niem", "--db", db, "--json", "--create"))
    assert (done["imported"], done["held"], done["refused"]) == (1, 0, 0)
    with sqlite3.connect(db.removeprefix("sqlite:///")) as connection:
        [(data,)] = connection.execute("SELECT body FROM person").fetchall()
        [(sealed,)] = connection.execute("SELECT CAST(body AS TEXT) FROM event").fetchall()
    assert json.loads(data)["name"] not in sealed


def test_an_epcis_document_goes_out_and_comes_in_at_another_node(demo_copy: str, tmp_path: Path) -> None:
    written, db = tmp_path / "w3.jsonld", f"sqlite:///{tmp_path}/other.sqlite3"
    told = run("export", "epcis", "W-3", "--base", "https://register.example/", "--db", demo_copy).stdout
    written.write_text(told)
    tried = plain(run("import", str(written), "--profile", "epcis", "--db", db, "--dry-run", "--json"))
    done = plain(run("import", str(written), "--profile", "epcis", "--db", db, "--json", "--create"))
    assert (tried["imported"], done["imported"], done["refused"]) == (1, 1, 0)
    again = plain(run("import", str(written), "--profile", "epcis", "--db", db, "--json"))
    assert again["already"]


def test_trace_says_how_a_reading_was_understood(demo_copy: str) -> None:
    told = run("trace", "AA?01 (slide, scratched)", "--db", demo_copy).stdout
    assert told.splitlines()[:2] == [
        "Read as: A A ? 0 1, Slide",
        "  “scratched” describes the mark and changes no place.",
    ]
    found = plain(run("trace", "AA?01 (slide, scratched)", "--db", demo_copy, "--json"))
    assert (found["reading"], found["understood"]) == ("AA?01 (slide, scratched)", "AA?01 (slide)")


def test_trace_asks_about_what_it_does_not_understand(demo_copy: str) -> None:
    asked = run("trace", "AA?01 (blorf)", "--db", demo_copy)
    assert (asked.exit_code, asked.stdout) == (1, "")
    assert "“blorf” at character 8" in asked.stderr
    assert asked.stderr.splitlines()[-1] == "Did you mean AA?01?"
