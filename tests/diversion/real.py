"""What the rules find in a record that officers wrote: exported to Parquet, and asked of DuckDB."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from tests.rooms import NOW
from tracemark import diversion, transfers
from tracemark.kernel import instant_text
from tracemark.storage import (
    RecordToExport,
    SnapshotFolder,
    amended_events,
    duckdb_engine,
    event_source,
    export_record,
)
from tracemark.storage.memory import MemoryStores
from tracemark.weapons import WeaponId

TODAY = date(2026, 12, 1)
Case = tuple[list[int], list[str]]
"""The weapons of a signal, and the kinds of the events in which it is seen."""


def exported(stores: MemoryStores, folder: Path) -> SnapshotFolder:
    head = stores.records.head()
    assert head is not None
    record = RecordToExport(
        state="XT",
        head=head,
        taken_at=instant_text(NOW),
        source=event_source(stores, stores.records),
        agencies=[
            (each.code, each.name, each.kind.value, each.parent, "", str(each.active_until or ""))
            for each in stores.agencies.all()
        ],
        amended=lambda corrections: amended_events(stores.records, corrections),
    )
    return export_record(SnapshotFolder(folder), record, lambda _: None)[0]


def found_in(stores: MemoryStores, folder: Path, rules: Iterable[str] = ()) -> dict[str, list[Case]]:
    """Return by rule what was found: of all rules, or of those that are named."""
    kept = exported(stores, folder)
    known = diversion.patterns()
    found: dict[str, list[Case]] = {}
    with duckdb_engine(kept, threads=1, memory="1GB", aside=folder / "aside") as engine:
        for each in diversion.detect(
            engine,
            today=TODAY,
            state="XT",
            embargoes=[
                (one.state, one.since, one.until, one.symbol, one.scope) for one in transfers.shipped_embargoes()
            ],
            wanted=[known[rule] for rule in rules] or None,
        ):
            kinds = [stores.records.at(position).event.kind.value for position in each.evidence]
            found.setdefault(each.rule, []).append(([WeaponId(weapon) for weapon in each.weapons], kinds))
    return found
