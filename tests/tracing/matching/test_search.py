from collections import Counter

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.tracing.matching import oracle
from tests.tracing.matching.oracle import Bearer
from tests.tracing.matching.registers import bearers, segment_of
from tracemark.tracing.matching import Reading, load_weights, parse_reading
from tracemark.tracing.matching.alignments import OPERATIONS, aligned
from tracemark.tracing.matching.channels import channel_of
from tracemark.tracing.matching.keys import WIDTH, encode_serials
from tracemark.tracing.matching.search import Limits, find_rows, without

WEIGHTS = load_weights()
LIMITS = Limits(nodes=100_000, scanned=1000, rows=1000)
CHARACTERS = "01OIA7"
SERIALS = st.text(alphabet=CHARACTERS, min_size=1, max_size=9)
REGISTERS = st.lists(SERIALS, min_size=1, max_size=25)
DAMAGED = st.text(alphabet=CHARACTERS + "??*", min_size=1, max_size=9).filter(lambda text: set(text) - set("?*"))
BOUNDS = st.integers(0, 14_000)


def found(serials: list[str], reading: Reading, bound: int, limits: Limits = LIMITS) -> dict[int, int]:
    """Return the cost of each serial found, by its place in the list."""
    segment = segment_of(bearers(serials))
    hits = find_rows(segment, channel_of(reading, WEIGHTS), bound, limits)
    return {int(segment.marks[row]): int(cost) for row, cost in zip(hits.rows, hits.costs, strict=True)}


def expected(serials: list[str], reading: Reading, bound: int) -> dict[int, int]:
    costs = {place: oracle.cost(reading, serial, WEIGHTS) for place, serial in enumerate(serials)}
    return {place: int(cost) for place, cost in costs.items() if cost <= bound}


@settings(max_examples=100)
@given(REGISTERS, st.text(alphabet="01ЗОВ?A", min_size=1, max_size=7).filter(lambda text: set(text) - {"?"}), BOUNDS)
def test_signs_of_another_script_are_found_at_the_same_cost(serials: list[str], text: str, bound: int) -> None:
    reading = parse_reading(text)
    assert found(serials, reading, bound) == expected(serials, reading, bound)


@st.composite
def damaged(draw: st.DrawFn) -> tuple[list[str], str, int]:
    """Return a register, a reading of one of its serials after up to four accidents, and what that reading costs."""
    serials = draw(REGISTERS)
    true = draw(st.sampled_from(serials))
    signs = list(true)
    for accident in draw(st.lists(st.sampled_from("sriud"), max_size=4)):
        place = draw(st.integers(0, max(len(signs) - 1, 0)))
        after = {
            "s": signs[place : place + 2][::-1],
            "r": [draw(st.sampled_from(CHARACTERS))],
            "i": [*signs[place : place + 1], draw(st.sampled_from(CHARACTERS))],
            "u": [draw(st.sampled_from("?*"))],
            "d": [],
        }[accident]
        signs[place : place + 2 if accident == "s" else place + 1] = after
    text = "".join(signs)
    assume(set(text) - set("?*"))
    return serials, text, int(oracle.cost(parse_reading(text), true, WEIGHTS))


@settings(max_examples=300)
@given(damaged())
def test_what_costs_just_the_bound_is_found(drawn: tuple[list[str], str, int]) -> None:
    serials, text, bound = drawn
    reading = parse_reading(text)
    assume(bound <= 14_000)
    assert found(serials, reading, bound) == expected(serials, reading, bound)


@settings(max_examples=200)
@given(REGISTERS, DAMAGED, BOUNDS)
def test_search_finds_all_that_an_exhaustive_matcher_finds_at_the_same_cost(
    serials: list[str], text: str, bound: int
) -> None:
    reading = parse_reading(text)
    assert found(serials, reading, bound) == expected(serials, reading, bound)


@settings(max_examples=200)
@given(REGISTERS, DAMAGED, st.integers(0, 9_000))
def test_scanning_finds_the_same_as_descending(serials: list[str], text: str, bound: int) -> None:
    reading = parse_reading(f"*{text}*")
    hits = find_rows(segment_of(bearers(serials)), channel_of(reading, WEIGHTS), bound, LIMITS)
    if hits.complete:
        assert found(serials, reading, bound) == expected(serials, reading, bound)


@settings(max_examples=200)
@given(st.lists(st.tuples(SERIALS, st.integers(-1, 2)), min_size=1, max_size=25), DAMAGED, BOUNDS)
def test_one_makers_weapons_are_found_as_among_all(rows: list[tuple[str, int]], text: str, bound: int) -> None:
    segment = segment_of([Bearer(number, serial, {"maker": maker}) for number, (serial, maker) in enumerate(rows)])
    channel = channel_of(parse_reading(text), WEIGHTS)
    of_all = find_rows(segment, channel, bound, LIMITS)
    costs = dict(zip(of_all.rows.tolist(), of_all.costs.tolist(), strict=True))
    for maker in range(3):
        own = find_rows(segment, channel, bound, LIMITS, maker)
        first, last = segment.of_maker(maker)
        assert dict(zip(own.rows.tolist(), own.costs.tolist(), strict=True)) == {
            row: cost for row, cost in costs.items() if first <= row < last
        }


