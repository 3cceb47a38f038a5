from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from tests.recordkeeping.lives import WEAPON
from tests.rooms import StillClock, clock, officer, stores
from tests.tracing.test_actions import ANALYST, judge, opened
from tracemark.authorities import Role
from tracemark.documents.reports import TraceReport, report_words
from tracemark.recordkeeping import WeaponRecord, weapon_record
from tracemark.storage.memory import MemoryStores
from tracemark.tracing import Outcome, TraceCase, Verdict, answer_trace
from tracemark.weapons import WeaponId

__all__ = ["clock", "stores"]
NAMES = {"XT-ARMY-1": "Army depot Amberly", "XT-POL": "National Police"}


def report_on(case: TraceCase, stores: MemoryStores, found: WeaponId | None = None) -> TraceReport:
    registrar = officer(Role.REGISTRY_OFFICER)

    def read(weapon: WeaponId) -> WeaponRecord:
        return weapon_record(weapon=weapon, actor=registrar, stores=stores)

    identified = read(found) if found else None
    recovered = read(case.request.recovered)
    return TraceReport(case, recovered, identified, "Taravia", "amina", "XT-POL", "2026-05-06T07:08:09Z", "head", NAMES)


@pytest.fixture
def answered(stores: MemoryStores, clock: StillClock) -> TraceReport:
    case = judge(opened(stores, clock, "AA?0?987").case, Verdict.SAME, stores, clock)
    told = answer_trace(
        case=case.id, outcome=Outcome.TRACED, note="see letter 12", actor=ANALYST, stores=stores, clock=clock
    )
    return report_on(told, stores, WEAPON)


def lines(words: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for section in words["sections"]:
        yield from section["lines"]


@pytest.mark.parametrize(
    ("to", "told"),
    [
        ("en", ("Imported into (import mark)", "Chad")),
        ("fr", ("Importée dans (marque d’importation)", "Tchad")),
        ("zh-hans", ("进口至（进口标记）", "乍得")),
    ],
)
def test_a_report_names_the_state_of_the_import_mark_in_its_language(
    to: str, told: tuple[str, str], answered: TraceReport
) -> None:
    assert told not in lines(report_words(answered, to=to))
    asked = replace(answered.case.request, import_country="TD")
    marked = replace(answered, case=replace(answered.case, request=asked))
    assert told in lines(report_words(marked, to=to))


def test_a_report_says_whose_it_is_and_what_came_of_it(answered: TraceReport) -> None:
    words = report_words(answered)
    told = dict(lines(words))
    assert words["state"] == "Taravia"
    assert {name: told[name] for name in ("Drawn by", "Asked by", "Opened", "Answered", "The officer’s note")} == {
        "Drawn by": "National Police (XT-POL); amina",
        "Asked by": "National Police (XT-POL)",
        "Opened": "6 May 2026, 07:08 UTC, by tracing_analyst",
        "Answered": "6 May 2026, 07:08 UTC, by tracing_analyst",
        "The officer’s note": "see letter 12",
    }
    assert "Last lawful holder: Army depot Amberly (XT-ARMY-1) (“Imported”, 4 May 2001)." in [
        text for _, text in lines(words)
    ]
    assert words["signature"] == ["Name and office", "Place and date", "Signature"]


def test_sdg_16_4_2_time_to_recovery_is_told_in_years_and_months(answered: TraceReport) -> None:
    assert "Recovered on 3 Feb 2012 (“Seized”), 10 years 8 months after that lawful event." in [
        text for _, text in lines(report_words(answered))
    ]


def test_a_recovery_is_neither_lawful_nor_not_and_a_thief_holds_nothing(answered: TraceReport) -> None:
    words: Any = report_words(answered)
    assert [(row[1], row[2], row[4]) for row in words["timeline"]] == [
        ("Imported", "Army depot Amberly (XT-ARMY-1)", "yes"),
        ("Stolen", "–", "no"),
        ("Seized", "National Police (XT-POL)", "recovery"),
    ]


def test_a_chance_is_told_as_on_the_page(answered: TraceReport) -> None:
    assert "chance shown 98.0%" in dict(lines(report_words(answered)))[f"W-{WEAPON}"]


def test_each_mark_and_each_paragraph_keeps_its_direction_in_arabic(answered: TraceReport) -> None:
    told = [text for _, text in lines(report_words(answered, to="ar"))]
    assert "\u2068AA?0?987\u2069" in told
    assert any(text.endswith("(\u2068ITI 17(a)\u2069)") for text in told)


def test_a_case_that_nobody_answered_says_so(stores: MemoryStores, clock: StillClock) -> None:
    words = report_words(report_on(opened(stores, clock).case, stores))
    assert dict(lines(words))["Outcome"] == "Not answered yet"
