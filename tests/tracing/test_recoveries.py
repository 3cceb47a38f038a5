from tracemark import instruments
from tracemark.kernel import PartialDate, canonical_bytes, cite
from tracemark.recordkeeping import Breach, EventKind, TakenFrom, event_kinds
from tracemark.tracing import GROUND_PARAGRAPHS, Ground, PersonInvolved, Recovery, Sex


def test_iti_6_every_ground_is_a_paragraph_of_its_own() -> None:
    assert set(GROUND_PARAGRAPHS) == set(Ground)
    assert {instruments.paragraph(cite(text)).citation for text in GROUND_PARAGRAPHS.values()} == {
        cite(f"ITI 6({item})") for item in "abcde"
    }


def test_bms7_meas_3_people_are_recorded_by_sex_and_age_band_only() -> None:
    recovery = Recovery(
        EventKind.SEIZED,
        PartialDate(2026, 3),
        "Border",
        "XT-POL",
        grounds=frozenset({Ground.UNMARKED, Ground.EMBARGO}),
        persons=(PersonInvolved("possessor", Sex.FEMALE, "25-34"),),
    )
    details = recovery.details()
    assert details["grounds"] == ["embargo", "unmarked"]
    assert details["persons"] == [{"role": "possessor", "sex": "female", "age_band": "25-34"}]
    assert set(details) <= event_kinds()[EventKind.SEIZED].requires | event_kinds()[EventKind.SEIZED].may
    assert canonical_bytes(details)


def test_sdg_16_4_2_a_seizure_says_for_what_and_from_whom() -> None:
    told = Recovery(
        EventKind.SEIZED, PartialDate(2026), "Port", "XT-POL", breach=Breach.CRIMINAL, taken_from=TakenFrom.OTHER
    ).details()
    assert told == {"place": "Port", "custodian": "XT-POL", "breach": "criminal", "taken_from": "other"}
    assert told.keys() <= event_kinds()[EventKind.SEIZED].requires | event_kinds()[EventKind.SEIZED].may
