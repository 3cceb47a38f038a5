"""The register's tables against the record they are drawn from: an edit is seen, and drawing anew mends it."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.rooms import StillClock, officer
from tests.stores.lives import Stores, happened, keep, keep_many, registered
from tracemark.authorities import Agency, AgencyKind, Role
from tracemark.marking import Block, Scheme, Span
from tracemark.node import Node, RecordDoubtful, Redrawn
from tracemark.recordkeeping import (
    Fault,
    FaultKind,
    NumberBlock,
    WeaponState,
    allocate_block,
    close_block,
    reserve_numbers,
    seal_blocks,
)
from tracemark.storage.relational import redrawing
from tracemark.storage.relational.codec import WEAPON_COLUMNS
from tracemark.storage.relational.stores import RelationalStores
from tracemark.weapons import WeaponId

# What is done to the tables, and of which weapons they then say other than the record, with the last event of each.
EDITS = {
    "a status and a holder": ("UPDATE weapon SET status = 'held', holder = 'XT-D01' WHERE id = 2", [(2, 3)]),
    "a row that holds no state": ("UPDATE weapon SET state = 'x' WHERE id = 3", [(3, 4)]),
    "a row that is gone": ("DELETE FROM weapon WHERE id = 1", [(1, 0)]),
    "all rows that are gone": ("DELETE FROM weapon", [(1, 0), (2, 3), (3, 4)]),
    "a mark that is gone": ("DELETE FROM mark WHERE weapon = 1", [(1, 0)]),
    "a mark's key": ("UPDATE mark SET folded = 'ZZ' WHERE weapon = 2", [(2, 3)]),
    "a mark of another weapon": ("UPDATE mark SET weapon = 3 WHERE weapon = 2", [(2, 3)]),
    "a weapon that was never recorded": (
        f"INSERT INTO weapon SELECT 9, {', '.join(WEAPON_COLUMNS[1:])} FROM weapon WHERE id = 1",
        [(9, None)],
    ),
    "a component that has moved": ("DELETE FROM moved_component", [(3, 4)]),
}


def three_lives(stores: Stores) -> None:
    """Weapon 1 has event 0, weapon 2 the events 1 and 3, weapon 3, which bears the slide of weapon 1, 2 and 4."""
    keep(stores, registered(1, "A1"), registered(2, "B2"), registered(3, "C3"), happened(2, "lost"))
    slide = stores.register.state(WeaponId(1)).components[1]
    keep(stores, happened(3, "reassembled", fitted=[{"part": "slide", "id": slide.id}]))


def differing(stores: Stores) -> list[tuple[WeaponId, int | None]]:
    with stores.snapshot():
        return list(stores.register.differing())


@pytest.fixture(params=["at once", "one by one"])
def _parts(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read in one part, and in as many as there are events."""
    if request.param == "one by one":
        monkeypatch.setattr(redrawing, "_EVENTS_AT_ONCE", 1)
        monkeypatch.setattr(redrawing, "_WEAPONS_AT_ONCE", 1)


def test_an_empty_register_agrees(stores: Stores) -> None:
    assert differing(stores) == []


@pytest.mark.usefixtures("_parts")
def test_what_the_record_drew_agrees_with_it(stores: Stores) -> None:
    three_lives(stores)
    keep_many(stores, 5, first=10)
    assert differing(stores) == []


def test_a_state_put_without_an_event_differs_and_is_drawn_anew(stores: Stores) -> None:
    three_lives(stores)
    before = stores.register.state(WeaponId(1))
    with stores.atomic():
        stores.register.put([WeaponState(WeaponId(1)), WeaponState(WeaponId(7))])
    assert differing(stores) == [(1, 0), (7, None)]
    with stores.atomic():
        assert stores.register.redraw() == 3
    assert (differing(stores), stores.register.state(WeaponId(1))) == ([], before)


@pytest.mark.usefixtures("_parts")
@pytest.mark.parametrize(("statement", "named"), EDITS.values(), ids=EDITS)
def test_an_edit_of_the_tables_is_named_and_mended(
    relational_stores: RelationalStores, statement: str, named: list[tuple[int, int | None]]
) -> None:
    three_lives(relational_stores)
    with relational_stores.atomic():
        relational_stores._database.execute(statement)
    assert differing(relational_stores) == named
    with relational_stores.atomic():
        assert relational_stores.register.redraw() == 3
    assert differing(relational_stores) == []
    assert relational_stores.register.bearing(["A1", "B2", "C3"]) == {"A1": [1], "B2": [2], "C3": [3]}


def serials_found(stores: RelationalStores) -> int:
    return sum(map(len, stores.marks.segments()))


