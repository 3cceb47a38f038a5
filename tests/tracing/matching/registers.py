"""Small registers for the tests of matching."""

from collections.abc import Mapping, Sequence

import numpy as np

from tests.tracing.matching.oracle import Bearer
from tracemark.tracing.matching import COLUMNS, UNKNOWN, MarkColumns, Segment, build_segment


def segment_of(bearers: Sequence[Bearer]) -> Segment:
    """Build a segment whose mark ids are the places of the bearers."""
    attributes = [[each.attributes.get(column, UNKNOWN) for column in COLUMNS] for each in bearers]
    return build_segment(
        MarkColumns(
            marks=np.arange(len(bearers)),
            weapons=np.array([each.weapon for each in bearers], np.int64),
            serials=[each.serial for each in bearers],
            attributes=np.array(attributes, np.int32).reshape(-1, len(COLUMNS)),
        )
    )


class Index:
    """A register in memory; the code of a value is the value."""

    def __init__(self, *registers: Sequence[Bearer]) -> None:
        self._segments = [segment_of(bearers) for bearers in registers]
        self._known: set[tuple[str, int]] = {
            item for bearers in registers for each in bearers for item in each.attributes.items()
        }

    def segments(self) -> Sequence[Segment]:
        return self._segments

    def code(self, column: str, value: str) -> int:
        return int(value) if (column, int(value)) in self._known else UNKNOWN


def bearers(serials: Sequence[str], attributes: Mapping[str, int] | None = None) -> list[Bearer]:
    """Return one weapon a serial, numbered from 0, all with the same attributes."""
    return [Bearer(weapon, serial, attributes or {}) for weapon, serial in enumerate(serials)]
