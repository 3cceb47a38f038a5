from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from tracemark.recordkeeping import RecordStore, amendments_of, seal_event
from tracemark.storage.columnar.exporting import Amended
from tracemark.storage.columnar.parquet import columns_laid
from tracemark.storage.relational import EventRows, EventStreams, RelationalStores


class ListedEvents:
    """Events of a record that no database keeps."""

    def __init__(self, records: RecordStore) -> None:
        self._records = records

    def events(self, first: int, end: int) -> Any:  # noqa: ANN401 - as EventSource
        """Return the events from one position to before another as arrays."""
        found = list(islice(self._records.all(first), end - first))
        columns: dict[str, Sequence[object]] = {
            "position": [each.position for each in found],
            "body": [each.body.decode() for each in found],
        }
        return columns_laid(columns, {"position": "BIGINT", "body": "VARCHAR"})

    def close(self) -> None:
        """Nothing is held."""


def event_source(stores: object, records: RecordStore) -> "EventRows | EventStreams | ListedEvents":
    """Return where the events of a record are read the quickest."""
    return stores.event_columns() if isinstance(stores, RelationalStores) else ListedEvents(records)


def amended_events(records: RecordStore, corrections: Sequence[int]) -> Iterator[Amended]:
    """Tell, of corrections at given positions, what each put in the place of which event."""
    wanted = set(corrections)
    weapons = {records.at(position).event.weapon for position in corrections}
    for events in records.of_weapons(weapons).values():
        for each in amendments_of(events):
            if each.correction.position in wanted:
                before = each.before
                body = (
                    seal_event(each.after, position=before.position, recorded_at=before.recorded_at).body.decode()
                    if each.after
                    else ""
                )
                yield Amended(before.position, each.correction.position, body)
