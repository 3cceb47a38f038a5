from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tracing.matching import oracle
from tests.tracing.matching.oracle import Bearer
from tests.tracing.matching.registers import Index, bearers
from tracemark.tracing.matching import Query, Ranking, find_candidates, load_weights, parse_reading

WEIGHTS = load_weights()


def ask(index: Index, *texts: str, limit: int = 10, **known: object) -> Ranking:
    query = Query(tuple(map(parse_reading, texts)), **known)  # type: ignore[arg-type]
    return find_candidates(query, index, WEIGHTS, limit)


def total(ranking: Ranking) -> float:
    return ranking.not_here + ranking.elsewhere + sum(each.posterior for each in ranking.candidates)


@pytest.fixture(scope="module")
def register() -> Index:
    """Twenty thousand weapons of forty makers with numbers by chance, and a run of one hundred of maker 3."""
    chance = Random(7)
    numbers = [0, 7919, *(chance.randrange(1_000_000) for _ in range(19_998))]
    apart = [
        Bearer(row, f"{'ABKXZ'[row % 5]}{number:06d}", {"maker": row % 40, "model": row % 200})
        for row, number in enumerate(numbers)
    ]
    run = [Bearer(50_000 + row, f"Q4711{row:02d}", {"maker": 3, "model": 3}) for row in range(100)]
    return Index(apart + run)


