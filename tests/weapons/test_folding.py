import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracemark.weapons import fold, fold_calibre


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.characters(max_codepoint=0x17F)))
def test_case_does_not_matter(text: str) -> None:
    assert fold(text.casefold()) == fold(text)


@given(st.text(alphabet="ABCxyz -/()'’\t"))
def test_spaces_and_punctuation_do_not_matter(text: str) -> None:
    assert fold(text) == "".join(letter for letter in text if letter.isalpha()).lower()


@given(st.integers(1, 99), st.integers(0, 99), st.integers(10, 99))
def test_metric_names_agree_however_they_are_written(whole: int, part: int, length: int) -> None:
    plain = f"{whole}.{part}x{length}"
    written = [
        f"{whole},{part}x{length}",
        f"{whole}.{part} × {length} mm",
        f"{whole},{part}х{length}",
        f"{whole}.{part}*{length}",
        f"{whole}.{part}X{length}MM",
        f"{whole}.{part}mm x {length}",
    ]
    assert {fold_calibre(each) for each in written} == {fold_calibre(plain)}


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Česká zbrojovka", "ceskazbrojovka"),
        ("Röhm", "rohm"),
        ("Weiß & Söhne", "weissandsohne"),
        ("Łucznik", "lucznik"),
        ("Kılınç", "kilinc"),
        ("No. 4 Mk. I*", "no4mki"),
        ("5,7 mm", "5.7mm"),
        ("مصنع ٥٤", "مصنع54"),
        ("「九九式」", "九九式"),
    ],
)
def test_letters_of_many_scripts_are_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (".357 Magnum", "357 MAG"),
        ("12 gauge", "12ga."),
        ("12 bore", "12 GAGE"),
        ("40 Smith & Wesson", ".40 S&W"),
        ("Cal. .45", ".45"),
        (".22 Long Rifle", "22 LR"),
        ("0.380", ".380"),
        ("38.0", ".38"),
        (".38 Special +P", "38 Special"),
        ("9 mm Luger +P+", "9mm Luger"),
    ],
)
def test_customary_short_forms_of_calibres_agree(left: str, right: str) -> None:
    assert fold_calibre(left) == fold_calibre(right)


@pytest.mark.parametrize(
    ("left", "right"), [("5.7 mm", "57 mm"), (".40", "40 mm"), ("9x18", "9x19"), ("7x57", "7x57R")]
)
def test_different_calibres_stay_apart(left: str, right: str) -> None:
    assert fold_calibre(left) != fold_calibre(right)
