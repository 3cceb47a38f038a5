from dataclasses import replace
from datetime import date

import pytest

from tracemark.kernel import findings
from tracemark.tracing import ANSWER_RULES, Datum, Known, Result, StateAnswer, ToAnswer, Withholding

MADE, HELD = Datum(Known.MANUFACTURED_IN, "XB"), Datum(Known.LAST_LAWFUL_STATE, "XB")
FULL = ToAnswer(StateAnswer(Result.FULL, (MADE, HELD)), (MADE, HELD), found=True, today=date(2026, 5, 6))
SOME = replace(FULL, answer=StateAnswer(Result.RESTRICTED, (MADE,), (Withholding.LAW,), "Section 3."))
LATER = StateAnswer(Result.DELAYED, grounds=(Withholding.INVESTIGATION,), reasons="A trial.", expected_on="2026-07-01")
NONE = ToAnswer(StateAnswer(Result.NOT_FOUND, reasons="Not made here."), (), found=False, today=date(2026, 5, 6))


def codes(given: ToAnswer) -> list[str]:
    return [each.code for each in findings(ANSWER_RULES, given)]


@pytest.mark.parametrize("given", [FULL, SOME, replace(FULL, answer=LATER), NONE])
def test_an_answer_that_holds_to_the_rules_passes(given: ToAnswer) -> None:
    assert codes(given) == []


def test_iti_22_what_is_withheld_is_withheld_on_one_of_four_grounds() -> None:
    assert codes(replace(SOME, answer=replace(SOME.answer, grounds=()))) == ["tracing.answer_groundless"]


def test_iti_23_what_is_withheld_or_not_found_says_why() -> None:
    assert codes(replace(SOME, answer=replace(SOME.answer, reasons=" "))) == ["tracing.reasons_missing"]
    assert codes(replace(NONE, answer=StateAnswer(Result.NOT_FOUND))) == ["tracing.reasons_missing"]


def test_iti_20_a_machine_score_never_answers_by_itself() -> None:
    assert codes(replace(FULL, found=False)) == ["tracing.answer_unjudged"]


def test_iti_20_what_was_found_is_not_denied() -> None:
    assert codes(replace(NONE, found=True)) == ["tracing.found_yet_denied"]


def test_iti_20_a_full_answer_leaves_nothing_out() -> None:
    assert codes(replace(FULL, answer=StateAnswer(Result.FULL, (MADE,)))) == ["tracing.full_withholds"]


def test_iti_20_nothing_is_told_that_the_record_does_not_know() -> None:
    invented = replace(SOME.answer, data=(Datum(Known.EXPORTED_TO, "XC"),))
    assert codes(replace(SOME, answer=invented)) == ["tracing.told_beyond"]
    assert codes(replace(FULL, answer=replace(LATER, data=(MADE,)))) == ["tracing.told_beyond"]


def test_iti_18_a_delayed_answer_says_until_when() -> None:
    assert codes(replace(FULL, answer=replace(LATER, expected_on="2026-05-06"))) == ["tracing.expected_missing"]


@pytest.mark.parametrize("answer", [FULL.answer, SOME.answer, LATER, NONE.answer])
def test_an_answer_is_read_as_it_was_written(answer: StateAnswer) -> None:
    assert StateAnswer.of_plain(answer.plain()) == answer
