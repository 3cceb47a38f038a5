"""Trace cases against the record they are drawn from: an edit is seen, and drawing anew mends it."""

from dataclasses import replace

import pytest

from tests.rooms import officer
from tests.stores.lives import Stores, happened, keep, registered
from tracemark.authorities import Role
from tracemark.node import Node, Redrawn
from tracemark.recordkeeping import Fault, FaultKind
from tracemark.storage.relational.stores import RelationalStores
from tracemark.tracing import ComponentReading, TraceCase, TraceRequest, case_id, fold_cases
from tracemark.weapons import WeaponId

REQUEST = TraceRequest(WeaponId(2), (ComponentReading("A?1"),), "investigation").plain()

# What is done to the rows, and which cases they then hold other than the record, with the event that opened each.
EDITS = {
    "a state": ("UPDATE trace_case SET state = 'answered' WHERE id = 'T-5'", [("T-5", 5)]),
    "a judgement taken out": (
        "UPDATE trace_case SET body = replace(body, 'different', 'same') WHERE id = 'T-2'",
        [("T-2", 2)],
    ),
    "a row that holds no case": ("UPDATE trace_case SET body = 'x' WHERE id = 'T-2'", [("T-2", 2)]),
    "a row that is gone": ("DELETE FROM trace_case WHERE id = 'T-5'", [("T-5", 5)]),
    "all rows that are gone": ("DELETE FROM trace_case", [("T-2", 2), ("T-5", 5)]),
    "a case that was never opened": (
        "INSERT INTO trace_case SELECT 'T-3', 3, state, body FROM trace_case WHERE id = 'T-2'",
        [("T-3", None)],
    ),
    "a row under another number": ("UPDATE trace_case SET position = 4 WHERE id = 'T-5'", [("T-5", None), ("T-5", 5)]),
}


def two_cases(stores: Stores) -> list[TraceCase]:
    """Weapon 2 has the events 1 to 4 and the answered case T-2, weapon 3 the open case T-5."""
    keep(stores, registered(1, "A1"), happened(2, "seized", place="Border"))
    keep(stores, happened(2, "trace_requested", request=REQUEST))
    keep(stores, happened(2, "judged", case="T-2", judgement="different", other_weapon=1))
    keep(stores, happened(2, "trace_answered", case="T-2", outcome="not_in_register", note=""))
    keep(stores, happened(3, "trace_requested", request=REQUEST))
    cases = [
        fold_cases(stores.records.of_weapon(WeaponId(weapon)))[case_id(opened)] for weapon, opened in ((2, 2), (3, 5))
    ]
    with stores.atomic():
        stores.cases.put(cases)
    return cases


def differing(stores: Stores) -> list[tuple[str, int | None]]:
    with stores.snapshot():
        return list(stores.cases.differing())


def test_what_the_record_drew_agrees_with_it(stores: Stores) -> None:
    assert differing(stores) == []
    two_cases(stores)
    assert differing(stores) == []


def test_a_case_put_without_an_event_differs_and_is_drawn_anew(stores: Stores) -> None:
    answered, opened = two_cases(stores)
    with stores.atomic():
        stores.cases.put([replace(answered, outcome=None), replace(opened, id="T-3")])
    assert differing(stores) == [("T-2", 2), ("T-3", None)]
    with stores.atomic():
        assert stores.cases.redraw() == 2
    assert (differing(stores), stores.cases.page()) == ([], [opened, answered])


@pytest.mark.parametrize(("statement", "named"), EDITS.values(), ids=EDITS)
def test_an_edit_of_the_rows_is_named_and_mended(
    relational_stores: RelationalStores, statement: str, named: list[tuple[str, int | None]]
) -> None:
    answered, opened = two_cases(relational_stores)
    with relational_stores.atomic():
        relational_stores._database.execute(statement)
    assert differing(relational_stores) == named
    with relational_stores.atomic():
        assert relational_stores.cases.redraw() == 2
    assert (differing(relational_stores), relational_stores.cases.page()) == ([], [opened, answered])


def test_a_request_entered_in_error_opened_no_case(stores: Stores) -> None:
    answered, _ = two_cases(stores)
    keep(stores, happened(3, "corrected", corrects=5, void=True, reason="another weapon"))
    assert differing(stores) == [("T-5", None)]
    with stores.atomic():
        assert stores.cases.redraw() == 1
    assert (differing(stores), stores.cases.page()) == ([], [answered])


def test_a_trace_whose_event_can_no_longer_be_read(sqlite_stores: RelationalStores) -> None:
    two_cases(sqlite_stores)
    with sqlite_stores.atomic():
        sqlite_stores._database.execute("DROP TRIGGER event_no_update")
        sqlite_stores._database.execute("UPDATE event SET body = replace(body, 'different', 'xx') WHERE position = 3")
    assert differing(sqlite_stores) == [("T-2", 2)]
    with pytest.raises(ValueError, match="verify the record"), sqlite_stores.atomic():
        sqlite_stores.cases.redraw()
    assert len(sqlite_stores.cases.page()) == 2


def test_the_node_names_the_case_and_draws_it_anew(relational_stores: RelationalStores) -> None:
    two_cases(relational_stores)
    node = Node("XT", relational_stores)
    with relational_stores.atomic():
        relational_stores._database.execute("DELETE FROM trace_case WHERE id = 'T-5'")
    assert node.verify(officer(Role.AUDITOR)).faults == ()
    found = node.verify(officer(Role.AUDITOR), with_register=True)
    assert found.faults == (Fault(5, FaultKind.CASE_DIFFERS, place="T-5"),)
    assert node.redraw(officer(Role.REGISTRY_OFFICER)) == Redrawn(weapons=3, cases=2)
    assert node.verify(officer(Role.AUDITOR), with_register=True).ok
