"""Progress is told from dated values, and what goes wrong is said before it is too late."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.targets.aims import TODAY, aim, seen
from tracemark.targets import Direction, Funding, Observation, Outlook, Target, Window, progress_of

NUMBERS = st.integers(-1000, 1000).map(Decimal)


def target(*values: int, **told: object) -> Target:
    wanted = aim(**told)
    return Target("TG-2026-000001", "XT-REG", wanted, wanted, observations=tuple(seen(*values)))


def codes(known: Target, today: date = TODAY) -> tuple[Outlook, list[str]]:
    found = progress_of(known, today)
    return found.outlook, [each.code.removeprefix("targets.") for each in found.reasons]


@given(NUMBERS, NUMBERS)
def test_the_way_is_nothing_at_the_baseline_and_all_at_the_goal(baseline: Decimal, goal: Decimal) -> None:
    assume(baseline != goal)
    wanted = aim(baseline=baseline, goal=goal, direction=Direction.RISE if goal > baseline else Direction.FALL)
    assert (wanted.share_of_way(baseline), wanted.share_of_way(goal)) == (Decimal(0), Decimal(1))
    assert (wanted.reached(goal), wanted.reached(baseline)) == (True, False)


@given(NUMBERS, NUMBERS, NUMBERS, NUMBERS)
def test_the_way_grows_towards_the_goal_and_is_all_of_it_where_it_is_reached(
    baseline: Decimal, goal: Decimal, one: Decimal, other: Decimal
) -> None:
    assume(baseline != goal)
    wanted = aim(baseline=baseline, goal=goal, direction=Direction.RISE if goal > baseline else Direction.FALL)
    nearer, farther = sorted((one, other), reverse=goal > baseline)
    assert wanted.share_of_way(nearer) >= wanted.share_of_way(farther)
    assert wanted.reached(one) is (wanted.share_of_way(one) >= 1)


def test_a_value_to_be_kept_is_all_of_the_way_as_long_as_it_is_kept() -> None:
    kept = aim(baseline=Decimal(0), goal=Decimal(0))
    assert (kept.share_of_way(Decimal(0)), kept.share_of_way(Decimal(1))) == (Decimal(1), Decimal(0))


@given(st.integers(-500, 4000))
def test_the_share_of_the_time_stays_between_nothing_and_all(days: int) -> None:
    wanted = aim()
    assert 0 <= wanted.share_of_time(wanted.baseline_on + timedelta(days)) <= 1
    assert (wanted.share_of_time(wanted.baseline_on), wanted.share_of_time(wanted.due)) == (Decimal(0), Decimal(1))


@pytest.mark.parametrize(
    ("values", "outlook", "reasons"),
    [
        ((), Outlook.UNOBSERVED, ["unobserved"]),
        ((105,), Outlook.ON_TRACK, ["too_few_observations", "observation_old"]),
        ((119,), Outlook.OFF_TRACK, ["behind_time", "too_few_observations", "observation_old"]),
        ((130,), Outlook.OFF_TRACK, ["wrong_way", "behind_time", "too_few_observations", "observation_old"]),
        ((105, 90, 76, 62), Outlook.ON_TRACK, []),
        ((118, 115, 113, 110), Outlook.OFF_TRACK, ["forecast_short"]),
        ((90, 110, 70, 95), Outlook.UNCERTAIN, ["forecast_uncertain"]),
        ((125, 128, 132, 136), Outlook.OFF_TRACK, ["wrong_way", "forecast_short"]),
        ((105, 60, 30, 20), Outlook.REACHED, ["goal_reached"]),
    ],
)
def test_what_is_to_be_expected_is_said_with_its_reason(
    values: tuple[int, ...], outlook: Outlook, reasons: list[str]
) -> None:
    assert codes(target(*values)) == (outlook, reasons)


def test_a_target_that_rises_is_judged_the_other_way() -> None:
    rising = {"baseline": Decimal(20), "goal": Decimal(90), "direction": Direction.RISE, "unit": "percent"}
    assert codes(target(30, 40, 51, 60, **rising))[0] is Outlook.ON_TRACK
    assert codes(target(20, 21, 22, 23, **rising)) == (Outlook.OFF_TRACK, ["forecast_short"])


def test_a_day_that_passed_and_money_that_is_not_there_are_said() -> None:
    late = target(105, 90, 76, 62, due=date(2025, 12, 31), cost=Decimal(9000), currency="EUR")
    assert codes(late) == (Outlook.OVERDUE, ["past_due", "unfunded"])
    paid = target(105, 90, 76, 62, cost=Decimal(9000), currency="EUR", funding=Funding.FUNDED)
    assert codes(paid) == (Outlook.ON_TRACK, [])


def test_old_news_is_old_sooner_where_the_window_is_short() -> None:
    found = [codes(target(105, 90, 76, 62, window=each))[1] for each in (Window.YEAR, Window.QUARTER, Window.MONTH)]
    assert found == [[], [], ["observation_old"]]


def test_a_value_of_the_baselines_own_day_is_the_baseline() -> None:
    known = target()
    same_day = Observation(known.aim.baseline_on, Decimal(5))
    assert progress_of(Target("TG-2026-000001", "XT-REG", known.aim, known.aim, observations=(same_day,)), TODAY) == (
        progress_of(known, TODAY)
    )
