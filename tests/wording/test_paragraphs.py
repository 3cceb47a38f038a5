"""What States undertook is said in short in every language; other paragraphs in English."""

import pytest

from tracemark.instruments import paragraph
from tracemark.kernel import cite
from tracemark.review import undertakings
from tracemark.wording import LANGUAGES, paragraph_summary, summaries

OTHERS = [each.code for each in LANGUAGES if each.code != "en"]


@pytest.mark.parametrize("to", OTHERS)
def test_every_undertaking_is_summed_up_in_every_language_and_nothing_else_is(to: str) -> None:
    said = {each.citation: paragraph_summary(each.paragraph, to=to) for each in undertakings()}
    assert {told.language for told in said.values()} == {to}
    assert {told.text for told in said.values()} == set(summaries(to).values())
    assert len(summaries(to)) == len({each.paragraph.summary for each in undertakings()})
    assert all(text.strip() == text and text[-1] in ".。" for text in summaries(to).values())


def test_what_several_paragraphs_ask_is_said_once_and_what_nobody_translated_in_english() -> None:
    last, first = paragraph(cite("ITI 30")), paragraph(cite("ITI 27"))
    assert paragraph_summary(last, to="fr") == paragraph_summary(first, to="fr")
    assert paragraph_summary(first) == (first.summary, "en")
    sdg = paragraph(cite("SDG 16.4"))
    assert paragraph_summary(sdg, to="ar") == (sdg.summary, "en")
