from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tracemark.diversion.changes import changes_in

_MONTHS = 12
_FIRST_YEAR = 1970


def rises(rows: Iterable[Mapping[str, Any]], until: int) -> Iterator[dict[str, Any]]:
    """Make of single events the stretches in which there is more of them than before, series by series.

    A row names its `series`, its `month` (counted from January 1970), `weapon`, `position`, `happened` and `place`.
    A series runs from its first month to the month `until`. What is yielded is as a rule answers.
    """
    series: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        series[str(row["series"])].append(row)
    for name, told in sorted(series.items()):
        first = min(row["month"] for row in told)
        counts = [0] * (max(until, *(row["month"] for row in told)) - first + 1)
        for row in told:
            counts[row["month"] - first] += 1
        for change in changes_in(counts):
            if change.rises:
                within = [row for row in told if change.at <= row["month"] - first < change.end]
                yield {
                    "weapons": [row["weapon"] for row in within],
                    "evidence": [row["position"] for row in within],
                    "happened": max(row["happened"] for row in within),
                    "place": within[0]["place"] or "",
                    "holder": name,
                    "count": len(within),
                    "since_on": _month(first + change.at),
                    "until_on": _month(first + change.end - 1),
                    "before": _yearly(change.before),
                    "after": _yearly(change.after),
                }


def _month(number: int) -> str:
    return f"{_FIRST_YEAR + number // _MONTHS}-{number % _MONTHS + 1:02d}"


def _yearly(monthly: float) -> str:
    """Write a rate by the year, to one decimal."""
    return f"{monthly * _MONTHS:.1f}"
