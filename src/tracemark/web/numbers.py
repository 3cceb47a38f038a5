from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from tracemark import marking, recordkeeping, wording
from tracemark.authorities import Permission
from tracemark.kernel import Refused
from tracemark.marking import Block, Span
from tracemark.recordkeeping import NumberBlock
from tracemark.web.access import Desk, needs
from tracemark.web.forms.marking import BlockForm, CloseForm, UsedForm
from tracemark.web.pages import page, tell
from tracemark.web.said import spoken


@dataclass(frozen=True, slots=True)
class Allocated:
    """A block with the use made of it, as a page tells it."""

    known: NumberBlock

    @property
    def block(self) -> Block:
        return self.known.block

    @property
    def used(self) -> tuple[Span, ...]:
        return self.known.used

    @property
    def closed(self) -> str:
        """The day it was closed, in the reader's language; "" while it is open."""
        on = self.known.closed_on
        return wording.date_text(on, to=spoken()) if on else ""

    @property
    def first(self) -> str:
        return self.block.scheme.write(self.block.first)

    @property
    def last(self) -> str:
        return self.block.scheme.write(self.block.last)

    @property
    def size(self) -> int:
        return len(self.block.span)

    @property
    def taken(self) -> int:
        return sum(map(len, self.used))

    @property
    def left(self) -> int:
        """How many numbers are still to be given out; gaps are not among them, nor is anything of a closed block."""
        return 0 if self.known.closed_on else self.block.last - marking.next_number(self.block, self.used) + 1

    @property
    def next(self) -> str:
        """The number given out next, "" where there is none."""
        if self.known.closed_on:
            return ""
        following = marking.next_number(self.block, self.used)
        return self.block.scheme.write(following) if following in self.block else ""

    @property
    def gaps(self) -> list[tuple[str, str, int]]:
        """What was passed over, or stamped and not recorded: first, last, how many."""
        return [self._written(span) for span in marking.skipped(self.block, self.used)]

    @property
    def spans(self) -> list[tuple[str, str, int]]:
        """What is used: first, last, how many."""
        return [self._written(span) for span in self.used]

    def _written(self, span: Span) -> tuple[str, str, int]:
        write = self.block.scheme.write
        return write(span.first), write(span.last), len(span)


@needs(Permission.MARKING_PLAN, Permission.MARKING_NUMBER)
def numbers(desk: Desk) -> HttpResponse:
    """List the blocks of numbers, with what is used of them and what was passed over."""
    found = [Allocated(each) for each in desk.node.stores.numbers.blocks()]
    return page(desk, "web/marking/numbers.html", blocks=found)


@needs(Permission.MARKING_NUMBER)
@require_http_methods(["GET", "POST"])
def new_block(desk: Desk) -> HttpResponse:
    """Allocate numbers to a maker or to the marking office; numbers that are another's are refused."""
    form = BlockForm(desk.POST or None)
    if desk.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            recordkeeping.allocate_block(
                holder=given["holder"],
                scheme=form.scheme(),
                span=form.span(),
                purpose=given["purpose"],
                actor=desk.actor,
                stores=desk.node.stores,
                clock=desk.node.clock,
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            tell(desk, "web.marking.allocated", holder=given["holder"])
            return redirect("numbers")
    return page(desk, "web/marking/new_block.html", 422 if form.errors else 200, form=form)


@needs(Permission.MARKING_NUMBER)
@require_http_methods(["GET", "POST"])
def block(desk: Desk, number: int) -> HttpResponse:
    """Show a block with its gaps; by POST, note numbers that its holder says were stamped."""
    stores = desk.node.stores
    known = stores.numbers.block(number)
    form = UsedForm(desk.POST or None, block=known.block)
    if desk.method == "POST" and form.is_valid():
        span = form.cleaned_data["span"]
        try:
            recordkeeping.note_used(block=number, span=span, actor=desk.actor, stores=stores, clock=desk.node.clock)
        except Refused as refused:
            form.refuse(refused)
        else:
            tell(desk, "web.marking.noted", count=len(span))
            return redirect("block", number)
    return _block_page(desk, known, form, CloseForm())


@needs(Permission.MARKING_NUMBER)
@require_POST
def close_block(desk: Desk, number: int) -> HttpResponse:
    """Close a block: no more numbers of it are given out."""
    stores = desk.node.stores
    known = stores.numbers.block(number)
    form = CloseForm(desk.POST)
    if form.is_valid():
        note = form.cleaned_data["note"]
        try:
            recordkeeping.close_block(block=number, note=note, actor=desk.actor, stores=stores, clock=desk.node.clock)
        except Refused as refused:
            form.refuse(refused)
        else:
            tell(desk, "web.marking.closed", holder=known.block.holder)
            return redirect("block", number)
    return _block_page(desk, known, UsedForm(block=known.block), form)


def _block_page(desk: Desk, known: NumberBlock, form: UsedForm, closing: CloseForm) -> HttpResponse:
    status = 422 if form.errors or closing.errors else 200
    return page(desk, "web/marking/block.html", status, allocated=Allocated(known), form=form, closing=closing)
