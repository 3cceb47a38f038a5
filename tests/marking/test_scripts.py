import pytest

from tracemark.marking import Script, digit_of, script_of


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("AB 1234", Script.LATIN),
        ("ＡＢ", Script.LATIN),
        ("КЖ 1234", Script.CYRILLIC),
        ("ΣΩ 7", Script.GREEK),
        ("ب ٣٤٥", Script.ARABIC),
        ("۱۲۳", Script.ARABIC),
        ("北方 12", Script.HAN),
        ("二〇一九", Script.HAN),
        ("กข", Script.OTHER),
        ("AЖ1", Script.MIXED),
        ("1234-5/6", Script.NONE),
        ("", Script.NONE),
    ],
)
def test_script_of_a_mark(text: str, script: Script) -> None:
    assert script_of(text) is script


@pytest.mark.parametrize(
    "digits",
    ["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "０１２３４５６７８９", "〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"],
)
def test_digits_of_every_script(digits: str) -> None:
    assert [digit_of(each) for each in digits] == list("0123456789")


@pytest.mark.parametrize("other", ["A", "Ж", "十", "½", " ", "-"])
def test_what_is_no_digit(other: str) -> None:
    assert digit_of(other) == ""