SERIALS = st.text(alphabet="0147AK", min_size=2, max_size=7)
REGISTERS = st.lists(st.tuples(SERIALS, st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=20)


@settings(max_examples=150)
@given(
    REGISTERS,
    st.text(alphabet="0147AK??*", min_size=2, max_size=7).filter(lambda text: set(text) - set("?*")),
    st.data(),
)
def test_the_best_candidates_are_those_of_an_exhaustive_matcher(
    rows: list[tuple[str, int, int]], text: str, data: st.DataObject
) -> None:
    held = [
        Bearer(number, serial, {"maker": maker, "model": model}) for number, (serial, maker, model) in enumerate(rows)
    ]
    maker = data.draw(st.sampled_from([None, "0", "1"]))
    ranking = ask(Index(held), text, maker=maker, limit=len(held))
    reading = parse_reading(text)
    costs = {each.weapon: oracle.cost(reading, each.serial, WEIGHTS) for each in held}
    if maker is None:
        ranked = [costs[each.weapon] for each in ranking.candidates]
        bound = max(ranked, default=0)
        assert ranked == sorted(cost for cost in costs.values() if cost <= bound)
    of_maker = [
        costs[each.weapon] for each in ranking.candidates if str(held[each.weapon].attributes["maker"]) == maker
    ]
    assert of_maker == sorted(of_maker)
    assert total(ranking) == pytest.approx(1)


def test_a_full_reading_with_maker_and_model_is_all_but_certain(register: Index) -> None:
    ranking = ask(register, "B007919", maker="1", model="1")
    assert (ranking.candidates[0].weapon, ranking.candidates[0].mark) == (1, 1)
    assert ranking.candidates[0].posterior > 0.95
    assert (ranking.searched, ranking.weights_version, ranking.complete) == (20_100, "v8", True)


def test_a_full_reading_in_a_dense_run_is_still_all_but_certain(register: Index) -> None:
    best = ask(register, "Q471133", maker="3", model="3").candidates[0]
    assert best.weapon == 50_033
    assert best.posterior > 0.95


def test_an_unreadable_last_digit_in_a_run_is_spread_over_the_run(register: Index) -> None:
    ranking = ask(register, "Q47113?", maker="3", model="3")
    assert {each.weapon for each in ranking.candidates} == set(range(50_030, 50_040))
    posteriors = [each.posterior for each in ranking.candidates]
    assert max(posteriors) == pytest.approx(min(posteriors))
    assert 0.07 < max(posteriors) <= 0.1


def test_a_lone_weapon_with_an_unreadable_last_digit_leaves_room_for_its_neighbours(register: Index) -> None:
    sure, unsure = (ask(register, text, maker="1", model="1") for text in ("B007919", "B00791?"))
    assert unsure.candidates[0].weapon == 1
    assert unsure.not_here > 5 * sure.not_here


def test_a_number_nobody_bears_is_not_here(register: Index) -> None:
    ranking = ask(register, "HH-99-RRVV", maker="7")
    assert ranking.candidates == ()
    assert ranking.not_here == pytest.approx(1)


def test_a_number_one_digit_off_a_run_is_probably_its_neighbour() -> None:
    """The register holds half of a run; a weapon whose number is of the other half is not one of them."""
    numbers = np.random.default_rng(5).permutation(1000)
    held = bearers([f"Q47{number:04d}" for number in numbers[:500] if number != 333], {"maker": 3, "model": 3})
    ranking = ask(Index(held), "Q470333", maker="3", model="3")
    assert ranking.not_here > 0.5


def test_look_alikes_are_found_and_named(register: Index) -> None:
    best = ask(register, "BO079I9", maker="1", model="1").candidates[0]
    assert best.weapon == 1
    assert best.reasons[0].code == "tracing.serial_agrees"
    assert {name: best.reasons[0].facts[name] for name in ("legible", "agree", "look_alike")} == {
        "legible": 7,
        "agree": 5,
        "look_alike": 2,
    }


def test_attributes_choose_between_equal_serials() -> None:
    index = Index([Bearer(1, "4471", {"maker": 1}), Bearer(2, "4471", {"maker": 2}), *bearers(["900", "81"] * 50)[3:]])
    assert [each.weapon for each in ask(index, "4471", maker="2").candidates[:2]] == [2, 1]
    one, two = ask(index, "4471").candidates[:2]
    assert one.posterior == pytest.approx(two.posterior)


def test_several_marks_of_a_weapon_are_one_candidate_and_no_likelier() -> None:
    index = Index([Bearer(1, "4471", {}), Bearer(1, "4471", {}), Bearer(1, "9000", {}), Bearer(2, "4471", {})])
    ranking = ask(index, "4471")
    assert [each.weapon for each in ranking.candidates[:2]] == [1, 2]
    assert ranking.candidates[0].posterior == pytest.approx(ranking.candidates[1].posterior)
    assert ranking.fitting == 2


def test_two_components_read_separately_strengthen_each_other() -> None:
    frame = [Bearer(weapon, f"K47{weapon:02d}", {}) for weapon in range(50)]
    slide = [Bearer(weapon, f"S9{(weapon * 7) % 50:02d}1", {}) for weapon in range(50)]
    index = Index(frame + slide)
    alone = ask(index, "K47?3")
    both = ask(index, "K47?3", "S91?1")
    assert alone.candidates[0].posterior < 0.3
    assert both.candidates[0].weapon == 23
    assert both.candidates[0].posterior > 0.7
    assert [reason.code for reason in both.candidates[0].reasons[:2]] == ["tracing.serial_agrees"] * 2


def test_one_number_said_of_two_parts_is_no_more_evidence_than_of_one(register: Index) -> None:
    once = parse_reading("A00?9?0")
    frame, slide = replace(once, part="frame"), replace(once, part="slide")
    other = parse_reading("Q47??11")
    asked = [Query((once,)), Query((frame, slide)), Query((once, other)), Query((frame, other, slide))]
    one, same, two, again = (find_candidates(each, register, WEIGHTS, 20) for each in asked)
    assert (same, again) == (one, two)
    assert one.not_here != two.not_here


def test_an_exchanged_component_does_not_hide_the_weapon(register: Index) -> None:
    ranking = ask(register, "B007919", "HH99RRVV", maker="1", model="1")
    assert ranking.candidates[0].weapon == 1
    assert ranking.candidates[0].posterior > 0.9
    assert ranking.candidates[0].reasons[1].code == "tracing.reading_on_no_mark"


def test_segments_are_searched_together() -> None:
    held = [Bearer(weapon, f"K4{weapon:03d}", {"maker": weapon % 3}) for weapon in range(300)]
    whole, parts = ask(Index(held), "K41?7"), ask(Index(held[:280], held[280:], []), "K41?7")
    assert {each.weapon for each in whole.candidates} == {each.weapon for each in parts.candidates}
    assert parts.searched == 300
    assert whole.not_here == pytest.approx(parts.not_here, rel=0.2)


def test_without_a_legible_place_the_answer_is_a_count() -> None:
    held = [
        *bearers(["A1", "A2"], {"maker": 1, "year": 1990}),
        Bearer(7, "A3", {"maker": 2}),
        Bearer(1, "X", {"maker": 1}),
    ]
    for text in ("none", "???", "*"):
        ranking = ask(Index(held), text, maker="1", absent_prior=0.2)
        assert (ranking.candidates, ranking.fitting, ranking.not_here, ranking.elsewhere) == ((), 2, 0.2, 0.8)
    assert ask(Index(held), "none", maker="1", year=1990).fitting == oracle.agreeing(held, {"maker": 1, "year": 1990})
    assert ask(Index(held), maker="99").fitting == 0


def test_when_too_many_fit_the_answer_is_a_count(register: Index) -> None:
    few = replace(WEIGHTS, most_rows=100)
    ranking = find_candidates(Query((parse_reading("A*"),)), register, few)
    assert ranking.candidates == ()
    assert not ranking.complete
    assert ranking.fitting == 100
    assert total(ranking) == pytest.approx(1)


def test_an_empty_register_holds_nothing() -> None:
    ranking = ask(Index([]), "A1")
    assert (ranking.candidates, ranking.not_here, ranking.searched) == ((), 1.0, 0)


def test_the_prior_of_the_case_moves_the_answer(register: Index) -> None:
    likely, unlikely = (ask(register, "B0079??", maker="1", absent_prior=prior).not_here for prior in (0.7, 0.05))
    assert likely > unlikely


def test_a_maker_the_register_never_heard_of_speaks_against_all(register: Index) -> None:
    best = ask(register, "B007919", maker="4444").candidates[0]
    assert best.reasons[1].code == "tracing.maker_differs"
    assert best.reasons[1].bits < 0


def test_reasons_follow_the_attributes_stated(register: Index) -> None:
    best = ask(register, "B007919", maker="1", model="2", year=1990, kind="4").candidates[0]
    assert [reason.code for reason in best.reasons[:5]] == [
        "tracing.serial_agrees",
        "tracing.maker_agrees",
        "tracing.model_differs",
        "tracing.year_unknown_in_record",
        "tracing.kind_unknown_in_record",
    ]
    assert best.reasons[0].facts == {"serial": "B007919", "legible": 7, "agree": 7}


def test_neighbours_in_the_register_are_told(register: Index) -> None:
    best = ask(register, "Q471133", maker="3").candidates[0]
    assert (best.reasons[-1].code, best.reasons[-1].facts) == ("tracing.neighbours_in_register", {"others": 99})


def test_iti_8b_the_import_mark_tells_two_weapons_of_one_number_apart() -> None:
    held = [Bearer(weapon, "A12345", {"maker": 1, "import_country": weapon % 7}) for weapon in range(50)]
    held += [Bearer(50, "A12346", {"maker": 1, "import_country": 9}), Bearer(51, "A12347", {"maker": 1})]
    register = Index(held)
    best = ask(register, "A1234?", maker="1", import_country="9").candidates[0]
    assert (best.weapon, [reason.code for reason in best.reasons if "import" in reason.code]) == (
        50,
        ["tracing.import_country_agrees"],
    )
    reasons = {each.weapon: each.reasons for each in ask(register, "A1234?", import_country="9", limit=60).candidates}
    assert "tracing.import_country_differs" in [reason.code for reason in reasons[1]]
    assert "tracing.import_country_unknown_in_record" in [reason.code for reason in reasons[51]]
    bits = {
        weapon: next(reason.bits for reason in reasons[weapon] if "import" in reason.code) for weapon in (1, 50, 51)
    }
    assert bits[50] > 3
    assert abs(bits[51]) < 1
    assert bits[1] < -2


def test_a_version_of_before_does_not_weigh_the_import_mark() -> None:
    register = Index([Bearer(weapon, f"A1234{weapon}", {"import_country": weapon}) for weapon in range(9)])
    known = {name: error for name, error in WEIGHTS.attributes.items() if name != "import_country"}
    reading, old = (parse_reading("A1234?"),), replace(WEIGHTS, attributes=known)
    asked = find_candidates(Query(reading, import_country="3"), register, old)
    assert asked == find_candidates(Query(reading), register, old)


def test_a_model_tells_how_a_weapon_from_outside_is_numbered_and_by_which_version() -> None:
    """Maker 0 numbers with six digits, maker 1 with K: a six-digit number of a model of 0 may well be another's."""
    chance = Random(3)
    digits = [Bearer(row, f"{chance.randrange(1_000_000):06d}", {"maker": 0, "model": row % 3}) for row in range(3000)]
    letters = [
        Bearer(9000 + row, f"K{chance.randrange(10_000):04d}", {"maker": 1, "model": 5 + row % 3})
        for row in range(9000)
    ]
    odd = Bearer(20_000, "106079", {"maker": 1, "model": 5})
    register = Index([*digits, *letters, odd])

    def not_here(version: str, **known: str) -> float:
        query = Query((parse_reading("106079"),), **known)  # type: ignore[arg-type]
        return find_candidates(query, register, load_weights(version), 10).not_here

    told, v6, v7 = not_here("v7", maker="0", model="1"), not_here("v6", model="1"), not_here("v7", model="1")
    assert v6 < v7 < told
    assert [not_here(each, maker="0") for each in ("v6", "v7")] == [not_here("v7", maker="0")] * 2


def test_lots_that_others_bought_do_not_make_a_stranger_rarer_elsewhere() -> None:
    """Half of a maker's weapons came in lots of twenty: who is absent was bought like those that came alone."""
    chance = Random(5)
    alone = sorted(chance.sample(range(100_000), 2000))
    starts = sorted(chance.sample(range(5000), 100))
    serials = [f"B{number:05d}" for number in (*alone, *(20 * lot + each for lot in starts for each in range(20)))]
    register = Index([Bearer(row, serial, {"maker": 0}) for row, serial in enumerate(serials)])

    def not_here(version: str, text: str) -> float:
        query = Query((parse_reading(text),), maker="0")
        return find_candidates(query, register, load_weights(version), 10).not_here

    asked = [f"{serial[:5]}?" for serial in serials[:2000:20]]
    v7, v8 = (sum(not_here(version, text) for text in asked) / len(asked) for version in ("v7", "v8"))
    assert 1.1 * v7 < v8 < 2 * v7
