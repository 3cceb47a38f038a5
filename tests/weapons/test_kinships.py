from tracemark.weapons import catalogue, relatives


def test_calibres_of_nearly_one_bore_are_taken_for_one_another() -> None:
    assert "357_magnum" in relatives("calibre", "38_special")
    assert {"9x18_ultra", "380_acp"} <= relatives("calibre", "9x19")
    assert "9mm_flobert" not in relatives("calibre", "9x19")
    assert "12_gauge" not in relatives("calibre", "9x19")


def test_kinds_of_one_type_are_relatives() -> None:
    assert {"revolver", "derringer"} <= relatives("kind", "pistol")
    assert "shotgun" not in relatives("kind", "pistol")


def test_a_former_state_and_its_successors_are_relatives() -> None:
    assert "RU" in relatives("country", "SU")
    assert "SU" in relatives("country", "RU")
    assert "FR" not in relatives("country", "RU")


def test_models_of_a_maker_that_share_kind_and_calibre_are_relatives() -> None:
    model = next(each for each in catalogue().models.values() if relatives("model", each.code))
    for code in relatives("model", model.code):
        other = catalogue().models[code]
        assert (other.maker, other.kind) == (model.maker, model.kind)
        assert set(other.calibres) & set(model.calibres)


def test_nobody_is_a_relative_of_itself_and_kinship_is_mutual() -> None:
    known = catalogue()
    entries = (
        ("maker", known.makers),
        ("model", known.models),
        ("calibre", known.calibres),
        ("country", known.states),
        ("kind", known.kinds),
    )
    for column, codes in entries:
        for code in codes:
            assert all(code in relatives(column, other) for other in relatives(column, code))
            assert code not in relatives(column, code)


def test_what_the_catalogue_does_not_know_has_no_relatives() -> None:
    assert relatives("calibre", "no_such") == relatives("year", "1990") == frozenset()
