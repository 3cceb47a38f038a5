from collections.abc import Sequence
from typing import Protocol

from tracemark.tracing.matching.segments import Segment


class MarkIndex(Protocol):
    """The marks of a register, made ready for search: a large segment, and small ones for what came since."""

    def segments(self) -> Sequence[Segment]:
        """Return the segments; no mark is in two of them, and codes mean the same in all."""
        ...

    def code(self, column: str, value: str) -> int:
        """Return the small number that stands for a catalogue code in a segment's column, -1 if the register has none.

        `column` is `maker`, `model`, `calibre`, `country` or `kind`.
        """
        ...


class StoredMarkIndex(MarkIndex, Protocol):
    """An index that a register keeps, in step with it at each search unless much came at once."""

    def catch_up(self) -> None:
        """Take in all that the register has now, however much that is."""
        ...

    def settle(self) -> None:
        """Wait for what is done aside."""
        ...

    def merge(self) -> None:
        """Make one segment of all."""
        ...

    def rebuild(self) -> None:
        """Read every mark of the register again."""
        ...
