"""A register held against itself: how many weapons recorded twice are found, and how many of those found are so.

    python -m benchmarks.twins --register 100000

One weapon in a hundred is recorded a second time, by another clerk, as a weapon of its own: with the same number, or
misread, or miscopied, and with what that clerk left out or got wrong of the weapon.
"""

import argparse
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import numpy as np

from benchmarks import results
from benchmarks.damage import damaged
from benchmarks.figures import SURE
from benchmarks.marks import register, world
from benchmarks.registers import Register, misrecord, texts
from benchmarks.systems import Engine
from benchmarks.worlds import ALPHABET, WIDTH, World, describe
from tracemark import storage, tracing

SEED = 59
TWINS = 0.01
_HOW = {"clean": 0.7, "look_alike": 0.15, "transposed": 0.1, "inserted_or_left_out": 0.05}
"""How the second clerk wrote the number."""

_LIKELIER_THAN_NOT = 0.5

Pair = tuple[int, int]


def with_twins(of: World, held: Register, seed: int) -> tuple[Register, set[Pair]]:
    """Record some weapons of a register again, and return the pairs."""
    chance = np.random.default_rng([seed, 6])
    count = len(held.weapons)
    twice = np.sort(chance.choice(count, int(count * TWINS), replace=False))
    true, recorded = describe(of, held.weapons[twice])
    misrecord(recorded, chance)
    hows = chance.choice(list(_HOW), len(twice), p=list(_HOW.values()))
    written = [damaged(text, how, chance)[:WIDTH] for text, how in zip(texts(true), hows.tolist(), strict=True)]
    codes = np.array([[ALPHABET.index(sign) + 1 for sign in each] + [0] * (WIDTH - len(each)) for each in written])
    again = np.arange(count, count + len(twice))
    both = Register(
        np.concatenate([held.weapons, held.weapons[twice]]),
        np.concatenate([held.codes, codes.astype(np.uint8)]),
        np.concatenate([held.recorded, recorded]),
        np.concatenate([held.marks[:count], again, held.marks[count:]]).astype(np.int32),
    )
    return both, set(zip(twice.tolist(), again.tolist(), strict=True))


def rows_of(held: Register) -> Iterator[tracing.ListRow]:
    """Yield each weapon as a register's own weapons are held against it."""
    for number, (text, told) in enumerate(zip(held.recorded_serials, held.recorded.tolist(), strict=True)):
        stated = (*told, tracing.UNKNOWN)
        yield tracing.ListRow(number, "", text, stated, recorded=True, left_out=number)


def believed(held: Register) -> dict[Pair, float]:
    """Hold a register against itself; return how probable it is of each pair listed that it is one weapon."""
    folder = Path(tempfile.mkdtemp(prefix="twins-"))
    engine = Engine.built(held)
    try:
        terms = replace(tracing.LinkTerms(), absent=tracing.TWIN_ABSENT)
        job = storage.LinkJob(folder, tracing.load_weights(), terms)
        storage.stage_index(engine, folder)
        storage.stage_rows(rows_of(held), folder)
        storage.answer_in_processes(job, lambda _: None)
        found = f"SELECT least(row, weapon), greatest(row, weapon), max(posterior) FROM '{job.answers}/*.parquet'"
        pairs = duckdb.connect().execute(f"{found} WHERE weapon IS NOT NULL GROUP BY ALL").fetchall()
    finally:
        engine.close()
        shutil.rmtree(folder)
    return {(one, other): chance for one, other, chance in pairs}


def figures(found: dict[Pair, float], true: set[Pair]) -> dict[str, float | int | None]:
    """Return precision and recall of pairs: by those likelier than not, and by those above 0.9."""
    measures: dict[str, float | int | None] = {"twins": len(true)}
    for name, least in (("0_5", _LIKELIER_THAN_NOT), ("0_9", SURE)):
        said = {pair for pair, chance in found.items() if chance > least}
        measures |= {
            f"above_{name}": len(said),
            f"precision_above_{name}": round(len(said & true) / len(said), 4) if said else None,
            f"recall_above_{name}": round(len(said & true) / len(true), 4),
        }
    return measures


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--register", type=results.size, default=100_000, help="marks in the register")
    options.add_argument("--seed", type=int, default=SEED)
    chosen = options.parse_args()
    of = world(chosen.seed)
    held, true = with_twins(of, register(of, chosen.register, chosen.seed), chosen.seed)
    measured = figures(believed(held), true)
    print(measured)
    row = {"system": "tracemark", "size": chosen.register, "class": "all", **measured}
    print(results.write("twins", [row], keep_other_sizes=True))


if __name__ == "__main__":
    main()
