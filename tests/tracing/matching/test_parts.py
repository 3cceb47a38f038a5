"""Readings of several parts: against all that can have happened, tried one by one."""

import itertools
import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tracing.matching.oracle import Bearer
from tests.tracing.matching.registers import Index, bearers
from tracemark.tracing.matching import Query, Ranking, find_candidates, load_weights, parse_reading
from tracemark.tracing.matching.parts import Shared, of_parts, of_strangers

CHANCE = st.floats(0.001, 0.999)
NUMBERS = 3
"""Numbers there are in a small world."""


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[float], list[list[float]], float]:
    """Draw how usual each number is, how probable each reading is of each, and how often a part is exchanged."""
    usual = draw(st.lists(CHANCE, min_size=NUMBERS, max_size=NUMBERS))
    read = draw(st.lists(st.lists(CHANCE, min_size=NUMBERS, max_size=NUMBERS), min_size=1, max_size=4))
    return [each / sum(usual) for each in usual], read, draw(CHANCE)


def enumerated(own: int, usual: Sequence[float], read: Sequence[Sequence[float]], exchanged: float) -> float:
    """Sum over everything that the parts of a weapon with its own number can bear, part by part."""
    total = 0.0
    for kept in range(len(read)):
        for borne in itertools.product(range(NUMBERS), repeat=len(read)):
            chance = 1 / len(read)
            for part, number in enumerate(borne):
                same = 1 - exchanged if part != kept else 1.0
                other = exchanged if part != kept else 0.0
                chance *= (same * (number == own) + other * usual[number]) * read[part][number]
            total += chance
    return total


@settings(max_examples=60)
@given(worlds())
def test_a_weapon_of_the_register_is_weighed_as_all_that_its_parts_can_bear(
    world: tuple[list[float], list[list[float]], float],
) -> None:
    usual, read, exchanged = world
    chances = np.log(np.array(read) @ np.array(usual))[:, np.newaxis]
    found = np.exp(of_parts(np.log(read), chances, math.log(exchanged)))
    assert found == pytest.approx([enumerated(own, usual, read, exchanged) for own in range(NUMBERS)])


@settings(max_examples=60)
@given(worlds())
def test_a_stranger_is_weighed_as_any_weapon_whatever_its_number(
    world: tuple[list[float], list[list[float]], float],
) -> None:
    usual, read, exchanged = world
    chances = np.log(np.array(read) @ np.array(usual))[:, np.newaxis]
    some = [
        frozenset(each) for count in range(1, len(read) + 1) for each in itertools.combinations(range(len(read)), count)
    ]
    joint = [
        math.log(sum(usual[number] * math.prod(read[part][number] for part in parts) for number in range(NUMBERS)))
        for parts in some
    ]
    shared = [Shared(parts, each + 1, each) for parts, each in zip(some, joint, strict=True)]
    outside, chance = of_strangers(shared, chances, math.log(exchanged))
    expected = sum(usual[own] * enumerated(own, usual, read, exchanged) for own in range(NUMBERS))
    assert [math.exp(chance), outside] == pytest.approx([expected, chance + 1])


HELD = [f"A{number * 7919 % 100_000:05d}" for number in range(3000)]
REGISTER = Index(bearers(HELD))


def ask(version: str, *texts: str, register: Index = REGISTER) -> Ranking:
    query = Query(tuple(map(parse_reading, texts)), absent_prior=0.3)
    return find_candidates(query, register, load_weights(version), 20)


def odds(ranking: Ranking, weapon: int) -> float:
    """Return how much likelier a weapon is than one from outside, as a binary logarithm."""
    return math.log2(next(each.posterior for each in ranking.candidates if each.weapon == weapon) / ranking.not_here)


def bits(ranking: Ranking, weapon: int) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {}
    for each in next(each.reasons for each in ranking.candidates if each.weapon == weapon):
        found.setdefault(each.code, []).append(each.bits)
    return found


WEAPON = 4
NUMBER = HELD[WEAPON]
ONE, OTHER = f"{NUMBER[:5]}?", f"{NUMBER[0]}?{NUMBER[2:]}"
"""Readings of one number that are not equal."""


