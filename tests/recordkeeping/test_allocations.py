"""Numbers are allocated, used and closed as sealed events; the tables are drawn from these."""

import json
from dataclasses import replace
from datetime import date

import pytest

from tests.rooms import StillClock, officer
from tracemark.authorities import NotPermitted, Role
from tracemark.kernel import Actor, PartialDate
from tracemark.marking import Block, CheckSystem, NumbersRefused, Scheme, Span
from tracemark.recordkeeping import (
    NumberBlock,
    allocate_block,
    blocks_of,
    close_block,
    note_used,
    reserve_numbers,
    seal_blocks,
)
from tracemark.storage.memory import MemoryStores

REGISTRY, KEEPER, AUDITOR = officer(Role.REGISTRY_OFFICER), officer(Role.STOREKEEPER), officer(Role.AUDITOR)
XT = Scheme("XT26-", 4, CheckSystem.MOD_37_36)
TODAY = date(2026, 5, 6)


def allocated(
    stores: MemoryStores, clock: StillClock, first: int = 1, last: int = 100, holder: str = "XT-REG",
    actor: Actor = REGISTRY,
) -> int:  # fmt: skip
    known = allocate_block(
        holder=holder, scheme=XT, span=Span(first, last), purpose="import marks", actor=actor, stores=stores,
        clock=clock,
    )  # fmt: skip
    assert known.allocated is not None
    return known.allocated


def reserved(stores: MemoryStores, clock: StillClock, block: int, count: int, actor: Actor = KEEPER) -> tuple[str, ...]:
    return reserve_numbers(block=block, count=count, plan="M-1", actor=actor, stores=stores, clock=clock)


def sealed(stores: MemoryStores) -> list[tuple[str, object]]:
    return [(each.event.kind.value, dict(each.event.details)) for each in stores.records.all()]


def test_iti_8a_an_allocation_is_sealed_and_kept_at_once(stores: MemoryStores, clock: StillClock) -> None:
    block = allocated(stores, clock)
    first, last = XT.write(1), XT.write(100)
    told = {"check": "mod_37_36", "digits": 4, "first": first, "holder": "XT-REG", "last": last,
            "prefix": "XT26-", "purpose": "import marks"}  # fmt: skip
    assert sealed(stores) == [("numbers_allocated", {"block": told})]
    assert json.loads(stores.records.at(0).body)["weapon"] == 0
    kept = NumberBlock(block, Block("XT-REG", XT, 1, 100, TODAY, "import marks"))
    assert (stores.numbers.blocks(), stores.numbers.differing()) == ([kept], [])


def test_iti_8a_a_number_is_allocated_once(stores: MemoryStores, clock: StillClock) -> None:
    allocated(stores, clock)
    with pytest.raises(NumbersRefused, match=r"marking\.numbers_overlap"):
        allocated(stores, clock, 100, 200)
    assert (stores.records.size(), len(stores.numbers.blocks())) == (1, 1)


@pytest.mark.parametrize("holder", ["glock", "XT-DEALER", "XT-ARMY/depot-3"])
def test_a_holder_is_an_agency_or_a_maker(holder: str, stores: MemoryStores, clock: StillClock) -> None:
    assert stores.numbers.block(allocated(stores, clock, holder=holder)).block.holder == holder


def test_a_name_nobody_lists_is_never_sealed(stores: MemoryStores, clock: StillClock) -> None:
    with pytest.raises(NumbersRefused, match=r"recordkeeping\.block_holder_unknown"):
        allocated(stores, clock, holder="John the gunsmith")
    assert stores.records.size() == 0


