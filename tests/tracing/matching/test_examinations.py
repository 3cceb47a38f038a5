"""What examiners really write, in seven languages, and what is understood of it."""

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tracemark.marking import Script, fold_serial
from tracemark.tracing.matching import Certainty, Examined, Means, Place, UnreadableReading, read_mark_text
from tracemark.tracing.matching.vocabulary import entries

WORDS = sorted({word for entry in entries() for words in entry.words.values() for word in words})
PIECES = st.one_of(
    st.sampled_from(WORDS),
    st.text(alphabet="ABКЖΣب٣0123456789xX-./ ", max_size=8),
    st.sampled_from(["?", "*", "**", "[0O]", "(8?)", "(?)", "[", "]", "(", ")", '"', "«", ";", ", ", "\n", "=", "x = ", ":"]),
    st.text(max_size=3),
)
WRITTEN = st.lists(PIECES, max_size=9).flatmap(lambda parts: st.sampled_from([" ".join(parts), "".join(parts)]))
ANYTHING = st.one_of(st.text(max_size=60), WRITTEN)


def covered(examined: Examined) -> set[int]:
    """Return the characters that stand in a place of a reading, or in a remark."""
    spans = [place.span for reading in examined.readings for place in reading.places]
    spans += [(remark.start, remark.end) for remark in examined.remarks]
    return {at for start, end in spans for at in range(start, end)}


def meaning(examined: Examined) -> list[tuple[object, ...]]:
    return [(each.places, each.certainty, each.part, each.means) for each in examined.readings]


@given(ANYTHING)
@settings(max_examples=6000)
def test_no_text_breaks_it_and_no_character_of_it_is_lost(text: str) -> None:
    examined = read_mark_text(text)
    lost = {at for at, each in enumerate(text) if each.isalnum()} - covered(examined)
    assert (lost, examined.text, {each.raw for each in examined.readings}) == (set(), text, {text})


@given(ANYTHING)
@settings(max_examples=6000)
def test_what_was_understood_is_understood_again_without_a_question(text: str) -> None:
    examined = read_mark_text(text)
    again = read_mark_text(examined.canonical)
    assert (meaning(again), again.questions, again.canonical) == (meaning(examined), (), examined.canonical)
