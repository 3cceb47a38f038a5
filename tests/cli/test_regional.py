"""`region`: what States published is added up, and who is missing is named."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests.secretariat.test_rollups import SEIZED, told
from tracemark.cli.app import app
from tracemark.reporting import figures

PERIOD = ("--from", "2024", "--to", "2025")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["region", "figure", *arguments])


@pytest.fixture
def publication(tmp_path: Path) -> str:
    file = tmp_path / "PF-2026-000001.json"
    file.write_text(json.dumps(told()), encoding="utf-8")
    return str(file)


def test_a_sum_names_who_is_not_in_it(publication: str) -> None:
    plain = run(SEIZED, f"KE={publication}", f"UG={publication}", *PERIOD, "--member", "TZ", "--json")
    assert (plain.exit_code, plain.stderr) == (0, "")
    assert json.loads(plain.stdout) == {
        "figure": SEIZED,
        "unit": "weapons",
        "first": "2024-01-01",
        "last": "2025-12-31",
        "by": [],
        "rows": [{"number": 20, "counted": ["KE", "UG"], "missing": {"TZ": "not_told"}}],
    }
    said = run(SEIZED, f"KE={publication}", *PERIOD, "--region", "014")
    assert "Uganda: Not told" in " ".join(said.stdout.split())


def test_what_cannot_be_added_up_is_refused_with_a_reason(publication: str, tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("[1]", encoding="utf-8")
    for arguments, sentence in (
        ((SEIZED, f"QQ={publication}"), "There is no State QQ. Give its ISO 3166-1 code of two letters."),
        (("no.figure", f"KE={publication}"), "There is no figure no.figure. `tracemark figures` lists them."),
        ((SEIZED, f"KE={publication}", "--region", "999"), "There is no region 999 in the list M49."),
        ((SEIZED, f"KE={broken}"), f"{broken} is no publication of a figure as JSON. Fetch it"),
        ((SEIZED, "KE"), "“KE” names no file of a State."),
    ):
        refused = run(*arguments, *PERIOD)
        assert refused.exit_code == 1
        assert " ".join(refused.stderr.split()).startswith(sentence)


def test_the_indicator_of_a_region_is_reckoned_from_files_of_its_states(tmp_path: Path) -> None:
    numerator, denominator = figures()["indicator.all_share"].parts
    given = []
    for state, figure, number in (
        ("KE", numerator, 60), ("KE", denominator, 200), ("UG", numerator, 1), ("UG", denominator, 100)
    ):  # fmt: skip
        file = tmp_path / f"{state}-{figure}.json"
        file.write_text(json.dumps(told(figure, rows=[{"number": number}])), encoding="utf-8")
        given.append(f"{state}={file}")
    asked = (*given, "--denominator", "all", "--member", "TZ")
    (plain,) = json.loads(reckon(*asked, "--json").stdout)["indicators"]
    assert (plain["numerator"], plain["denominator"], plain["percent"]) == (61, 300, "20.33")
    assert plain["missing"] == {"TZ": "not_told"}
    said = " ".join(reckon(*asked).stdout.split())
    assert "20.33" in said
    assert "Not told" in said
    none = reckon(*asked, *PERIOD[:1], "2020", *PERIOD[2:3], "2021", "--json")
    assert json.loads(none.stdout)["indicators"][0]["missing"] == dict.fromkeys(("KE", "UG"), "other_period") | {
        "TZ": "not_told"
    }


def test_the_indicator_says_what_lacks_and_what_was_typed_wrong(publication: str) -> None:
    nothing = reckon(f"KE={publication}")
    assert nothing.exit_code == 0
    assert "indicator.traceable_known and indicator.traceable_counted" in " ".join(nothing.stdout.split())
    half = reckon(f"KE={publication}", "--from", "2024")
    assert (half.exit_code, half.stderr.strip()) == (1, "Give both --from and --to, or neither.")
    assert reckon(f"KE={publication}", "--denominator", "some").exit_code == 2


def reckon(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["region", "indicator", *arguments])
