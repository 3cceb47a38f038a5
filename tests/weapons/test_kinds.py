from tracemark.weapons import SalwClass, catalogue

KINDS = catalogue().kinds


def _lines(salw_class: SalwClass) -> set[str]:
    return {kind.unroca for kind in KINDS.values() if kind.salw_class is salw_class}


def test_iti_4_small_arms_stand_on_the_six_lines_of_the_register() -> None:
    assert _lines(SalwClass.SMALL_ARM) == {f"SA{number}" for number in range(1, 7)}


def test_iti_4_light_weapons_stand_on_the_seven_lines_or_in_the_seven_categories() -> None:
    assert _lines(SalwClass.LIGHT_WEAPON) == {*(f"LW{number}" for number in range(1, 8)), "III", "VIIb"}


def test_iti_4_mortars_under_100_mm_and_manpads_are_light_weapons_that_att_2_1_has_elsewhere() -> None:
    elsewhere = {kind.code: kind.att for kind in KINDS.values() if kind.salw_class and kind.att != "h"}
    assert elsewhere == {"mortar_75_to_100": "c", "manpads": "g"}


def test_what_is_neither_is_reported_on_no_line() -> None:
    neither = [kind for kind in KINDS.values() if kind.salw_class is SalwClass.NEITHER]
    assert {kind.code for kind in neither} == {"air_weapon", "blank_firing_weapon", "flare_gun", "muzzle_loader"}
    assert {(kind.unroca, kind.att) for kind in neither} == {("", "")}


def test_iti_10_the_control_part_is_one_that_the_kind_has() -> None:
    assert [kind.code for kind in KINDS.values() if kind.parts and kind.control_part not in kind.parts] == []


def test_iti_10_the_control_part_of_every_model_is_one_that_its_kind_has() -> None:
    known = catalogue()
    assert [
        model.code
        for model in known.models.values()
        if (parts := known.kind(model.kind).parts) and model.control_part not in parts
    ] == []
