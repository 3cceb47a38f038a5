import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from docs.generators.markdown import code, measures

RESULTS = Path(__file__).parents[2] / "benchmarks" / "results"
_HEAD = """# How well a damaged mark is found

The figures of `benchmarks/results/matching.json` and `linking.json`, which `make bench-matching` and
`python -m benchmarks.linking` write ([what they mean](../why/how-matching-is-measured.md)). Registers and damage are
made up; 15 in 100 of the weapons asked for are in no register. They are no error rate of real examinations.
Milliseconds are of the processor, on the machine that the files name, since others worked on it too; slow systems
answered the first of the questions only, and what Tracemark made of the same ones stands beside.
"""
_SYSTEM = {
    "queries": "questions", "recall_at_1": "listed first", "tracemark_recall_at_1": "Tracemark on the same",
    "recall_at_10": "among ten", "tracemark_recall_at_10": "Tracemark on the same ", "p50_cpu_ms": "half within ms",
    "p95_cpu_ms": "95 % within", "times": "times Tracemark's half", "build_cpu_s": "build s",
    "bytes_a_mark": "bytes a mark",
}  # fmt: skip
_CLASS = {
    "queries": "questions",
    "recall_at_1": "listed first",
    "recall_at_10": "among ten",
    "p95_cpu_ms": "95 % within ms",
}
_LIMIT = {
    "queries": "present", "tracemark_recall_at_1": "listed first", "recall_at_1": "at most possible",
    "faultless_recall_at_1": "listed first where no clerk erred", "tracemark_recall_at_10": "among ten",
    "recall_at_10": "at most possible ", "faultless_recall_at_10": "among ten where no clerk erred",
}  # fmt: skip
_CERTAIN = {
    "brier": "Brier score", "absent": "absent weapons", "absent_above_0_9": "of them with a candidate above 90 %",
    "present_above_0_9": "present ones above 90 %", "right_above_0_9": "right of all above 90 %",
}  # fmt: skip
_EXPECTED = {"expected_brier": "Brier on average", "expected_absent_above_0_9": "absent above 90 % on average"}
_HONEST = ("true probabilities", "tracemark, the same questions")
_BAND = {"queries": "answers", "stated": "stated", "right": "right", "standard_error": "standard error"}
_RATE = {"recall_at_1": "listed first", "recall_at_10": "among ten", **_CERTAIN}
_LINK = {
    "size": "marks", "rows": "recoveries", "recall_at_1": "linked rightly",
    "precision_above_0_9": "right of those above 90 %", "absent_above_0_9": "absent above 90 %",
    "seconds": "seconds", "cpu_s": "of processor", "peak_mib": "MiB",
}  # fmt: skip

Row = Mapping[str, Any]


def measured_page() -> str:
    """Tell what was measured of matching, register by register, the smallest first."""
    told = json.loads((RESULTS / "matching.json").read_text("utf-8"))
    sizes = sorted({row["size"] for row in told["rows"]})
    parts = [_of_size([row for row in told["rows"] if row["size"] == size], told["commit"]) for size in sizes]
    return "\n".join([_HEAD, *("\n".join(part) for part in parts), *_linking()])


def _of_size(rows: Sequence[Row], commit: str) -> Iterator[str]:
    ours = [row for row in rows if row["system"] == "tracemark"]
    commits = dict.fromkeys(str(row.get("commit", commit))[:10] for row in [*ours, *rows])
    first, *earlier = map(code, commits)
    others = f", some rows at {', '.join(earlier)}" if earlier else ""
    yield f"## {rows[0]['size']:,} marks\n\nMeasured at {first}{others}.\n"
    asked = [row for row in rows if row["class"] == "all" and "p50_ms" in row]
    half = next(row["p50_cpu_ms"] for row in asked if row["system"] == "tracemark")
    times = [{**row, "times": row["p50_cpu_ms"] / half if row["system"] != "tracemark" else None} for row in asked]
    yield measures("system", _SYSTEM, _named(times, "system"))
    limited = [row for row in rows if row["system"] == "information limit"]
    if limited:
        yield "What could be known at all, by the damage as it was drawn, on some of the same questions:\n"
        yield measures("damage", _LIMIT, _named(limited))
    else:
        classes = [row for row in ours if "recall_at_1" in row and not row["class"].startswith("errors")]
        yield measures("damage", _CLASS, _named(classes))
    yield "What a probability was worth:\n"
    yield measures("", _CERTAIN, _named([row for row in ours if row["class"] == "certainty"]))
    honest = [row for row in rows if row["system"] in _HONEST]
    if honest:
        yield "Who knows all ways of damage, and all weapons ever made, on some of the same questions:\n"
        certain = [row for row in honest if row["class"] == "certainty"]
        yield measures("", _CERTAIN | _EXPECTED, _named(certain, "system"))
        bands = [row for row in honest if row["system"] == _HONEST[0] and row["class"].startswith("reliability")]
        yield measures("true probabilities", _BAND, _named(bands))
    yield measures("first candidate", _BAND, _named([row for row in ours if row["class"].startswith("reliability")]))
    yield "Errors rarer and more frequent than the weights take them to be:\n"
    yield measures("", _RATE, _named([row for row in ours if row["class"].startswith("errors")]))


def _linking() -> Iterator[str]:
    told = json.loads((RESULTS / "linking.json").read_text("utf-8"))
    yield "## Lists linked in bulk\n"
    rows = sorted(told["rows"], key=lambda row: (row["size"], row["rows"], row["system"] != "tracemark_duckdb"))
    yield measures("system", _LINK, _named(rows, "system"))


def _named(rows: Sequence[Row], by: str = "class") -> Iterator[tuple[str, Row]]:
    return ((str(row[by]), row) for row in rows)
