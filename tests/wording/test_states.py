import pytest

from tracemark.weapons import catalogue
from tracemark.wording import LANGUAGES, state_text


@pytest.mark.parametrize(
    ("code", "to", "name"),
    [
        ("AT", "en", "Austria"), ("AT", "fr", "Autriche"), ("AT", "ar", "النمسا"), ("AT", "zh-hans", "奥地利"),
        ("KR", "es", "República de Corea"), ("RU", "ru", "Российская Федерация"), ("ZZZ", "fr", "ZZZ"),
        ("XA", "ar", "XA"),
    ],
)  # fmt: skip
def test_a_state_is_named_in_each_language(code: str, to: str, name: str) -> None:
    assert state_text(code, to=to) == name


def test_no_state_that_still_is_keeps_its_english_name_in_chinese() -> None:
    left = [
        code
        for code, state in catalogue().states.items()
        for language in LANGUAGES
        if language.code == "zh-hans" and state_text(code, to=language.code) == state.name
    ]
    assert left == []
