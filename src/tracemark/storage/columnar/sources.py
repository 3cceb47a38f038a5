from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from tracemark.recordkeeping import RecordStore, amendments_of, seal_event
from tracemark.storage.columnar.exporting import Amended
from tracemark.storage.columnar.parquet import columns_laid
from tracemark.storage.relational import EventStreams, RelationalStores


class EventRows:
    """Events as arrays of columns; `read` tells position and body of those from one position to before another."""

    def __init__(self, read: Callable[[int, int], Iterable[tuple[int, str]]]) -> None:
        self._read = read

    def events(self, first: int, end: int) -> Any:  # noqa: ANN401 - as EventSource
        """Return the events from one position to before another."""
        found = list(self._read(first, end))
        columns: dict[str, Sequence[object]] = {
            "position": [position for position, _ in found],
            "body": [body for _, body in found],
        }
        return columns_laid(columns, {"position": "BIGINT", "body": "VARCHAR"})

    def close(self) -> None:
        """Nothing is held."""


def event_source(stores: object, records: RecordStore) -> "EventRows | EventStreams":
    """Return where the events of a record are read the quickest."""
    if isinstance(stores, RelationalStores):
        return stores.event_streams() or EventRows(stores.event_rows)
    return EventRows(
        lambda first, end: ((each.position, each.body.decode()) for each in islice(records.all(first), end - first))
    )


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