def test_the_node_names_the_weapon_and_its_search_finds_again_what_was_taken_out(
    relational_stores: RelationalStores,
) -> None:
    three_lives(relational_stores)
    node = Node("XT", relational_stores)
    with relational_stores.atomic():
        relational_stores._database.execute("DELETE FROM mark WHERE weapon = 2")
    assert serials_found(relational_stores) == 2
    assert node.verify(officer(Role.AUDITOR)).faults == ()
    found = node.verify(officer(Role.AUDITOR), with_register=True)
    assert found.faults == (Fault(3, FaultKind.REGISTER_DIFFERS, place="W-2"),)
    assert node.redraw(officer(Role.REGISTRY_OFFICER)) == Redrawn(weapons=3, cases=0)
    assert node.verify(officer(Role.AUDITOR), with_register=True).ok
    assert serials_found(relational_stores) == 3


@pytest.fixture
def edit_record(sqlite_stores: RelationalStores) -> Callable[[str], None]:
    def edit(body: str) -> None:
        with sqlite_stores.atomic():
            sqlite_stores._database.execute("DROP TRIGGER event_no_update")
            sqlite_stores._database.execute(f"UPDATE event SET body = {body} WHERE position = 3")

    return edit


@pytest.mark.parametrize("body", ["replace(body, 'lost', 'held_up')", "replace(body, 'lost', 'stolen')"])
def test_nothing_is_drawn_from_a_record_that_was_edited(
    sqlite_stores: RelationalStores, edit_record: Callable[[str], None], body: str
) -> None:
    three_lives(sqlite_stores)
    edit_record(body)
    assert differing(sqlite_stores) == [(2, 3)]
    with pytest.raises(RecordDoubtful):
        Node("XT", sqlite_stores).redraw(officer(Role.REGISTRY_OFFICER))
    assert sqlite_stores.register.state(WeaponId(2)).status == "lost"


NUMBER_EDITS = {
    "another holder": "UPDATE number_block SET holder = 'XT-OTHER'",
    "numbers given back": "DELETE FROM number_taken",
    "a block opened again": "UPDATE number_block SET closed_on = ''",
    "a block of its own": "UPDATE number_block SET position = 2",
}


def numbered(stores: RelationalStores) -> NumberBlock:
    """A block allocated in event 0, two numbers of it used, and closed."""
    stores.agencies.put(Agency("XT-REG", "Registry", AgencyKind.REGISTRY))
    clock, actor = StillClock(), officer(Role.REGISTRY_OFFICER)
    known = allocate_block(
        holder="XT-REG", scheme=Scheme("XT26-", 4), span=Span(1, 9), purpose="", actor=actor, stores=stores, clock=clock
    )
    assert known.allocated is not None
    reserve_numbers(block=known.allocated, count=2, actor=actor, stores=stores, clock=clock)
    return close_block(block=known.allocated, note="", actor=actor, stores=stores, clock=clock)


@pytest.mark.parametrize("statement", NUMBER_EDITS.values(), ids=NUMBER_EDITS)
def test_an_edit_of_the_numbers_is_named_and_mended(relational_stores: RelationalStores, statement: str) -> None:
    known, node = numbered(relational_stores), Node("XT", relational_stores)
    assert node.verify(officer(Role.AUDITOR), with_register=True).ok
    with relational_stores.atomic():
        relational_stores._database.execute(statement)
    found = node.verify(officer(Role.AUDITOR), with_register=True)
    assert {(each.fault, each.place) for each in found.faults} == {(FaultKind.NUMBERS_DIFFER, "XT26-0001")}
    node.redraw(officer(Role.REGISTRY_OFFICER))
    assert node.verify(officer(Role.AUDITOR), with_register=True).ok
    assert list(relational_stores.numbers.blocks()) == [known]


def test_a_block_without_an_event_is_named_and_outlives_a_redrawing(relational_stores: RelationalStores) -> None:
    known, node = numbered(relational_stores), Node("XT", relational_stores)
    old = NumberBlock(None, Block("XT-REG", Scheme("XT19-", 4), 1, 50, date(2019, 1, 2)), (Span(1, 3),))
    relational_stores.numbers.put(old)
    [fault] = node.verify(officer(Role.AUDITOR), with_register=True).faults
    assert fault == Fault(None, FaultKind.NUMBERS_UNSEALED, place="XT19-0001")
    node.redraw(officer(Role.REGISTRY_OFFICER))
    assert list(relational_stores.numbers.blocks()) == [known, old]
    seal_blocks(actor=officer(Role.REGISTRY_OFFICER), stores=relational_stores, clock=StillClock())
    assert node.verify(officer(Role.AUDITOR), with_register=True).ok
