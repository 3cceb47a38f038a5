"""`tracemark link` on two registers: of one State and of another, some of whose weapons are the same ones."""

import csv
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from pytest_django import DjangoDbBlocker
from typer.testing import CliRunner

from tracemark.cli.app import app

HEADING = (
    "registry_number",
    "kind",
    "maker",
    "model",
    "calibre",
    "country",
    "year",
    "serial",
    "holder",
    "registered_on",
)
OURS, IN_BOTH, THEIRS = 60, 12, 90
SPARK_SECONDS = 300
Row = tuple[str, str | None, float | None, float]


def weapon(number: int, serial: str, *, pistol: bool) -> tuple[str, ...]:
    maker, model, calibre = ("Glock", "17", "9x19") if pistol else ("Zastava", "M70", "7.62x39")
    return (
        f"R-{number}",
        "pistol" if pistol else "rifle",
        maker,
        model,
        calibre,
        "",
        "",
        serial,
        "Customs",
        "2020-01-31",
    )


def ours() -> list[tuple[str, ...]]:
    return [weapon(number, f"AB{10007 + 7919 * number}", pistol=number % 3 > 0) for number in range(OURS)]


def theirs() -> list[tuple[str, ...]]:
    """The first dozen are ours: six as written, three with other signs, three with a B for an 8 or an O for a 0."""
    both = []
    for number, row in enumerate(ours()[:IN_BOTH]):
        serial = row[7]
        if 6 <= number < 9:
            serial = f"{serial[:2].lower()}-{serial[2:5]} {serial[5:]}"
        elif number >= 9:
            serial = serial.replace("8", "B", 1) if "8" in serial[2:] else serial.replace("0", "O", 1)
        both.append(weapon(1000 + number, serial, pistol=number % 3 > 0))
    return both + [
        weapon(2000 + number, f"KT{20011 + 6521 * number}", pistol=number % 2 > 0) for number in range(THEIRS)
    ]


@pytest.fixture(scope="module")
def registers(
    tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[str, str]]:
    """The addresses of both registers, each with codes of its own."""
    folder, urls = tmp_path_factory.mktemp("two"), []
    with django_db_blocker.unblock():
        for name, rows in (("ours", ours()), ("theirs", theirs())):
            path = folder / f"{name}.csv"
            with path.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([HEADING, *rows])
            urls.append(f"sqlite:///{folder / name}.sqlite3")
            command = ["import", str(path), "--profile", "registry", "--create", "--db", urls[-1]]
            done = CliRunner().invoke(app, command)
            assert done.exit_code == 0, done.output
        yield urls[0], urls[1]


def best(path: Path) -> list[Row]:
    """Return what we have on record, the first candidate, its probability, and that it is none of theirs."""
    with duckdb.connect() as connection:
        wanted = f"SELECT reading, mark, posterior, not_here FROM '{path}' WHERE COALESCE(rank, 1) = 1 ORDER BY row"
        return connection.execute(wanted).fetchall()


def linked(registers: tuple[str, str], out: Path) -> list[Row]:
    done = CliRunner().invoke(app, ["link", *registers, "--out", str(out)])
    assert done.exit_code == 0, done.output
    return best(out)


def test_the_weapons_that_both_hold_are_found_and_no_others(registers: tuple[str, str], tmp_path: Path) -> None:
    found = linked(registers, tmp_path / "out.parquet")
    assert [reading for reading, *_ in found] == [row[7] for row in ours()]
    sure = {reading: mark for reading, mark, posterior, _ in found if posterior is not None and posterior > 0.9}
    folded = [row[7].upper().replace("-", "").replace(" ", "") for row in theirs()]
    assert sure == {row[7]: folded[number] for number, row in enumerate(ours()[:IN_BOTH])}
    assert all(not_here > 0.9 for _, _, _, not_here in found[IN_BOTH:])


def test_it_may_be_asked_the_other_way_round(registers: tuple[str, str], tmp_path: Path) -> None:
    found = linked((registers[1], registers[0]), tmp_path / "out.parquet")
    sure = [mark for _, mark, posterior, _ in found if posterior is not None and posterior > 0.9]
    assert sure == [row[7] for row in ours()[:IN_BOTH]]


@pytest.mark.slow
def test_spark_links_two_registers_alike(
    around_spark: dict[str, str], registers: tuple[str, str], tmp_path: Path
) -> None:
    out = tmp_path / "spark.parquet"
    command = [sys.executable, "-m", "tracemark", "link", *registers, "--out", str(out), "--engine", "spark"]
    ended = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=SPARK_SECONDS, env=around_spark
    )
    assert ended.returncode == 0, ended.stderr
    assert best(out) == linked(registers, tmp_path / "duckdb.parquet")
