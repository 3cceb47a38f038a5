"""How well rules find what was planted in a fictional State: precision and recall by rule."""

import hashlib
import json
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks.results import Row
from tracemark import diversion, node

_MOST = 0.5


def score(folder: Path, truth: Path, today: date) -> list[Row]:
    """Compare signals with what was planted, and print a line a rule.

    A signal is right where it names the dossier of one plant of its own rule, or at least half of its weapons; a plant
    is found where such a signal is there. What the State's own chance did alike counts as wrong, though it looks the
    same; `of_any` is the share of signals that name what was planted for this rule or another.
    """
    body = truth.read_bytes()
    planted = [_Told(rule, frozenset(weapons), {dossier} - {""}) for rule, weapons, dossier in json.loads(body)]
    found = [
        _Told(each.rule, frozenset(each.weapons), set(map(str, (each.facts or {}).values())))
        for each in node.detect_signals(folder, today=today)
    ]
    rows: list[Row] = []
    for rule in sorted({each.rule for each in (*planted, *found)}):
        true = [each for each in planted if each.rule == rule]
        signals = [each for each in found if each.rule == rule]
        hits = sum(any(_same(one, other) for other in signals) for one in true)
        right = sum(any(_same(one, other) for one in true) for other in signals)
        of_any = sum(any(_touches(one, other) for one in planted) for other in signals)
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


@dataclass(frozen=True, slots=True)
class _Told:
    """What was planted, or found: its rule, its weapons, and the dossiers and other facts it names."""

    rule: str
    weapons: frozenset[int]
    named: AbstractSet[str]


def _same(planted: _Told, found: _Told) -> bool:
    if planted.named:
        return bool(planted.named & found.named)
    return len(planted.weapons & found.weapons) >= _MOST * len(planted.weapons)


def _touches(planted: _Told, found: _Told) -> bool:
    return bool(planted.weapons & found.weapons or planted.named & found.named)


def _share(part: int, whole: Sequence[object]) -> float | None:
    return round(part / len(whole), 3) if whole else None
