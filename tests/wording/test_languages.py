import pytest

from tracemark.wording import LANGUAGES, language, negotiate


def test_the_six_languages_of_the_united_nations() -> None:
    assert sorted(each.code for each in LANGUAGES) == ["ar", "en", "es", "fr", "ru", "zh-hans"]


def test_arabic_alone_is_written_from_right_to_left() -> None:
    assert [each.code for each in LANGUAGES if each.right_to_left] == ["ar"]
    assert (language("ar").direction, language("fr").direction) == ("rtl", "ltr")


@pytest.mark.parametrize(("code", "found"), [("ES", "es"), ("zh-Hans", "zh-hans"), ("de", "en"), ("", "en")])
def test_a_code_that_is_none_of_the_six_is_english(code: str, found: str) -> None:
    assert language(code).code == found


@pytest.mark.parametrize(
    ("wanted", "found"),
    [(["pt", "es-MX"], "es"), (["zh-CN"], "zh-hans"), (["ar-EG", "fr"], "ar"), (["de", "sw"], "en"), ([], "en")],
)
def test_the_first_wanted_language_that_we_speak(wanted: list[str], found: str) -> None:
    assert negotiate(wanted).code == found
