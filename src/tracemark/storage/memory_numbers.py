from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from tracemark.kernel import PartialDate
from tracemark.marking import Block, Span
from tracemark.recordkeeping import NUMBER_KINDS, NumberBlock, Sealed, blocks_of, differing_blocks, redrawn_blocks
from tracemark.weapons import NO_WEAPON, WeaponId


class Holding(Protocol):
    """What of all that is held concerns numbers."""

    blocks: list[NumberBlock]
    of_weapons: dict[WeaponId, tuple[Sealed, ...]]


class MemoryNumbers:
    """Blocks of numbers in memory."""

    def __init__(self, held: Callable[[], Holding]) -> None:
        self._all = held

    @property
    def _held(self) -> Holding:
        return self._all()

    def blocks(self) -> Sequence[NumberBlock]:
        held = self._held.blocks
        return [each for late in (False, True) for each in held if (each.allocated is None) is late]

    def block(self, allocated: int) -> NumberBlock:
        return self._held.blocks[self._place(allocated)]

    def put(self, block: NumberBlock) -> None:
        """Keep a new block.

        Raises:
            ValueError: a block of this scheme and first number is kept already.
        """
        if any(_known_by(each.block) == _known_by(block.block) for each in self._held.blocks):
            raise ValueError(f"there is a block from {block.block.scheme.write(block.block.first)} already")
        self._held.blocks.append(block)

    def use(self, block: NumberBlock, span: Span) -> None:
        """Mark numbers as used, for good.

        Raises:
            KeyError: there is no such block.
        """
        place = self._place(block.allocated)
        self._held.blocks[place] = self._held.blocks[place].with_used(span)

    def close(self, allocated: int, closed_on: PartialDate) -> None:
        place = self._place(allocated)
        self._held.blocks[place] = replace(self._held.blocks[place], closed_on=closed_on)

    def differing(self) -> Sequence[NumberBlock]:
        return differing_blocks(self.blocks(), self._drawn())

    def redraw(self) -> int:
        self._held.blocks = redrawn_blocks(self._held.blocks, self._drawn())
        return len(self._held.blocks)

    def _drawn(self) -> list[NumberBlock]:
        events = self._held.of_weapons.get(NO_WEAPON, ())
        return blocks_of(each for each in events if each.event.kind in NUMBER_KINDS)

    def _place(self, allocated: int | None) -> int:
        found = [place for place, each in enumerate(self._held.blocks) if each.allocated == allocated is not None]
        if not found:
            raise KeyError(allocated)
        return found[0]


def _known_by(block: Block) -> tuple[object, int]:
    return block.scheme, block.first
