"""Search is complete: for every class of damage, all that a plain exhaustive matcher finds within the bound is found.

Registers are small, and the oracle tries every weapon in them. Each class is asked in three ways: the rows within just
what the true serial costs, the rows within a bound of no account, and the weapon in the ranking.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.tracing.matching import oracle
from tests.tracing.matching.oracle import Bearer
from tests.tracing.matching.registers import Index, bearers, segment_of
from tracemark.tracing.matching import Query, Reading, find_candidates, load_weights, parse_reading
from tracemark.tracing.matching.channels import channel_of
from tracemark.tracing.matching.keys import shortened
from tracemark.tracing.matching.search import Limits, find_rows

WEIGHTS = load_weights()
LIMITS = Limits(nodes=1_000_000, scanned=10_000, rows=10_000)
DEAREST = round(WEIGHTS.stages[-1] * 1000)
MARGIN = round(WEIGHTS.margin * 1000)
CHARACTERS = "0O1I8B5S7KA"
LOOKS_LIKE = {
    "0": "O",
    "O": "0",
    "1": "I",
    "I": "1",
    "8": "B",
    "B": "8",
    "5": "S",
    "S": "5",
    "7": "1",
    "K": "X",
    "A": "4",
}

Signs = list[str]
Damage = Callable[[Signs, Random], Signs]


def places(signs: Signs, chance: Random, count: int) -> list[int]:
    return chance.sample(range(len(signs)), min(count, max(len(signs) - 2, 1)))


def unknown(signs: Signs, chance: Random) -> Signs:
    gone = places(signs, chance, chance.randint(1, 3))
    return ["?" if at in gone else sign for at, sign in enumerate(signs)]


def alternatives(signs: Signs, chance: Random) -> Signs:
    either = places(signs, chance, chance.randint(1, 2))
    return [f"[{sign}{chance.choice(CHARACTERS)}]" if at in either else sign for at, sign in enumerate(signs)]


def look_alikes(signs: Signs, chance: Random) -> Signs:
    wrong = places(signs, chance, chance.randint(1, 2))
    return [LOOKS_LIKE[sign] if at in wrong else sign for at, sign in enumerate(signs)]


def transposed(signs: Signs, chance: Random) -> Signs:
    at = chance.randrange(len(signs) - 1)
    return [*signs[:at], signs[at + 1], signs[at], *signs[at + 2 :]]


def inserted(signs: Signs, chance: Random) -> Signs:
    at = chance.randint(0, len(signs))
    return [*signs[:at], chance.choice(CHARACTERS), *signs[at:]]


def left_out(signs: Signs, chance: Random) -> Signs:
    at = chance.randrange(len(signs))
    return [*signs[:at], *signs[at + 1 :]]


def lost_head(signs: Signs, chance: Random) -> Signs:
    return ["*", *signs[chance.randint(1, len(signs) - 2) :]]


def lost_tail(signs: Signs, chance: Random) -> Signs:
    return [*signs[: -chance.randint(1, len(signs) - 2)], "*"]


def lost_head_unsaid(signs: Signs, chance: Random) -> Signs:
    return signs[chance.randint(1, len(signs) - 2) :]


def lost_tail_unsaid(signs: Signs, chance: Random) -> Signs:
    return signs[: -chance.randint(1, len(signs) - 2)]


def both_ends(signs: Signs, chance: Random) -> Signs:
    first = chance.randint(1, max(len(signs) - 4, 1))
    return ["*", *signs[first : chance.randint(first + 2, len(signs))], "*"]


def both_ends_unsaid(signs: Signs, _chance: Random) -> Signs:
    return signs[1:-1]


def middle_gap(signs: Signs, chance: Random) -> Signs:
    first = chance.randint(1, len(signs) - 2)
    return [*signs[:first], "*", *signs[chance.randint(first, len(signs) - 1) :]]


def unknown_and_lost(signs: Signs, chance: Random) -> Signs:
    return chance.choice((lost_head, lost_tail, both_ends, lost_tail_unsaid))(unknown(signs, chance), chance)


def several(signs: Signs, chance: Random) -> Signs:
    wrong = chance.choice((look_alikes, transposed, inserted, left_out))(signs, chance)
    return unknown(chance.choice((lost_head, lost_tail, middle_gap))(wrong, chance), chance)


CLASSES: dict[str, Damage] = {
    "unknown places": unknown,
    "alternatives": alternatives,
    "look-alikes": look_alikes,
    "transposition": transposed,
    "insertion": inserted,
    "deletion": left_out,
    "lost head": lost_head,
    "lost tail": lost_tail,
    "lost head, unsaid": lost_head_unsaid,
    "lost tail, unsaid": lost_tail_unsaid,
    "both ends missing": both_ends,
    "both ends missing, unsaid": both_ends_unsaid,
    "middle gap": middle_gap,
    "unknown places and a lost end": unknown_and_lost,
    "several at once": several,
}
LENGTHS = {"short": (4, 9), "over ten": (11, 15), "over sixteen": (17, 20)}


def register(chance: Random, length: tuple[int, int], count: int = 20) -> list[str]:
    """Draw serials, half of them close to one another: neighbours and serials that share an end."""
    own = ["".join(chance.choices(CHARACTERS, k=chance.randint(*length))) for _ in range(count // 2)]
    near = []
    for serial in chance.choices(own, k=count - len(own)):
        signs = list(serial)
        signs[chance.randrange(len(signs))] = chance.choice(CHARACTERS)
        near.append("".join(signs))
    return own + near


def damaged(damage: str, length: str, seed: int) -> tuple[list[str], int, Reading]:
    """Return a register, the place of the true serial in it, and what is left of that."""
    chance = Random(seed)
    serials = register(chance, LENGTHS[length])
    true = chance.randrange(len(serials))
    text = "".join(CLASSES[damage](list(serials[true]), chance))
    assume(set(text) - set("?*"))
    return serials, true, parse_reading(text)


def expected(serials: Sequence[str], reading: Reading, bound: int) -> dict[int, int]:
    kept = reading if any(each.gap for each in reading.places) else replace(reading, places=shortened(reading.places))
    costs = {place: oracle.cost(kept, serial, WEIGHTS) for place, serial in enumerate(serials)}
    return {place: int(cost) for place, cost in costs.items() if cost <= bound}


def found(serials: Sequence[str], reading: Reading, bound: int) -> dict[int, int]:
    segment = segment_of(bearers(serials))
    hits = find_rows(segment, channel_of(reading, WEIGHTS), bound, LIMITS)
    if not hits.complete:
        assert all(reading.places[end].gap for end in (0, -1)), "only a scan of what is open at both ends may give up"
        return found_at_least(serials, reading, bound, set(segment.marks[hits.rows].tolist()))
    return {int(segment.marks[row]): int(cost) for row, cost in zip(hits.rows, hits.costs, strict=True)}


def found_at_least(serials: Sequence[str], reading: Reading, bound: int, had: set[int]) -> dict[int, int]:
    """An incomplete answer must have said so; what it had must be right."""
    wanted = expected(serials, reading, bound)
    assert had <= wanted.keys()
    return wanted


SEEDS = st.integers(0, 2**32)


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("damage", CLASSES)
@settings(max_examples=25)
@given(seed=SEEDS)
def test_all_that_costs_no_more_than_the_true_serial_is_found(damage: str, length: str, seed: int) -> None:
    serials, true, reading = damaged(damage, length, seed)
    cost = expected(serials, reading, 1 << 27)[true]
    assume(cost <= 20_000)
    assert found(serials, reading, cost) == expected(serials, reading, cost)


@pytest.mark.parametrize("damage", CLASSES)
@settings(max_examples=25)
@given(seed=SEEDS, length=st.sampled_from(sorted(LENGTHS)), bound=st.integers(0, 14_000))
def test_all_within_any_bound_is_found(damage: str, length: str, seed: int, bound: int) -> None:
    serials, _, reading = damaged(damage, length, seed)
    assert found(serials, reading, bound) == expected(serials, reading, bound)


def ranked(readings: Sequence[Reading], held: Sequence[Bearer]) -> set[int]:
    """Return the weapons of the ranking. That the weapon is elsewhere is put out of account."""
    ranking = find_candidates(Query(tuple(readings), absent_prior=1e-9), Index(held), WEIGHTS, len(held))
    assert ranking.complete
    return {each.weapon for each in ranking.candidates}


def owed(reading: Reading, held: Sequence[Bearer]) -> set[int]:
    """Return the weapons that no ranking may leave out: as dear as the best and the margin, within the last bound."""
    costs = expected([each.serial for each in held], reading, DEAREST)
    best = min(costs.values(), default=0)
    return {held[place].weapon for place, cost in costs.items() if cost <= best + MARGIN}


@pytest.mark.parametrize("damage", CLASSES)
@settings(max_examples=25)
@given(seed=SEEDS, length=st.sampled_from(sorted(LENGTHS)))
def test_the_ranking_leaves_out_no_weapon_within_the_bound(damage: str, length: str, seed: int) -> None:
    serials, _, reading = damaged(damage, length, seed)
    assert ranked([reading], bearers(serials)) >= owed(reading, bearers(serials))


@settings(max_examples=100)
@given(seed=SEEDS, damages=st.tuples(*[st.sampled_from(sorted(CLASSES))] * 2))
def test_readings_of_two_components_leave_out_no_weapon_that_either_owes(seed: int, damages: tuple[str, str]) -> None:
    chance = Random(seed)
    serials = register(chance, LENGTHS["short"])
    held = [Bearer(place // 2, serial, {}) for place, serial in enumerate(serials)]
    texts = ["".join(CLASSES[each](list(serials[at]), chance)) for at, each in enumerate(damages)]
    assume(all(set(text) - set("?*") for text in texts))
    readings = [parse_reading(text) for text in texts]
    assert ranked(readings, held) >= owed(readings[0], held) | owed(readings[1], held)
