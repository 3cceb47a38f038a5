"""The record as Parquet: a folder that each export adds to, bound to the log's signed heads."""

from collections.abc import Callable
from pathlib import Path

from tracemark.authorities import Permission, require
from tracemark.kernel import Actor, Trouble, instant_text
from tracemark.node.nodes import Node
from tracemark.recordkeeping import Checkpoint, ProofRefused, verify_consistency
from tracemark.storage import (
    EventSource,
    Exported,
    RecordToExport,
    SnapshotFolder,
    amended_events,
    event_source,
    export_record,
    one_at_a_time,
)


class HeadMissing(Trouble):
    """No head was signed when the record had so many events, so that nothing can be drawn as it stood then."""


class SnapshotForeign(Exception):
    """The folder holds another record than this one, or a longer one; nothing was written."""


def export_parquet(
    node: Node, folder: Path, actor: Actor, told: Callable[[int, int], None] = lambda _done, _size: None
) -> tuple[SnapshotFolder, Exported]:
    """Write what is new in a node's record into a folder of Parquet files, as columns.

    What the folder holds must be the beginning of this record, which the log's heads prove. `told` hears how many
    events of how many the folder holds. Source: PoA II.9.

    Raises:
        NotPermitted: the actor may not export.
        SnapshotForeign: the folder's record is no beginning of this one.
        SnapshotDamaged: the folder's manifest cannot be read.
    """
    require(actor, Permission.RECORD_EXPORT)
    return _exported(node, folder, told)


def bring_up_to_date(node: Node, folder: Path) -> SnapshotFolder:
    """Add what is new in a node's record to its own columns, of which nothing leaves the node.

    Raises:
        SnapshotForeign, SnapshotDamaged: as `export_parquet`.
    """
    return _exported(node, folder, lambda _done, _size: None)[0]


def export_until(node: Node, folder: Path, size: int) -> SnapshotFolder:
    """Write a node's record as it stood at an earlier head into an empty folder.

    Raises:
        HeadMissing: no head was signed at `size` events.
    """
    head = next((each for each in node.stores.records.checkpoints() if each.size == size), None)
    if head is None:
        raise HeadMissing("trouble.no_head_at", size=size)
    source = event_source(node.stores, node.stores.records)
    try:
        return export_record(SnapshotFolder(folder), _record(node, head, source), lambda _: None)[0]
    finally:
        source.close()


def _exported(node: Node, folder: Path, told: Callable[[int, int], None]) -> tuple[SnapshotFolder, Exported]:
    with one_at_a_time(folder):
        kept, head = SnapshotFolder.open(folder), node.stores.records.head()
        if head is None:
            return kept, Exported(0, 0, 0, kept.size)
        _require_beginning(node, kept, head)
        source = event_source(node.stores, node.stores.records)
        try:
            return export_record(kept, _record(node, head, source), lambda done: told(done, head.size))
        finally:
            source.close()


def _record(node: Node, head: Checkpoint, source: EventSource) -> RecordToExport:
    return RecordToExport(
        state=node.state,
        head=head,
        taken_at=instant_text(node.clock.now()),
        source=source,
        agencies=[
            (each.code, each.name, each.kind.value, each.parent, _text(each.active_from), _text(each.active_until))
            for each in node.stores.agencies.all()
        ],
        amended=lambda corrections: amended_events(node.stores.records, corrections),
    )


def _require_beginning(node: Node, kept: SnapshotFolder, head: Checkpoint) -> None:
    newest = kept.newest
    if newest is None:
        return
    try:
        proof = node.prove_growth(newest.size, head.size)
        verify_consistency(newest.size, head.size, bytes.fromhex(newest.root), head.root, proof)
    except (IndexError, ProofRefused) as error:
        raise SnapshotForeign(str(error)) from error


def _text(when: object) -> str:
    return str(when) if when else ""
