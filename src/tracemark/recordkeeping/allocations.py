from collections.abc import Sequence

from tracemark.authorities import require
from tracemark.kernel import Actor, Clock, Finding, PartialDate, Plain, cite
from tracemark.marking import Block, NumbersRefused, Scheme, Span, allocate, take_numbers, use_numbers
from tracemark.recordkeeping.actions import append
from tracemark.recordkeeping.events import Event
from tracemark.recordkeeping.kinds import EventKind, event_kinds
from tracemark.recordkeeping.numbers import NumberBlock, block_plain, span_plain
from tracemark.recordkeeping.ports import RecordkeepingStores
from tracemark.weapons import NO_WEAPON, catalogue

_UNIQUE = cite("ITI 8(a)")
_BEFORE = "allocated before numbers were sealed"


def allocate_block(
    *, holder: str, scheme: Scheme, span: Span, purpose: str, actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> NumberBlock:
    """Allocate numbers to a maker or to the national marking office, as of today, and seal it.

    `holder` is the code of a listed agency or of a maker in the catalogue: it stays in the record for ever.

    Raises:
        NotPermitted: the actor may not allocate numbers.
        NumbersRefused: `marking.numbers_overlap`, some of them are allocated already, or
            `recordkeeping.block_holder_unknown`.

    Source: ITI 8(a).
    """
    require(actor, event_kinds()[EventKind.NUMBERS_ALLOCATED].permission)
    block = Block(holder, scheme, span.first, span.last, clock.now().date(), purpose)
    with stores.atomic():
        _require_known_holder(holder, stores)
        allocate(block, [each.block for each in stores.numbers.blocks()])
        position = _seal(_allocation(block, actor), stores, clock)
        allocated = NumberBlock(position, block)
        stores.numbers.put(allocated)
    return allocated


def reserve_numbers(
    *, block: int, count: int, plan: str = "", actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> tuple[str, ...]:
    """Take the next numbers of a block for a marking session and return them as they will be stamped.

    They count as used from now on, stamped or not: a number passed over is never given out again. `block` is the
    position of the event that allocated it, `plan` the name of the session.

    Raises:
        NotPermitted: the actor may not plan marks.
        NumbersRefused: `marking.block_exhausted`, or `recordkeeping.block_closed`.
        KeyError: there is no such block.

    Source: ITI 8(a), ITI 8(b).
    """
    require(actor, "marking.plan")
    if count == 0:
        return ()
    with stores.atomic():
        known = _open_block(block, stores)
        span = take_numbers(known.block, known.used, count)
        _use(known, span, {"plan": plan} if plan else {}, actor, stores, clock)
    return tuple(known.block.scheme.write(number) for number in span)


def note_used(*, block: int, span: Span, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> NumberBlock:
    """Note numbers of a block that its holder says were stamped, and seal it. `block` as in `reserve_numbers`.

    Raises:
        NotPermitted: the actor may not allocate numbers.
        NumbersRefused: `marking.number_reused`, `marking.number_outside_block` or `recordkeeping.block_closed`.
        KeyError: there is no such block.

    Source: ITI 8(a).
    """
    require(actor, event_kinds()[EventKind.NUMBERS_CLOSED].permission)
    with stores.atomic():
        known = _open_block(block, stores)
        use_numbers(known.block, known.used, span)
        _use(known, span, {}, actor, stores, clock)
    return known.with_used(span)


def close_block(*, block: int, note: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> NumberBlock:
    """Seal that no more numbers of a block are given out, used or not, as of today. `block` as in `reserve_numbers`.

    Raises:
        NotPermitted: the actor may not allocate numbers.
        NumbersRefused: `recordkeeping.block_closed`, it was closed before.
        KeyError: there is no such block.

    Source: ITI 8(a).
    """
    require(actor, event_kinds()[EventKind.NUMBERS_CLOSED].permission)
    with stores.atomic():
        known = _open_block(block, stores)
        details: dict[str, Plain] = {"allocated": block} | ({"note": note} if note else {})
        _seal(_event(EventKind.NUMBERS_CLOSED, _today(clock), details, actor), stores, clock)
        stores.numbers.close(block, _today(clock))
    return stores.numbers.block(known.allocated or block)


def seal_blocks(*, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> Sequence[NumberBlock]:
    """Seal the blocks that were allocated before numbers were sealed, with the use made of them, and return them.

    The officer answers for them: whoever had the database could have written one.

    Raises:
        NotPermitted: the actor may not allocate numbers.
        NumbersRefused: `marking.numbers_overlap`, one of them runs into a block that is sealed.
    """
    require(actor, event_kinds()[EventKind.NUMBERS_ALLOCATED].permission)
    with stores.atomic():
        standing = stores.numbers.blocks()
        unsealed = [each for each in standing if each.allocated is None]
        sealed = [each.block for each in standing if each.allocated is not None]
        for each in unsealed:
            position = _seal(_allocation(allocate(each.block, sealed), actor, _BEFORE), stores, clock)
            sealed.append(each.block)
            for span in each.used:
                details: dict[str, Plain] = {"allocated": position, **span_plain(span, each.block.scheme)}
                details["note"] = _BEFORE
                _seal(_event(EventKind.NUMBERS_USED, _today(clock), details, actor), stores, clock)
        if unsealed:
            stores.numbers.redraw()
    return unsealed


def _use(
    known: NumberBlock, span: Span, more: dict[str, Plain], actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> None:
    details: dict[str, Plain] = {"allocated": known.allocated, **span_plain(span, known.block.scheme), **more}
    _seal(_event(EventKind.NUMBERS_USED, _today(clock), details, actor), stores, clock)
    stores.numbers.use(known, span)


def _open_block(block: int, stores: RecordkeepingStores) -> NumberBlock:
    known = stores.numbers.block(block)
    if known.closed_on is not None:
        facts: dict[str, Plain] = {"holder": known.block.holder, "closed": str(known.closed_on)}
        raise NumbersRefused([Finding("recordkeeping.block_closed", _UNIQUE, facts)])
    return known


def _require_known_holder(holder: str, stores: RecordkeepingStores) -> None:
    listed = {each.code for each in stores.agencies.all()}
    if holder.split("/", maxsplit=1)[0] not in listed and holder not in catalogue().makers:
        facts: dict[str, Plain] = {"field": "holder", "text": holder}
        raise NumbersRefused([Finding("recordkeeping.block_holder_unknown", _UNIQUE, facts)])


def _allocation(block: Block, actor: Actor, note: str = "") -> Event:
    details: dict[str, Plain] = {"block": block_plain(block)} | ({"note": note} if note else {})
    return _event(EventKind.NUMBERS_ALLOCATED, PartialDate.of(block.allocated_on), details, actor)


def _event(kind: EventKind, happened: PartialDate, details: dict[str, Plain], actor: Actor) -> Event:
    return Event(NO_WEAPON, kind, happened, actor.authority, actor.name, details)


def _seal(event: Event, stores: RecordkeepingStores, clock: Clock) -> int:
    return append(events=[event], stores=stores, clock=clock).sealed[0].position


def _today(clock: Clock) -> PartialDate:
    return PartialDate.of(clock.now().date())
