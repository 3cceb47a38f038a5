import json
from pathlib import Path

import pytest

from benchmarks import matching, results
from benchmarks.marks import DAMAGES
from benchmarks.rivals import FASTEST, RIVALS

SMALL = ["--size", "2K", "--each", "6", "--limited", "3", "--strained", "40", "--seconds", "1"]
IN_PROCESS = [name for name in RIVALS if not name.startswith("pg_")]


def measured(*options: str) -> matching.Bench:
    return matching.run(matching.options().parse_args([*SMALL, *options]))


@pytest.mark.slow
def test_every_system_answers_the_same_queries(capsys: pytest.CaptureFixture[str]) -> None:
    bench = measured("--rivals", ",".join([*IN_PROCESS, "splink_batch"]))
    of_all = {row["system"]: row for row in bench.rows if row["class"] == "all"}
    assert sorted(map(str, of_all)) == sorted(["tracemark", *IN_PROCESS, "splink_batch", "information limit"])
    del of_all["information limit"]
    assert {row["queries"] for row in of_all.values()} == {6 * len(DAMAGES)}
    for row in of_all.values():
        assert 0 < float(row["recall_at_1"] or 0) <= float(row["recall_at_10"] or 0) <= 1
        assert float(row["bytes_a_mark"] or 0) > 0
    # What Splink learns of so few marks may prefer another.
    clean = {
        str(row["system"]): row["recall_at_10"]
        for row in bench.rows
        if row["class"] == "clean" and row["system"] != "splink_batch"
    }
    assert clean == dict.fromkeys(clean, 1.0)
    bench.report()
    assert "share" in capsys.readouterr().out


@pytest.mark.postgresql
def test_postgresql_answers_too_and_its_server_ends() -> None:
    bench = measured("--rivals", "pg_trgm,pg_trgm_attributes")
    of_all = {row["system"]: row for row in bench.rows if row["class"] == "all"}
    assert list(of_all) == ["tracemark", "pg_trgm", "pg_trgm_attributes", "information limit"]


def test_a_run_keeps_the_rows_of_other_sizes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "RESULTS", tmp_path)
    for size, measure in ((1, 0.1), (2, 0.2), (1, 0.3)):
        row: results.Row = {"system": "tracemark", "size": size, "class": "all", "p50_ms": measure}
        path = results.write("matching", [row], keep_other_sizes=True)
    rows = json.loads(path.read_text())["rows"]
    assert [(row["size"], row["p50_ms"]) for row in rows] == [(1, 0.3), (2, 0.2)]


@pytest.mark.parametrize(
    ("text", "number"), [("250", 250), ("250K", 250_000), ("10M", 10_000_000), ("1.5m", 1_500_000)]
)
def test_a_size_may_be_written_short(text: str, number: int) -> None:
    assert results.size(text) == number


def test_a_large_register_is_measured_beside_the_fastest_unless_others_are_asked_for() -> None:
    assert matching.rivals(None, 10_000_000) == FASTEST
    assert matching.rivals("none", 1000) == ()
    assert matching.rivals("sqlite_glob", 10_000_000) == ("sqlite_glob",)
    assert set(matching.rivals("all", 10_000_000)) == {*RIVALS, "splink_batch"}
