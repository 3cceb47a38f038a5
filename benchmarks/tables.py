"""The measurements as rows to keep, and as tables to read."""

from collections.abc import Iterable, Mapping, Sequence

from benchmarks.figures import ALL, SURE, Figures, Given, Run, by_class, certainty, figures, reliability, stated
from benchmarks.marks import DAMAGES
from benchmarks.results import Row

Cell = str | int | float | None


def rows_of(run: Run, ours: Sequence[Given], size: int) -> list[Row]:
    """Return one row a class; a rival's rows tell too what our engine did with the very queries that it was asked."""
    same = by_class(Run(run.system, list(ours[: len(run.given)])))
    rows: list[Row] = []
    for name, found in by_class(run).items():
        row: dict[str, Cell] = {"system": run.system.name, "size": size, "class": name, **found}
        if run.given is not ours:
            row |= {f"tracemark_{key}": same[name][key] for key in ("recall_at_1", "recall_at_10", "p50_ms")}
            row["times_as_long_as_tracemark"] = _ratio(found["p50_ms"], same[name]["p50_ms"])
        rows.append(row)
    return rows


def _ratio(theirs: float | None, ours: float | None) -> float | None:
    return round(theirs / ours, 3) if theirs and ours else None


def limit_rows(
    given: Sequence[Given], shares: Mapping[int, Sequence[float]], faultless: Mapping[int, Given], size: int
) -> list[Row]:
    """Return the information limit of each class beside what the engine made of the same queries.

    `shares` holds, by the place of a query in `given`, how probably the best ranking lists the weapon first and among
    the first ten; `faultless` what the engine answers of a register in which no clerk erred, as the limit knows it.
    """
    rows: list[Row] = []
    for damage in (ALL, *DAMAGES):
        places = [place for place in shares if damage in (ALL, given[place].asked.damage)]
        if places:
            first, ten = (sum(shares[place][which] for place in places) / len(places) for which in (0, 1))
            ours = figures([given[place] for place in places])
            row: dict[str, str | float | None] = {
                "system": "information limit", "size": size, "class": damage, "queries": len(places),
                "recall_at_1": round(first, 4), "recall_at_10": round(ten, 4),
                "tracemark_recall_at_1": ours["recall_at_1"], "tracemark_recall_at_10": ours["recall_at_10"],
                "share_of_limit": _ratio(ours["recall_at_1"], first),
            }  # fmt: skip
            if faultless:
                free = figures([faultless[place] for place in places])
                row |= {
                    "faultless_recall_at_1": free["recall_at_1"], "faultless_recall_at_10": free["recall_at_10"],
                    "faultless_share_of_limit": _ratio(free["recall_at_1"], first),
                }  # fmt: skip
            rows.append(row)
    return rows


TRUE, SAME = "true probabilities", "tracemark, the same questions"


def honest_rows(best: Sequence[Given], ours: Sequence[Given], size: int) -> list[Row]:
    """Return what the true probabilities come to, and beside them ours, on the same queries.

    `expected_brier` and `expected_absent_above_0_9` are what the true ones come to on average: by chance alone the
    share seen among few absent weapons may be far from it.
    """
    rows: list[Row] = []
    for name, given in ((TRUE, best), (SAME, ours)):
        found = certainty(given)
        if name == TRUE:
            first = [stated(each) for each in given]
            absent = [each.answer.not_here or 0.0 for each in given]
            above = sum(each for each, chance in zip(absent, first, strict=True) if chance > SURE)
            found |= {
                "expected_brier": round(sum(chance * (1 - chance) for chance in first) / len(first), 4),
                "expected_absent_above_0_9": round(above / sum(absent), 4),
            }
        rows += named(name, size, {"certainty": found})
        rows += named(name, size, {f"reliability {band['from']:.1f}": band for band in reliability(given)})
    return rows


def named(name: str, size: int, found: Mapping[str, Figures]) -> list[Row]:
    """Return a row a class of any figures."""
    return [{"system": name, "size": size, "class": each, **measures} for each, measures in found.items()]


SYSTEMS = {
    "system": "system", "queries": "queries", "recall_at_1": "recall@1", "recall_at_10": "recall@10",
    "p50_ms": "p50 ms", "p95_ms": "p95", "p99_ms": "p99", "p50_cpu_ms": "p50 CPU", "p95_cpu_ms": "p95 CPU",
    "build_s": "build s", "build_cpu_s": "CPU", "bytes_a_mark": "B/mark", "tracemark_recall_at_1": "ours @1",
    "tracemark_recall_at_10": "ours @10", "times_as_long_as_tracemark": "x ours p50",
}  # fmt: skip
CLASSES = {
    "class": "class", "queries": "queries", "recall_at_1": "recall@1", "recall_at_10": "recall@10", "p50_ms": "p50 ms",
    "p95_ms": "p95", "p99_ms": "p99", "brier": "Brier", "brier_of_all": "of all", "absent_above_0_9": "absent>.9",
    "present_above_0_9": "present>.9",
}  # fmt: skip
LIMITS = {
    "class": "class", "queries": "present", "tracemark_recall_at_1": "ours @1", "recall_at_1": "limit @1",
    "share_of_limit": "share", "tracemark_recall_at_10": "ours @10", "recall_at_10": "limit @10",
    "faultless_recall_at_1": "no clerk erred @1", "faultless_share_of_limit": "share", "faultless_recall_at_10": "@10",
}  # fmt: skip
CERTAINTY = {
    "class": "class", "brier": "Brier", "brier_of_all": "of all", "stranger": "strangers", "stranger_above_0_9": ">.9",
    "neighbour": "neighbours", "neighbour_above_0_9": "> .9", "absent": "absent", "absent_above_0_9": "  >.9",
    "present": "present", "present_above_0_9": " >.9", "right_above_0_9": "right of >.9",
    "expected_brier": "expected Brier", "expected_absent_above_0_9": "expected absent>.9",
}  # fmt: skip
BANDS = {
    "class": "band", "queries": "answers", "stated": "stated", "right": "right", "standard_error": "standard error",
}  # fmt: skip
RATES = {
    "class": "errors", "queries": "queries", "recall_at_1": "recall@1", "recall_at_10": "recall@10", "brier": "Brier",
    "absent_above_0_9": "absent>.9", "present_above_0_9": "present>.9", "right_above_0_9": "right of >.9",
    "p50_ms": "p50 ms", "p95_ms": "p95",
}  # fmt: skip
SERVING = {
    "opening_s": "opening s", "opening_cpu_s": "CPU", "rss_mib": "resident MiB", "anonymous_mib": "anonymous",
    "mapped_mib": "mapped", "peak_mib": "peak",
}  # fmt: skip


def show(title: str, columns: Mapping[str, str], rows: Iterable[Row]) -> None:
    """Print rows as a table, a column each for the measures named."""
    lines = [list(columns.values())] + [[_cell(row.get(key)) for key in columns] for row in rows]
    widths = [max(len(line[place]) for line in lines) for place in range(len(columns))]
    print(f"\n{title}")
    for line in lines:
        first, *rest = (cell.ljust(width) if not place else cell.rjust(width)
                        for place, (cell, width) in enumerate(zip(line, widths, strict=True)))  # fmt: skip
        print("  " + "  ".join([first, *rest]), flush=True)


def _cell(value: Cell) -> str:
    if value is None:
        return "-"
    return f"{value:,.3f}" if isinstance(value, float) else f"{value:,}" if isinstance(value, int) else value
