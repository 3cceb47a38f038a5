"""What is taken to a meeting: every number with what it is of, and what nobody told said to be so."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.review.states import number, report, target
from tracemark.kernel import canonical_bytes
from tracemark.reporting import Answer
from tracemark.review import (
    Absent,
    Aid,
    Cells,
    Known,
    MeetingDossier,
    Number,
    Sources,
    drawn_up,
    shipped_calendar,
)

TODAY = date(2026, 5, 1)


def dossier(sources: Sources, subject: str = "XT") -> MeetingDossier:
    calendar = shipped_calendar()
    meeting = calendar.meeting("BMS9")
    return drawn_up(meeting, calendar.before(meeting), subject, sources, TODAY)


def rows(found: MeetingDossier, code: str) -> list[Any]:
    return [dict(row) for each in found.sections if each.code == code for row in each.rows]


def test_each_number_bears_its_figure_definition_and_head_and_the_one_before() -> None:
    now, then = number("losses.stolen", 7), number("losses.stolen", 9)
    found = dossier(Sources((Known("XT"),), {"losses.stolen": then}, {"losses.stolen": now}, head="7.ab"))
    told = {row["name"]: row for row in rows(found, "progress")}
    assert told["losses.stolen"] == {
        "name": "losses.stolen",
        "value": 7,
        "unit": "weapons",
        "head": "7.ab",
        "definition": "d" * 64,
        "before": 9,
        "before_absent": "",
    }
    assert told["losses.lost"] == {
        "name": "losses.lost",
        "value": None,
        "absent": "not_recorded",
        "before": None,
        "before_absent": "not_recorded",
    }
    assert (found.period.first.year, found.period.last.year, found.since, found.head) == (2024, 2025, "REVCON4", "7.ab")


def test_gaps_are_those_of_the_last_report_without_what_is_withheld() -> None:
    told = report("NR-2", "2022", "2023", trf__offence="no", mfr__offence=Answer("mfr.offence", "no", withheld=True))
    gaps = {row["question"]: row["answer"] for row in rows(dossier(Sources((Known("XT", told),))), "gaps")}
    assert (gaps["trf.offence"], "mfr.offence" in gaps) == ("no", False)
    assert rows(dossier(Sources((Known("XT"),))), "gaps") == [{"what": "no_report"}]


def test_signals_stand_in_aggregate_with_what_is_withheld() -> None:
    cells = Cells(
        "signals.raised",
        "stage",
        {"storage": number("signals.raised", 12), "use": Number("signals.raised", None, "signals", Absent.WITHHELD)},
    )
    sources = Sources((Known("XT"),), numbers={"signals.raised": number("signals.raised", 14)}, cells=[cells])
    told = [(row["cell"], row["value"], row.get("absent", "")) for row in rows(dossier(sources), "signals")]
    assert told == [("", 14, ""), ("storage", 12, ""), ("use", None, "withheld")]


def test_assistance_that_is_not_kept_is_said_and_what_is_kept_is_told_both_ways() -> None:
    without = dossier(Sources((Known("XT"),)))
    notes = {each.code: each.notes for each in without.sections}
    assert notes["assistance"] == ("review.note_no_assistance",)
    assert rows(without, "assistance") == [{"name": "cohorts", "value": None, "absent": "not_kept_here"}]
    aid = (
        Aid("AG-2026-000001", "XE", "XT", ("marking",), Decimal("1200.50"), "EUR", "granted"),
        Aid("AG-2026-000002", "XT", "XE", (), None, "", "granted"),
    )
    told = dossier(Sources((Known("XT"),), aid=aid, cohorts=Number("cohorts", 2), practices=Number("practices", 5)))
    assert [(row["way"], row["amount"]) for row in rows(told, "assistance") if "way" in row] == [
        ("received", "1200.5"),
        ("given", None),
    ]
    assert [row["value"] for row in rows(told, "technology") if row["name"] == "practices"] == [5]


def test_several_states_are_counted_by_how_they_stand() -> None:
    states = (
        Known("XT", report("NR-1", "2022", "2023", trf__offence="yes", mfr__offence="yes")),
        Known("XE", report("NR-1", "2022", "2023", trf__offence="no")),
        Known("XF"),
    )
    told = {row["paragraph"]: row["standings"] for row in rows(dossier(Sources(states), "XR"), "undertakings")}
    assert told["PoA II.3"] == {"carried_out": 1, "not_yet": 1, "not_known": 1}
    assert [row["whose"] for row in rows(dossier(Sources(states), "XR"), "gaps") if "what" in row] == ["XF"]


@given(st.integers(0, 10**12), st.text(max_size=20))
def test_a_dossier_is_kept_and_read_as_it_was(value: int, title: str) -> None:
    known = Known("XT", targets=(target("PoA II.17"),), numbers={"losses.stolen": number("losses.stolen", value)})
    sources = Sources((known,), numbers={"losses.stolen": number("losses.stolen", value)}, head=f"1.{title}")
    found = dossier(sources)
    again = MeetingDossier.of_plain(json.loads(canonical_bytes(found.plain())))
    assert (again.plain(), again.fingerprint) == (found.plain(), found.fingerprint)
