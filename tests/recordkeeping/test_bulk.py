from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.recordkeeping.lives import event, imported
from tests.recordkeeping.sealed_logs import SeededSigner
from tracemark.kernel import NotCanonical, Plain
from tracemark.recordkeeping import Event, EventRefused, LifeChecker, append, append_new, fold, seal_event
from tracemark.storage.memory import MemoryStores
from tracemark.weapons import WeaponId


class StandingClock:
    def now(self) -> datetime:
        return datetime(2026, 1, 15, 12, 0, 0, 123456, tzinfo=UTC)


CLOCK = StandingClock()


def life(weapon: int, *more: Event, **details: Plain) -> list[Event]:
    first = replace(imported(), details={**imported().details, **details})
    return [
        Event(WeaponId(weapon), each.kind, each.happened, each.authority, each.by, each.details, each.document)
        for each in (first, *more)
    ]


def sealed_in_bulk(lives: Sequence[Sequence[Event]]) -> MemoryStores:
    stores = MemoryStores(SeededSigner())
    with stores.atomic():
        append_new(lives=lives, stores=stores, clock=CLOCK)
    return stores


def sealed_one_by_one(lives: Sequence[Sequence[Event]]) -> MemoryStores:
    stores = MemoryStores(SeededSigner())
    with stores.atomic():
        append(events=[each for one in lives for each in one], stores=stores, clock=CLOCK)
    return stores


LIVES = [
    life(1),
    life(2, event("transferred", "2002", holder="XT-DEALER", place="Port"), event("stolen", "2003-05", place="Hill")),
    life(3, event("issued", "2002", to="XT-UNIT")),
    life(4, event("seized", "2002", place="Port"), event("retained", "2003", holder="XT-ARMY")),
    life(
        5, event("marked", "2002", marks=[{"kind": "import", "text": "XT 02"}, {"kind": "component", "part": "slide"}])
    ),
    life(6, event("reassembled", "2002", removed=[6 * 256 + 2], fitted=[{"part": "slide"}], calibre="9x21")),
    life(7, lot='Ж \x1f \U0001f52b \u2028 \x7f " \\'),
]


@given(st.permutations(LIVES))
def test_bulk_seals_what_append_seals(lives: list[list[Event]]) -> None:
    quick, slow = sealed_in_bulk(lives), sealed_one_by_one(lives)
    assert [each.body for each in quick.records.all()] == [each.body for each in slow.records.all()]
    assert quick.records.head() == slow.records.head()
    weapons = [one[0].weapon for one in lives]
    assert quick.register.states(weapons) == slow.register.states(weapons)


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", max_size=3), inner, max_size=3),
    max_leaves=6,
)


@given(PLAIN, st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_bulk_writes_the_canonical_bytes(asked: Plain, lot: str) -> None:
    one = life(1, event("trace_requested", "2002", request=asked), lot=lot)
    first, second = sealed_in_bulk([one]).records.all()
    assert [first.body, second.body] == [
        seal_event(each, position=place, recorded_at=CLOCK.now()).body for place, each in enumerate(one)
    ]


@pytest.mark.parametrize("value", [0.5, 2**53, "\ud800", {"ä": 1}, [1, [0.5]]])
def test_what_has_no_canonical_form_is_refused(value: Plain) -> None:
    with pytest.raises(NotCanonical):
        sealed_in_bulk([life(1, event("trace_requested", "2002", request=value))])


@pytest.mark.parametrize(
    "unfit",
    [{"marks": "foo"}, {"components": [{"control": True}]}, {"lot": ["x"]}, {"place": {"a": 1}}, {"lot": 0.5}],
)
def test_a_sound_shape_does_not_vouch_for_values(unfit: dict[str, Any]) -> None:
    checker = LifeChecker()
    assert checker.refusals(life(7, lot="A")) == []
    assert [each.code for each in checker.refusals(life(7, **{"lot": "A"} | unfit))] == ["recordkeeping.detail_unfit"]


def test_a_sound_shape_does_not_vouch_for_how_many_marks_there_are() -> None:
    checker = LifeChecker()
    assert checker.refusals(life(7)) == []
    many = life(7, marks=[{"kind": "other", "text": "x"}] * 256)
    assert [each.code for each in checker.refusals(many)] == ["recordkeeping.too_many"]


@given(st.sampled_from(LIVES))
def test_the_state_after_a_life_is_its_fold(one: list[Event]) -> None:
    stores = sealed_in_bulk([one])
    weapon = one[0].weapon
    assert stores.register.state(weapon) == fold(weapon, stores.records.of_weapon(weapon))


@pytest.mark.parametrize(
    "one",
    [
        [event("transferred", "2002", holder="XT-DEALER")],
        life(7, event("received", "2002", holder="XT-DEALER")),
        life(7, event("transferred", "2000", holder="XT-DEALER")),
        life(7, event("transferred", "2002")),
        life(7, event("transferred", "2002", holder="X", colour="red")),
        [*life(7), *life(8)],
    ],
)
def test_a_life_that_cannot_be_is_refused_and_nothing_is_written(one: list[Event]) -> None:
    stores = MemoryStores(SeededSigner())
    with pytest.raises(EventRefused), stores.atomic():
        append_new(lives=[life(1), one], stores=stores, clock=CLOCK)
    assert stores.records.size() == 0


def test_a_sound_shape_does_not_vouch_for_dates_out_of_order() -> None:
    checker = LifeChecker()
    good = life(7, event("transferred", "2002", holder="X"))
    late = life(7, event("transferred", "2000", holder="X"))
    assert checker.refusals(good) == []
    assert [each.code for each in checker.refusals(late)] == ["recordkeeping.impossible_sequence"]
