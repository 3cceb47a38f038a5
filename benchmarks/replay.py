"""The same question put to PM4Py's token replay and to one query: which lives hold a step that may not follow?"""

import json
import subprocess
import time
from pathlib import Path

import duckdb

from benchmarks.results import Row
from tracemark.recordkeeping import EventKind, Status, event_kinds
from tracemark.storage import SnapshotFolder

_PYTHON = Path(__file__).parents[1] / ".venv" / "rivals" / "bin" / "python"
_LIVES = 10_000
_ABSENT = "PM4Py is not measured: `make rivals` installs it (AGPL) into an environment of its own."


def replay(folder: Path, beside: Path) -> list[Row]:
    """Replay the lives of the first weapons of a record, and say how many events a second; none without PM4Py."""
    if not _PYTHON.exists():
        print(_ABSENT)
        return []
    lives, net = beside / "lives.csv", beside / "net.json"
    net.write_text(json.dumps(net_of_lives()))
    listed = ", ".join(f"'{path}'" for path in SnapshotFolder.open(folder).paths("events"))
    sample = (
        f"SELECT weapon, kind, happened_first, position FROM read_parquet([{listed}]) "
        f"WHERE weapon BETWEEN 1 AND {_LIVES} AND kind NOT IN ({_BESIDE})"
    )
    with duckdb.connect(config={"threads": 2}) as connection:
        # A second apart: PM4Py sorts by time, and what happened on one day keeps the order of the record.
        connection.execute(
            f"COPY (SELECT weapon, kind, happened_first + to_seconds(row_number() OVER ("
            f"PARTITION BY weapon ORDER BY happened_first, position)) AS happened FROM ({sample}) ORDER BY 1, 3) "
            f"TO '{lives}' (HEADER)"
        )
    told = json.loads(
        subprocess.run(
            [_PYTHON, Path(__file__).parent / "rivals" / "pm4py_replay.py", lives, net],
            capture_output=True, text=True, check=True,
        ).stdout.splitlines()[-1]
    )  # fmt: skip
    begun = time.perf_counter()
    unfit = _by_query(sample)
    seconds = time.perf_counter() - begun
    events = told.pop("events")
    print(f"  PM4Py replays {events:,} events in {told['seconds']} s, one query answers in {seconds:.2f} s")
    return [
        {"system": f"PM4Py {told.pop('version')} token replay", "size": events, "class": "replay", **told,
         "events_a_second": round(events / told["seconds"])},
        {"system": "DuckDB, one query", "size": events, "class": "replay", "seconds": round(seconds, 2),
         "lives": told["lives"], "unfit": unfit, "events_a_second": round(events / seconds)},
    ]  # fmt: skip


def net_of_lives() -> dict[str, object]:
    """Return what may follow what: places, the first one, and steps as (kind, status before, status after)."""
    statuses = [each.value for each in Status]
    steps = [
        (kind.value, before, terms.to.value if terms.to else before)
        for kind, terms in event_kinds().items()
        if not terms.concerns_no_weapon
        for before in (sorted(each.value for each in terms.after) or statuses)
    ]
    return {"places": statuses, "first": Status.UNRECORDED.value, "steps": steps}


def _by_query(sample: str) -> int:
    """Count the lives with a step that may not follow, by one query."""
    with duckdb.connect(config={"threads": 2}) as connection:
        connection.execute("CREATE TABLE step (kind VARCHAR, before VARCHAR, after VARCHAR)")
        net = net_of_lives()
        connection.executemany("INSERT INTO step VALUES (?, ?, ?)", net["steps"])
        [[unfit]] = connection.execute(
            "WITH led AS (SELECT kind, MAX(after) AS leads FROM step GROUP BY kind HAVING COUNT(DISTINCT after) = 1), "
            "lives AS (SELECT s.weapon, s.kind, COALESCE(LAST_VALUE(led.leads IGNORE NULLS) OVER ("
            "PARTITION BY s.weapon ORDER BY happened_first, position ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING"
            f"), '{net['first']}') AS before FROM ({sample}) AS s LEFT JOIN led ON led.kind = s.kind) "
            "SELECT COUNT(DISTINCT weapon) FROM lives WHERE NOT EXISTS ("
            "SELECT 1 FROM step WHERE step.kind = lives.kind AND step.before = lives.before)"
        ).fetchall()
    return int(unfit)


_BESIDE = ", ".join(f"'{each.value}'" for each in (EventKind.CORRECTED, EventKind.TRACE_REQUESTED))
