import pytest

from tracemark.tracing.matching import Place, place_text


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (Place("8"), "8"),
        (Place("0O"), "[0O]"),
        (Place(), "?"),
        (Place(gap=True), "*"),
        (Place("8", doubtful=True), "(8?)"),
        (Place("0O", doubtful=True), "([0O]?)"),
    ],
)
def test_a_place_is_written_in_the_notation(place: Place, text: str) -> None:
    assert place_text(place) == text
