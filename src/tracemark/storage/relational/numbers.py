from collections.abc import Sequence

from tracemark.marking import Block, Span, merge_spans
from tracemark.storage.relational.codec import BLOCK_COLUMNS, block_row, read_block
from tracemark.storage.relational.sql import Database

_KNOWN_BY = "prefix = %s AND digits = %s AND check_system = %s AND first = %s"


class RelationalNumbers:
    """Blocks of numbers in SQL, and the spans of them that were used, one row for each use."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def blocks(self) -> Sequence[Block]:
        listed = ", ".join(BLOCK_COLUMNS)
        return [read_block(row) for row in self._database.rows(f"SELECT {listed} FROM number_block ORDER BY id")]

    def put(self, block: Block) -> None:
        """Keep a new block.

        Raises:
            ValueError: a block of this scheme and first number is kept already.
        """
        if self._database.row(f"SELECT id FROM number_block WHERE {_KNOWN_BY}", *_known_by(block)):
            raise ValueError(f"there is a block from {block.scheme.write(block.first)} already")
        self._database.insert("number_block", BLOCK_COLUMNS, [block_row(block)])

    def used(self, block: Block) -> Sequence[Span]:
        found = self._database.rows(
            "SELECT first, last FROM number_taken WHERE block_id = %s ORDER BY first", self._identity(block)
        )
        return merge_spans(Span(first, last) for first, last in found)

    def use(self, block: Block, span: Span) -> None:
        """Mark numbers as used, for good.

        Raises:
            KeyError: there is no such block.
        """
        row = (self._identity(block), span.first, span.last)
        self._database.insert("number_taken", ("block_id", "first", "last"), [row])

    def _identity(self, block: Block) -> int:
        row = self._database.row(f"SELECT id FROM number_block WHERE {_KNOWN_BY}", *_known_by(block))
        if row is None:
            raise KeyError(block.scheme.write(block.first))
        return int(row[0])


def _known_by(block: Block) -> tuple[str, int, str, int]:
    return block.scheme.prefix, block.scheme.digits, block.scheme.check.value, block.first
