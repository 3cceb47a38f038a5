"""`tracemark import` on files as people hand them in: what is said, in words and as JSON, and what is refused."""

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pytest_django.plugin import DjangoDbBlocker
from typer.testing import CliRunner, Result

from tests.recordkeeping.sealed_logs import SeededSigner
from tracemark.cli.app import app, main
from tracemark.kernel import Refused
from tracemark.storage import open_stores

HEADING = ("registry_number", "serial", "maker", "holder", "registered_on", "authority")
ROW = ("1", "AB12345", "Glock", "XT-D01", "2020-05-17", "")


def written(folder: Path, *rows: Sequence[str], name: str = "lot.csv") -> Path:
    path = folder / name
    path.write_text("\n".join(";".join(row) for row in rows) + "\n", "utf-8")
    return path


def tried(file: Path, *more: str) -> Result:
    db = f"sqlite:///{file.parent}/none.sqlite3"
    return CliRunner().invoke(app, ["import", str(file), "-p", "registry", "--dry-run", "--db", db, *more])


def told(file: Path, *more: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(tried(file, "--json", *more).stdout)
    return found


def test_the_json_holds_all_that_the_words_say(tmp_path: Path) -> None:
    rows = [HEADING, ROW, ("2", "1.2E+16", "Glok", "Nobody", "12 jui 2019", "Ministry")]
    path = written(tmp_path, ("Register of the Ministry",), *rows)
    found, said = told(path), " ".join(tried(path).stdout.split())
    assert (found["heading_row"], found["delimiter"], found["encoding"], found["sheet"]) == (2, ";", "utf-8", "")
    assert found["dates"]["registered_on"]["formats"] == {"year-month-day": 1, "day month-name year": 1}
    assert "model" in found["absent_columns"]
    assert [(each["code"], each["severity"], each["row"]) for each in found["findings"]] == [
        ("intake.maker_unknown", "warning", 4),
        ("intake.date_ambiguous", "error", 4),
        ("intake.serial_spreadsheet", "error", 4),
    ]
    for each in (*found["about_table"], *found["findings"]):
        assert " ".join(each["said"].split()) in said


def test_a_sheet_and_a_heading_may_be_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for name, number in (("2023", "AB1111"), ("2024", "AB2222")):
        sheet = book.create_sheet(name)
        sheet.append(HEADING)
        sheet.append([*ROW[:1], number, *ROW[2:]])
    path = tmp_path / "lot.xlsx"
    book.save(path)
    with pytest.raises(Refused) as refused:
        CliRunner().invoke(app, ["import", str(path), "-p", "registry", "--dry-run"], catch_exceptions=False)
    assert [each.code for each in refused.value.findings] == ["exchange.several_sheets"]
    found = told(path, "--sheet", "2024", "--heading-row", "1")
    assert (found["sheet"], found["rows"], found["imported"]) == ("2024", 1, 1)


@pytest.fixture(scope="module")
def empty_register(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Path:
    path = tmp_path_factory.mktemp("empty") / "register.sqlite3"
    with django_db_blocker.unblock():
        open_stores(f"sqlite:///{path}", SeededSigner()).close()
    return path


@pytest.fixture
def register(empty_register: Path, tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Path]:
    """A register of its own, and the right to open it."""
    path = tmp_path / "register.sqlite3"
    shutil.copy(empty_register, path)
    with django_db_blocker.unblock():
        yield path


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("import {} -p registry", "pipe.csv is a folder, a pipe or a device"),
        ("lost import {}", "pipe.csv is a folder, a pipe or a device"),
        ("plan import {}", "pipe.csv is a folder, a pipe or a device"),
        ("fellowship call {}", "pipe.csv is a folder, a pipe or a device"),
        ("report answer NR-2026-000001 inf.files --file {}", "pipe.csv is a folder, a pipe or a device"),
        ("link {} {db} --out o.parquet", "There is no file pipe.csv"),
    ],
)
def test_a_pipe_is_refused_at_once(
    command: str, said: str, register: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(register.parent)
    os.mkfifo("pipe.csv")
    db = f"sqlite:///{register}"
    typed = command.format("pipe.csv", db=db).split()
    monkeypatch.setattr("sys.argv", ["tracemark", *typed, *([] if typed[0] == "link" else ["--db", db])])
    with pytest.raises(SystemExit) as ended:
        main()
    assert (ended.value.code, said in capsys.readouterr().err) == (1, True)


@pytest.mark.parametrize("command", ["serve", "verify", f"import {__file__} -p registry --dry-run"])
@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DELETE FROM django_migrations WHERE name = '0011_letters_about'", "older version"),
        ("INSERT INTO django_migrations (app, name, applied) VALUES ('tracemark', '9999_x', '2030')", "newer version"),
        ("DELETE FROM django_migrations", "no register"),
    ],
)
def test_a_register_of_another_version_says_what_to_do(command: str, statement: str, said: str, register: Path) -> None:
    with sqlite3.connect(register) as connection:
        connection.execute(statement)
    connection.close()
    result = CliRunner().invoke(app, [*command.split(), "--db", f"sqlite:///{register}"])
    assert (result.exit_code, said in result.stderr) == (1, True)
