import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracemark.marking import Script, fold_serial
from tracemark.tracing.matching import Certainty, Place, UnreadableReading, parse_reading

ANY = Place()
GAP = Place(gap=True)


def read_or_refused(text: str) -> str:
    """Return the original that the reading keeps, or that it was refused at a place of the text."""
    try:
        return parse_reading(text).raw
    except UnreadableReading as refused:
        return "refused" if text[refused.position : refused.position + 1] or refused.position == 40 else "no place"


def exactly(text: str) -> tuple[Place, ...]:
    return tuple(Place(each) for each in text)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("AB12", exactly("AB12")),
        ("ab-12", exactly("AB12")),
        ("M R 7 7 0 4", exactly("MR7704")),
        ("?4?K88", (ANY, Place("4"), ANY, *exactly("K88"))),
        ("？4", (ANY, Place("4"))),
        ("Q*5521", (Place("Q"), GAP, *exactly("5521"))),
        ("**12", (GAP, *exactly("12"))),
        ("A* *", (Place("A"), GAP)),
        ("12…", (*exactly("12"), GAP)),
        ("A[0O]7", (Place("A"), Place("0O"), Place("7"))),
        ("[ O, 0 ]", (Place("0O"),)),
        ("[о0]", (Place("0O"),)),
        ("[8?]", (ANY,)),
        ("АВ٣٤", exactly("AB34")),
        ("北", exactly("U5317")),
        ("?NONE", (ANY, *exactly("NONE"))),
    ],
)
def test_a_reading_becomes_places(text: str, places: tuple[Place, ...]) -> None:
    assert parse_reading(text).places == places


@pytest.mark.parametrize("text", ["", "  ", "none", "Illegible", "no serial", "-", "none (?)"])
def test_no_serial_has_no_places(text: str) -> None:
    assert parse_reading(text).places == ()


@pytest.mark.parametrize(
    ("text", "code", "position"),
    [
        ("A[0O", "tracing.reading_bracket_not_closed", 1),
        ("A0]7", "tracing.reading_bracket_not_opened", 2),
        ("A[]7", "tracing.reading_bracket_empty", 1),
        ("A[0[1]]", "tracing.reading_bracket_holds_sign", 3),
        ("A[0*]", "tracing.reading_bracket_holds_sign", 3),
        ("A[0北]", "tracing.reading_alternative_not_one_place", 3),
        ("7" * 41, "tracing.reading_too_long", 40),
    ],
)
def test_what_is_no_reading_is_refused_with_its_place(text: str, code: str, position: int) -> None:
    with pytest.raises(UnreadableReading) as refused:
        parse_reading(text)
    assert (refused.value.code, refused.value.position, refused.value.text) == (code, position, text)


def test_doubt_is_marked_at_the_end() -> None:
    assert parse_reading("AB1? (?)").certainty is Certainty.DOUBTFUL
    assert parse_reading("AB1? (?)").places == (*exactly("AB1"), ANY)
    assert parse_reading("AB1?").certainty is Certainty.SURE


def test_script_and_original_are_kept() -> None:
    reading = parse_reading(" КЖ ?12 ")
    assert (reading.raw, reading.script) == (" КЖ ?12 ", Script.CYRILLIC)


def test_legible_and_marked() -> None:
    assert parse_reading("A?[0O]*7").legible == 3
    assert parse_reading("A?7").marked
    assert not parse_reading("A17").marked


@given(st.text(max_size=12))
def test_every_text_is_read_or_refused_with_its_place(text: str) -> None:
    assert read_or_refused(text) in (text, "refused")


@given(st.text(alphabet="ABКЖΣب٣0123456789-./ ", min_size=1, max_size=20))
def test_no_legible_character_is_lost(text: str) -> None:
    assert "".join(place.allowed for place in parse_reading(text).places) == fold_serial(text)
