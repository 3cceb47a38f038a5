import pytest

from tracemark import instruments
from tracemark.kernel import Rule
from tracemark.marking import ENCOURAGED, NOT_ASSESSED, REQUIRED, Grade, Marked, grade_of

RULES = REQUIRED + ENCOURAGED + NOT_ASSESSED


def test_each_code_belongs_to_one_rule_and_one_grade() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES)
    assert [grade_of(rule.code) for rule in REQUIRED] == [Grade.REQUIRED] * len(REQUIRED)
    assert [grade_of(rule.code) for rule in NOT_ASSESSED] == [Grade.NOT_ASSESSED] * len(NOT_ASSESSED)


@pytest.mark.parametrize("cited", RULES, ids=lambda cited: cited.code)
def test_each_citation_resolves_in_the_instruments(cited: Rule[Marked]) -> None:
    assert instruments.paragraph(cited.source).citation == cited.source