def test_reserved_numbers_are_sealed_and_never_given_again(stores: MemoryStores, clock: StillClock) -> None:
    block = allocated(stores, clock)
    assert reserved(stores, clock, block, 2) == (XT.write(1), XT.write(2))
    assert reserved(stores, clock, block, 1) == (XT.write(3),)
    assert reserved(stores, clock, block, 0) == ()
    with pytest.raises(NumbersRefused, match=r"marking\.block_exhausted"):
        reserved(stores, clock, block, 98)
    assert stores.numbers.block(block).used == (Span(1, 3),)
    told = {"allocated": block, "first": XT.write(1), "last": XT.write(2), "plan": "M-1"}
    assert sealed(stores)[1] == ("numbers_used", told)
    assert stores.numbers.differing() == []


def test_numbers_a_maker_reports_are_noted_once(stores: MemoryStores, clock: StillClock) -> None:
    block = allocated(stores, clock)
    note_used(block=block, span=Span(10, 20), actor=REGISTRY, stores=stores, clock=clock)
    with pytest.raises(NumbersRefused, match=r"marking\.number_reused"):
        note_used(block=block, span=Span(20, 25), actor=REGISTRY, stores=stores, clock=clock)
    assert reserved(stores, clock, block, 1) == (XT.write(21),)


def test_a_closed_block_gives_no_number_more(stores: MemoryStores, clock: StillClock) -> None:
    block = allocated(stores, clock)
    known = close_block(block=block, note="the year is over", actor=REGISTRY, stores=stores, clock=clock)
    assert known.closed_on == PartialDate.of(TODAY)
    assert sealed(stores)[-1] == ("numbers_closed", {"allocated": block, "note": "the year is over"})
    with pytest.raises(NumbersRefused, match=r"recordkeeping\.block_closed"):
        reserved(stores, clock, block, 1)
    with pytest.raises(NumbersRefused, match=r"recordkeeping\.block_closed"):
        close_block(block=block, note="", actor=REGISTRY, stores=stores, clock=clock)
    assert stores.numbers.differing() == []


def test_who_may_not_is_refused_and_nothing_is_sealed(stores: MemoryStores, clock: StillClock) -> None:
    block = allocated(stores, clock)
    with pytest.raises(NotPermitted):
        reserved(stores, clock, block, 1, AUDITOR)
    with pytest.raises(NotPermitted):
        note_used(block=block, span=Span(1, 1), actor=KEEPER, stores=stores, clock=clock)
    with pytest.raises(NotPermitted):
        close_block(block=block, note="", actor=KEEPER, stores=stores, clock=clock)
    with pytest.raises(NotPermitted):
        seal_blocks(actor=KEEPER, stores=stores, clock=clock)
    with pytest.raises(NotPermitted):
        allocated(stores, clock, 200, 300, actor=KEEPER)
    assert stores.records.size() == 1


def test_there_must_be_such_a_block(stores: MemoryStores, clock: StillClock) -> None:
    with pytest.raises(KeyError):
        reserved(stores, clock, 7, 1)


def test_blocks_of_before_are_sealed_with_their_use(stores: MemoryStores, clock: StillClock) -> None:
    old = NumberBlock(None, Block("XT-REG", XT, 1, 100, date(2019, 2, 3)), (Span(1, 5), Span(9, 9)))
    stores.numbers.put(old)
    assert stores.numbers.differing() == [old]
    seal_blocks(actor=REGISTRY, stores=stores, clock=clock)
    assert stores.numbers.blocks() == blocks_of(stores.records.all()) == [replace(old, allocated=0)]
    assert [str(each.event.happened) for each in stores.records.all()] == ["2019-02-03", "2026-05-06", "2026-05-06"]
    assert seal_blocks(actor=REGISTRY, stores=stores, clock=clock) == []


def test_a_block_of_before_that_runs_into_a_sealed_one_is_refused(stores: MemoryStores, clock: StillClock) -> None:
    allocated(stores, clock)
    stores.numbers.put(NumberBlock(None, Block("XT-REG", XT, 50, 150, TODAY)))
    with pytest.raises(NumbersRefused, match=r"marking\.numbers_overlap"):
        seal_blocks(actor=REGISTRY, stores=stores, clock=clock)
    assert stores.records.size() == 1
