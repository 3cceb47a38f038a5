"""A practice is drafted, reviewed by another, published, followed by the next version, used and withdrawn."""

from dataclasses import replace
from typing import Any

import pytest

from tests.rooms import StillClock, clock, officer, stores
from tests.targets.aims import SALW
from tracemark import targets
from tracemark.authorities import NotPermitted, Role
from tracemark.practices import (
    Content,
    Holding,
    LibraryEntry,
    PracticeRefused,
    activity_for_practice,
    draft_practice,
    library,
    note_experience,
    own_entry,
    practice_list,
    practice_record,
    publish_practice,
    read_practice_toml,
    read_shared_practice,
    return_practice,
    review_practice,
    revise_practice,
    search_practices,
    shared_practice,
    shipped_practices,
    take_over_practice,
    uses_of,
    withdraw_practice,
)
from tracemark.storage.memory import MemoryStores

__all__ = ["clock", "stores"]
CONTACT, APPROVER = officer(Role.POINT_OF_CONTACT), officer(Role.APPROVER)
TEXT = """
subject = "marking"
backing = "experience"
as_of = 2026-01-31
state = "XT"
commitments = ["ITI 7(5)"]
sources = ["Marking workshop, report of 2025"]
[en]
title = "Mark the plate"
context = "Polymer frames."
done = "A laser marks the plate."
[fr]
title = "Marquer la plaque"
context = "Carcasses en polymère."
done = "Un laser marque la plaque d’une armurerie."
"""


def content(**changed: str) -> Content:
    text = TEXT
    for old, new in changed.items():
        text = text.replace(old, new)
    return read_practice_toml(text)


def codes(refused: pytest.ExceptionInfo[PracticeRefused]) -> list[str]:
    return [each.code for each in refused.value.findings]


@pytest.fixture
def by(stores: MemoryStores, clock: StillClock) -> dict[str, Any]:
    return {"stores": stores, "clock": clock}


@pytest.fixture
def published(by: dict[str, Any]) -> str:
    name = draft_practice(content=content(), actor=CONTACT, **by)
    review_practice(name=name, actor=APPROVER, **by)
    publish_practice(name=name, actor=CONTACT, **by)
    return name


def test_a_version_stands_until_the_next_is_published(published: str, by: dict[str, Any]) -> None:
    second = content(laser="marker")
    known = revise_practice(name=published, content=second, reason="no laser here", actor=CONTACT, **by)
    assert (known.standing, known.next_number, own_entry(known).number) == ("drafted", 2, 1)
    assert own_entry(known).content == content()
    review_practice(name=published, actor=APPROVER, **by)
    known = publish_practice(name=published, actor=CONTACT, **by)
    assert (own_entry(known).number, own_entry(known).content, known.draft) == (2, second, None)
    assert [each.content for each in known.versions] == [content(), second]


def test_nobody_reviews_their_own_draft_and_nothing_is_published_unreviewed(by: dict[str, Any]) -> None:
    both = replace(CONTACT, roles=CONTACT.roles | APPROVER.roles)
    name = draft_practice(content=content(), actor=both, **by)
    with pytest.raises(NotPermitted):
        review_practice(name=name, actor=both, **by)
    with pytest.raises(PracticeRefused) as refused:
        publish_practice(name=name, actor=both, **by)
    assert codes(refused) == ["practices.wrong_standing"]
    known = return_practice(name=name, reason="say what it costs", actor=APPROVER, **by)
    assert (known.standing, known.returned_because) == ("drafted", "say what it costs")
    with pytest.raises(NotPermitted):
        review_practice(name=name, actor=CONTACT, **by)


