"""What the instruments ask of the marks on a weapon, one rule a shortfall, each with its paragraph.

A rule is required, encouraged, or says that nobody has looked yet. Source: ITI 7-10, FP 8, FP 9(c), MOSAIC 05.30.
"""

from collections.abc import Mapping
from enum import StrEnum

from tracemark.kernel import Finding, Rule, findings
from tracemark.marking.circumstances import Marked
from tracemark.marking.rules import imports, manufacture, placement, polymer, qualities, stocks


class Grade(StrEnum):
    """How much a finding weighs: a breach, a piece of advice, or something nobody has looked at yet."""

    REQUIRED = "required"
    ENCOURAGED = "encouraged"
    NOT_ASSESSED = "not_assessed"


_ROOM = (qualities, manufacture, imports, stocks, placement, polymer)

REQUIRED: tuple[Rule[Marked], ...] = tuple(rule for subject in _ROOM for rule in subject.REQUIRED)
ENCOURAGED: tuple[Rule[Marked], ...] = tuple(rule for subject in _ROOM for rule in subject.ENCOURAGED)
NOT_ASSESSED: tuple[Rule[Marked], ...] = tuple(rule for subject in _ROOM for rule in subject.NOT_ASSESSED)

_GRADES: Mapping[str, Grade] = {
    rule.code: grade
    for grade, rules in (
        (Grade.REQUIRED, REQUIRED),
        (Grade.ENCOURAGED, ENCOURAGED),
        (Grade.NOT_ASSESSED, NOT_ASSESSED),
    )
    for rule in rules
}


def grade_of(code: str) -> Grade:
    """Return the grade of a rule of the instruments; what a national profile finds is graded by `Profile.grade_of`.

    Raises:
        KeyError: no rule of the instruments has this code.
    """
    return _GRADES[code]


def check_marked(marked: Marked) -> list[Finding]:
    """Return all that falls short: first what is required, then what is encouraged, then what nobody has looked at."""
    return findings(REQUIRED + ENCOURAGED + NOT_ASSESSED, marked)
