"""How well rules find what was planted in a fictional State: precision and recall by rule."""

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from benchmarks.results import Row
from tracemark import diversion, node

_MOST = 0.5


def score(folder: Path, truth: Path, today: date) -> list[Row]:
    """Compare signals with what was planted, and print a line a rule.

    A signal is right where it names at least half of the weapons of one plant of its own rule; a plant is found where
    such a signal is there. What the State's own chance did alike counts as wrong, though it looks the same; `of_any` is
    the share of signals that name a weapon planted for this rule or another.
    """
    body = truth.read_bytes()
    planted = [(rule, frozenset(weapons)) for rule, weapons in json.loads(body)]
    found = [(each.rule, frozenset(each.weapons)) for each in node.detect_signals(folder, today=today)]
    rows: list[Row] = []
    for rule in sorted({rule for rule, _ in (*planted, *found)}):
        true = [weapons for each, weapons in planted if each == rule]
        signals = [weapons for each, weapons in found if each == rule]
        hits = sum(any(_same(one, other) for other in signals) for one in true)
        right = sum(any(_same(one, other) for one in true) for other in signals)
        of_any = sum(any(weapons & named for _, weapons in planted) for named in signals)
        strength = diversion.patterns()[rule].strength.value
        recall, precision = _share(hits, true), _share(right, signals)
        print(f"  {rule:30} {strength:7} planted {len(true):4}, recall {recall};", end=" ")
        print(f"signals {len(signals):5}, precision {precision}, of any plant {_share(of_any, signals)}")
        rows.append({
            "system": "tracemark detect", "size": len(planted), "class": f"planted: {rule}", "planted": len(true),
            "signals": len(signals), "recall": recall, "precision": precision, "of_any": _share(of_any, signals),
            "strength": strength,
            "truth_sha256": hashlib.sha256(body).hexdigest(),
        })  # fmt: skip
    return rows


def _same(planted: frozenset[int], named: frozenset[int]) -> bool:
    return len(planted & named) >= _MOST * len(planted)


def _share(part: int, whole: Sequence[object]) -> float | None:
    return round(part / len(whole), 3) if whole else None
