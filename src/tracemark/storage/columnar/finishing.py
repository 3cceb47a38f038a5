from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tracemark.storage.columnar.parquet import opened, quoted, write_columns
from tracemark.storage.columnar.units import LinkJob
from tracemark.tracing import LINK_COLUMNS

CONFIDENT = 0.9
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class LinkSummary:
    """What came of a link: rows, those with a candidate, and those whose first candidate is `CONFIDENT` at least.

    `reasons` counts the rows without a candidate that say why, by code; `unsearched` are the first of them, with row,
    reading and code. `unknown` counts the rows of which a word was left out.
    """

    rows: int
    linked: int
    confident: int
    unknown: int
    reasons: Mapping[str, int]
    unsearched: tuple[tuple[int, str, str], ...]


def finish_link(job: LinkJob, out: Path, about: Mapping[str, str], ids: Mapping[int, str] | None) -> LinkSummary:
    """Put the answers together as one Parquet file, in the order of rows and ranks, aside first.

    `about` is written into the file's own metadata. `ids` are the names that a list gives its rows; None for a
    register, whose weapons are written as people see them.
    """
    named = job.folder / "ids.parquet"
    if ids is not None:
        columns: dict[str, Sequence[object]] = {"weapon": list(ids), "weapon_id": list(ids.values())}
        write_columns(columns, {"weapon": "BIGINT", "weapon_id": "VARCHAR"}, named)
    name = "'W-' || weapon" if ids is None else "named.weapon_id"
    joined = "" if ids is None else f"LEFT JOIN read_parquet({quoted(named)}) AS named USING (weapon)"
    wanted = ", ".join(f"weapon, {name} AS weapon_id" if each == "weapon" else each for each in LINK_COLUMNS)
    unfinished = out.with_name(f".{out.name}.unfinished")
    metadata = ", ".join(f"{quoted(key)}: {quoted(value)}" for key, value in about.items())
    with opened(threads=2, aside=job.folder / "aside") as connection:
        answers = f"read_parquet({quoted(job.answers / '*.parquet')})"
        connection.execute(f"CREATE VIEW answer AS SELECT * FROM {answers}")
        try:
            connection.execute(
                f"COPY (SELECT {wanted} FROM answer {joined} ORDER BY row, rank) "
                f"TO {quoted(unfinished)} (FORMAT parquet, COMPRESSION zstd, KV_METADATA {{{metadata}}})"
            )
            unfinished.replace(out)
        finally:
            unfinished.unlink(missing_ok=True)
        [[rows, linked, confident, unknown]] = connection.execute(
            "SELECT COUNT(*), COUNT(rank), COUNT(*) FILTER (rank = 1 AND posterior >= "
            f"{CONFIDENT}), COUNT(unknown) FROM answer WHERE COALESCE(rank, 1) = 1"
        ).fetchall()
        reasons = dict(
            connection.execute(
                "SELECT reason, COUNT(*) FROM answer WHERE reason IS NOT NULL GROUP BY reason ORDER BY reason"
            ).fetchall()
        )
        unsearched = connection.execute(
            f"SELECT row, reading, reason FROM answer WHERE reason IS NOT NULL ORDER BY row LIMIT {_SHOWN}"
        ).fetchall()
    return LinkSummary(rows, linked, confident, unknown, reasons, tuple(unsearched))


def units_shown(job: LinkJob) -> Iterator[tuple[tuple[str, ...], tuple[int, ...], tuple[int, ...]]]:
    """Return for each unit what was read, which rows have a candidate, and which weapons are shown for them."""
    with opened() as connection:
        for unit in job.units():
            rows = connection.execute(
                "SELECT row, any_value(reading), list(weapon ORDER BY rank) FILTER (weapon IS NOT NULL) "
                f"FROM read_parquet({quoted(job.answers / unit)}) GROUP BY row ORDER BY row"
            ).fetchall()
            shown = dict.fromkeys(weapon for _, _, weapons in rows for weapon in weapons or ())
            linked = tuple(row for row, _, weapons in rows if weapons)
            yield tuple(reading for _, reading, _ in rows), linked, tuple(shown)
