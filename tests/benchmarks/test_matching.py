import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks import figures, matching, results
from benchmarks.marks import DAMAGES, Recovery
from benchmarks.rivals import FASTEST, RIVALS
from benchmarks.systems import Answer

SMALL = ["--size", "2K", "--weapons", "400K", "--each", "6", "--limited", "3", "--strained", "40", "--seconds", "1"]
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
    limits = [row for row in bench.rows if row["system"] == "information limit"]
    assert all(0 <= float(row["faultless_recall_at_1"] or 0) <= 1 for row in limits)
    assert float(limits[0]["faultless_recall_at_10"] or 0) > 0.8
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
    assert matching.usual_rivals(10_000_000) == FASTEST
    assert matching.rivals("none") == ()
    assert matching.rivals("sqlite_glob") == ("sqlite_glob",)
    assert set(matching.rivals("all")) == {*RIVALS, "splink_batch"} == set(matching.usual_rivals(1000))


@pytest.mark.parametrize("named", ["LEFT OUT", "sqlite_glob,Tantivy", "sqlite_glob,none", ""])
def test_a_rival_that_does_not_exist_is_an_error(named: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        matching.options().parse_args(["--rivals", named])
    assert ended.value.code == 2
    assert "no such rival" in capsys.readouterr().err


def given(weapon: int, weapons: list[int], chances: list[float], not_here: float) -> figures.Given:
    return figures.Given(Recovery("clean", "4471", (-1,) * 6, weapon), Answer(weapons, chances, not_here), 1.0, 1.0)


@pytest.mark.parametrize(
    ("weapon", "chances", "not_here", "score"),
    [
        (5, [1.0, 0.0], 0.0, 0.0),
        (-1, [0.0, 0.0], 1.0, 0.0),
        (5, [0.6, 0.1], 0.3, 0.16 + 0.01 + 0.09),
        (-1, [0.6, 0.1], 0.3, 0.36 + 0.01 + 0.49),
        (8, [0.6, 0.1], 0.3, 1 + 0.36 + 0.01 + 0.09),
        (8, [1.0, 0.0], 0.0, 2.0),
    ],
)
def test_the_score_of_all_judges_every_candidate_and_not_here(
    weapon: int, chances: list[float], not_here: float, score: float
) -> None:
    assert figures.brier_of_all(given(weapon, [5, 6], chances, not_here)) == pytest.approx(score)


def test_whoever_says_what_is_so_has_the_best_score_of_all() -> None:
    """Of a hundred recoveries 60 are weapon 5, 15 weapon 6, and 25 not here: any other statement scores worse."""
    true = np.array([0.6, 0.15, 0.25])

    def expected(stated: np.ndarray) -> float:
        scores = [figures.brier_of_all(given(each, [5, 6], stated[:2].tolist(), stated[2])) for each in (5, 6, -1)]
        return float(true @ scores)

    for moved in ((0.1, -0.1, 0), (0.1, 0, -0.1), (0, -0.1, 0.1), (-0.05, -0.05, 0.1), (0.3, -0.1, -0.2)):
        assert expected(true) < expected(true + moved)
