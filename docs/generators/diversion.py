import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from docs.generators.markdown import cited, code, said, table
from tracemark import diversion, recordkeeping
from tracemark.diversion import Pattern, Stage

_RULES = """# Rules of diversion

What `tracemark detect` looks for ([how](../howto/detect-diversion.md)). Each rule is one query in
`src/tracemark/diversion/rules`, over [the record as columns](columns.md). A signal is a reason to look, never a
finding; a weak one alone is never called diversion. *Pattern* is the row of the typology that it looks for: M
manufacture, T transfer, S storage, C civilian hands, D disposal, X all. *Planted* is what `make bench-detect` found
last, over {events:,} events, of the cases planted in a fictional State, whose own accidents that look alike count as
wrong. Few are planted of each rule: with five found of five, the true share may be little more than a half.
"""
_COLUMNS = """# The record as columns

What `tracemark export parquet DIR` writes, version {version}. A folder holds a file of each table for each part of the
record, and `manifest.json`: the version, the State, and for each snapshot the size and signed head of the log, and the
rows, bytes and SHA-256 of each file. Files are Parquet, compressed by zstd; rows of `events` are sorted by kind within
a file. In the files an event that was put right stands as it was entered, and again in `amended-…` with the position of
the correction in a further column `corrected_by`.

No personal data are in it: those lie beside the record. Only `position` and `weapon` tie tables together.
"""


def diversion_page() -> str:
    """Describe every rule, stage by stage."""
    return "\n".join([_RULES.format(events=_events()), *(part for stage in Stage for part in _stage(stage))])


def columns_page() -> str:
    """Describe every table and column."""
    parts = [_COLUMNS.format(version=recordkeeping.columnar_version())]
    for each in recordkeeping.record_tables().values():
        rows = [(code(column.name), column.type, column.about) for column in each.columns]
        parts += [f"## {each.name}\n\n{each.about}\n", table(["column", "type", "meaning"], rows), ""]
    return "\n".join(parts)


def _stage(stage: Stage) -> Iterator[str]:
    yield f"## {stage.value.replace('_', ' ').capitalize()}\n"
    for each in diversion.patterns().values():
        if each.stage is stage:
            yield _rule(each)


def _rule(each: Pattern) -> str:
    rows = [
        ("strength", each.strength.value),
        ("pattern", each.pattern),
        ("serves", cited(each.paragraph)),
        ("needs", each.evidence),
        ("says", said(f"diversion.{each.code}")),
        ("innocent reading", said(f"diversion.{each.code}_innocent")),
    ]
    if measured := _measured().get(each.code):
        rows.append(("planted", measured))
    return f"### {each.code}\n\n{each.title}.\n\n{table(['', ''], rows)}\n"


@cache
def _measured() -> Mapping[str, str]:
    """Return by rule what the benchmark wrote down of its planted cases, the newest run first in its file."""
    newest = {row["class"]: row for row in reversed(_rows()) if row["class"].startswith("planted: ")}
    return {name.removeprefix("planted: "): _share_text(row) for name, row in newest.items() if row["planted"]}


def _events() -> int:
    """Return how many events the record with planted cases held."""
    exported = next(row for row in _rows() if row["system"] == "tracemark export parquet")
    return int(exported["size"])


def _rows() -> list[dict[str, Any]]:
    told = json.loads((Path(__file__).parents[2] / "benchmarks" / "results" / "detect.json").read_text("utf-8"))
    return list(told["rows"])


def _share_text(row: Mapping[str, Any]) -> str:
    precision = "" if row["precision"] is None else f", precision {row['precision']:.2f}"
    return f"{row['planted']}: recall {row['recall']:.2f}{precision}"
