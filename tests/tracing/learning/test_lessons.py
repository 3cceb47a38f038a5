import tomllib
from random import Random

import pytest

from tests.rooms import StillClock, officer
from tests.tracing.learning.judged import ANALYST, judge_all, registered
from tracemark.authorities import NotPermitted, Role
from tracemark.storage.memory import MemoryStores
from tracemark.tracing import Lesson, TraceRefused, Worth, learn, read_weights, shipped_weights


def taught(stores: MemoryStores, clock: StillClock, strength: float = 10.0) -> Lesson:
    return learn(
        parent=shipped_weights("v4"),
        version="v4+2026-05-06.1",
        actor=ANALYST,
        stores=stores,
        clock=clock,
        strength=strength,
    )


def test_judgements_of_another_channel_than_assumed_make_the_odds_on_those_held_back_better(
    stores: MemoryStores, clock: StillClock
) -> None:
    judge_all(stores, clock, 160)
    before = stores.records.size()
    lesson = taught(stores, clock)
    found = {each.name: (each.before, each.after) for each in lesson.estimates}
    assert found["channel.misread.38"][1] > 2 * found["channel.misread.38"][0]
    assert found["channel.swapped"][1] > 2 * found["channel.swapped"][0]
    assert lesson.after.log_loss < lesson.before.log_loss
    assert (lesson.worth, lesson.compared.high < 0) == (Worth.BETTER, True)
    assert stores.records.size() == before
    assert lesson == taught(stores, clock)


def test_the_text_is_that_of_the_parent_with_other_numbers_and_where_they_come_from(
    stores: MemoryStores, clock: StillClock
) -> None:
    judge_all(stores, clock, 20)
    lesson = taught(stores, clock)
    table, parent = tomllib.loads(lesson.text), tomllib.loads(shipped_weights("v4"))
    head = stores.records.head()
    assert head is not None
    learnt = table.pop("learnt")
    assert (learnt["parent"], learnt["head_root"], learnt["by"]) == ("v4", head.root.hex(), "ana")
    assert table.keys() == parent.keys()
    assert (table["search"], table["register"]) == (parent["search"], parent["register"])
    weights = read_weights(lesson.text)
    assert weights.version == "v4+2026-05-06.1"
    assert {each.after for each in lesson.estimates if each.path[:2] == ("channel", "misread")} == {
        *weights.misread.values()
    }


def test_too_few_held_back_are_told(stores: MemoryStores, clock: StillClock) -> None:
    judge_all(stores, clock, 20)
    assert taught(stores, clock).worth is Worth.TOO_FEW


def test_where_nothing_was_judged_there_is_nothing_to_learn(stores: MemoryStores, clock: StillClock) -> None:
    registered(stores, clock, Random(1), 3)
    with pytest.raises(TraceRefused) as refused:
        taught(stores, clock)
    assert [each.code for each in refused.value.findings] == ["tracing.nothing_to_learn"]


@pytest.mark.parametrize("strength", [0.0, -1.0, float("inf"), float("nan")])
def test_a_prior_without_strength_is_refused(strength: float, stores: MemoryStores, clock: StillClock) -> None:
    with pytest.raises(TraceRefused) as refused:
        taught(stores, clock, strength)
    assert [each.code for each in refused.value.findings] == ["tracing.strength_unfit"]


def test_only_who_may_propose_weights_learns(stores: MemoryStores, clock: StillClock) -> None:
    with pytest.raises(NotPermitted):
        learn(parent=shipped_weights("v4"), version="x", actor=officer(Role.APPROVER), stores=stores, clock=clock)
