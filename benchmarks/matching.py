"""Finding a weapon by a damaged mark: this engine, SQLite's GLOB on two B-trees, and a masked scan in NumPy.

    python -m benchmarks.matching --size 1000000 --each 300

All systems answer the same queries one after another, in one thread.
"""

import argparse
import re
import sqlite3
import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from benchmarks import results
from benchmarks.marks import DAMAGES, Recovery, Register, recoveries, register, world
from tracemark.tracing import matching

LISTED = 10

Answer = tuple[list[int], float | None]
"""Weapons, best first, and the probability of the first."""

ATTRIBUTES = matching.COLUMNS[:6]
"""What is drawn of weapons here; import marks are not."""


class Engine:
    """The engine of this project."""

    name = "tracemark"

    def __init__(self, registered: Register) -> None:
        rows = registered.marks
        self.segment = matching.build_segment(
            matching.MarkColumns(
                np.arange(len(rows)),
                rows,
                [registered.recorded_serials[row] for row in rows],
                np.pad(registered.recorded[rows], ((0, 0), (0, 1)), constant_values=matching.UNKNOWN),
            )
        )
        self.weights = matching.load_weights()
        self.incomplete = 0

    def segments(self) -> Sequence[matching.Segment]:
        return [self.segment]

    def code(self, _column: str, value: str) -> int:
        return int(value)

    def answer(self, recovery: Recovery) -> Answer:
        known = {
            name: (value if name == "year" else str(value))
            for name, value in zip(ATTRIBUTES, recovery.stated, strict=True)
            if value >= 0
        }
        query = matching.Query((matching.parse_reading(recovery.text),), **known)  # type: ignore[arg-type]
        ranking = matching.find_candidates(query, self, self.weights, LISTED)
        self.incomplete += not ranking.complete
        best = ranking.candidates[0].posterior if ranking.candidates else 0.0
        return [candidate.weapon for candidate in ranking.candidates], best


class Glob:
    """SQLite: the pattern on the serial where its beginning is known, on the reversed serial where its end is."""

    name = "sqlite_glob"

    def __init__(self, registered: Register) -> None:
        self.database = sqlite3.connect(":memory:")
        columns = ", ".join(f"{name} INTEGER" for name in ATTRIBUTES)
        self.database.execute(f"CREATE TABLE mark (weapon INTEGER, serial TEXT, reversed TEXT, {columns})")
        serials = registered.recorded_serials
        self.database.executemany(
            "INSERT INTO mark VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (row, serials[row], serials[row][::-1], *attributes)
                for row, attributes in zip(
                    registered.marks.tolist(), registered.recorded[registered.marks].tolist(), strict=True
                )
            ),
        )
        self.database.execute("CREATE INDEX by_serial ON mark (serial)")
        self.database.execute("CREATE INDEX by_reversed ON mark (reversed)")
        self.database.execute("ANALYZE")

    def answer(self, recovery: Recovery) -> Answer:
        found = self._matching(recovery.text, recovery)
        if not found and "*" not in recovery.text:
            found = self._matching(recovery.text + "*", recovery) + self._matching("*" + recovery.text, recovery)
        return list(dict.fromkeys(found))[:LISTED], None

    def _matching(self, pattern: str, recovery: Recovery) -> list[int]:
        head = re.split(r"[?*]", pattern)[0]
        tail = re.split(r"[?*]", pattern[::-1])[0]
        column, known, glob = ("serial", head, pattern) if len(head) >= len(tail) else ("reversed", tail, pattern[::-1])
        stated = [(name, value) for name, value in zip(ATTRIBUTES, recovery.stated, strict=True) if value >= 0]
        order = " + ".join(f"({name} = {value})" for name, value in stated) or "weapon"
        rows = self.database.execute(
            f"SELECT weapon FROM mark WHERE {column} >= ? AND {column} < ? AND {column} GLOB ? "
            f"ORDER BY {order} DESC LIMIT 20",
            (known, known + "~", glob),
        )
        return [weapon for (weapon,) in rows]


class MaskedScan:
    """NumPy: compare every known place of every mark. What memory bandwidth allows without an index."""

    name = "numpy_masked_scan"

    def __init__(self, registered: Register) -> None:
        rows = registered.marks
        texts = np.array([registered.recorded_serials[row] for row in rows], "S20")
        reversed_texts = np.array([registered.recorded_serials[row][::-1] for row in rows], "S20")
        self.heads = np.ascontiguousarray(texts.view(np.uint8).reshape(-1, 20).T)
        self.tails = np.ascontiguousarray(reversed_texts.view(np.uint8).reshape(-1, 20).T)
        self.lengths = np.char.str_len(texts).astype(np.uint8)
        self.weapons = rows
        self.attributes = registered.recorded[rows]

    def answer(self, recovery: Recovery) -> Answer:
        head, gap, tail = recovery.text.partition("*")
        fits = self.lengths >= len(head) + len(tail) if gap else self.lengths == len(head)
        for known, columns in ((head, self.heads), (tail[::-1], self.tails)):
            for place, sign in enumerate(known):
                if sign != "?":
                    fits &= columns[place] == ord(sign)
        rows = np.flatnonzero(fits)
        agreements = (self.attributes[rows] == np.array(recovery.stated)).sum(axis=1)
        best = rows[np.argsort(-agreements, kind="stable")][: LISTED * 2]
        return list(dict.fromkeys(self.weapons[best].tolist()))[:LISTED], None


