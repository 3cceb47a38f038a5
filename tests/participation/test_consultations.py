"""Others are asked for some time, heard, and told what was done with each; nothing closes before it has its answer."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.rooms import NOW, StillClock, clock, officer, stores
from tracemark.authorities import NotPermitted, Role
from tracemark.kernel import Clock
from tracemark.participation import (
    Consultation,
    ConsultationDraft,
    ConsultationRefused,
    ContributionDraft,
    ContributionRefused,
    ContributionSort,
    Done,
    FollowUp,
    Speaker,
    Voice,
    accept_contribution,
    close_consultation,
    consultation_list,
    consultation_named,
    contribution_by_receipt,
    extend_consultation,
    follow_up,
    invite,
    open_consultation,
    public_consultations,
    receive_contribution,
    record_hearing,
    record_speaker,
    refuse_contribution,
    shown_about,
    waiting_matters,
    what_was_done,
)
from tracemark.storage.memory import MemoryStores

__all__ = ["clock", "stores"]
CONTACT = officer(Role.POINT_OF_CONTACT)
TODAY = NOW.date()
DRAFT = ConsultationDraft(
    "National plan", "What should the plan change?", TODAY, TODAY + timedelta(days=30), "the plan of 2027",
    (Voice.SURVIVOR, Voice.YOUTH),
)  # fmt: skip
COMMENT = ContributionDraft(ContributionSort.COMMENT, Voice.SURVIVOR, "Pay for the care.", agreed=True)


class LaterClock:
    """A clock that stands still after the closing day."""

    def now(self) -> datetime:
        return NOW + timedelta(days=40)


def by(stores: MemoryStores, clock: Clock) -> dict[str, Any]:
    return {"actor": CONTACT, "stores": stores, "clock": clock}


@pytest.fixture
def known(stores: MemoryStores, clock: StillClock) -> Consultation:
    return open_consultation(draft=DRAFT, **by(stores, clock))


def code_of(refused: Callable[[], object]) -> str:
    with pytest.raises((ConsultationRefused, ContributionRefused)) as error:
        refused()
    return error.value.findings[0].code.removeprefix("participation.")


def test_a_consultation_runs_from_opening_to_closing(
    stores: MemoryStores, clock: StillClock, known: Consultation
) -> None:
    step: dict[str, Any] = {"consultation": known.name, **by(stores, clock)}
    assert (known.name, known.draft, known.standing) == ("CS-2026-000001", DRAFT, "open")
    invite(voice=Voice.SURVIVOR, body="Survivors of Taravia", **step)
    record_hearing(on=TODAY, place="Dunholm", summary="Care comes first.", **step)
    record_speaker(hearing=1, speaker=Speaker(Voice.SURVIVOR, "Survivors of Taravia", "Nobody asked us."), **step)
    receipt = receive_contribution(about=known.name, draft=COMMENT, stores=stores, clock=clock)
    assert waiting_matters(known, stores) == [receipt.name]
    accept_contribution(name=receipt.name, **by(stores, clock))
    taken = FollowUp(receipt.name, Done.TAKEN_UP, "activity 4 of the plan")
    follow_up(answer=taken, **step)
    later: dict[str, Any] = {"consultation": known.name, **by(stores, LaterClock())}
    assert code_of(lambda: close_consultation(note="Thank you.", **later)) == "consultation_unanswered"
    follow_up(answer=FollowUp("1", Done.NOT_TAKEN_UP, "", "There is no money before 2028."), **later)
    ended = close_consultation(note="Thank you.", **later)
    assert (ended.standing, ended.note) == ("closed", "Thank you.")
    assert [each.body for each in ended.invitations] == ["Survivors of Taravia"]
    assert [(each.place, len(each.speakers)) for each in ended.hearings] == [("Dunholm", 1)]
    assert {matter: each.done for matter, each in ended.follow_ups.items()} == {
        receipt.name: Done.TAKEN_UP, "1": Done.NOT_TAKEN_UP,
    }  # fmt: skip
    told = what_was_done(contribution_by_receipt(receipt.code, stores), stores)
    assert told == replace(taken, on=TODAY.isoformat())
    assert public_consultations(stores) == consultation_list(actor=CONTACT, stores=stores) == (ended,)
    assert [each.contribution.name for each in shown_about(known.name, stores, TODAY)] == [receipt.name]


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        (replace(DRAFT, title=" "), "consultation_text_missing"),
        (replace(DRAFT, text="x" * 3001), "text_long"),
        (replace(DRAFT, closes=TODAY - timedelta(days=1)), "consultation_days"),
        (replace(DRAFT, opens=DRAFT.closes + timedelta(days=1)), "consultation_days"),
        (replace(DRAFT, about="NR-2026-000001"), "about_unknown"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    draft: ConsultationDraft, expected: str, stores: MemoryStores, clock: StillClock
) -> None:
    assert code_of(lambda: open_consultation(draft=draft, **by(stores, clock))) == expected


def test_submissions_come_within_the_days_and_are_words(
    stores: MemoryStores, clock: StillClock, known: Consultation
) -> None:
    def write(draft: ContributionDraft, at: Clock) -> str:
        return receive_contribution(about=known.name, draft=draft, stores=stores, clock=at).name

    number = replace(
        COMMENT, sort=ContributionSort.SHADOW, question=known.name, year="2024", value="3", source="s", method="m"
    )
    assert code_of(lambda: write(number, clock)) == "no_such_question"
    assert code_of(lambda: write(COMMENT, LaterClock())) == "consultation_not_open"
    moved = extend_consultation(
        consultation=known.name, closes=TODAY + timedelta(days=60), reason="floods", **by(stores, clock)
    )
    assert moved.extensions == ((DRAFT.closes, "floods"),)
    assert write(COMMENT, LaterClock()) == "CB-2026-000001"
    with pytest.raises(KeyError):
        receive_contribution(about="CS-2026-000009", draft=COMMENT, stores=stores, clock=clock)


def test_steps_that_do_not_fit_are_refused(stores: MemoryStores, clock: StillClock, known: Consultation) -> None:
    step: dict[str, Any] = {"consultation": known.name, **by(stores, clock)}
    refused = receive_contribution(about=known.name, draft=COMMENT, stores=stores, clock=clock).name
    refuse_contribution(name=refused, reason="names a person", **by(stores, clock))
    invite(voice=Voice.YOUTH, body="Youth Forum", **step)
    speaker = Speaker(Voice.YOUTH, "Youth Forum", "…")
    told: dict[str, Any] = {"place": "Dunholm", "summary": "…"}
    assert [
        code_of(lambda: invite(voice=Voice.YOUTH, body="youth forum", **step)),
        code_of(lambda: record_hearing(on=TODAY + timedelta(days=1), **told, **step)),
        code_of(lambda: record_hearing(on=date(2020, 1, 1), **told, **step)),
        code_of(lambda: record_speaker(hearing=1, speaker=speaker, **step)),
        code_of(lambda: follow_up(answer=FollowUp(refused, Done.TAKEN_UP, "there"), **step)),
        code_of(lambda: follow_up(answer=FollowUp("7", Done.TAKEN_UP, "there"), **step)),
        code_of(lambda: extend_consultation(closes=DRAFT.closes, reason="again", **step)),
        code_of(lambda: close_consultation(note="Done.", **step)),
        code_of(lambda: close_consultation(note="Done.", **{**step, "consultation": "CS-2026-000009"})),
    ] == [
        "consultation_invited_twice", "hearing_outside", "hearing_outside", "no_such_hearing", "no_such_matter",
        "no_such_hearing", "consultation_not_later", "consultation_runs", "no_such_consultation",
    ]  # fmt: skip
    record_hearing(on=TODAY, **told, **step)
    assert code_of(lambda: follow_up(answer=FollowUp("1", Done.PARTLY, "there"), **step)) == "consultation_text_missing"
    assert code_of(lambda: follow_up(answer=FollowUp("1", Done.TAKEN_UP), **step)) == "consultation_text_missing"


def test_only_the_point_of_contact_consults(stores: MemoryStores, clock: StillClock, known: Consultation) -> None:
    other = officer(Role.REGISTRY_OFFICER)
    assert consultation_named(name=known.name, actor=other, stores=stores) == known
    with pytest.raises(NotPermitted):
        open_consultation(draft=DRAFT, actor=other, stores=stores, clock=clock)
    with pytest.raises(NotPermitted):
        consultation_list(actor=officer(Role.ADMINISTRATOR), stores=stores)
