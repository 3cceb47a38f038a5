"""Signals of diversion in a node's record, or in a folder that another node exported."""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

from tracemark import diversion, transfers
from tracemark.authorities import Permission, require
from tracemark.diversion import Pattern, Raised, Signal
from tracemark.kernel import Actor
from tracemark.node.exporting import bring_up_to_date
from tracemark.node.linking import Engine
from tracemark.node.nodes import Node
from tracemark.storage import SnapshotFolder, duckdb_engine, processors, spark_engine

_MEMORY = "6GB"


def detect_signals(
    folder: Path,
    *,
    today: date,
    engine: Engine = Engine.DUCKDB,
    wanted: Iterable[Pattern] | None = None,
    timed: Callable[[str], object] = lambda _: None,
) -> Iterator[Signal]:
    """Apply the rules to a folder of snapshots, every file of which is held against its checksum first.

    Raises:
        SnapshotDamaged: the folder holds no snapshot, or is not what its manifest says.
        SparkMissing: Spark cannot be started.
    """
    snapshots = SnapshotFolder.open(folder)
    snapshots.require_whole()
    with tempfile.TemporaryDirectory() as aside:
        opened = (
            spark_engine(snapshots)
            if engine is Engine.SPARK
            else duckdb_engine(snapshots, threads=processors(), memory=_MEMORY, aside=Path(aside))
        )
        with opened as answering:
            yield from diversion.detect(
                answering,
                today=today,
                state=snapshots.state,
                embargoes=[
                    (each.state, each.since, each.until, each.symbol, each.scope)
                    for each in transfers.shipped_embargoes()
                ],
                wanted=wanted,
                timed=timed,
            )


def raise_found(node: Node, actor: Actor, wanted: Iterable[Pattern] | None = None) -> Raised:
    """Look for signals in a node's whole record, brought up to date as columns first, and raise those that are new.

    Raises:
        NotPermitted: the actor may not judge signals.
        SnapshotForeign, SnapshotDamaged: the node's columns are not this record's.
        RuleFailed: a rule's query cannot be answered.
    """
    require(actor, Permission.SIGNAL_JUDGE)
    found = list[Signal]()
    if bring_up_to_date(node, node.columns).snapshots:
        found.extend(detect_signals(node.columns, today=node.clock.now().date(), wanted=wanted))
    return diversion.raise_signals(signals=found, actor=actor, stores=node.stores, clock=node.clock)


def agencies_in(folder: Path) -> dict[str, str]:
    """Return the names of the agencies that a folder of snapshots lists, by code.

    Raises:
        SnapshotDamaged: the folder's manifest cannot be read.
    """
    with tempfile.TemporaryDirectory() as aside:
        opened = duckdb_engine(SnapshotFolder.open(folder), threads=1, memory=_MEMORY, aside=Path(aside))
        with opened as answering:
            return {str(row["code"]): str(row["name"]) for row in answering.rows("SELECT code, name FROM agencies")}
