import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tracemark.cli.app import app
from tracemark.recordkeeping import TermsRefused

SHORT = '[[term]]\nretention = "other"\nyears = 7\nsource = "Act 1"\nsince = "2014"\n'


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


@pytest.fixture
def law(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TRACEMARK_RETENTION", str(tmp_path / "law.toml"))
    return tmp_path / "law.toml"


def test_iti_12_a_state_s_own_term_below_the_floor_is_told_with_status_1(law: Path) -> None:
    law.write_text(SHORT)
    found = run("retention", "--json")
    assert (found.exit_code, json.loads(found.stdout)["ok"]) == (1, False)
    assert "“Act 1” asks 7 years only, and at least 20 are asked" in found.stderr
    law.write_text(SHORT.replace("7", '"for ever"'))
    assert (run("retention").exit_code, "for ever" in run("retention").stdout) == (0, True)


def test_terms_that_are_not_there_or_cannot_be_read_are_told(law: Path) -> None:
    assert (run("retention").exit_code, str(law) in run("retention").stderr) == (1, True)
    law.write_text(SHORT.replace("other", "sales"))
    assert isinstance(run("retention").exception, TermsRefused)


def test_a_weapon_tells_until_when_its_record_is_kept(demo_copy: str, law: Path) -> None:
    law.write_text(SHORT.replace("7", '"for ever"'))
    assert "This record must be kept for ever (Act 1)." in run("weapon", "W-17", "--db", demo_copy).stdout
    law.write_text(SHORT)
    told = json.loads(run("weapon", "W-17", "--db", demo_copy, "--json").stdout)["retention"]
    assert (told["source"], told["until"] > "2026") == ("ITI 12(b)", True)
