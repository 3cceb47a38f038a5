"""What keeps a contribution from being received is said field by field; what is kept holds no tricks."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tracemark.participation import MOST_TEXT, ContributionDraft, ContributionSort, Voice, Words
from tracemark.participation.drafts import draft_findings

COMMENT = ContributionDraft(ContributionSort.COMMENT, Voice.OTHER, "Well done.", agreed=True)
SHADOW = ContributionDraft(
    ContributionSort.SHADOW, Voice.INDUSTRY, question="q", year="2024", value="3", source="s", method="m", agreed=True
)


def codes(draft: ContributionDraft) -> list[str]:
    return [each.code.removeprefix("participation.") for each in draft_findings(draft, 2026)]


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        (COMMENT, []),
        (SHADOW, []),
        (replace(COMMENT, agreed=False, text=" "), ["not_agreed", "text_missing"]),
        (replace(COMMENT, text="x" * (MOST_TEXT + 1)), ["text_long"]),
        (replace(COMMENT, text="a <b>bold</b> word"), ["markup"]),
        (replace(COMMENT, text="1 < 2, and 3 > 2"), []),
        (replace(COMMENT, named=True), ["name_missing"]),
        (replace(SHADOW, source="", method="<script>"), ["source_missing", "markup"]),
        (replace(SHADOW, value="-1", year="1899"), ["not_a_number", "no_such_year"]),
        (replace(SHADOW, value="NaN", year="2027"), ["not_a_number", "no_such_year"]),
        (replace(SHADOW, value="many", year="²024"), ["not_a_number", "no_such_year"]),
    ],
)
def test_what_is_wrong_is_said(draft: ContributionDraft, expected: list[str]) -> None:
    assert codes(draft) == expected


@given(name=some.text(max_size=20), contact=some.text(max_size=20), named=some.booleans())
def test_no_name_is_kept_unless_it_is_asked_for(name: str, contact: str, named: bool) -> None:
    words = replace(COMMENT, named=named, name=name, contact=contact).words()
    assert named or (words.name, words.contact) == ("", "")
    assert Words.of(words.plain()) == words


def test_what_turns_text_around_is_left_out() -> None:
    assert replace(COMMENT, text="\u202eabc\x00\n def ").words().text == "abc\n def"
