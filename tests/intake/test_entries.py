"""One weapon entered by hand: sealed, held, or refused."""

from dataclasses import replace

import pytest

from tests.rooms import StillClock, officer, stores
from tracemark.authorities import NotPermitted, Role
from tracemark.intake import (
    DraftEvent,
    Entered,
    Entry,
    HeldState,
    IntakeRefused,
    consider_entry,
    judge_held,
    register_weapon,
)
from tracemark.kernel import PartialDate, Plain
from tracemark.marking import Mark, MarkKind
from tracemark.recordkeeping import EventKind, EventRefused
from tracemark.storage.memory import MemoryStores
from tracemark.weapons import Component, ComponentId, Description, Material, Origin, Part, WeaponId

__all__ = ["stores"]

REGISTRY = officer(Role.REGISTRY_OFFICER)
GLOCK = Description(kind="pistol", maker="glock", model="glock/17", calibre="9x19", country="AT", year=2019)
FRAME = Component(ComponentId(0), Part.FRAME, control=True, material=Material.POLYMER, metal_plate=True)
SLIDE = Component(ComponentId(0), Part.SLIDE, material=Material.STEEL)
MARK = Mark(MarkKind.MANUFACTURE, "GLOCK 17 XTK001", part=Part.FRAME, serial="XTK001", maker="glock", state="AT")


def entry(kind: str = "registered", happened: str = "2026-02-03", serial: str = "XTK001", **details: Plain) -> Entry:
    first = DraftEvent(EventKind(kind), PartialDate.parse(happened), {"holder": "XT-DEALER", **details}, document="R 7")
    return Entry(GLOCK, (FRAME, SLIDE), (replace(MARK, serial=serial, text=serial),), first)


def entered(
    stores: MemoryStores, given: Entry, role: Role = Role.REGISTRY_OFFICER, authority: str = "XT-REG"
) -> Entered:
    actor = officer(role, authority=authority)
    return register_weapon(entry=given, state="XT", actor=actor, stores=stores, clock=StillClock())


def codes(found: Entered) -> set[str]:
    return {each.code for each in found.findings}


def test_iti_11_one_weapon_is_sealed_as_it_was_entered(stores: MemoryStores) -> None:
    done = entered(stores, entry())
    assert done.recorded is not None
    [sealed], [state] = done.recorded.sealed, done.recorded.states
    assert (sealed.event.kind, sealed.event.document, sealed.event.by) == ("registered", "R 7", "registry_officer")
    assert (state.weapon, state.description, state.holder, state.marks[0].serial) == (1, GLOCK, "XT-DEALER", "XTK001")
    assert [(each.part, each.control) for each in state.components] == [("frame", True), ("slide", False)]
    assert (sealed.event.details["grade"], stores.intake.runs()) == ("A", [])


@pytest.mark.parametrize("serial", ["XTK001", "xtk-001", "XTKOO1"])
def test_iti_8a_what_looks_like_a_weapon_on_record_is_held_once(serial: str, stores: MemoryStores) -> None:
    entered(stores, entry())
    first, again = (entered(stores, entry(serial=serial, place="Amberly")) for _ in range(2))
    assert first.held is not None
    assert (first.recorded, first.held.against, first.held.state) == (None, (1,), HeldState.HELD)
    assert (again.held, stores.records.size(), len(stores.intake.runs())) == (first.held, 1, 1)
    recorded = judge_held(held=first.held.id, same_as=None, actor=REGISTRY, stores=stores, clock=StillClock())
    assert (recorded.states[0].weapon, recorded.states[0].place) == (2, "Amberly")


def test_looking_writes_nothing_and_tells_what_would_be_held(stores: MemoryStores) -> None:
    entered(stores, entry())
    found = consider_entry(entry=entry(), state="XT", actor=REGISTRY, stores=stores)
    assert ([each.weapon for each in found.alike], stores.intake.runs()) == ([1], [])
    assert consider_entry(entry=entry(serial="XTK999"), state="XT", actor=REGISTRY, stores=stores).alike == ()


def test_iti_8b_and_10_what_falls_short_is_told_and_refuses_nothing(stores: MemoryStores) -> None:
    bare = replace(entry("imported", from_state="AT"), components=(SLIDE,), marks=())
    done = entered(stores, bare)
    assert done.recorded is not None
    assert codes(done) >= {"intake.serial_missing", "weapons.no_control_component", "marking.import_mark_missing"}
    home_made = replace(bare, description=Description(origin=Origin.HOME_MADE), first=entry().first)
    assert "weapons.unmarked_without_reason" in codes(entered(stores, home_made))


def test_iti_10_a_part_with_another_number_is_told(stores: MemoryStores) -> None:
    slide = Mark(MarkKind.COMPONENT, "XTQ777", part=Part.SLIDE, serial="XTQ777")
    assert "marking.mixed_numbers" in codes(entered(stores, replace(entry(), marks=(MARK, slide))))


@pytest.mark.parametrize(
    ("wrong", "code", "field"),
    [
        (entry(serial="UNKNOWN"), "intake.serial_placeholder", "marks.0.serial"),
        (entry(happened="2017"), "intake.year_after_event", "year"),
        (entry("lost"), "intake.kind_begins_no_record", "kind"),
        (replace(entry(), components=(FRAME, replace(SLIDE, control=True))), "intake.several_controls", "control"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(wrong: Entry, code: str, field: str, stores: MemoryStores) -> None:
    with pytest.raises(IntakeRefused) as refused:
        entered(stores, wrong)
    assert [(each.code, each.facts["field"]) for each in refused.value.findings] == [(code, field)]
    assert stores.records.size() == 0


def test_a_holder_nobody_knows_is_never_sealed(stores: MemoryStores) -> None:
    for alike in (False, True):
        if alike:
            entered(stores, entry())
        with pytest.raises(EventRefused, match=r"recordkeeping\.holder_unknown"):
            entered(stores, entry(holder="Somebody Fictional"))
    assert stores.intake.runs() == []


@pytest.mark.parametrize("role", [each for each in Role if each not in {Role.REGISTRY_OFFICER, Role.LICENSING_OFFICER}])
def test_who_may_not_write_enters_and_looks_at_nothing(role: Role, stores: MemoryStores) -> None:
    with pytest.raises(NotPermitted):
        entered(stores, entry(), role)
    with pytest.raises(NotPermitted):
        consider_entry(entry=entry(), state="XT", actor=officer(role), stores=stores)


def test_a_licensing_officer_enters_weapons_of_their_own_agency_only(stores: MemoryStores) -> None:
    assert entered(stores, entry(), Role.LICENSING_OFFICER, "XT-DEALER").recorded is not None
    with pytest.raises(NotPermitted):
        entered(stores, entry(serial="XTK002", holder="XT-ARMY"), Role.LICENSING_OFFICER, "XT-DEALER")
    assert WeaponId(2) not in stores.register.states([WeaponId(2)])
