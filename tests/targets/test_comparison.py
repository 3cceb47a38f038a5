"""Two plans side by side."""

from tests.targets.aims import AUDITOR, SALW, WPS, adopted
from tests.targets.test_plans import reported
from tracemark import instruments
from tracemark.storage.memory import MemoryStores
from tracemark.targets import Comparison, checklists, plan_comparison


def compared(stores: MemoryStores) -> Comparison:
    return plan_comparison(left=adopted(stores), right=adopted(stores, WPS), actor=AUDITOR, stores=stores)


def test_plans_meet_where_both_serve_the_same(stores: MemoryStores) -> None:
    found = compared(stores)
    assert [(each.name, each.left, each.right) for each in found.commitments] == [
        ("BMS7 DEV.2", ("A1",), ("P1",)),
        ("PoA II.4", ("A2",), ("P1",)),
    ]
    assert [(each.name, each.left, each.right) for each in found.themes] == [
        ("coordination", ("A2",), ("P1",)),
        ("gender", ("A1", "A3"), ("P1",)),
    ]
    assert found.targets == ()


def test_plans_contradict_each_other_about_the_same_activity(stores: MemoryStores) -> None:
    found = compared(stores)
    assert [
        (each.left.activity.code, each.right.activity.code, [str(kind) for kind in each.contradictions])
        for each in found.contradictions
    ] == [("A2", "P1", ["dates", "owner", "budget"]), ("A3", "P2", ["status"])]


def test_what_was_done_in_both_is_no_contradiction_and_what_was_dropped_serves_nothing(stores: MemoryStores) -> None:
    left, right = adopted(stores, SALW.replace('depends = ["A1"]', "")), adopted(stores, WPS)
    reported(stores, left, "A3", "done")
    reported(stores, left, "A1", "dropped")
    found = plan_comparison(left=left, right=right, actor=AUDITOR, stores=stores)
    assert [each.left.activity.code for each in found.contradictions] == ["A2"]
    assert [each.name for each in found.commitments] == ["PoA II.4"]


def test_what_neither_plan_serves_is_named(stores: MemoryStores) -> None:
    found = compared(stores)
    served = {"BMS7 DEV.2", "BMS7 MEAS.3", "PoA II.4"}
    assert [str(each.item.citation) for each in found.missing] == [
        str(each.citation) for each in checklists()["gender"].items if str(each.citation) not in served
    ]


def test_plans_alike_contradict_nothing(stores: MemoryStores) -> None:
    found = plan_comparison(left=adopted(stores), right=adopted(stores, SALW), actor=AUDITOR, stores=stores)
    assert (len(found.pairs), found.contradictions) == (3, [])


def test_a_checklist_cites_what_the_library_holds() -> None:
    held = instruments.shipped().versions
    assert [
        str(item.citation) for each in checklists().values() for item in each.items if item.citation not in held
    ] == []
