import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracemark.weapons import WeaponId, born_on, component_id


@given(st.integers(1, 10**12), st.integers(1, 255))
def test_a_component_knows_the_weapon_it_was_first_recorded_on(weapon: int, number: int) -> None:
    assert born_on(component_id(WeaponId(weapon), number)) == weapon


@pytest.mark.parametrize("number", [-1, 0, 256])
def test_a_number_that_would_reach_into_another_weapon_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="is not from 1 to 255"):
        component_id(WeaponId(1), number)
