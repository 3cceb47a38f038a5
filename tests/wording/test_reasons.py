import pytest

from tracemark.wording import UnknownSentence, reason_text

WORN = {"serial": "AB12345", "legible": 7, "agree": 5, "look_alike": 1, "lost_tail": 2}


@pytest.mark.parametrize(
    ("code", "facts", "said"),
    [
        ("tracing.serial_agrees", {"legible": 7, "agree": 6}, "serial agrees in 6 of 7 legible places"),
        ("tracing.serial_agrees", {"legible": 1, "agree": 1}, "serial agrees in 1 of 1 legible place"),
        (
            "tracing.serial_agrees",
            WORN,
            "serial agrees in 5 of 7 legible places, 1 place looks alike, 2 places lost at the end",
        ),
        ("tracing.model_differs", {}, "model differs"),
        ("tracing.year_near", {"stated": 1998, "recorded": 1999}, "year is near (1998, on record 1999)"),
        ("tracing.neighbours_in_register", {"others": 1}, "1 weapon with a neighbouring number is in this register"),
        ("tracing.reading_on_no_mark", {"reading": 2}, "reading no. 2 is on none of its marks"),
    ],
)
def test_a_reason_is_said(code: str, facts: dict[str, object], said: str) -> None:
    assert reason_text(code, facts) == said


def test_a_reason_is_said_in_the_reader_s_language() -> None:
    said = "серийный номер совпадает в 5 из 7 читаемых мест, 1 место похоже, 2 места утрачены в конце"
    assert reason_text("tracing.serial_agrees", WORN, to="ru") == said


def test_an_unknown_reason_is_refused() -> None:
    with pytest.raises(UnknownSentence):
        reason_text("tracing.no_such_reason", {})