def measure(systems: Sequence[Any], asked: Sequence[Recovery], size: int) -> list[dict[str, Any]]:
    """Ask every system every query in turn; return one row a system and class, and one for all classes."""
    answers: dict[str, list[tuple[Recovery, Answer, float]]] = {system.name: [] for system in systems}
    for system in systems:
        for recovery in asked[:20]:
            system.answer(recovery)
    for recovery in asked:
        for system in systems:
            began = time.perf_counter()
            answer = system.answer(recovery)
            answers[system.name].append((recovery, answer, (time.perf_counter() - began) * 1000))
    rows = []
    for name, given in answers.items():
        for damage in (*DAMAGES, "all"):
            chosen = [each for each in given if damage in (each[0].damage, "all")]
            rows.append({"system": name, "size": size, "class": damage} | _figures(chosen))
    return rows


def _figures(given: Sequence[tuple[Recovery, Answer, float]]) -> dict[str, float | int | None]:
    present = [each for each in given if each[0].weapon >= 0]
    absent = [each for each in given if each[0].weapon < 0]
    times = np.array([milliseconds for _, _, milliseconds in given])
    with_odds = [(p, weapons[:1] == [asked.weapon]) for asked, (weapons, p), _ in given if p is not None]
    return {
        "queries": len(given),
        "recall_at_1": _share(present, lambda each: each[1][0][:1] == [each[0].weapon]),
        "recall_at_10": _share(present, lambda each: each[0].weapon in each[1][0]),
        "p50_ms": round(float(np.percentile(times, 50)), 3),
        "p95_ms": round(float(np.percentile(times, 95)), 3),
        "p99_ms": round(float(np.percentile(times, 99)), 3),
        "brier": round(float(np.mean([(p - right) ** 2 for p, right in with_odds])), 4) if with_odds else None,
        "absent": len(absent),
        "absent_above_0_9": _share(absent, lambda each: each[1][1] > 0.9) if with_odds else None,
        "present_above_0_9": _share(present, lambda each: each[1][1] > 0.9) if with_odds else None,
    }


def _share(given: Sequence[Any], test: Callable[[Any], bool]) -> float | None:
    return round(sum(map(test, given)) / len(given), 4) if given else None


def reliability(engine: Engine, asked: Sequence[Recovery], size: int) -> list[dict[str, Any]]:
    """Return, for ten bands of the stated probability of the first candidate, how often it was right."""
    given = [(p, weapons[:1] == [recovery.weapon]) for recovery in asked for weapons, p in [engine.answer(recovery)]]
    odds = np.array([p for p, _ in given], float)
    right = np.array([truth for _, truth in given], bool)
    bands = np.minimum((odds * 10).astype(int), 9)
    rows = []
    for band in range(10):
        inside = bands == band
        if inside.any():
            measures = {"queries": int(inside.sum()), "stated": round(float(odds[inside].mean()), 4)}
            name = f"reliability_{band / 10:.1f}"
            rows.append(
                {
                    "system": engine.name,
                    "size": size,
                    "class": name,
                    **measures,
                    "right": round(float(right[inside].mean()), 4),
                }
            )
    return rows


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--size", type=int, default=1_000_000, help="marks in the register")
    options.add_argument("--each", type=int, default=300, help="queries of each class")
    options.add_argument("--seed", type=int, default=31)
    options.add_argument("--alone", action="store_true", help="without rivals; nothing is written")
    chosen = options.parse_args()
    drawn_world = world(chosen.seed)
    registered = register(drawn_world, chosen.size, chosen.seed)
    asked = recoveries(drawn_world, registered, chosen.each, chosen.seed)
    rows: list[dict[str, Any]] = []
    systems: list[Engine | Glob | MaskedScan] = []
    for kind in (Engine,) if chosen.alone else (Engine, Glob, MaskedScan):
        began = time.perf_counter()
        systems.append(kind(registered))
        rows.append(
            {
                "system": kind.name,
                "size": chosen.size,
                "class": "build",
                "build_s": round(time.perf_counter() - began, 2),
            }
        )
    rows += measure(systems, asked, chosen.size)
    engine = next(system for system in systems if isinstance(system, Engine))
    rows += reliability(engine, asked, chosen.size)
    for row in rows:
        print("  ".join(f"{key} {value}" for key, value in row.items() if key != "size"))
    print(f"incomplete {engine.incomplete}")
    if not chosen.alone:
        print(results.write("matching", rows))


if __name__ == "__main__":
    main()
