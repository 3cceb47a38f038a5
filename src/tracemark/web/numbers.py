from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from tracemark import marking
from tracemark.authorities import Permission
from tracemark.kernel import Refused
from tracemark.marking import Block, Span
from tracemark.web.access import Desk, needs
from tracemark.web.forms.marking import BlockForm, UsedForm
from tracemark.web.pages import page, tell


@dataclass(frozen=True, slots=True)
class Allocated:
    """A block with the use made of it; `number` is its place in the order of allocation, from 1."""

    number: int
    block: Block
    used: tuple[Span, ...]

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
        """How many numbers are still to be given out; gaps are not among them."""
        return self.block.last - marking.next_number(self.block, self.used) + 1

    @property
    def next(self) -> str:
        """The number given out next, "" where there is none."""
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
    store = desk.node.stores.numbers
    found = [Allocated(number, block, tuple(store.used(block))) for number, block in enumerate(store.blocks(), 1)]
    return page(desk, "web/marking/numbers.html", blocks=found)


@needs(Permission.MARKING_NUMBER)
@require_http_methods(["GET", "POST"])
def new_block(desk: Desk) -> HttpResponse:
    """Allocate numbers to a maker or to the marking office; numbers that are another's are refused."""
    form = BlockForm(desk.POST or None)
    if desk.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            marking.allocate_block(
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
    store = desk.node.stores.numbers
    blocks = store.blocks()
    if not 0 < number <= len(blocks):
        raise Http404
    known = blocks[number - 1]
    form = UsedForm(desk.POST or None, block=known)
    if desk.method == "POST" and form.is_valid():
        try:
            marking.note_used(block=known, span=form.cleaned_data["span"], actor=desk.actor, stores=desk.node.stores)
        except Refused as refused:
            form.refuse(refused)
        else:
            tell(desk, "web.marking.noted", count=len(form.cleaned_data["span"]))
            return redirect("block", number)
    found = Allocated(number, known, tuple(store.used(known)))
    return page(desk, "web/marking/block.html", 422 if form.errors else 200, allocated=found, form=form)
