import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tracing.matching.oracle import Bearer
from tests.tracing.matching.registers import Index
from tracemark.tracing import (
    LINK_COLUMNS,
    LinkTerms,
    ListRow,
    Query,
    find_candidates,
    link_rows,
    load_weights,
    parse_reading,
    read_mark_text,
)

WEIGHTS = load_weights()
NOTHING = (-1,) * 7
SERIALS = ("A1234", "A1235", "B77810", "C0001", "A1234", "77120Q")
MAKERS = (1, 1, 2, 3, 1, 2)
REGISTER = Index(
    [
        Bearer(number, serial, {"maker": maker})
        for number, (serial, maker) in enumerate(zip(SERIALS, MAKERS, strict=True), 1)
    ]
)
READINGS = ("A12?4", "B77810", "??", "illegible", "AB12 foobarbaz", "Z9Z9Z9", "*120Q")


def row(number: int, text: str, **more: object) -> ListRow:
    return ListRow(number, f"own-{number}", text, NOTHING, **more)  # type: ignore[arg-type]


def linked(*rows: ListRow, **terms: object) -> dict[str, list[object]]:
    return link_rows(rows, REGISTER, WEIGHTS, LinkTerms(**terms))  # type: ignore[arg-type, return-value]


def test_an_answer_says_what_a_single_search_says() -> None:
    found = linked(row(2, "A12?4"), least=0.0)
    alone = find_candidates(Query((parse_reading("A12?4"),)), REGISTER, WEIGHTS)
    assert found["weapon"] == [each.weapon for each in alone.candidates]
    assert found["posterior"] == [each.posterior for each in alone.candidates]
    assert set(found["not_here"]) == {alone.not_here}
    assert found["bits_serial"] == [each.reasons[0].bits for each in alone.candidates]
    assert (found["mark"][0], found["weights"][0], found["id"][0]) == ("A1234", WEIGHTS.version, "own-2")
    assert tuple(found) == tuple(LINK_COLUMNS)


@given(st.lists(st.sampled_from(READINGS), max_size=8), st.integers(0, 8))
def test_no_row_is_dropped_and_batches_may_be_cut_anywhere(texts: list[str], cut: int) -> None:
    rows = [row(number, text) for number, text in enumerate(texts, 2)]
    whole, first, second = linked(*rows), linked(*rows[:cut]), linked(*rows[cut:])
    assert list(dict.fromkeys(whole["row"])) == [each.number for each in rows]
    assert whole == {name: first[name] + second[name] for name in LINK_COLUMNS}


@given(st.text("0123456789ABDENORSTXZ?", min_size=1, max_size=12))
def test_a_plain_number_is_read_as_any_text_is(text: str) -> None:
    """Such numbers are most of a list, and are read in a shorter way."""
    examined, found = read_mark_text(text), linked(row(2, text), least=0.0)
    if examined.questions:
        assert found["reason"] == [examined.questions[0].code]
        return
    alone = find_candidates(Query(examined.readings), REGISTER, WEIGHTS)
    assert set(found["not_here"]) == {alone.not_here}
    assert [each for each in found["weapon"] if each is not None] == [each.weapon for each in alone.candidates]


def test_what_cannot_be_searched_for_says_why() -> None:
    found = linked(row(2, "AB12 foobarbaz"), row(3, "illegible"), row(4, "", reason="tracing.list_reading_blank"))
    assert found["reason"] == ["tracing.question_word", "tracing.list_nothing_legible", "tracing.list_reading_blank"]
    assert (found["rank"], found["weapon"]) == ([None] * 3, [None] * 3)


def test_no_more_is_listed_than_asked_for() -> None:
    assert linked(row(2, "A12?4"), limit=1)["rank"] == [1]
    found = linked(row(2, "A12?4"), least=1.0)
    assert (found["rank"], found["reason"], found["complete"]) == ([None], [None], [True])


def test_a_weapon_held_against_its_own_register_never_finds_itself() -> None:
    found = linked(row(1, "A1234", recorded=True, left_out=1), least=0.0)
    assert (found["weapon"][0], 1 in found["weapon"]) == (5, False)
    total = sum(found["posterior"]) + found["not_here"][0] + found["elsewhere"][0]  # type: ignore[arg-type, operator]
    assert total == pytest.approx(1.0)


def test_a_weapon_without_a_twin_is_said_to_have_none() -> None:
    found = linked(row(3, "B77810", recorded=True, left_out=3), absent=0.99)
    assert (found["rank"], found["not_here"][0] > 0.99) == ([None], True)  # type: ignore[operator]
