import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracemark.marking import SERIAL_ALPHABET, fold_serial, look_alike_key


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("ab-12/3", "AB123"),
        (" M R 7 7 0 4 ", "MR7704"),
        ("ＡＢ１２", "AB12"),
        ("АВЕКМНОРСТУХ", "ABEKMHOPCTYX"),
        ("ав12", "AB12"),
        ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX"),
        ("ЖК٣٤۵", "JK345"),
        ("贰零〇九", "2009"),
        ("Ångström 7", "ANGSTROM7"),
        ("ß", "SS"),
        ("北7", "U53177"),
        ("△№ 12", "NO12"),
        ("", ""),
    ],
)
def test_one_marking_written_in_two_ways_folds_alike(written: str, folded: str) -> None:
    assert fold_serial(written) == folded


@given(st.text())
def test_folding_twice_changes_nothing(written: str) -> None:
    folded = fold_serial(written)
    assert fold_serial(folded) == folded


@given(st.text())
def test_only_the_alphabet_is_left(written: str) -> None:
    assert set(fold_serial(written)) <= set(SERIAL_ALPHABET)


@given(st.text(alphabet="АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯΓΔΘΛΞΠΣΦΨΩابتثجحخدذرز0123456789ABCXYZ"))
def test_one_place_stays_one_place(written: str) -> None:
    assert len(fold_serial(written)) == len(written)


@given(st.text(alphabet=SERIAL_ALPHABET))
def test_look_alikes_are_not_folded_away(written: str) -> None:
    assert fold_serial(written) == written


@pytest.mark.parametrize(("one", "other"), [("O0D", "QDO"), ("1IL", "LLI"), ("5S8B2Z6G", "S5B8Z2G6")])
def test_look_alike_serials_share_a_key(one: str, other: str) -> None:
    assert look_alike_key(one) == look_alike_key(other)


def test_serials_that_the_eye_tells_apart_have_two_keys() -> None:
    assert look_alike_key("A4471") != look_alike_key("A4477")
