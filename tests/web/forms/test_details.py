import pytest
from django import forms
from django.core.exceptions import ValidationError

from tracemark.recordkeeping import WeaponState
from tracemark.weapons import WeaponId
from tracemark.web.forms.details import nested_fields, scalar_field

FITTED = nested_fields("fitted", WeaponState(WeaponId(1)), required=False)["fitted_component"]


@pytest.mark.parametrize("field", [scalar_field("witnesses", required=True), FITTED])
def test_a_number_is_no_larger_than_the_record_may_hold(field: forms.Field) -> None:
    assert field.clean(str(2**53 - 1)) == 2**53 - 1
    with pytest.raises(ValidationError):
        field.clean(str(2**53))
