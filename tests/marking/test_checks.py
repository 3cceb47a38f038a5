import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracemark.marking import CheckSystem, check_characters


@pytest.mark.parametrize(
    ("system", "text", "check"),
    [
        (CheckSystem.NONE, "АК", ""),
        (CheckSystem.MOD_11_2, "079", "X"),
        (CheckSystem.MOD_11_10, "00200667308", "5"),
        (CheckSystem.MOD_37_36, "A12425GABC1234002", "M"),
        (CheckSystem.MOD_97_10, "794", "44"),
    ],
)
def test_examples_of_iso_7064(system: CheckSystem, text: str, check: str) -> None:
    assert check_characters(system, text) == check


def test_what_a_system_does_not_cover_is_refused() -> None:
    with pytest.raises(ValueError, match=r"mod_11_10 does not cover 'TX' in 'XT1': .* with mod_37_36 or mod_97_10"):
        check_characters(CheckSystem.MOD_11_10, "XT1")
    with pytest.raises(
        ValueError, match=r"mod_37_36 does not cover '-' in 'XT-1': use capital letters A-Z and digits$"
    ):
        check_characters(CheckSystem.MOD_37_36, "XT-1")


@given(st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=12), st.data())
def test_mod_37_36_finds_every_single_wrong_character(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ").filter(lambda c: c != text[place]))
    misread = text[:place] + other + text[place + 1 :]
    assert check_characters(CheckSystem.MOD_37_36, misread) != check_characters(CheckSystem.MOD_37_36, text)
