from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracemark.kernel import cite
from tracemark.marking import (
    Block,
    CheckSystem,
    NumbersRefused,
    Scheme,
    Span,
    allocate,
    gaps,
    merge_spans,
    next_number,
    skipped,
    take_numbers,
    use_numbers,
)

DAY = date(2026, 1, 2)
XT = Scheme("XT26-", 7, CheckSystem.MOD_37_36)


def block(first: int, last: int, holder: str = "XT-OFFICE", scheme: Scheme = XT) -> Block:
    return Block(holder, scheme, first, last, DAY)


def test_a_number_is_written_with_prefix_digits_and_check() -> None:
    assert XT.write(1234) == "XT26-0001234-K"
    assert XT.read(" xt26-0001234-k ") == 1234
    assert Scheme("", 3).write(7) == "007"


def test_a_wrong_character_is_found() -> None:
    with pytest.raises(ValueError, match="check characters of 'XT26-0001235-K' are wrong"):
        XT.read("XT26-0001235-K")
    for strange in ("XT25-0001234-K", "XT26-001234-P", "XT26-0001234", "0001234"):
        with pytest.raises(ValueError, match=f"{strange}.*(not written as 'XT26-0000000-|are wrong)"):
            XT.read(strange)


def test_a_number_too_long_for_its_scheme_is_refused() -> None:
    with pytest.raises(ValueError, match="10000000 does not fit into 7 digits"):
        XT.write(10_000_000)
    with pytest.raises(ValueError, match="does not fit into 3 digits"):
        Block("XT-OFFICE", Scheme("A", 3), 1, 1000, DAY)
    with pytest.raises(ValueError, match="no span of numbers: 5 to 4"):
        block(5, 4)
    with pytest.raises(ValueError, match="at least one digit, not 0"):
        Scheme("A", 0)
    with pytest.raises(ValueError, match="mod_11_2 does not cover"):
        Scheme("XT", 7, CheckSystem.MOD_11_2)


@given(st.sampled_from(CheckSystem), st.integers(0, 9_999_999))
def test_reading_undoes_writing(check: CheckSystem, number: int) -> None:
    scheme = Scheme("26-", 7, check)
    assert scheme.read(scheme.write(number)) == number


def test_overlapping_blocks_are_refused() -> None:
    with pytest.raises(NumbersRefused) as refused:
        allocate(block(50, 200, "EXEMPLAR"), [block(1, 100), block(101, 150), block(300, 400)])
    assert [finding.facts for finding in refused.value.findings] == [
        {"holder": "EXEMPLAR", "held_by": "XT-OFFICE", "first": XT.write(50), "last": XT.write(100)},
        {"holder": "EXEMPLAR", "held_by": "XT-OFFICE", "first": XT.write(101), "last": XT.write(150)},
    ]
    assert {(each.code, each.source) for each in refused.value.findings} == {
        ("marking.numbers_overlap", cite("ITI 8(a)"))
    }
    assert allocate(block(201, 299), [block(1, 200), block(300, 400)]) == block(201, 299)


def test_schemes_that_write_the_same_numbers_overlap() -> None:
    wide = block(60_000_000, 60_000_009, scheme=Scheme("XT2", 8))
    assert wide.scheme.write(60_000_001) == "XT260000001"
    with pytest.raises(NumbersRefused):
        allocate(wide, [block(1, 9)])
    assert allocate(wide, [block(1, 9, scheme=Scheme("XU26", 7)), block(1, 9, scheme=Scheme("XT26", 8))]) == wide
    assert allocate(block(1, 9, scheme=Scheme("XT27-", 7)), [block(1, 9)]).first == 1


def test_next_numbers_follow_the_highest_used_and_fill_no_gap() -> None:
    used = (Span(1, 10), Span(15, 20))
    assert take_numbers(block(1, 100), used, 5) == Span(21, 25)
    assert skipped(block(1, 100), used) == (Span(11, 14),)
    assert gaps(block(1, 100), used) == (Span(11, 14), Span(21, 100))


def test_an_exhausted_block_is_refused() -> None:
    with pytest.raises(NumbersRefused) as refused:
        take_numbers(block(1, 100), (Span(1, 98),), 3)
    (finding,) = refused.value.findings
    assert (finding.code, finding.facts) == (
        "marking.block_exhausted",
        {"holder": "XT-OFFICE", "asked": 3, "left": 2},
    )
    assert next_number(block(1, 100), (Span(1, 100),)) == 101


def test_reuse_is_refused_and_names_the_numbers() -> None:
    with pytest.raises(NumbersRefused) as refused:
        use_numbers(block(1, 100), (Span(1, 10), Span(20, 30)), Span(9, 22))
    assert [(each.code, each.facts) for each in refused.value.findings] == [
        ("marking.number_reused", {"first": XT.write(9), "last": XT.write(10)}),
        ("marking.number_reused", {"first": XT.write(20), "last": XT.write(22)}),
    ]


def test_numbers_outside_their_block_are_refused() -> None:
    with pytest.raises(NumbersRefused, match=r"marking\.number_outside_block"):
        use_numbers(block(1, 100), (), Span(100, 101))


SPANS = st.tuples(st.integers(1, 300), st.integers(0, 20)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))


@given(st.lists(SPANS, max_size=30))
def test_gaps_are_the_complement_of_what_is_used(spans: list[Span]) -> None:
    used, whole = merge_spans(spans), block(50, 250)
    free = gaps(whole, used)
    numbers = [number for span in free for number in span]
    assert numbers == sorted(set(whole.span) - {number for span in spans for number in span})
    assert free == merge_spans(free)


@given(st.lists(SPANS, max_size=30))
def test_merged_spans_hold_the_same_numbers_and_neither_overlap_nor_touch(spans: list[Span]) -> None:
    merged = merge_spans(spans)
    assert [number for span in merged for number in span] == sorted({number for span in spans for number in span})
    assert all(left.last + 1 < right.first for left, right in pairwise(merged))


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**5)), max_size=30))
def test_allocated_blocks_never_overlap(asked: list[tuple[int, int]]) -> None:
    granted: list[Block] = []
    for first, size in asked:
        try:
            granted.append(allocate(block(first, first + size), granted))
        except NumbersRefused:
            assert any(first <= each.last and each.first <= first + size for each in granted)
    ordered = sorted(granted, key=lambda each: each.first)
    assert all(left.last < right.first for left, right in pairwise(ordered))


@given(st.lists(st.one_of(st.integers(1, 40), SPANS), max_size=40))
def test_no_number_is_given_or_used_twice(steps: list[int | Span]) -> None:
    whole = block(1, 320)
    used: tuple[Span, ...] = ()
    stamped: list[int] = []
    for step in steps:
        try:
            span = take_numbers(whole, used, step) if isinstance(step, int) else step
            used = use_numbers(whole, used, span)
        except NumbersRefused:
            continue
        stamped.extend(span)
    assert len(stamped) == len(set(stamped))
    assert sorted(stamped) == [number for span in used for number in span]


def test_ten_million_numbers_with_a_hundred_thousand_gaps() -> None:
    whole = block(0, 9_999_999)
    used = merge_spans(Span(first, first + 97) for first in range(0, 10_000_000, 100))
    free = gaps(whole, used)
    assert (len(free), sum(map(len, free))) == (100_000, 200_000)
    assert use_numbers(whole, used, Span(98, 99))[0] == Span(0, 197)
