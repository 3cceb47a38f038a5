from tracemark.authorities import require
from tracemark.kernel import Actor, Clock
from tracemark.marking.numbering import Block, Scheme, Span, allocate, take_numbers, use_numbers
from tracemark.marking.ports import MarkingStores


def allocate_block(
    *, holder: str, scheme: Scheme, span: Span, purpose: str, actor: Actor, stores: MarkingStores, clock: Clock
) -> Block:
    """Allocate numbers to a maker or to the national marking office, as of today.

    Raises:
        NotPermitted: the actor may not allocate numbers.
        NumbersRefused: `marking.numbers_overlap`, some of them are allocated already.

    Source: ITI 8(a).
    """
    require(actor, "marking.number")
    block = Block(holder, scheme, span.first, span.last, clock.now().date(), purpose)
    with stores.atomic():
        stores.numbers.put(allocate(block, stores.numbers.blocks()))
    return block


def reserve_numbers(*, block: Block, count: int, actor: Actor, stores: MarkingStores) -> tuple[str, ...]:
    """Take the next numbers of a block for a marking session and return them as they will be stamped.

    They count as used from now on, stamped or not: a number passed over is never given out again.

    Raises:
        NotPermitted: the actor may not plan marks.
        NumbersRefused: `marking.block_exhausted`.

    Source: ITI 8(a), ITI 8(b).
    """
    require(actor, "marking.plan")
    if count == 0:
        return ()
    with stores.atomic():
        span = take_numbers(block, stores.numbers.used(block), count)
        stores.numbers.use(block, span)
    return tuple(block.scheme.write(number) for number in span)


def note_used(*, block: Block, span: Span, actor: Actor, stores: MarkingStores) -> None:
    """Note numbers of a block that its holder says were stamped.

    Raises:
        NotPermitted: the actor may not allocate numbers.
        NumbersRefused: `marking.number_reused` or `marking.number_outside_block`.

    Source: ITI 8(a).
    """
    require(actor, "marking.number")
    with stores.atomic():
        use_numbers(block, stores.numbers.used(block), span)
        stores.numbers.use(block, span)
