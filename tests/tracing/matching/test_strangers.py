import itertools
from dataclasses import astuple, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tracing.matching.oracle import Bearer
from tests.tracing.matching.registers import bearers, segment_of
from tracemark.tracing.matching import Segment, load_weights, parse_reading
from tracemark.tracing.matching.channels import Probe, channel_of
from tracemark.tracing.matching.scoring import features_of, stated_of
from tracemark.tracing.matching.strangers import Around, Outside, flat_probability, outside

WEIGHTS = load_weights()


def channel(text: str) -> Probe:
    return channel_of(parse_reading(text), WEIGHTS).forward


def chance(segment: Segment, text: str, maker: int | None = None, **stated: int) -> Outside:
    features = stated_of(features_of(stated, segment.population, WEIGHTS))
    return outside(
        channel(text),
        segment,
        Around(segment.attributes, features, 0.01, 1.0, -2, WEIGHTS.usual_beside, WEIGHTS.lots_once),
        maker,
    )


@pytest.fixture(scope="module")
def apart() -> Segment:
    """Numbers far apart: nobody's neighbour is here."""
    return segment_of(bearers([f"A{number * 7919 % 10_000:04d}" for number in range(1000)]))


@pytest.fixture(scope="module")
def runs() -> Segment:
    """Runs of forty consecutive numbers, every one of them here but each seventh."""
    held = [base + number for base in range(10_000, 90_000, 4_000) for number in range(40) if number % 7]
    return segment_of(bearers([f"B{number}" for number in held]))


def test_all_readings_of_five_places_together_are_certain(apart: Segment) -> None:
    """But for what is lost where more numbers are taken than among other weapons of the register."""
    assert chance(apart, "?????").reading == pytest.approx(1, abs=0.12)


@pytest.mark.parametrize("register", ["apart", "runs"])
def test_a_reading_is_as_probable_as_the_readings_it_stands_for(register: str, request: pytest.FixtureRequest) -> None:
    segment = request.getfixturevalue(register)
    known, open_places = ("A79??", "A79") if register == "apart" else ("B140??", "B140")
    parts = [
        chance(segment, f"{open_places}{one}{two}").reading for one, two in itertools.product("0123456789", repeat=2)
    ]
    assert chance(segment, known).reading == pytest.approx(sum(parts), rel=0.35)


def test_a_reading_in_a_way_of_numbering_never_seen_is_improbable(apart: Segment) -> None:
    usual, strange = (chance(apart, text).reading for text in ("A1234", "7Z-XK-Q"))
    assert strange < usual / 1000


def test_a_gap_in_a_run_is_likelier_than_a_number_far_from_any(runs: Segment) -> None:
    inside, far = chance(runs, "B14007").reading, chance(runs, "B15507").reading
    assert inside > 20 * far


def test_a_number_that_is_taken_is_less_likely_than_one_that_is_free(runs: Segment) -> None:
    """No serial stands here twice: the register teaches that the next one will be another."""
    taken, free = chance(runs, "B14008").reading, chance(runs, "B14007").reading
    assert free > 3 * taken


def test_several_marks_of_one_weapon_do_not_make_its_number_likelier() -> None:
    once = segment_of(bearers([f"C{number:04d}" for number in range(0, 4000, 3)]))
    twice = segment_of([Bearer(each, f"C{3 * each:04d}", {}) for each in range(1334) for _ in range(2)])
    one, two = chance(once, "C0303").reading, chance(twice, "C0303").reading
    assert two < 3 * one


def test_strangers_of_a_run_are_what_the_run_is() -> None:
    held = [Bearer(number, f"D{number:05d}", {"model": number // 100}) for number in range(0, 5000, 2)]
    segment = segment_of(held)
    like, unlike = (chance(segment, "D01233", model=model) for model in (12, 40))
    assert like.reading == pytest.approx(unlike.reading)
    assert like.together > 5 * unlike.together


def test_a_makers_strangers_are_numbered_as_its_weapons() -> None:
    held = [Bearer(number, f"E{number:04d}", {"maker": 1}) for number in range(500)]
    held += [Bearer(500 + number, f"{number:04d}F", {"maker": 2}) for number in range(500)]
    segment = segment_of(held)
    assert chance(segment, "E0712", maker=1).reading > 100 * chance(segment, "E0712", maker=2).reading
    assert chance(segment, "E0712", maker=3).reading == chance(segment, "E0712").reading


def test_flat_probability_shrinks_with_every_legible_place() -> None:
    assert flat_probability(channel("?")) > flat_probability(channel("?4")) > flat_probability(channel("?44"))


def test_a_run_whose_numbers_are_all_taken_holds_no_stranger() -> None:
    """Blocks of ten of which one number is free: the next weapon is there, and not in a block without a gap."""
    held = [f"E{block * 37:04d}{digit}" for block in range(200) for digit in range(10) if block % 4 == 0 or digit != 3]
    segment = segment_of(bearers(held))
    assert chance(segment, "E00373").reading > 10 * chance(segment, "E00003").reading


@settings(max_examples=60)
@given(
    st.lists(st.text(alphabet="01A", min_size=1, max_size=5), min_size=1, max_size=30),
    st.text(alphabet="01A?*", min_size=1, max_size=6),
)
def test_a_probability_is_one(serials: list[str], text: str) -> None:
    segment = segment_of(bearers(serials))
    found = chance(segment, text)
    assert 0 < found.reading <= 1.05
    assert found.together > 0


@given(
    st.lists(st.sampled_from(["A100", "A101", "A102", "A110", "B77", "B771", "C5"]), min_size=2, max_size=9),
    st.sampled_from(["A100", "A10?", "B77", "C5", "*1", "D9"]),
    st.data(),
)
@settings(max_examples=60)
def test_a_weapon_left_out_tells_nothing_of_strangers(serials: list[str], text: str, data: st.DataObject) -> None:
    """Its number counts no more than in a register without it, where numbering and shares are as before."""
    out = data.draw(st.integers(0, len(serials) - 1))
    borne = [Bearer(weapon, serial, {"maker": weapon % 2, "kind": weapon % 3}) for weapon, serial in enumerate(serials)]
    whole, rest = segment_of(borne), segment_of([each for each in borne if each.weapon != out])
    without = replace(rest, population=whole.population)
    for maker in (None, (out + 1) % 2):
        if maker is None or any(weapon % 2 == maker for weapon in range(len(serials)) if weapon != out):
            found, expected = (chance(each, text, maker, kind=1) for each in (whole.but_for(out), without))
            assert astuple(found) == pytest.approx(astuple(expected))