def test_experiences_belong_to_a_version_and_a_withdrawn_practice_leaves_the_library(
    published: str, by: dict[str, Any]
) -> None:
    known = note_experience(name=published, note="It went well.", actor=CONTACT, **by)
    assert [(each.text, each.version) for each in known.experiences] == [("It went well.", 1)]
    with pytest.raises(PracticeRefused) as refused:
        withdraw_practice(name=published, reason=" ", actor=CONTACT, **by)
    assert codes(refused) == ["practices.nothing_said"]
    withdraw_practice(name=published, reason="plates break", actor=CONTACT, **by)
    assert library(actor=CONTACT, stores=by["stores"]) == shipped_practices()
    assert [each.withdrawn_because for each in practice_list(by["stores"])] == ["plates break"]
    with pytest.raises(PracticeRefused) as refused:
        note_experience(name=published, note="x", actor=CONTACT, **by)
    assert codes(refused) == ["practices.wrong_standing"]


def test_what_a_practice_lacks_is_named_with_its_field_and_language() -> None:
    lacking = TEXT.replace('"ITI 7(5)"', "").replace('done = "A laser marks the plate."', "")
    with pytest.raises(PracticeRefused) as refused:
        read_practice_toml(lacking)
    assert [(each.code, each.facts.get("field"), each.facts.get("language")) for each in refused.value.findings] == [
        ("practices.text_missing", "done", "en"),
        ("practices.no_commitment", "commitments", None),
    ]
    for text, code in (
        ("[", "practices.not_toml"),
        (TEXT.replace("[fr]", "[xx]"), "practices.field_unknown"),
        (TEXT.replace('"marking"', '"painting"'), "practices.word_unknown"),
        (TEXT.replace("2026-01-31", '"soon"'), "practices.field_unfit"),
        (TEXT.replace("ITI 7(5)", "ITI 999"), "practices.commitment_unknown"),
        (TEXT.replace("A laser marks", "A laser " * 600), "practices.text_long"),
    ):
        with pytest.raises(PracticeRefused) as refused:
            read_practice_toml(text)
        assert codes(refused) == [code]


def test_words_are_found_in_any_language_without_accents_and_shown_in_the_readers(
    published: str, by: dict[str, Any]
) -> None:
    entries = library(actor=CONTACT, stores=by["stores"])
    found = {
        (text, reader): [(each.entry.key, each.language) for each in search_practices(entries, text, reader)]
        for text, reader in (
            ("ARMURERIE carcasses polymere", "fr"),
            ("armurerie", "en"),
            ("marker plate", "en"),
            ("聚合物 金属片上标识", "ru"),
            ("لوحه معدنيه نزعها", "ar"),
        )
    }
    assert found == {
        ("ARMURERIE carcasses polymere", "fr"): [(published, "fr")],
        ("armurerie", "en"): [(published, "en"), ("shipped:count-blind", "en")],
        ("marker plate", "en"): [],
        ("聚合物 金属片上标识", "ru"): [("shipped:import-mark-twice", "ru"), ("shipped:plate-in-polymer", "ru")],
        ("لوحه معدنيه نزعها", "ar"): [("shipped:plate-in-polymer", "ar")],
    }
    unread = search_practices(entries, "", "es")
    assert [each.language for each in unread] == ["en", "es", "es", "es", "en", "en", "en", "en"]


def test_a_plan_takes_a_practice_up_and_the_practice_says_so(published: str, by: dict[str, Any]) -> None:
    text = SALW.replace('"XT-ARMY"', '"XT-REG"').replace('"XT-POL"', '"XT-REG"')
    plan = targets.adopt_plan(draft=targets.read_plan_toml(text, "p"), actor=CONTACT, **by)
    known = targets.plan_record(plan=plan, actor=CONTACT, stores=by["stores"])
    entry = own_entry(practice_record(name=published, actor=CONTACT, stores=by["stores"]))
    activity = activity_for_practice(entry, known, language="fr", owner="XT-REG", today=known.frame.first)
    assert (activity.title, activity.practices) == ("Marquer la plaque", (f"{published}@1",))
    after = targets.revise_activity(plan=plan, activity=activity, reason="it works", actor=CONTACT, **by)
    used = uses_of(published, [after])
    assert [(each.plan, each.code, each.number, each.status) for each in used] == [(plan, activity.code, 1, "planned")]
    drafted = draft_practice(content=content(), actor=CONTACT, **by)
    unpublished = own_entry(practice_record(name=drafted, actor=CONTACT, stores=by["stores"]))
    with pytest.raises(PracticeRefused) as refused:
        activity_for_practice(unpublished, known, language="fr", owner="XT-REG", today=known.frame.first)
    assert codes(refused) == ["practices.not_published"]


