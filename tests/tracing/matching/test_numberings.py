import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracemark.tracing.matching.keys import PACKED, SYMBOLS, WIDTH, encode_serials
from tracemark.tracing.matching.numberings import NO_PATTERN, Numbering, after, kind_of, numbering_of
from tracemark.tracing.matching.segments import COLUMNS, UNKNOWN
from tracemark.tracing.matching.tallies import PATTERNS, parts_of_pattern_keys, tally_of

DIGIT_1, LETTER_A = 2, 11


def numbering(*groups: list[str]) -> Numbering:
    """Learn of groups of serials; the first is of nobody in particular."""
    seen, places = np.zeros((len(groups), PATTERNS, SYMBOLS), np.uint32), np.zeros((WIDTH + 1, SYMBOLS), np.int64)
    for number, group in enumerate(groups):
        tally = tally_of(encode_serials(group), np.full((len(group), len(COLUMNS)), UNKNOWN))
        places += tally.places
        _, patterns, codes = parts_of_pattern_keys(tally.patterns.keys)
        for each in {0, number}:
            seen[each, patterns, codes] += tally.patterns.counts.astype(np.uint32)
    return numbering_of(seen, places)


def node(learnt: Numbering, group: int, beginning: str) -> int:
    """Return the node at which a serial of a group stands behind a beginning."""
    found = int(learnt.starts[group])
    for code in encode_serials([beginning])[0, : len(beginning)]:
        found = after(learnt, found, int(code))
    return found


def test_characters_are_digits_or_letters() -> None:
    assert [kind_of(code) for code in (1, 10, 11, 36)] == [0, 0, 1, 1]


def test_what_follows_depends_on_the_pattern() -> None:
    learnt = numbering([f"A{number:02d}" for number in range(50)] + [f"{number:03d}A" for number in range(50)])
    behind_letter, behind_digit = (learnt.shares[node(learnt, 0, each), 1:11].sum() for each in ("A00", "10"))
    assert behind_letter < 0.1
    assert behind_digit > 0.9
    assert learnt.shares[node(learnt, 0, "B12"), 0] > 0.9
    assert learnt.shares[node(learnt, 0, "123"), LETTER_A] > 0.3


def test_a_group_is_numbered_in_its_own_way_and_draws_on_everyone() -> None:
    learnt = numbering(["111"] * 100, ["AAA"] * 20)
    everyone, own = (learnt.shares[node(learnt, group, "")] for group in (0, 1))
    assert own[LETTER_A] > 0.8 > everyone[LETTER_A]
    assert 0 < own[DIGIT_1] < everyone[DIGIT_1]


def test_beyond_what_was_seen_only_the_place_is_known() -> None:
    learnt = numbering([f"{number:05d}" for number in range(100)])
    assert node(learnt, 0, "AB") == NO_PATTERN + 2
    assert node(learnt, 0, "1" * PACKED + "AA") == NO_PATTERN + PACKED + 2
    assert learnt.shares[NO_PATTERN + WIDTH, 0] == 1


def test_a_group_of_nothing_begins_where_nothing_is_known() -> None:
    learnt = numbering(["11", "22"], [])
    assert learnt.starts[1] == NO_PATTERN


def test_sizes_are_how_much_a_node_was_learnt_of() -> None:
    learnt = numbering(["11"] * 5, ["12"] * 7)
    assert learnt.sizes[node(learnt, 0, "1")] == pytest.approx(12 + 1)
    assert learnt.sizes[node(learnt, 1, "1")] == pytest.approx(7 + 4)


@given(st.lists(st.text("01AB", max_size=WIDTH), min_size=1), st.lists(st.text("01AB", max_size=WIDTH)))
def test_shares_sum_to_one_and_every_way_ends(one: list[str], other: list[str]) -> None:
    learnt = numbering(one, other)
    assert learnt.shares.sum(axis=1) == pytest.approx(np.ones(len(learnt.shares)))
    found = learnt.starts.copy()
    for _ in range(WIDTH):
        found = learnt.follows[found, 1]
    assert (found == NO_PATTERN + WIDTH).all()
