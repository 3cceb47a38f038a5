"""Asking systems in turn, and what their answers come to."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from benchmarks.marks import DAMAGES, Recovery
from benchmarks.systems import Answer, System

_TRIED = 20
_BLOCK = 50
"""So many queries on end are put to one system before the next has its turn."""

ALL = "all"
SURE = 0.9

Figures = dict[str, float | int | None]


class Given(NamedTuple):
    """A recovery, the answer, and what it took: milliseconds by the wall and of the processor."""

    asked: Recovery
    answer: Answer
    wall_ms: float
    cpu_ms: float


@dataclass(frozen=True)
class Run:
    """All that one system was asked."""

    system: System
    given: list[Given]


def ask(system: System, recovery: Recovery) -> Given:
    wall, cpu = time.perf_counter(), time.thread_time() + system.elsewhere_s()
    answer = system.answer(recovery)
    spent = time.perf_counter() - wall
    return Given(recovery, answer, 1000 * spent, 1000 * (time.thread_time() + system.elsewhere_s() - cpu))


def ask_in_turn(systems: Sequence[System], asked: Sequence[Recovery], seconds: float) -> list[Run]:
    """Ask every system every query, in turns; the first system all, another what it can do in so many seconds.

    A turn is a block of queries on end: all systems share what else the machine does, and each has the processor's
    caches to itself within its turn, but for its first queries, as it would on a server that serves nothing else. All
    begin with the same queries, so that what a slow system was asked is the beginning of what all were asked.
    """
    counts = [_affordable(system, asked, seconds) if place else len(asked) for place, system in enumerate(systems)]
    runs = [Run(system, []) for system in systems]
    for begin in range(0, len(asked), _BLOCK):
        for run, count in zip(runs, counts, strict=True):
            run.given.extend(ask(run.system, recovery) for recovery in asked[begin : min(begin + _BLOCK, count)])
    return runs


def _affordable(system: System, asked: Sequence[Recovery], seconds: float) -> int:
    for recovery in asked[:3]:
        system.answer(recovery)
    mean = float(np.mean([ask(system, recovery).wall_ms for recovery in asked[:_TRIED]]))
    return int(min(len(asked), max(seconds * 1000 / mean, 5 * _TRIED)))


def by_class(run: Run) -> dict[str, Figures]:
    """Return the figures of each class of damage, and of all."""
    chosen = {damage: [each for each in run.given if each.asked.damage == damage] for damage in DAMAGES}
    return {name: figures(given) for name, given in {ALL: run.given, **chosen}.items() if given}


def figures(given: Sequence[Given]) -> Figures:
    present = [each for each in given if each.asked.weapon >= 0]
    found: Figures = {
        "queries": len(given),
        "recall_at_1": _share(present, right),
        "recall_at_10": _share(present, near),
    }
    for name, times in (("ms", [each.wall_ms for each in given]), ("cpu_ms", [each.cpu_ms for each in given])):
        found |= {f"p{part}_{name}": round(float(np.percentile(times, part)), 3) for part in (50, 95, 99)}
    return found | (certainty(given) if given and given[0].answer.not_here is not None else {})


def certainty(given: Sequence[Given]) -> Figures:
    """Return what stated probabilities are worth."""
    origins = {
        "absent": [each for each in given if each.asked.weapon < 0],
        "stranger": [each for each in given if each.asked.origin == "stranger"],
        "neighbour": [each for each in given if each.asked.origin == "neighbour"],
        "present": [each for each in given if each.asked.weapon >= 0],
    }
    found: Figures = {
        "brier": round(float(np.mean([(stated(each) - right(each)) ** 2 for each in given])), 4),
        "brier_of_all": round(float(np.mean(list(map(brier_of_all, given)))), 4),
    }
    for name, chosen in origins.items():
        found |= {name: len(chosen), f"{name}_above_0_9": _share(chosen, lambda each: stated(each) > SURE)}
    sure = [each for each in given if stated(each) > SURE]
    return found | {"right_above_0_9": _share(sure, right)}


def reliability(given: Sequence[Given]) -> list[Figures]:
    """Return, for ten bands of the stated probability of the first candidate, how often it was right."""
    rows: list[Figures] = []
    for band in range(10):
        inside = [each for each in given if min(int(stated(each) * 10), 9) == band]
        if inside:
            mean, observed = np.mean([stated(each) for each in inside]), np.mean([right(each) for each in inside])
            rows.append({
                "from": band / 10, "queries": len(inside), "stated": round(float(mean), 4),
                "right": round(float(observed), 4),
                "standard_error": round(float(np.sqrt(mean * (1 - mean) / len(inside))), 4),
            })  # fmt: skip
    return rows


def right(given: Given) -> bool:
    return given.answer.weapons[:1] == [given.asked.weapon]


def near(given: Given) -> bool:
    return given.asked.weapon in given.answer.weapons


def stated(given: Given) -> float:
    return given.answer.chances[0] if given.answer.chances else 0.0


def brier_of_all(given: Given) -> float:
    """Return the Brier score over every weapon of the register and "not here", from 0 to 2.

    What falls on weapons that are not listed is spread over the whole register, and its squares vanish.
    """
    weapons, chances, not_here = given.answer
    absent = given.asked.weapon < 0
    listed = sum(
        (chance - (weapon == given.asked.weapon)) ** 2 for weapon, chance in zip(weapons, chances, strict=True)
    )
    unlisted = 0.0 if absent or near(given) else 1.0
    return listed + unlisted + ((not_here or 0.0) - absent) ** 2


def _share(given: Sequence[Given], test: Callable[[Given], bool]) -> float | None:
    return round(sum(map(test, given)) / len(given), 4) if given else None