def test_a_maker_without_marks_has_no_rows() -> None:
    segment = segment_of(bearers(["A1"], {"maker": 1}))
    for maker in (0, 2, 9):
        assert not len(find_rows(segment, channel_of(parse_reading("A1"), WEIGHTS), 14_000, LIMITS, maker).rows)


@pytest.mark.parametrize(
    ("text", "serial"),
    [
        ("K4719", "K4719"),
        ("K47?9", "K4719"),
        ("?4?1?", "K4719"),
        ("K*9", "K4719"),
        ("*719", "K4719"),
        ("K4*", "K4719"),
        ("*471*", "K4719"),
        ("K4[17][17]9", "K4719"),
        ("K47I9", "K4719"),
        ("K7419", "K4719"),
        ("K419", "K4719"),
        ("K47719", "K4719"),
        ("719", "K4719"),
        ("K47", "K4719"),
        ("7[1I]?", "K4719"),
        ("K4719A6610", "K4719A6610ZZZ"),
    ],
)
def test_each_kind_of_damage_is_found(text: str, serial: str) -> None:
    assert found(["ZZZZZ", serial, "B0000"], parse_reading(text), 14_000).keys() == {1}


def test_serials_as_long_as_the_table_are_found() -> None:
    assert found(["01234567890123456789"], parse_reading("01234567890123456789"), 0) == {0: 0}


def test_a_mark_without_serial_is_never_found() -> None:
    assert found(["", "A"], parse_reading("A"), 14_000) == {1: 0}


def test_limits_are_admitted() -> None:
    segment = segment_of(bearers(["A1", "A2", "A3"]))
    channel = channel_of(parse_reading("A?"), WEIGHTS)
    assert not find_rows(segment, channel, 0, Limits(nodes=100, scanned=0, rows=2)).complete
    assert find_rows(segment, channel, 0, Limits(nodes=1, scanned=0, rows=100)).complete
    assert not find_rows(segment, channel, 14_000, Limits(nodes=1, scanned=0, rows=100)).complete
    assert find_rows(segment, channel, 0, Limits(nodes=100, scanned=0, rows=3)).complete


@pytest.mark.parametrize(
    ("text", "serial", "happened"),
    [
        ("K4719", "K4719", {"agree": 5}),
        ("K4?19", "K4719", {"agree": 4}),
        ("K47I9", "K4719", {"agree": 4, "look_alike": 1}),
        ("KZ719", "K4719", {"agree": 4, "misread": 1}),
        ("K7419", "K4719", {"agree": 3, "swapped": 1}),
        ("K419", "K4719", {"agree": 4, "left_out": 1}),
        ("K47X19", "K4719", {"agree": 5, "added": 1}),
        ("719", "K4719", {"agree": 3, "lost_head": 2}),
        ("K47", "K4719", {"agree": 3, "lost_tail": 2}),
        ("*719", "K4719", {"agree": 3}),
        ("K*9", "K4719", {"agree": 2}),
    ],
)
def test_what_happened_is_told(text: str, serial: str, happened: dict[str, int]) -> None:
    channel = channel_of(parse_reading(text), WEIGHTS)
    steps = aligned(encode_serials([serial])[0], channel.forward)
    counts = Counter(step.how for step in steps if step.how not in {"unread", "in_gap"})
    counts["swapped"] //= 2
    assert +counts == happened


@settings(max_examples=200)
@given(SERIALS, DAMAGED)
def test_a_laying_accounts_for_every_place_of_both(serial: str, text: str) -> None:
    channel = channel_of(parse_reading(text), WEIGHTS)
    steps = aligned(encode_serials([serial])[0], channel.forward)
    assert [step.place for step in steps if step.place is not None] == list(range(len(channel)))
    assert [step.at for step in steps if step.at is not None] == list(range(len(serial)))
    assert {step.how for step in steps} <= set(OPERATIONS)


@settings(max_examples=300)
@given(
    st.lists(st.text("01A", min_size=1, max_size=WIDTH), min_size=1, max_size=25),
    st.text("01A???*", min_size=1, max_size=WIDTH).filter(lambda text: set(text) - set("?*")),
)
def test_comparing_finds_the_same_as_descending(serials: list[str], text: str) -> None:
    """A reading that is to be true to the serial is found alike whether a trie is walked or every key compared."""
    reading = parse_reading(text)
    bound = channel_of(reading, WEIGHTS).cheapest_error - 1
    assert found(serials, reading, bound) == expected(serials, reading, bound)
    assert found(serials, reading, bound, Limits(0, LIMITS.scanned, LIMITS.rows)) == expected(serials, reading, bound)


@given(st.lists(st.integers(0, 30), unique=True), st.lists(st.integers(0, 30)))
def test_rows_that_are_known_are_left_out_and_the_others_keep_their_costs(rows: list[int], known: list[int]) -> None:
    found, costs = without(np.array(rows, np.int64), np.array(rows, np.int32) + 7, np.array(sorted(known), np.int64))
    left = [each for each in rows if each not in known]
    assert (found.tolist(), costs.tolist()) == (left, [each + 7 for each in left])
