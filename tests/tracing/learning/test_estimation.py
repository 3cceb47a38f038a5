from dataclasses import replace
from random import Random

import pytest

from tests.tracing.learning.judged import CONFUSED, judged_case, misread
from tracemark.tracing import estimated, load_weights

WEIGHTS = load_weights()


def learnt(cases: int, strength: float = 10.0) -> dict[str, float]:
    random = Random(7)
    serials = [f"{random.randrange(10**8):08d}" for _ in range(cases)]
    judged = [judged_case(number, misread(serial, random), serial) for number, serial in enumerate(serials)]
    return {each.name: each.after for each in estimated(judged, WEIGHTS, strength)}


def test_without_judgements_nothing_moves() -> None:
    assert [each for each in estimated([], WEIGHTS, 10.0) if each.after != each.before] == []


def test_judgements_move_what_is_otherwise_than_assumed_and_the_more_of_them_the_further() -> None:
    few, many = learnt(60), learnt(400)
    assert WEIGHTS.misread["38"] < few["channel.misread.38"] < many["channel.misread.38"] < CONFUSED
    assert many["channel.swapped"] > 3 * WEIGHTS.channel["swapped"]
    assert many["channel.misread.17"] < WEIGHTS.misread["17"]
    assert many["channel.misread.8B"] < WEIGHTS.misread["8B"]


def test_a_weak_prior_gives_way_to_what_was_seen() -> None:
    plain = WEIGHTS.certainty["plain"]
    assert learnt(400, strength=1.0)["channel.misread.38"] ** plain == pytest.approx(CONFUSED, rel=0.1)


def test_a_strong_prior_holds_the_weights_where_they_are() -> None:
    assert learnt(60, strength=1e9)["channel.misread.38"] == pytest.approx(WEIGHTS.misread["38"], rel=1e-5)


def test_the_state_of_an_import_mark_is_learnt_from_where_both_name_one() -> None:
    case = judged_case(1, "12345678", "12345678")
    assert case.same is not None
    of_both = replace(case, request=replace(case.request, import_country="TD"))
    told = {state: replace(of_both, candidates=(replace(case.same, import_country=state),)) for state in ("TD", "XU")}
    cases = [told["TD"], told["XU"], of_both]
    found = {each.name: each for each in estimated(cases, WEIGHTS, 10.0)}["attributes.import_country"]
    assert (found.errors, found.chances) == (1, 2)


def test_attributes_and_absence_are_counted() -> None:
    found = {each.name: each for each in estimated([judged_case(1, "12345678", "12345678")], WEIGHTS, 10.0)}
    kind, maker, seized = found["attributes.kind"], found["attributes.maker"], found["absent.seized"]
    assert (kind.errors, kind.chances) == (1, 1)
    assert kind.after == pytest.approx(11 / 101, rel=1e-5)
    assert (maker.errors, maker.chances) == (0, 1)
    assert (seized.errors, seized.chances) == (0, 1)
    imported = found["attributes.import_country"]
    assert (imported.errors, imported.chances) == (0, 0)
    assert seized.after == pytest.approx(10 / (10 / 0.3 + 1), rel=1e-5)
    assert (found["absent.found"].chances, found["absent.found"].after) == (0, WEIGHTS.absent["found"])
