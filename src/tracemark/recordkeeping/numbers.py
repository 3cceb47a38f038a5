from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tracemark.kernel import PartialDate, Plain
from tracemark.marking import Block, CheckSystem, Scheme, Span, merge_spans, overlaps
from tracemark.recordkeeping.events import Sealed
from tracemark.recordkeeping.kinds import EventKind

NUMBER_KINDS = (EventKind.NUMBERS_ALLOCATED, EventKind.NUMBERS_USED, EventKind.NUMBERS_CLOSED)
"""What can happen to a block of numbers; such an event concerns no weapon."""


@dataclass(frozen=True, slots=True)
class NumberBlock:
    """A block with the use made of it: the fold of its events, and nothing else.

    `allocated` is the position of the event that allocated it, by which it is known; None for one that was allocated
    before numbers were sealed. `used` are spans in order that neither overlap nor touch. From a closed block no number
    is given out again, used or not.
    """

    allocated: int | None
    block: Block
    used: tuple[Span, ...] = ()
    closed_on: PartialDate | None = None

    def with_used(self, span: Span) -> "NumberBlock":
        """Return the block with more of its numbers used."""
        return replace(self, used=merge_spans((*self.used, span)))


def blocks_of(events: Iterable[Sealed]) -> list[NumberBlock]:
    """Fold events about numbers, in the order of the record, into the blocks they tell of, in order of allocation.

    Raises:
        KeyError, ValueError: an event names no block, or numbers that are not written as its block's are.
    """
    found: dict[int, NumberBlock] = {}
    for sealed in events:
        details: Mapping[str, Any] = sealed.event.details
        if sealed.event.kind is EventKind.NUMBERS_ALLOCATED:
            block = block_of_plain(details["block"], sealed.event.happened)
            found[sealed.position] = NumberBlock(sealed.position, block)
            continue
        known = found[details["allocated"]]
        if sealed.event.kind is EventKind.NUMBERS_USED:
            found[details["allocated"]] = known.with_used(_span_of_plain(details, known.block.scheme))
        else:
            found[details["allocated"]] = replace(known, closed_on=sealed.event.happened)
    return list(found.values())


def differing_blocks(kept: Sequence[NumberBlock], drawn: Sequence[NumberBlock]) -> list[NumberBlock]:
    """Return the blocks of which a store says other than the record, as it has them; then those that it lacks."""
    known, there = {each.allocated: each for each in drawn}, {each.allocated for each in kept}
    strange = [each for each in kept if each.allocated is None or known.get(each.allocated) != each]
    return [*strange, *(each for each in drawn if each.allocated not in there)]


def redrawn_blocks(kept: Iterable[NumberBlock], drawn: Sequence[NumberBlock]) -> list[NumberBlock]:
    """Return what a store is to hold: what the record says, and what was allocated before numbers were sealed.

    Of the latter is left out what runs into a block of the record, which has been sealed since.
    """
    sealed = [each.block for each in drawn]
    return [*drawn, *(each for each in kept if each.allocated is None and not overlaps(each.block, sealed))]


def block_plain(block: Block) -> dict[str, Plain]:
    """Return the JSON form kept in the record, with first and last number as they are stamped."""
    scheme = block.scheme
    written: dict[str, Plain] = {"holder": block.holder, "digits": scheme.digits}
    written |= {"first": scheme.write(block.first), "last": scheme.write(block.last)}
    said = {"prefix": scheme.prefix, "check": scheme.check.value, "purpose": block.purpose}
    return written | {name: value for name, value in said.items() if value}


def block_of_plain(plain: Mapping[str, Any], allocated_on: PartialDate) -> Block:
    """Read a block from its JSON form.

    Raises:
        KeyError, ValueError: the numbers are not written as the scheme says.
    """
    scheme = Scheme(plain.get("prefix", ""), plain["digits"], CheckSystem(plain.get("check", CheckSystem.NONE)))
    first, last = scheme.read(plain["first"]), scheme.read(plain["last"])
    return Block(plain["holder"], scheme, first, last, allocated_on.first, plain.get("purpose", ""))


def span_plain(span: Span, scheme: Scheme) -> dict[str, Plain]:
    """Return numbers as they are stamped, as the record keeps them."""
    return {"first": scheme.write(span.first), "last": scheme.write(span.last)}


def _span_of_plain(plain: Mapping[str, Any], scheme: Scheme) -> Span:
    return Span(scheme.read(plain["first"]), scheme.read(plain["last"]))
