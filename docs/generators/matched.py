import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from docs.generators.markdown import code, measures

_RESULTS = Path(__file__).parents[2] / "benchmarks" / "results" / "match_assistance.json"
_HEAD = """# How well needs are matched with programmes

The figures of `benchmarks/results/match_assistance.json`, which `make bench-match-assistance` writes: rounds of drawn
requests, two programmes for five of them ([why so](../why/decisions/0036-needs-are-matched-as-an-optimisation.md)).
Need met is in points of the policy. No proposal can exceed the bound of the relaxed problem; greedy serves needs by
their worth for money and heeds no shares of regions. Small rounds are held in the tests against trying everything.
"""
_ROUND = {
    "programmes": "programmes", "pairs": "pairs that can be", "grants": "grants", "met": "need met",
    "bound": "at most possible", "gap_percent": "gap %", "greedy": "greedy", "cpu_seconds": "s of the processor",
}  # fmt: skip

Row = Mapping[str, Any]


def matched_page() -> str:
    """Tell what was measured of matching needs with programmes, the smallest round first."""
    told = json.loads(_RESULTS.read_text("utf-8"))
    sizes = sorted({row["size"] for row in told["rows"]})
    rounds = [(f"{size:,}", _of_size(told["rows"], size)) for size in sizes]
    measured = f"Measured at {code(told['commit'][:10])}.\n"
    return "\n".join([_HEAD, measured, measures("requests", _ROUND, rounds)])


def _of_size(rows: Sequence[Row], size: int) -> Row:
    by = {row["system"]: row for row in rows if row["size"] == size}
    return {**by["proposal"], "bound": by["bound"]["met"], "greedy": by["greedy"]["met"]}
