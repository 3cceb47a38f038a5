"""A figure is published by two people, with small numbers withheld, and can be drawn again."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from tests.reporting.test_drawing import drawing_of, marked_world
from tests.rooms import StillClock, clock, officer, stores
from tracemark.authorities import NotPermitted, Role
from tracemark.reporting import (
    SUM,
    Drawn,
    Period,
    PublicationRefused,
    PublicationStanding,
    approve_publication,
    decline_publication,
    drawn_again,
    propose_publication,
    publication_of,
    published,
    withdraw_publication,
)
from tracemark.storage.memory import MemoryStores

__all__ = ["clock", "stores"]
PERIOD = Period.parse("2024", "2025")
CONTACT, APPROVER = officer(Role.POINT_OF_CONTACT), officer(Role.APPROVER)
CELLS: dict[tuple[str, ...], int] = {
    ("2024", "pistol"): 2,
    ("2024", "rifle"): 30,
    ("2025", "pistol"): 8,
    ("2025", "rifle"): 12,
}


def drawn(
    cells: Mapping[tuple[str, ...], int] = CELLS, by: tuple[str, ...] = ("year", "weapon_kind"), period: Period = PERIOD
) -> Drawn:
    return Drawn("weapons.marked", "weapons", period, "7.ab", sum(cells.values()), by, cells)


def proposed(stores: MemoryStores, clock: StillClock, told: Drawn | None = None, reason: str = "") -> str:
    return propose_publication(drawn=told or drawn(), actor=CONTACT, stores=stores, clock=clock, reason=reason)


def approved(stores: MemoryStores, clock: StillClock, told: Drawn | None = None, reason: str = "") -> str:
    name = proposed(stores, clock, told, reason)
    approve_publication(name=name, actor=APPROVER, stores=stores, clock=clock)
    return name


def code(refused: pytest.ExceptionInfo[PublicationRefused]) -> str:
    return refused.value.findings[0].code


def test_two_people_publish_and_small_numbers_are_withheld(stores: MemoryStores, clock: StillClock) -> None:
    name = proposed(stores, clock)
    assert name == "PF-2026-000001"
    assert published(stores) == []
    approve_publication(name=name, actor=APPROVER, stores=stores, clock=clock)
    [found] = published(stores)
    assert (found.name, found.standing, found.head, found.size) == (name, PublicationStanding.PUBLISHED, "7.ab", 7)
    assert (found.proposed_by, found.approved_by) == (CONTACT.name, APPROVER.name)
    numbers = found.table.numbers
    assert {key for key, number in numbers.items() if number is None} == {
        ("2024", "pistol"), ("2024", "rifle"), ("2025", "pistol"), ("2025", "rifle"),
    }  # fmt: skip
    assert (found.table.value, numbers[("2024", SUM)], numbers[(SUM, "pistol")]) == (52, 32, 10)


def test_nobody_publishes_what_they_proposed(stores: MemoryStores, clock: StillClock) -> None:
    both = officer(Role.POINT_OF_CONTACT).__class__("both", "XT-REG", frozenset({"point_of_contact", "approver"}))
    name = propose_publication(drawn=drawn(), actor=both, stores=stores, clock=clock)
    with pytest.raises(NotPermitted):
        approve_publication(name=name, actor=both, stores=stores, clock=clock)
    with pytest.raises(NotPermitted):
        approve_publication(name=name, actor=CONTACT, stores=stores, clock=clock)


def test_a_revision_says_why_and_takes_the_place_of_the_first(stores: MemoryStores, clock: StillClock) -> None:
    first = approved(stores, clock)
    with pytest.raises(PublicationRefused) as refused:
        proposed(stores, clock)
    assert code(refused) == "reporting.revision_unexplained"
    second = approved(stores, clock, reason="A late entry of 2024.")
    assert [each.name for each in published(stores)] == [second]
    revised = publication_of(second, stores.dossiers.events(second))
    assert (revised.revises, revised.reason) == (first, "A late entry of 2024.")
    assert publication_of(first, stores.dossiers.events(first)).table.value == 52


def test_one_figure_is_not_published_twice_over_in_two_breakdowns(stores: MemoryStores, clock: StillClock) -> None:
    approved(stores, clock)
    other = drawn({("pistol",): 10, ("rifle",): 42}, ("weapon_kind",), Period.parse("2025", "2026"))
    with pytest.raises(PublicationRefused) as refused:
        proposed(stores, clock, other)
    assert code(refused) == "reporting.publication_meets"
    approved(stores, clock, drawn({("pistol",): 10}, ("weapon_kind",), Period.parse("2026", "2026")))


@pytest.mark.parametrize(
    "unguarded",
    [
        Drawn("weapons.marked", "weapons", PERIOD, "7.ab", None),
        Drawn("traces.traced_share", "percent", PERIOD, "7.ab", Decimal(50), ("year",), {("2024",): Decimal(50)}),
        Drawn("weapons.marked", "weapons", PERIOD, "7.ab", 9, ("a", "b", "c"), {("1", "2", "3"): 9}),
    ],
)
def test_what_cannot_be_guarded_is_refused(unguarded: Drawn, stores: MemoryStores, clock: StillClock) -> None:
    with pytest.raises(PublicationRefused) as refused:
        proposed(stores, clock, unguarded)
    assert code(refused) == "reporting.publication_unguarded"


def test_what_is_taken_back_or_declined_says_why(stores: MemoryStores, clock: StillClock) -> None:
    name = approved(stores, clock)
    with pytest.raises(PublicationRefused) as refused:
        withdraw_publication(name=name, reason=" ", actor=APPROVER, stores=stores, clock=clock)
    assert code(refused) == "reporting.reason_missing"
    withdraw_publication(name=name, reason="Counted twice.", actor=APPROVER, stores=stores, clock=clock)
    assert published(stores) == []
    other = proposed(stores, clock)
    decline_publication(name=other, reason="Too early.", actor=APPROVER, stores=stores, clock=clock)
    found = publication_of(other, stores.dossiers.events(other))
    assert (found.standing, found.reason) == (PublicationStanding.DECLINED, "Too early.")
    with pytest.raises(PublicationRefused) as refused:
        approve_publication(name=other, actor=APPROVER, stores=stores, clock=clock)
    assert code(refused) == "reporting.publication_stands"


def test_a_figure_without_breakdown_below_the_least_is_withheld(stores: MemoryStores, clock: StillClock) -> None:
    name = approved(stores, clock, Drawn("losses.stolen", "weapons", PERIOD, "7.ab", 3))
    assert publication_of(name, stores.dossiers.events(name)).table.numbers == {(SUM,): None}


def test_what_stands_in_the_middle_is_no_number_of_cases(stores: MemoryStores, clock: StillClock) -> None:
    name = approved(stores, clock, Drawn("requests.answered_days", "days", PERIOD, "7.ab", 3))
    assert publication_of(name, stores.dossiers.events(name)).table.numbers == {(SUM,): 3}


def test_where_nothing_was_counted_a_table_of_two_breakdowns_says_so(stores: MemoryStores, clock: StillClock) -> None:
    name = approved(stores, clock, drawn({}))
    assert publication_of(name, stores.dossiers.events(name)).table.value == 0


def test_what_was_published_is_drawn_again(stores: MemoryStores, clock: StillClock, tmp_path: Path) -> None:
    with drawing_of(marked_world(), tmp_path) as drawing:
        name = approved(stores, clock, drawing.draw("weapons.marked", ("year", "weapon_kind")))
        found = publication_of(name, stores.dossiers.events(name))
        assert drawn_again(found, drawing)
    with drawing_of(marked_world(), tmp_path / "b", Period.parse("2023", "2025")) as drawing:
        assert not drawn_again(found, drawing)


def counted(figure: str, number: int | Decimal, unit: str = "weapons") -> Drawn:
    return Drawn(figure, unit, PERIOD, "7.ab", number, (), {})


def test_what_tells_a_small_number_beside_another_is_not_published(stores: MemoryStores, clock: StillClock) -> None:
    whole = approved(stores, clock, counted("recoveries.all", 103))
    approved(stores, clock, counted("recoveries.seized", 60))
    with pytest.raises(PublicationRefused) as refused:
        proposed(stores, clock, counted("recoveries.found", 40))
    assert (code(refused), whole in refused.value.findings[0].facts["publications"]) == (  # type: ignore[operator]
        "reporting.publication_tells",
        True,
    )
    proposed(stores, clock, counted("recoveries.found", 30))
    approved(stores, clock, counted("stock.held", 50))
    with pytest.raises(PublicationRefused):
        proposed(stores, clock, counted("stock.marked_share", Decimal("94.0"), "percent"))
    proposed(stores, clock, counted("stock.marked_share", Decimal("80.0"), "percent"))


def test_of_two_that_wait_the_second_is_held_against_the_first(stores: MemoryStores, clock: StillClock) -> None:
    approved(stores, clock, counted("recoveries.all", 103))
    seized, found = (
        proposed(stores, clock, counted(f"recoveries.{each}", number))
        for each, number in (("seized", 60), ("found", 40))
    )
    approve_publication(name=seized, actor=APPROVER, stores=stores, clock=clock)
    with pytest.raises(PublicationRefused) as refused:
        approve_publication(name=found, actor=APPROVER, stores=stores, clock=clock)
    assert code(refused) == "reporting.publication_tells"
    decline_publication(name=found, reason="it tells a small number", actor=APPROVER, stores=stores, clock=clock)
