from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracemark.weapons import (
    AlreadyFitted,
    Assembly,
    Component,
    Description,
    NotFitted,
    Part,
    SharedComponent,
    WeaponId,
    assembly,
    catalogue,
    component_id,
    control_component,
    fit,
    remove,
    shared_components,
)

ONE, TWO = WeaponId(1), WeaponId(2)
FRAME = Component(component_id(ONE, 1), Part.FRAME, control=True)
SLIDE = Component(component_id(ONE, 2), Part.SLIDE)
BARREL = Component(component_id(ONE, 3), Part.BARREL)
OTHER_BARREL = Component(component_id(TWO, 3), Part.BARREL)


@given(st.permutations([FRAME, SLIDE, BARREL, OTHER_BARREL]))
def test_order_of_fitting_does_not_matter(components: list[Component]) -> None:
    none: tuple[Component, ...] = ()
    assert reduce(fit, components, none) == (FRAME, SLIDE, BARREL, OTHER_BARREL)


def test_a_component_moves_and_keeps_its_identity() -> None:
    assert fit(remove((FRAME, SLIDE, BARREL), BARREL.id), OTHER_BARREL) == (FRAME, SLIDE, OTHER_BARREL)


def test_what_is_not_there_cannot_be_removed() -> None:
    with pytest.raises(NotFitted):
        remove((FRAME, SLIDE), BARREL.id)


def test_what_is_there_cannot_be_fitted_again() -> None:
    with pytest.raises(AlreadyFitted):
        fit((FRAME, SLIDE), SLIDE)


def test_the_control_component_is_known_only_where_one_is_named() -> None:
    second = Component(component_id(ONE, 4), Part.RECEIVER, control=True)
    assert control_component((FRAME, SLIDE)) == FRAME
    assert control_component((SLIDE,)) is None
    assert control_component((FRAME, second)) is None


def test_components_on_two_weapons_at_once_are_named() -> None:
    found = shared_components({TWO: (OTHER_BARREL, BARREL), ONE: (FRAME, BARREL)})
    assert found == [SharedComponent(BARREL.id, (ONE, TWO))]


def test_kind_comes_from_the_model_where_none_is_given() -> None:
    known = catalogue()
    joined = assembly(ONE, Description(model="glock/19"), (FRAME,), known)
    model = known.model("glock/19")
    assert joined == Assembly(ONE, Description(model="glock/19"), (FRAME,), known.kind("pistol"), model)


def test_what_the_catalogue_does_not_know_stays_unknown() -> None:
    joined = assembly(ONE, Description(), (FRAME,), catalogue())
    assert (joined.kind, joined.model) == (None, None)
