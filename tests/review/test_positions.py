"""Proposals from their text to their end, positions side by side, and dossiers that are kept."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.rooms import StillClock, officer
from tracemark.authorities import NotPermitted, Role
from tracemark.kernel import cite
from tracemark.review import (
    Known,
    Position,
    ReviewRefused,
    Settlement,
    Sources,
    Stance,
    Text,
    drawn_up,
    held_undertaking,
    keep_dossier,
    kept_dossier,
    kept_dossiers,
    note_position,
    proposal_list,
    proposal_record,
    record_proposal,
    revise_proposal,
    settle_proposal,
    shipped_calendar,
    withdraw_dossier,
)
from tracemark.storage.memory import MemoryStores

CONTACT, AUDITOR = officer(Role.POINT_OF_CONTACT), officer(Role.AUDITOR)
CALENDAR = shipped_calendar()
TEXT = Text("BMS10", "A plate in every frame", "XE", cite("BMS7 ITI.1"), "States require a plate.", "WP.1")
OURS = Position("XT", Stance.WITH_CHANGES, "Old stock.", "Support if old stock is exempt.")


def by(stores: MemoryStores) -> dict[str, Any]:
    return {"actor": CONTACT, "stores": stores, "clock": StillClock()}


def recorded(stores: MemoryStores) -> str:
    return record_proposal(text=TEXT, calendar=CALENDAR, **by(stores))


def note(stores: MemoryStores, name: str, position: Position) -> None:
    note_position(name=name, position=position, ours="XT", **by(stores))


def test_a_proposal_goes_from_its_text_to_its_end(stores: MemoryStores) -> None:
    name = recorded(stores)
    note(stores, name, OURS)
    note(stores, name, Position("XE", Stance.SUPPORTS, ""))
    note(stores, name, Position("XE", Stance.OPPOSES, "The text changed."))
    other = Text("BMS10", TEXT.title, "XE", TEXT.undertaking, "States may require a plate.", "WP.1/Rev.1")
    revise_proposal(name=name, text=other, reason="Rev.1", calendar=CALENDAR, **by(stores))
    found = proposal_record(name=name, actor=CONTACT, stores=stores)
    assert (found.first, found.text, found.standing) == (TEXT, other, "open")
    assert {each.by: each.stance for each in found.positions.values()} == {
        "XT": Stance.WITH_CHANGES,
        "XE": Stance.OPPOSES,
    }
    settle_proposal(name=name, outcome=Settlement.MERGED, reason="Into WP.3", **by(stores))
    assert proposal_record(name=name, actor=CONTACT, stores=stores).settled is Settlement.MERGED
    with pytest.raises(ReviewRefused) as refused:
        note(stores, name, OURS)
    assert [each.code for each in refused.value.findings] == ["review.dossier_over"]


def test_instructions_are_shown_to_who_writes_for_meetings_and_to_nobody_else(stores: MemoryStores) -> None:
    name = recorded(stores)
    note(stores, name, OURS)
    told = [proposal_list(actor=actor, stores=stores)[0].positions["XT"].instructions for actor in (CONTACT, AUDITOR)]
    assert told == [OURS.instructions, ""]


def test_who_may_not_write_for_meetings_records_nothing(stores: MemoryStores) -> None:
    with pytest.raises(NotPermitted):
        record_proposal(text=TEXT, calendar=CALENDAR, **{**by(stores), "actor": AUDITOR})
    with pytest.raises(NotPermitted):
        proposal_list(actor=officer(Role.ADMINISTRATOR), stores=stores)
    assert stores.records.size() == 0


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"meeting": "BMS99"}, "review.meeting_unknown"),
        ({"title": " "}, "review.text_missing"),
        ({"proposed_by": ""}, "review.text_missing"),
        ({"undertaking": cite("ITI 99")}, "review.undertaking_unknown"),
        ({"text": "x" * 4001}, "review.text_long"),
    ],
)
def test_what_is_no_proposal_is_refused(changes: dict[str, Any], code: str, stores: MemoryStores) -> None:
    told = {name: getattr(TEXT, name) for name in Text.__slots__} | changes
    with pytest.raises(ReviewRefused) as refused:
        record_proposal(text=Text(**told), calendar=CALENDAR, **by(stores))
    assert [each.code for each in refused.value.findings] == [code]


def test_steps_that_do_not_fit_are_refused(stores: MemoryStores) -> None:
    name = recorded(stores)
    tried: list[Callable[[], object]] = [
        lambda: note(stores, name, Position("XE", Stance.SUPPORTS, "", "Vote yes.")),
        lambda: note(stores, "RP-2026-000099", OURS),
        lambda: revise_proposal(name=name, text=TEXT, reason="so", calendar=CALENDAR, **by(stores)),
        lambda: settle_proposal(name=name, outcome=Settlement.ADOPTED, reason=" ", **by(stores)),
        lambda: withdraw_dossier(name=name, reason="so", **by(stores)),
        lambda: held_undertaking("the third"),
    ]
    codes = []
    for each in tried:
        with pytest.raises(ReviewRefused) as refused:
            each()
        codes += [finding.code for finding in refused.value.findings]
    assert codes == [
        "review.instructions_of_others",
        "review.dossier_unknown",
        "review.nothing_changes",
        "review.text_missing",
        "review.dossier_unknown",
        "review.undertaking_unknown",
    ]


def test_a_dossier_is_kept_as_it_was_drawn_and_can_be_withdrawn_once(stores: MemoryStores) -> None:
    meeting = CALENDAR.meeting("BMS9")
    drawn = drawn_up(meeting, CALENDAR.before(meeting), "XT", Sources((Known("XT"),), head="7.ab"), date(2026, 5, 1))
    name = keep_dossier(dossier=drawn, note="Taken along.", **by(stores))
    kept = kept_dossier(name=name, actor=AUDITOR, stores=stores)
    assert (kept.dossier.plain(), kept.fingerprint, kept.standing, kept.note) == (
        drawn.plain(),
        drawn.fingerprint,
        "kept",
        "Taken along.",
    )
    withdraw_dossier(name=name, reason="A figure was wrong.", **by(stores))
    found = [(each.standing, each.reason) for each in kept_dossiers(actor=AUDITOR, stores=stores, meeting="BMS9")]
    assert found == [("withdrawn", "A figure was wrong.")]
    with pytest.raises(ReviewRefused):
        withdraw_dossier(name=name, reason="again", **by(stores))
    with pytest.raises(KeyError):
        kept_dossier(name="RM-2026-000009", actor=AUDITOR, stores=stores)
