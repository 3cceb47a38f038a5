import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.diversion.lives import EMBARGOES, STATE, TODAY, laid_down, on_duckdb
from tests.diversion.worlds import world_of
from tests.house.tree import ROOT
from tracemark import diversion
from tracemark.diversion import patterns

SEEDS = (2, 3)
SPARK_SECONDS = 500


@pytest.mark.slow
def test_spark_finds_what_duckdb_finds(around_spark: dict[str, str], tmp_path: Path) -> None:
    folders, expected = [], []
    for seed in SEEDS:
        world = world_of(seed)
        folders.append(str(laid_down(world, tmp_path / f"spark-{seed}").folder))
        with on_duckdb(world, tmp_path / f"duckdb-{seed}") as engine:
            signals = diversion.detect(engine, today=TODAY, state=STATE, embargoes=EMBARGOES)
            expected.append([each.plain() for each in signals])
    made = {code for code, each in patterns().items() if each.statistic}
    assert made <= {signal["rule"] for signals in expected for signal in signals}
    answered = subprocess.run(
        [sys.executable, "-m", "tests.diversion.spark_answers", *folders],
        cwd=ROOT,
        env={**around_spark, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=SPARK_SECONDS,
    )
    assert answered.returncode == 0, answered.stderr[-4000:]
    assert list(map(json.loads, answered.stdout.splitlines())) == expected
