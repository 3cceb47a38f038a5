from tests.recordkeeping.lives import WEAPON, event, imported, sealed
from tracemark.kernel import PartialDate
from tracemark.marking import MarkKind, mark_id
from tracemark.recordkeeping import Status, current, fold
from tracemark.weapons import Part, WeaponId, born_on, component_id


def test_a_life_folds_into_holder_place_and_status() -> None:
    state = fold(WEAPON, sealed([
        imported(place="Port"),
        event("issued", "2003-01-01", to="XT-ARMY-2", place="Hill post"),
        event("returned", "2004-01-01", place="Depot 1"),
        event("transferred", "2010-06", holder="XT-DEALER"),
        event("stolen", "2012"),
    ]))  # fmt: skip
    assert (state.status, state.holder, state.place) == (Status.STOLEN, "XT-DEALER", "Depot 1")
    assert state.since == PartialDate(2012)
    assert state.position == 4


def test_a_recovery_keeps_the_last_holder_and_names_who_has_custody_now() -> None:
    state = fold(WEAPON, sealed([imported(), event("seized", "2020-01-01", place="Border", custodian="XT-POLICE")]))
    assert (state.holder, state.custodian, state.status) == ("XT-ARMY", "XT-POLICE", Status.IN_CUSTODY)


def test_components_and_marks_get_identities_of_their_own() -> None:
    state = fold(WEAPON, sealed([imported(), event("marked", "2001-06", marks=[{"kind": "import", "part": "frame"}])]))
    frame, slide = state.components
    assert (frame.id, frame.part, frame.control) == (component_id(WEAPON, 1), Part.FRAME, True)
    assert (slide.id, slide.part, slide.control) == (component_id(WEAPON, 2), Part.SLIDE, False)
    assert [(mark.id, mark.kind, mark.component) for mark in state.marks] == [
        (mark_id(WEAPON, 1), MarkKind.MANUFACTURE, frame.id),
        (mark_id(WEAPON, 2), MarkKind.IMPORT, frame.id),
    ]


def test_bms7_iti_1_reassembly_takes_a_component_from_another_weapon_with_its_identity() -> None:
    other = component_id(WeaponId(9), 2)
    state = fold(WEAPON, sealed([
        imported(),
        event("reassembled", "2005", removed=[component_id(WEAPON, 2)], fitted=[{"part": "slide", "id": other}]),
        event("reassembled", "2006", fitted=[{"part": "silencer"}]),
    ]))  # fmt: skip
    assert [component.id for component in state.components] == [
        component_id(WEAPON, 1), other, component_id(WEAPON, 3),
    ]  # fmt: skip
    assert born_on(other) == WeaponId(9)


def test_a_correction_replaces_what_was_written_and_stays_out_of_the_history() -> None:
    events = sealed([
        imported(),
        event("transferred", "2010", holder="WRONG"),
        event("corrected", "2026", corrects=1, reason="misread", proposed_by="a", details={"holder": "XT-DEALER"}),
    ])  # fmt: skip
    assert fold(WEAPON, events).holder == "XT-DEALER"
    assert [each.event.kind.value for each in current(events)] == ["imported", "transferred"]


def test_a_void_event_never_happened() -> None:
    events = sealed([
        imported(),
        event("destroyed", "2010", method="melted"),
        event("corrected", "2026", corrects=1, reason="another weapon", proposed_by="a", void=True),
    ])  # fmt: skip
    assert fold(WEAPON, events).status is Status.HELD


def test_an_event_recorded_late_takes_its_place_by_date() -> None:
    state = fold(WEAPON, sealed([
        imported(), event("transferred", "2015", holder="LATER"), event("transferred", "2010", holder="EARLIER"),
    ]))  # fmt: skip
    assert state.holder == "LATER"


def test_identities_follow_the_record_and_nothing_recorded_late_shifts_them() -> None:
    mark = {"kind": "import", "part": "frame", "text": "XT 22"}
    late = {"kind": "state", "part": "frame", "text": "LATE 21"}
    known = [
        imported(),
        event("marked", "2022", marks=[mark]),
        event("reassembled", "2022", fitted=[{"part": "barrel"}]),
    ]
    before = {each.text: each.id for each in fold(WEAPON, sealed(known)).marks}
    barrel = fold(WEAPON, sealed(known)).components[-1].id
    after = fold(WEAPON, sealed([*known, event("marked", "2021", marks=[late]),
                                 event("reassembled", "2021", fitted=[{"part": "bolt"}])]))  # fmt: skip
    assert {each.text: each.id for each in after.marks} == {**before, "LATE 21": mark_id(WEAPON, 3)}
    assert {each.id: each.part.value for each in after.components if each.id >= barrel} == {
        barrel: "barrel", component_id(WEAPON, 4): "bolt",
    }  # fmt: skip


def test_a_voided_event_leaves_the_identities_of_later_marks_alone() -> None:
    marks = [[{"kind": "import", "text": text}] for text in ("FIRST", "SECOND")]
    events = [
        imported(),
        event("marked", "2022", marks=marks[0]),
        event("marked", "2023", marks=marks[1]),
        event("corrected", "2026", corrects=1, reason="another weapon", proposed_by="a", void=True),
    ]
    state = fold(WEAPON, sealed(events))
    assert {each.text: each.id for each in state.marks}["SECOND"] == mark_id(WEAPON, 3)
    assert state.marks_born == 3