def test_two_readings_of_what_may_be_one_number_say_what_one_made_of_both_says() -> None:
    """And a little more: what both say alike is hardly misread."""
    apart, together, one = (
        odds(ask(*asked), WEAPON) for asked in (("v4", ONE, OTHER), ("v8", ONE, OTHER), ("v8", NUMBER))
    )
    assert (one < together < one + 5, apart > together + 5) == (True, True)


def test_readings_that_say_the_same_twice_leave_room_for_a_weapon_that_is_not_here() -> None:
    """The second reading adds nothing but what the first says: it made it certain that the weapon is here."""
    texts = f"{NUMBER[:4]}??", f"{NUMBER[:2]}?{NUMBER[3]}??"
    alone, apart, together = ask("v8", texts[0]), ask("v4", *texts), ask("v8", *texts)
    assert apart.not_here < 0.02
    assert together.not_here == pytest.approx(alone.not_here, abs=0.05)


def test_readings_of_two_numbers_stay_two_pieces_of_evidence() -> None:
    frame = [Bearer(weapon, f"K47{weapon:02d}", {}) for weapon in range(50)]
    slide = [Bearer(weapon, f"S9{(weapon * 7) % 50:02d}1", {}) for weapon in range(50)]
    register = Index(frame + slide)
    alone, both = (ask("v8", *texts, register=register) for texts in (["K47?3"], ["K47?3", "S91?1"]))
    assert (both.candidates[0].weapon, both.candidates[0].posterior > 0.7) == (23, True)
    assert alone.candidates[0].posterior < 0.3


@pytest.mark.parametrize("version", ["v3", "v4", "v5", "v6", "v7", "v8"])
def test_weapons_that_either_of_two_contradicting_parts_names_are_candidates(version: str) -> None:
    other = 1234
    for texts in ((NUMBER, HELD[other]), (HELD[other], NUMBER)):
        found = ask(version, *texts)
        assert {each.weapon for each in found.candidates[:2]} == {WEAPON, other}
        assert found.candidates[1].posterior > 0.2
        assert all("tracing.reading_on_no_mark" in bits(found, weapon) for weapon in (WEAPON, other))


@pytest.mark.parametrize("version", ["v3", "v4"])
def test_versions_of_before_take_readings_as_independent(version: str) -> None:
    alone, both = ask(version, ONE), ask(version, ONE, OTHER)
    of_reading = bits(both, WEAPON)["tracing.serial_agrees"]
    assert odds(both, WEAPON) == pytest.approx(odds(alone, WEAPON) + of_reading[1])
    assert "tracing.readings_together" not in bits(both, WEAPON)


@pytest.mark.parametrize("texts", [(ONE, OTHER), (NUMBER, HELD[1234]), (ONE, OTHER, "A*7"), (ONE, "A7*", OTHER, "Q88")])
def test_the_bits_of_the_reasons_add_up_to_the_odds(texts: tuple[str, ...]) -> None:
    found = ask("v8", *texts)
    prior = odds(ask("v8", NUMBER), WEAPON) - sum(map(sum, bits(ask("v8", NUMBER), WEAPON).values()))
    assert odds(found, WEAPON) == pytest.approx(prior + sum(map(sum, bits(found, WEAPON).values())))


@settings(max_examples=60)
@given(st.text(alphabet="A0123456789??*", min_size=1, max_size=7), st.sampled_from(["v4", "v6"]))
def test_a_single_reading_is_weighed_as_ever(text: str, version: str) -> None:
    before, now = ask("v4", text), ask(version, text)
    assert [(each.weapon, each.posterior) for each in now.candidates] == [
        (each.weapon, each.posterior) for each in before.candidates
    ]
    assert (now.not_here, now.elsewhere, now.fitting) == (before.not_here, before.elsewhere, before.fitting)


def test_the_order_of_readings_makes_no_difference() -> None:
    texts = (ONE, OTHER, f"{NUMBER[:2]}?{NUMBER[3]}*", "Q88")
    first, *others = [ask("v8", *each) for each in itertools.permutations(texts)]
    for each in others:
        assert odds(each, WEAPON) == pytest.approx(odds(first, WEAPON), abs=0.2)


def test_of_more_readings_than_are_weighed_together_each_still_names_its_weapons() -> None:
    texts = [*HELD[10:14], "A0*7", NUMBER]
    assert {each.weapon for each in ask("v8", *texts).candidates} >= {10, 11, 12, 13, WEAPON}
    assert ask("v8", *texts, ONE).not_here < 1
