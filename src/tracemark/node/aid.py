"""Aid as files tell of it: activities of IATI and series, taken into the record; and ours, written."""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TypeVar

from tracemark import assistance, exchange
from tracemark.assistance import AidActivity, AidKept, AidResult, AidSeries, SeriesTold
from tracemark.exchange import IatiFile
from tracemark.kernel import Actor
from tracemark.node.nodes import Node

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class AidFileRead:
    """What a file of activities held, and how many were work on small arms; `left_out` is by code of its sentence."""

    version: str
    total: int
    taken: tuple[AidActivity, ...]
    left_out: Mapping[str, int]
    fingerprint: str


def read_aid(path: Path, *, everything: bool = False, version: str = "") -> AidFileRead:
    """Read a file of activities, of which only work on small arms is taken, or everything.

    Raises:
        DocumentRefused: it is no valid IATI.
    """
    found: IatiFile = exchange.read_iati(
        path,
        wanted=lambda each: everything or assistance.recognise(each) is not None,
        version=version,
    )
    return AidFileRead(found.version, found.total, found.activities, found.left_out, found.fingerprint)


def follow_aid(node: Node, read: AidFileRead, source: str, actor: Actor) -> AidKept:
    """Take what was read into the record. Raises as `assistance.follow_activities`."""
    return assistance.follow_activities(
        activities=read.taken,
        source=source,
        fingerprint=read.fingerprint,
        actor=actor,
        stores=node.stores,
        clock=node.clock,
    )


def keep_series_file(node: Node, path: Path, series: AidSeries, actor: Actor) -> SeriesTold:
    """Keep a series from a table, whose years take the place of those of `series`.

    Raises:
        TableRefused: the file is no table.
        SeriesUnreadable: it is no series.
        NotPermitted, AidRefused: as `assistance.keep_series`.
    """
    table = exchange.read_table(path).table
    read = assistance.read_series(table)
    told = assistance.keep_series(
        series=replace(series, years=read.years),
        fingerprint=table.fingerprint,
        actor=actor,
        stores=node.stores,
        clock=node.clock,
    )
    return replace(told, left_out=read.left_out)


def handed_in(name: str, content: bytes, read: Callable[[Path], Found]) -> Found:
    """Read what was handed in as a file of its own name, which ends with the reading."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / (Path(name).name or "file")
        path.write_bytes(content)
        return read(path)


def aid_file(
    activities: Sequence[AidActivity],
    node: Node,
    file: str = "activities.xml",
    results: Mapping[str, Sequence[AidResult]] | None = None,
) -> bytes:
    """Write activities as IATI 2.03, dated by the day, with results by identifier of the activity whose they are.

    Raises:
        DocumentRefused: one of them lacks what the standard asks for.
    """
    today = datetime.combine(node.clock.now().date(), time(), UTC)
    return exchange.write_iati(activities, generated_at=today, file=file, results=results)
