"""What is wrong with files, settings and addresses, said in the reader's language and without English in between."""

import re
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT
from tracemark.cli.app import main
from tracemark.wording import LANGUAGES

FILES = {
    "bad.toml": "a = 1\nb = \n",
    "bad.sql": "-- code: x\nSELECT 1\n",
    "odd.sql": "\n".join(
        f"-- {field}: x"
        for field in ["code", "title", "stage", "strength", "paragraph", "pattern", "evidence", "innocent"]
    )
    + "\nSELECT 1\n",
    "empty.csv": "",
    "heading.csv": "code,goal,title,owner,start,end\n",
    "junk.sqlite3": "no database at all, however long one looks at it" * 100,
}
PLAN = "--title P --kind salw --first 2026-01-01 --last 2028-12-31 --currency EUR"
DEALER = ROOT / "docs" / "howto" / "examples" / "dealer.csv"
TYPED = [
    "detect --rule-file bad.toml",
    "detect --rule-file bad.sql",
    "detect --rule-file odd.sql",
    "detect --from .",
    f"import {DEALER} --profile bad.toml --dry-run",
    "trace A1 --db foo://x",
    "trace A1 --db sqlite:///junk.sqlite3",
    "trace A1 --db postgresql://a@127.0.0.1:x/y",
    "trace A1 --country Narnia",
    f"plan import empty.csv {PLAN}",
    f"plan import heading.csv {PLAN}",
    "plan import bad.toml --dry-run",
    "law check bad.toml",
    "assist match bad.toml",
    "assist match gone.toml",
    "practice draft bad.toml",
    "fellowship call bad.toml",
    "region figure losses.lost KE --from 2024 --to 2025",
    "region figure losses.lost KE=bad.toml --from 2024 --to 2025",
    "region figure losses.lost KE=gone --from 2024 --to 2025",
    "verify-proof bad.toml --keys empty.csv",
    "ask-privately A1 --node nobody",
    "peer add gone",
    "screen ...",
    "receive .",
]
FOREIGN = re.compile(
    r"No such file|at line \d|not a valid|Invalid|Expected|is not a|JSONDecode|Errno|Permission|denied|not sqlite"
)


def said(typed: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> tuple[object, str]:
    """Type a command, and return the status it ended with and what stood on standard error."""
    monkeypatch.setattr(sys, "argv", ["tracemark", *typed.split()])
    with pytest.raises(SystemExit) as ended:
        main()
    return ended.value.code, capsys.readouterr().err


@pytest.fixture
def folder(demo_copy: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder with files that are not as they should be, beside a small demo State."""
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRACEMARK_DB", demo_copy)
    return tmp_path


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("typed", TYPED)
def test_what_is_wrong_is_said_in_each_language_and_in_none_of_the_others(
    typed: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told = {}
    for language in LANGUAGES:
        monkeypatch.setenv("TRACEMARK_LANGUAGE", language.code)
        status, told[language.code] = said(typed, monkeypatch, capsys)
        assert status == 1
        assert told[language.code].strip()
        assert not FOREIGN.search(told[language.code]), told[language.code]
    assert len(set(told.values())) == len(LANGUAGES)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("setting", "value", "said_of_it"),
    [
        ("TRACEMARK_RETENTION", "gone.toml", "TRACEMARK_RETENTION nomme gone.toml, qui ne peut être lu : ce fichier"),
        ("TRACEMARK_RETENTION", "bad.toml", "bad.toml ne peuvent être lues comme TOML : à la ligne 2, colonne 5"),
        ("TRACEMARK_DEADLINES", "bad.toml", "bad.toml ne peut être lu comme TOML : à la ligne 2, colonne 5"),
        ("TRACEMARK_LEVEL", "odd", "TRACEMARK_LEVEL vaut « odd ». Il prend l’une de ces valeurs : national"),
    ],
)
def test_a_setting_that_is_wrong_is_named(
    setting: str, value: str, said_of_it: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TRACEMARK_LANGUAGE", "fr")
    monkeypatch.setenv(setting, value)
    status, told = said("peer list", monkeypatch, capsys)
    assert (status, said_of_it in told) == (1, True), told


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("country", "near"), [("Narnia", None), ("Kenia", "Kenya (KE)"), ("Germny", "Germany (DE)")])
def test_only_a_name_that_is_near_is_suggested(
    country: str, near: str | None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TRACEMARK_LANGUAGE", "en")
    _, told = said(f"trace A1 --country {country}", monkeypatch, capsys)
    assert ("Perhaps" in told) == (near is not None)
    assert near is None or near in told
