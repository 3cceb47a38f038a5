from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest

from tracemark.authorities import NotPermitted
from tracemark.kernel import Actor
from tracemark.marking import (
    Block,
    NumbersRefused,
    Scheme,
    Span,
    allocate_block,
    merge_spans,
    note_used,
    reserve_numbers,
)

OFFICER = Actor("officer", "XT-REG", frozenset({"registry_officer"}))
STOREKEEPER = Actor("keeper", "XT-ARMY", frozenset({"storekeeper"}))
AUDITOR = Actor("auditor", "XT-AUDIT", frozenset({"auditor"}))
XT = Scheme("XT26-", 4)


class Numbers:
    """A number store and its transaction in memory."""

    def __init__(self) -> None:
        self._used: dict[Block, tuple[Span, ...]] = {}

    @property
    def numbers(self) -> "Numbers":
        return self

    @contextmanager
    def atomic(self) -> Iterator[None]:
        before = dict(self._used)
        try:
            yield
        except BaseException:
            self._used = before
            raise

    def blocks(self) -> Sequence[Block]:
        return list(self._used)

    def put(self, block: Block) -> None:
        self._used[block] = ()

    def used(self, block: Block) -> Sequence[Span]:
        return self._used[block]

    def use(self, block: Block, span: Span) -> None:
        self._used[block] = merge_spans((*self._used[block], span))


class Noon:
    def now(self) -> datetime:
        return datetime(2026, 5, 4, 12, tzinfo=UTC)


def allocated(stores: Numbers, first: int = 1, last: int = 100) -> Block:
    return allocate_block(
        holder="XT-OFFICE",
        scheme=XT,
        span=Span(first, last),
        purpose="import marks 2026",
        actor=OFFICER,
        stores=stores,
        clock=Noon(),
    )


def test_iti_8a_a_block_is_allocated_once() -> None:
    stores = Numbers()
    block = allocated(stores)
    assert block == Block("XT-OFFICE", XT, 1, 100, date(2026, 5, 4), "import marks 2026")
    with pytest.raises(NumbersRefused, match=r"marking\.numbers_overlap"):
        allocated(stores, 100, 200)
    assert stores.blocks() == [block]


def test_reserved_numbers_are_never_given_again() -> None:
    stores = Numbers()
    block = allocated(stores)
    assert reserve_numbers(block=block, count=2, actor=STOREKEEPER, stores=stores) == ("XT26-0001", "XT26-0002")
    assert reserve_numbers(block=block, count=1, actor=OFFICER, stores=stores) == ("XT26-0003",)
    assert reserve_numbers(block=block, count=0, actor=OFFICER, stores=stores) == ()
    with pytest.raises(NumbersRefused, match=r"marking\.block_exhausted"):
        reserve_numbers(block=block, count=98, actor=OFFICER, stores=stores)
    assert stores.used(block) == (Span(1, 3),)


def test_numbers_a_maker_reports_are_noted_once() -> None:
    stores = Numbers()
    block = allocated(stores)
    note_used(block=block, span=Span(10, 20), actor=OFFICER, stores=stores)
    with pytest.raises(NumbersRefused, match=r"marking\.number_reused"):
        note_used(block=block, span=Span(20, 25), actor=OFFICER, stores=stores)
    assert reserve_numbers(block=block, count=1, actor=OFFICER, stores=stores) == ("XT26-0021",)


def test_who_may_not_is_refused_and_nothing_is_written() -> None:
    stores = Numbers()
    block = allocated(stores)
    with pytest.raises(NotPermitted):
        reserve_numbers(block=block, count=1, actor=AUDITOR, stores=stores)
    with pytest.raises(NotPermitted):
        note_used(block=block, span=Span(1, 1), actor=STOREKEEPER, stores=stores)
    with pytest.raises(NotPermitted):
        allocate_block(
            holder="X", scheme=XT, span=Span(200, 300), purpose="", actor=STOREKEEPER, stores=stores, clock=Noon()
        )
    assert (stores.blocks(), stores.used(block)) == ([block], ())
