from collections import defaultdict
from collections.abc import Sequence

from tracemark.kernel import PartialDate
from tracemark.marking import Block, Span, merge_spans
from tracemark.recordkeeping import (
    NUMBER_KINDS,
    NumberBlock,
    blocks_of,
    differing_blocks,
    read_event,
    redrawn_blocks,
)
from tracemark.storage.relational.codec import BLOCK_COLUMNS, block_row, read_block
from tracemark.storage.relational.sql import Database
from tracemark.weapons import NO_WEAPON

_KNOWN_BY = "prefix = %s AND digits = %s AND check_system = %s AND first = %s"
_MALFORMED = (KeyError, ValueError, TypeError, AttributeError)
"""What reading an event raises that was edited so that it tells of no block any more."""


class RelationalNumbers:
    """Blocks of numbers in SQL, and the spans of them that were used, one row for each use."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def blocks(self) -> Sequence[NumberBlock]:
        return self._kept("")

    def block(self, allocated: int) -> NumberBlock:
        found = self._kept("WHERE position = %s", allocated)
        if not found:
            raise KeyError(allocated)
        return found[0]

    def put(self, block: NumberBlock) -> None:
        """Keep a new block.

        Raises:
            ValueError: a block of this scheme and first number is kept already.
        """
        if self._identity(block.block) is not None:
            raise ValueError(f"there is a block from {block.block.scheme.write(block.block.first)} already")
        self._database.insert("number_block", BLOCK_COLUMNS, [block_row(block)])
        for span in block.used:
            self.use(block, span)

    def use(self, block: NumberBlock, span: Span) -> None:
        """Mark numbers as used, for good.

        Raises:
            KeyError: there is no such block.
        """
        identity = self._identity(block.block)
        if identity is None:
            raise KeyError(block.allocated)
        self._database.insert("number_taken", ("block_id", "first", "last"), [(identity, span.first, span.last)])

    def close(self, allocated: int, closed_on: PartialDate) -> None:
        self._database.execute("UPDATE number_block SET closed_on = %s WHERE position = %s", str(closed_on), allocated)

    def differing(self) -> Sequence[NumberBlock]:
        try:
            drawn = self._drawn()
        except _MALFORMED:
            drawn = []
        return differing_blocks(self.blocks(), drawn)

    def redraw(self) -> int:
        blocks = redrawn_blocks(self.blocks(), self._drawn())
        self._database.execute("DELETE FROM number_taken")
        self._database.execute("DELETE FROM number_block")
        for each in blocks:
            self.put(each)
        return len(blocks)

    def _kept(self, condition: str, *values: int) -> list[NumberBlock]:
        listed = ", ".join(BLOCK_COLUMNS)
        rows = self._database.rows(
            f"SELECT id, {listed} FROM number_block {condition} ORDER BY position IS NULL, position, id", *values
        )
        used: defaultdict[int, list[Span]] = defaultdict(list)
        within, identities = self._database.among("block_id", [row[0] for row in rows])
        for block, first, last in self._database.rows(
            f"SELECT block_id, first, last FROM number_taken WHERE {within}", identities
        ):
            used[block].append(Span(first, last))
        return [read_block(row[1:], merge_spans(used[row[0]])) for row in rows]

    def _drawn(self) -> list[NumberBlock]:
        within, kinds = self._database.among("kind", [each.value for each in NUMBER_KINDS])
        found = self._database.rows(
            f"SELECT position, body FROM event WHERE weapon = %s AND {within} ORDER BY position", NO_WEAPON, kinds
        )
        return blocks_of(read_event(position, body.encode()) for position, body in found)

    def _identity(self, block: Block) -> int | None:
        scheme = block.scheme
        values = scheme.prefix, scheme.digits, scheme.check.value, block.first
        row = self._database.row(f"SELECT id FROM number_block WHERE {_KNOWN_BY}", *values)
        return int(row[0]) if row else None
