import re

import pytest

from tracemark.diversion import RESERVED, RuleUnreadable, Signal, Stage, Strength, patterns, read_pattern
from tracemark.instruments import paragraph
from tracemark.weapons import WeaponId

HEAD = """-- code: own
-- title: Own
-- stage: storage
-- strength: weak
-- paragraph: PoA II.17
-- pattern: S1
-- evidence: issue
--  log
-- innocent: None.
SELECT 1;
"""


def test_a_rule_is_its_head_and_one_query() -> None:
    read = read_pattern(HEAD)
    assert (read.code, read.evidence, read.stage, read.sql) == ("own", "issue log", Stage.STORAGE, "SELECT 1")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("-- innocent: None.\n", "innocent"),
        ("-- strength: weak\n", "strength"),
    ],
)
def test_a_head_that_lacks_something_is_refused(line: str, said: str) -> None:
    with pytest.raises(RuleUnreadable) as refused:
        read_pattern(HEAD.replace(line, ""))
    assert (refused.value.code, refused.value.facts) == ("trouble.rule_head_lacks", {"fields": [said]})


def test_a_head_that_says_what_nobody_knows_is_refused() -> None:
    with pytest.raises(RuleUnreadable) as refused:
        read_pattern(HEAD.replace("storage", "shelf"))
    assert refused.value.code == "trouble.rule_head_word"
    assert refused.value.facts == {"field": "stage", "value": "shelf", "known": list(Stage)}


def test_a_paragraph_that_is_none_is_refused() -> None:
    with pytest.raises(RuleUnreadable) as refused:
        read_pattern(HEAD.replace("PoA II.17", "somewhere"))
    assert (refused.value.code, refused.value.facts) == ("trouble.rule_head_paragraph", {"value": "somewhere"})


def test_every_rule_stands_in_the_file_of_its_name_and_cites_a_paragraph_that_is_there() -> None:
    assert len(patterns()) >= 25
    assert {each.stage for each in patterns().values()} == set(Stage)
    for code, each in patterns().items():
        assert each.code == code
        assert paragraph(each.paragraph).citation == each.paragraph
        answered = RESERVED if not each.statistic else {"weapon", "position", "happened"}
        assert all(re.search(rf"\b{name}\b", each.sql) for name in answered)


def test_the_same_evidence_is_the_same_signal() -> None:
    one = Signal("own", Stage.STORAGE, Strength.WEAK, (WeaponId(1), WeaponId(2)), (7, 9), "2020", facts={"days": 1})
    again = Signal("own", Stage.STORAGE, Strength.WEAK, (WeaponId(1), WeaponId(2)), (7, 9), "2021", facts={"days": 2})
    other = Signal("own", Stage.STORAGE, Strength.WEAK, (WeaponId(1), WeaponId(2)), (7, 10))
    assert one.identity == again.identity
    assert one.identity != other.identity
