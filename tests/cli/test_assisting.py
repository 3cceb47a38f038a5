"""`assist match`: a proposal from a file, and what it would have taken."""

import json
from pathlib import Path

from typer.testing import CliRunner, Result

from tracemark.assistance import RoundUnreadable
from tracemark.cli.app import app

EXAMPLE = str(Path(__file__).parents[2] / "docs" / "howto" / "examples" / "round.toml")


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
    unknown = run(EXAMPLE, "--explain", "XZ-9")
    assert (unknown.exit_code, unknown.stderr) == (1, "There is no request XZ-9 in this round.\n")
    broken = tmp_path / "broken.toml"
    broken.write_text("on = 2026-05-01\n[[need]]\n", encoding="utf-8")
    assert isinstance(run(str(broken)).exception, RoundUnreadable)
