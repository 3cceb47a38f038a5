import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracemark.weapons import WeaponId, parse_weapon, weapon_text


@given(st.integers(1, 10**15 - 1))
def test_an_identity_is_read_as_it_is_written(number: int) -> None:
    assert parse_weapon(weapon_text(WeaponId(number))) == parse_weapon(f" w-{number} ") == number


@pytest.mark.parametrize("text", ["", "W-", "W-0", "W-01", "-1", "W 1", "AB123", "1.5", "W-1000000000000000"])
def test_what_is_no_identity_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a weapon identity"):
        parse_weapon(text)
