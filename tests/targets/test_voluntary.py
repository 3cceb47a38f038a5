"""A target is set, observed, revised and ended; each is a step of its dossier."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rooms import officer
from tests.targets.aims import AUDITOR, CLOCK, CONTACT, TODAY, aim, observed, placed, seen
from tracemark.authorities import NotPermitted, Role
from tracemark.instruments import Level
from tracemark.kernel import Refused, cite
from tracemark.recordkeeping import EventKind
from tracemark.storage.memory import MemoryStores
from tracemark.targets import (
    Aim,
    DevelopmentGoal,
    Direction,
    Funding,
    Observation,
    Outlook,
    Window,
    amount_text,
    close_target,
    observe_target,
    revise_target,
    set_target,
    target_list,
    target_record,
)
from tracemark.targets.voluntary import with_observation

WORDS = st.text(st.characters(categories=("L", "N"), max_codepoint=0x2FFF), min_size=1, max_size=12)
DECIMALS = st.decimals(-(10**9), 10**9, allow_nan=False, allow_infinity=False, places=3)
AIMS = st.builds(
    Aim,
    title=WORDS,
    commitment=st.just(cite("PoA II.17")),
    baseline=DECIMALS,
    baseline_on=st.dates(),
    goal=DECIMALS,
    due=st.dates(),
    direction=st.sampled_from(Direction),
    responsible=WORDS,
    window=st.sampled_from(Window),
    level=st.sampled_from((Level.NATIONAL, Level.REGIONAL)),
    cost=st.none() | DECIMALS,
    funding=st.sampled_from(Funding),
    request=WORDS,
    cell=st.lists(st.tuples(WORDS, WORDS), max_size=2, unique_by=lambda pair: pair[0]).map(
        lambda told: tuple(sorted(told))
    ),
    share=st.booleans(),
    gaps=st.lists(WORDS, max_size=2).map(tuple),
    serves=st.lists(st.just(cite("SDG 16.4")), max_size=2).map(tuple),
    development=st.lists(st.builds(DevelopmentGoal, WORDS, st.dates(), WORDS), max_size=2).map(tuple),
)
OBSERVATIONS = st.lists(
    st.builds(Observation, st.dates(date(2022, 1, 1), date(2022, 1, 9)), DECIMALS), max_size=8, unique_by=lambda o: o.on
)


def refused(stores: MemoryStores, wanted: Aim) -> list[str]:
    with pytest.raises(Refused) as found:
        set_target(aim=wanted, actor=CONTACT, stores=stores, clock=CLOCK)
    return [each.code.removeprefix("targets.") for each in found.value.findings]


@given(AIMS)
def test_an_aim_is_read_from_the_record_as_it_was_told(wanted: Aim) -> None:
    assert Aim.of_plain(wanted.plain()) == wanted


@given(DECIMALS)
def test_a_number_is_the_same_after_the_record_kept_it(value: Decimal) -> None:
    assert Decimal(amount_text(value)) == value


@given(OBSERVATIONS, st.randoms(use_true_random=False))
def test_observations_of_different_days_stand_by_day_in_whichever_order_they_came(
    told: list[Observation], random: object
) -> None:
    orders = (told, random.sample(told, len(told)))  # type: ignore[attr-defined]
    folded = []
    for order in orders:
        known: tuple[Observation, ...] = ()
        for each in order:
            known = with_observation(known, each)
        folded.append(known)
    assert folded[0] == folded[1] == tuple(sorted(told, key=lambda each: each.on))


def test_a_target_is_observed_and_a_later_value_of_the_same_day_counts(stores: MemoryStores) -> None:
    name = placed(stores, 105, 90)
    observed(stores, name, Observation(date(2023, 12, 31), Decimal(88), head="12.abc"), *seen(105))
    known = target_record(target=name, actor=AUDITOR, stores=stores, clock=CLOCK).target
    assert [(each.on.year, int(each.value), each.head) for each in known.observations] == [
        (2022, 105, ""),
        (2023, 88, "12.abc"),
    ]
    assert len(stores.dossiers.events(name)) == 4


def test_a_revision_keeps_what_was_set_at_first(stores: MemoryStores) -> None:
    name = placed(stores, 105)
    easier = aim(goal=Decimal(40))
    known = revise_target(target=name, aim=easier, reason="money was cut", actor=CONTACT, stores=stores, clock=CLOCK)
    assert (int(known.first.goal), int(known.aim.goal), known.revised, known.steps[-1].reason) == (
        20,
        40,
        True,
        "money was cut",
    )
    for again, reason, code in ((easier, "again", "nothing_changes"), (aim(), " ", "text_missing")):
        with pytest.raises(Refused) as found:
            revise_target(target=name, aim=again, reason=reason, actor=CONTACT, stores=stores, clock=CLOCK)
        assert [each.code for each in found.value.findings] == [f"targets.{code}"]


@pytest.mark.parametrize(
    ("values", "due", "outcome", "code"),
    [
        ((105,), 2029, "met", "targets.not_met"),
        ((), 2029, "met", "targets.not_met"),
        ((105,), 2029, "missed", "targets.not_missed"),
        ((20,), 2025, "missed", "targets.not_missed"),
        ((20,), 2025, "won", "targets.outcome_unknown"),
    ],
)
def test_an_end_that_the_values_do_not_bear_out_is_refused(
    stores: MemoryStores, values: tuple[int, ...], due: int, outcome: str, code: str
) -> None:
    name = placed(stores, *values, due=date(due, 12, 31))
    with pytest.raises(Refused) as found:
        close_target(target=name, outcome=outcome, reason="over", actor=CONTACT, stores=stores, clock=CLOCK)
    assert [each.code for each in found.value.findings] == [code]


def test_a_target_ends_once(stores: MemoryStores) -> None:
    ended = {}
    for outcome, values in (("met", (20,)), ("missed", (105,)), ("closed", ())):
        name = placed(stores, *values, due=date(2025, 12, 31))
        known = close_target(target=name, outcome=outcome, reason="over", actor=CONTACT, stores=stores, clock=CLOCK)
        ended[name] = known.standing
        with pytest.raises(Refused) as found:
            observed(stores, name, *seen(1))
        assert [each.code for each in found.value.findings] == ["targets.dossier_over"]
    listed = target_list(actor=AUDITOR, stores=stores, clock=CLOCK)
    assert [each.progress.outlook for each in listed] == [Outlook.MISSED, Outlook.MET, Outlook.CLOSED]
    assert {each.target.name: each.target.standing for each in listed} == ended


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"title": " "}, "text_missing"),
        ({"indicator": ""}, "text_missing"),
        ({"commitment": cite("PoA II.99")}, "commitment_unknown"),
        ({"figure": "weapons.dreamt"}, "figure_unknown"),
        ({"level": Level.GLOBAL}, "level_unfit"),
        ({"due": date(2021, 12, 31)}, "due_before_baseline"),
        ({"direction": Direction.RISE}, "direction_contradicts"),
        ({"cost": Decimal(5)}, "cost_unfit"),
        ({"responsible": "Mr Smith"}, "holder_unknown"),
        ({"cell": (("sex", "female"),)}, "cell_unknown"),
        ({"cell": (("colour", "red"),), "figure": "people.trainees"}, "cell_unknown"),
        ({"cell": (("year", "2025"),), "figure": "people.trainees"}, "cell_unknown"),
        ({"cell": (("sex", "women"),), "figure": "people.trainees"}, "cell_value_unknown"),
        ({"cell": (("weapon_kind", "pistols"),), "figure": "losses.stolen"}, "cell_value_unknown"),
        ({"cell": (("from_state", "France"),), "figure": "imports.weapons"}, "cell_value_unknown"),
        ({"share": True, "figure": "people.trainees"}, "share_unfit"),
        ({"cell": (("body", "x"),), "share": True, "figure": "people.trainees_women_share"}, "share_unfit"),
        ({"gaps": ("nobody.asks",)}, "gap_unknown"),
        ({"serves": (cite("SDG 99.1"),)}, "commitment_unknown"),
        ({"development": (DevelopmentGoal(" ", TODAY, "4"),)}, "text_missing"),
    ],
)
def test_an_aim_that_cannot_be_is_refused(stores: MemoryStores, told: dict[str, object], code: str) -> None:
    assert refused(stores, aim(**told)) == [code]


def test_the_unit_is_that_of_the_figure(stores: MemoryStores) -> None:
    name = placed(stores, figure="losses.stolen", unit="apples")
    assert target_record(target=name, actor=AUDITOR, stores=stores, clock=CLOCK).target.aim.unit == "weapons"
    name = placed(stores, figure="losses.stolen", cell=(("weapon_kind", "pistol"),), share=True)
    assert target_record(target=name, actor=AUDITOR, stores=stores, clock=CLOCK).target.aim.unit == "percent"


@pytest.mark.parametrize(
    ("seen_on", "source", "code"),
    [
        (date(2021, 12, 31), "book", "observed_outside"),
        (date(2026, 5, 7), "book", "observed_outside"),
        (TODAY, " ", "text_missing"),
    ],
)
def test_a_value_without_source_or_out_of_its_time_is_refused(
    stores: MemoryStores, seen_on: date, source: str, code: str
) -> None:
    name = placed(stores)
    with pytest.raises(Refused) as found:
        observed(stores, name, Observation(seen_on, Decimal(1), source))
    assert [each.code for each in found.value.findings] == [f"targets.{code}"]


def test_who_may_not_write_or_see_targets_does_not(stores: MemoryStores) -> None:
    name = placed(stores)
    with pytest.raises(NotPermitted):
        observe_target(target=name, observations=seen(5), actor=AUDITOR, stores=stores, clock=CLOCK)
    with pytest.raises(NotPermitted):
        target_list(actor=officer(Role.ADMINISTRATOR), stores=stores, clock=CLOCK)
    with pytest.raises(Refused) as found:
        observed(stores, "TG-2026-000009", *seen(5))
    assert [each.code for each in found.value.findings] == ["targets.dossier_unknown"]
    assert [each.event.kind for each in stores.dossiers.events(name)] == [EventKind.TARGET_SET]