def test_what_another_state_sent_is_its_own_until_it_is_reviewed_here_and_named_after_it_then(
    published: str, by: dict[str, Any]
) -> None:
    body = shared_practice(practice_record(name=published, actor=CONTACT, stores=by["stores"]))
    entry = read_shared_practice("xu/record", "XU", body)
    assert (entry.key, entry.holding, entry.content.state) == (f"xu/record:{published}", Holding.RECEIVED, "XU")
    taken = take_over_practice(entry=entry, actor=CONTACT, **by)
    known = practice_record(name=taken, actor=CONTACT, stores=by["stores"])
    assert (known.standing, known.content.state, known.content.origin) == ("drafted", "XU", entry.cited)
    with pytest.raises(PracticeRefused) as refused:
        take_over_practice(entry=entry, actor=CONTACT, **by)
    assert codes(refused) == ["practices.taken_over_before"]
    with pytest.raises(PracticeRefused) as refused:
        take_over_practice(entry=shipped_practices()[0], actor=CONTACT, **by)
    assert codes(refused) == ["practices.not_received"]


def test_a_later_version_of_what_was_taken_over_is_the_next_draft_of_the_same_dossier(
    published: str, by: dict[str, Any]
) -> None:
    body = shared_practice(practice_record(name=published, actor=CONTACT, stores=by["stores"]))
    first, second = (read_shared_practice("xu/record", "XU", {**body, "version": number}) for number in (1, 2))
    taken = take_over_practice(entry=first, actor=CONTACT, **by)
    review_practice(name=taken, actor=APPROVER, **by)
    publish_practice(name=taken, actor=CONTACT, **by)
    assert take_over_practice(entry=second, actor=CONTACT, **by) == taken
    known = practice_record(name=taken, actor=CONTACT, stores=by["stores"])
    assert (known.standing, known.next_number, known.content.origin) == ("drafted", 2, second.cited)
    assert known.versions[0].content.origin == first.cited
    for old in (first, second):
        with pytest.raises(PracticeRefused) as refused:
            take_over_practice(entry=old, actor=CONTACT, **by)
        assert codes(refused) == ["practices.taken_over_before"]
    withdraw_practice(name=taken, reason="Not ours.", actor=CONTACT, **by)
    assert take_over_practice(entry=second, actor=CONTACT, **by) != taken


@pytest.mark.parametrize("field", ["practice", "version", "standing", "contents", "experiences"])
def test_a_letter_that_is_no_practice_is_refused(published: str, by: dict[str, Any], field: str) -> None:
    body = shared_practice(practice_record(name=published, actor=CONTACT, stores=by["stores"]))
    for broken in ({each: value for each, value in body.items() if each != field}, {**body, field: True}):
        with pytest.raises(PracticeRefused) as refused:
            read_shared_practice("xu/record", "XU", broken)
        assert codes(refused) == ["practices.letter_unfit"]


def test_what_ships_says_its_sources_and_claims_no_measurement() -> None:
    entries: tuple[LibraryEntry, ...] = shipped_practices()
    assert [(each.content.backing.value, bool(each.content.sources), each.content.state) for each in entries] == [
        ("text", True, "")
    ] * 7
    marking = [each for each in entries if each.content.subject.value == "marking"]
    assert [sorted(each.content.tellings) for each in marking] == [["ar", "en", "es", "fr", "ru", "zh-hans"]] * 3
