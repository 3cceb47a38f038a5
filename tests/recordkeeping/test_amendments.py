from typing import Any

from tests.recordkeeping.lives import WEAPON, event, imported, sealed
from tracemark.kernel import PartialDate
from tracemark.recordkeeping import amendments_of, changed_details, steps


def corrected(corrects: int, **content: object) -> dict[str, Any]:
    return {"corrects": corrects, "reason": "misread", "proposed_by": "amina", **content}


def test_what_stood_before_is_kept_beside_what_stands_now() -> None:
    life = sealed(
        [
            imported(),
            event("stored", "2010", place="Eastfold"),
            event("corrected", "2011", **corrected(1, details={"place": "Westfold"}, happened="2009")),
            event("corrected", "2012", **corrected(1, details={"place": "Northfold"})),
        ]
    )
    first, second = amendments_of(life)
    assert (first.corrects, first.changes, first.happened_before) == (
        1, [("place", "Eastfold", "Westfold")], PartialDate.parse("2010"),
    )  # fmt: skip
    assert (second.changes, second.happened_before) == ([("place", "Westfold", "Northfold")], None)
    assert (first.proposed_by, first.reason, first.correction.position) == ("amina", "misread", 2)
    stands = next(step.sealed.event for step in steps(WEAPON, life) if step.sealed.position == 1)
    assert second.after == stands


def test_an_event_entered_in_error_has_nothing_after_it_and_cannot_be_amended_again() -> None:
    void, late = corrected(1, void=True), corrected(1, details={"place": "Westfold"})
    life = [imported(), event("stored", "2010", place="Eastfold")]
    found = amendments_of(sealed([*life, event("corrected", "2011", **void), event("corrected", "2012", **late)]))
    assert [(each.corrects, each.after, each.changes) for each in found] == [(1, None, [])]


def test_a_weapon_without_corrections_has_no_amendments() -> None:
    assert amendments_of(sealed([imported()])) == []


def test_changed_details_tell_what_came_and_went() -> None:
    assert changed_details({"a": 1, "b": 2}, {"b": 3, "c": 4}) == [("a", 1, None), ("b", 2, 3), ("c", None, 4)]
