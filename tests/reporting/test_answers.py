"""What is typed is read as it is meant, and what does not fit is said to be so."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracemark.kernel import Plain
from tracemark.reporting import ALL, Answer, Period, questions, typed_value
from tracemark.reporting.answers import value_findings

PERIOD, TODAY = Period.parse("2024", "2025"), date(2026, 5, 6)


def codes(question: str, value: Plain, note: str = "", reason: str = "") -> list[str]:
    answer = Answer(question, value, note=note, reason=reason)
    return [each.code for each in value_findings(questions()[question], answer, PERIOD, TODAY)]


@pytest.mark.parametrize(
    ("question", "text", "value"),
    [
        ("nca.exists", " yes ", "yes"),
        ("nca.composition", "women=3 men=4", {"all": 7, "women": 3, "men": 4}),
        ("nca.composition", "12", {"all": 12}),
        ("nca.composition", "twelve", "twelve"),
        ("nca.women", "41.5 %", {"all": "41.50"}),
        ("sdg.share", "2024=40, 2025=55.5 all=48", {"all": "48.00", "2024": "40.00", "2025": "55.50"}),
        ("nca.women", "some", "some"),
        ("col.seized", "2024=1, 2025=2", {"all": 3, "2024": 1, "2025": 2}),
        ("mfr.mark_info", "serial, year", ["serial", "year"]),
        ("ast.received", '[{"nature": "training"}]', [{"nature": "training"}]),
        ("ast.received", "training", "training"),
        ("inf.completed", "2026-02-30", "2026-02-30"),
    ],
)
def test_what_is_typed_is_read(question: str, text: str, value: Plain) -> None:
    assert typed_value(questions()[question], text) == value


@pytest.mark.parametrize(
    ("question", "value", "code"),
    [
        ("nca.exists", "perhaps", "reporting.not_yes_or_no"),
        ("nca.exists", None, "reporting.answer_reason_missing"),
        ("nca.composition", {"all": 7}, "reporting.sex_missing"),
        ("nca.composition", {"all": 7, "women": 3, "men": 3}, "reporting.parts_do_not_add_up"),
        ("nca.composition", {"all": 7, "2024": 7}, "reporting.no_such_part"),
        ("nca.composition", {"all": -1}, "reporting.not_a_number"),
        ("nca.composition", {"all": True}, "reporting.not_a_number"),
        ("nca.composition", "seven", "reporting.not_a_number"),
        ("nca.women", {}, "reporting.not_a_share"),
        ("nca.women", {"all": "100.01"}, "reporting.not_a_share"),
        ("nca.women", {"all": 41}, "reporting.not_a_share"),
        ("nca.women", "some", "reporting.not_a_share"),
        ("nca.women", {"2024": "41.00"}, "reporting.no_such_part"),
        ("gen.holders", [{"age_band": "35-49", "number": 1}], "reporting.persons_untold"),
        ("gen.holders", [{"sex": "male", "age_band": "", "number": 1}], "reporting.persons_untold"),
        ("nca.details", " ", "reporting.text_missing"),
        ("mfr.mark_info", [], "reporting.option_unknown"),
        ("mfr.mark_info", ["colour"], "reporting.option_unknown"),
        ("mfr.mark_info", ["other"], "reporting.other_unexplained"),
        ("ast.received", "training", "reporting.not_rows"),
        ("ast.received", [{"colour": "red"}], "reporting.column_unknown"),
        ("stk.diversion", [{"number": "many"}], "reporting.not_a_number"),
        ("stk.diversion", [{"date": "2025-13-01"}], "reporting.no_such_day"),
        ("inf.completed", "2026-02-30", "reporting.no_such_day"),
        ("inf.completed", "2026-05-08", "reporting.day_out_of_reach"),
        ("inf.completed", "1899-12-31", "reporting.day_out_of_reach"),
        ("inf.files", ["abc"], "reporting.no_fingerprint"),
    ],
)
def test_what_does_not_fit_is_said_to_be_so(question: str, value: Plain, code: str) -> None:
    assert codes(question, value) == [code]


def test_a_note_or_a_reason_serves_where_one_is_asked_for() -> None:
    assert codes("nca.composition", {"all": 7}, note="the law counts no sexes") == []
    assert codes("gen.holders", [{"number": 1}], note="the law asks for no more") == []
    assert codes("gen.holders", [{"number": 0}]) == []
    assert codes("nca.exists", None, reason="not decided") == []
    assert codes("mfr.mark_info", ["other"], note="colour") == []
    assert codes("tgt.set", [{"date": "2030-12-31", "value": "all"}]) == []


@given(st.integers(0, 2**40), st.integers(0, 2**40), st.integers(0, 2**40))
def test_parts_fit_if_and_only_if_they_add_up(women: int, men: int, whole: int) -> None:
    told = {ALL: whole, "women": women, "men": men}
    assert (codes("nca.composition", told) == []) == (women + men == whole)
