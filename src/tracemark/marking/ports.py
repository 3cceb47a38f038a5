from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from tracemark.marking.numbering import Block, Span


class NumberStore(Protocol):
    """Where blocks of numbers and the use made of them are kept. A block is known by its scheme and first number."""

    def blocks(self) -> Sequence[Block]:
        """Every block ever allocated, in the order of allocation."""
        ...

    def put(self, block: Block) -> None:
        """Keep a new block."""
        ...

    def used(self, block: Block) -> Sequence[Span]:
        """The used numbers of a block as spans in order that neither overlap nor touch."""
        ...

    def use(self, block: Block, span: Span) -> None:
        """Mark numbers as used, for good."""
        ...


class MarkingStores(Protocol):
    """What the room needs from outside."""

    @property
    def numbers(self) -> NumberStore: ...

    def atomic(self) -> AbstractContextManager[object]:
        """One transaction: all that is written inside stands, or nothing does. It holds the writer's lock."""
        ...
