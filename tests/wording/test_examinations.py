import pytest

from tracemark.tracing import UnreadableReading, read_mark_text
from tracemark.wording import note_texts, question_texts


def test_what_was_made_of_words_is_said() -> None:
    assert note_texts(read_mark_text("20477** (slide), logo: triangle 26")) == [
        "“**” is taken as 2 places. Write * once for an unknown number.",
        (
            "“logo: triangle 26” may stand for: Jianshe Industries. It is not searched by; if you are sure, choose the"
            " manufacturer."
        ),
    ]


def test_an_open_question_stands_among_the_notes() -> None:
    assert note_texts(read_mark_text("AB[]7"), to="es") == [
        "El corchete del carácter 3 está vacío. Escriba «?» para un carácter que no se lee.",
    ]


def test_a_question_is_said_with_the_nearest_reading() -> None:
    with pytest.raises(UnreadableReading) as refused:
        read_mark_text("xxx27").settled()
    told = list(question_texts(refused.value, to="es"))
    assert (len(told), told[1]) == (2, "¿Quiso decir ???27?")
