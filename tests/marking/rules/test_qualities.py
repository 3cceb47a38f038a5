from dataclasses import replace

import pytest

from tests.marking.examples import FULL, GOOD, ON_BARREL, codes, weapon
from tracemark.kernel import cite
from tracemark.marking import QUALITIES, Grade, Mark, MarkKind, check_marked, grade_of


@pytest.mark.parametrize(("number", "quality"), list(enumerate(QUALITIES, 1)))
def test_iti_7_each_quality(number: int, quality: str) -> None:
    found = check_marked(weapon(replace(FULL, qualities=GOOD | {quality: False}), ON_BARREL))
    assert [(each.code, each.source) for each in found] == [(f"marking.not_{quality}", cite(f"ITI 7({number})"))]
    assert found[0].facts == {"marks": [0], "kinds": ["manufacture"], "texts": [FULL.text]}


def test_iti_7_all_six_qualities_present() -> None:
    assert check_marked(weapon(FULL, ON_BARREL)) == []


def test_iti_7_what_nobody_assessed_is_a_lighter_finding() -> None:
    some = {name: True for name in QUALITIES if name not in {"durable", "recoverable"}}
    (finding,) = check_marked(weapon(replace(FULL, qualities=some), ON_BARREL))
    assert (finding.code, finding.source) == ("marking.qualities_not_assessed", cite("ITI 7"))
    assert finding.facts["qualities"] == ["durable", "recoverable"]
    assert grade_of(finding.code) is Grade.NOT_ASSESSED


def test_iti_7_6_recoverable_is_asked_as_far_as_technically_possible() -> None:
    assert grade_of("marking.not_recoverable") is Grade.ENCOURAGED
    assert grade_of("marking.not_durable") is Grade.REQUIRED


def test_iti_7_is_not_asked_of_marks_nobody_requires() -> None:
    painted = Mark(MarkKind.UNIT, "12", qualities=dict.fromkeys(QUALITIES, False))
    assert codes(check_marked(weapon(FULL, ON_BARREL, painted))) == []
