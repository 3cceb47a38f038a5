"""`tracemark link` on both engines: the same Parquet, nothing half-written, no row dropped."""

import json
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner, Result

from tracemark.cli.app import app, main
from tracemark.node import open_node

LIST = """id;reading;make;calibre
K-1;?00487?;;
K-2;AB12 foobarbaz;Glock;9x19
K-3;;;
K-4;illegible;;
"""
SPARK_SECONDS = 300


def link(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["link", *arguments])


def rows(path: Path) -> list[tuple[object, ...]]:
    with duckdb.connect() as connection:
        return connection.execute(f"SELECT * FROM read_parquet('{path}')").fetchall()


def column(path: Path, name: str) -> list[object]:
    with duckdb.connect() as connection:
        return [row[0] for row in connection.execute(f"SELECT {name} FROM read_parquet('{path}')").fetchall()]


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "found.csv"
    path.write_text(LIST, "utf-8")
    return path


def test_a_list_is_linked_to_a_register_and_every_row_is_answered(demo_copy: str, listed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.parquet"
    result = link(str(listed), demo_copy, "--out", str(out), "--limit", "2", "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    told = json.loads(result.stdout)
    reasons = {"tracing.list_nothing_legible": 1, "tracing.list_reading_blank": 1, "tracing.question_word": 1}
    assert (told["rows"], told["linked"], told["reasons"], told["itself"]) == (4, 1, reasons, False)
    assert list(dict.fromkeys(zip(column(out, "row"), column(out, "id"), strict=True))) == [
        (2, "K-1"), (3, "K-2"), (4, "K-3"), (5, "K-4"),
    ]  # fmt: skip
    assert [path.name for path in tmp_path.iterdir() if "out.parquet" in path.name] == ["out.parquet"]


def test_the_register_and_the_file_say_what_was_read_and_shown(demo_copy: str, listed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.parquet"
    link(str(listed), demo_copy, "--out", str(out))
    stores = open_node(demo_copy).stores
    [noted] = stores.searches.page(limit=1)
    shown = [weapon for weapon in column(out, "weapon") if weapon is not None]
    assert (noted.asked["readings"], noted.asked["linked_with"]) == (
        ["?00487?", "AB12 foobarbaz", "", "illegible"],
        "found.csv",
    )
    assert list(noted.shown) == shown
    with duckdb.connect() as connection:
        kept = dict(
            connection.execute(f"SELECT decode(key), decode(value) FROM parquet_kv_metadata('{out}')").fetchall()
        )
    assert kept["tracemark.head"] == str(stores.records.head())
    assert (kept["tracemark.a"], kept["tracemark.weights"], kept["tracemark.absent"]) == ("found.csv", "v8", "0.25")


def test_a_register_held_against_itself_never_finds_a_weapon_in_itself(demo_copy: str, tmp_path: Path) -> None:
    out = tmp_path / "out.parquet"
    result = link(demo_copy, demo_copy, "--out", str(out), "--json")
    assert (result.exit_code, json.loads(result.stdout)["itself"]) == (0, True)
    pairs = list(zip(column(out, "row"), column(out, "weapon"), strict=True))
    assert [pair for pair in pairs if pair[0] == pair[1]] == []
    assert len({row for row, _ in pairs}) == json.loads(result.stdout)["rows"] > 2000


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("lesung,make\nAB12,Glock\n", "names no column “reading”"),
        ("reading,serial\nAB12,AB12\n", "several columns for “reading”"),
        ("", "is empty"),
    ],
)
def test_a_list_that_cannot_be_read_leaves_what_was_there(
    demo_copy: str,
    tmp_path: Path,
    content: str,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path, out = tmp_path / "bad.csv", tmp_path / "out.parquet"
    path.write_text(content)
    out.write_bytes(b"before")
    monkeypatch.setenv("TRACEMARK_LANGUAGE", "en")
    monkeypatch.setattr(sys, "argv", ["tracemark", "link", str(path), demo_copy, "--out", str(out)])
    with pytest.raises(SystemExit) as ended:
        main()
    told = " ".join(capsys.readouterr().err.split())
    assert (ended.value.code, "bad.csv" in told, said in told) == (1, True, True)
    assert out.read_bytes() == b"before"
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".out")] == []


@pytest.mark.slow
def test_spark_gives_the_same_rows(around_spark: dict[str, str], demo_copy: str, listed: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "duckdb.parquet", tmp_path / "spark.parquet"
    assert link(str(listed), demo_copy, "--out", str(first)).exit_code == 0
    asked = [str(listed), demo_copy, "--out", str(second), "--engine", "spark"]
    command = [sys.executable, "-m", "tracemark", "link", *asked]
    # Spark has been seen to hang instead of failing.
    ended = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=SPARK_SECONDS, env=around_spark
    )
    assert ended.returncode == 0, ended.stderr
    assert rows(second) == rows(first)
    assert len(rows(first)) >= 4
