"""Names that look alike, in one script or across two, with the reason; and names that do not."""

import pytest

from tracemark.transfers import Denied, Likeness, likeness, screen


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("Amber Arms Ltd", "AMBER ARMS", Likeness.SAME),
        ("Société Générale d'Armes", "Societe Generale d'Armes SA", Likeness.SAME),
        ("Trading Amber", "Amber Trading Co.", Likeness.REORDERED),
        ("Blue Sea Lines", "Blue Sea Line", Likeness.NEAR),
        ("Рособоронэкспорт", "Rosoboroneksport", Likeness.SAME),
        ("Иванов Экспорт", "Ivanov Export", Likeness.NEAR),
        ("Ελληνικά Όπλα", "Ellinika Opla", Likeness.SAME),
        ("النصر للتجارة", "Al-Nasr lil-Tijara", Likeness.SOUNDS_ALIKE),
        ("Muhammad Trading", "Mohamed Trading", Likeness.SOUNDS_ALIKE),
        ("Amber Arms", "Amber Arms of the North", Likeness.CONTAINED),
        ("Amber", "Amber Arms", None),
        ("Blue Sea", "Red Star", None),
        ("Ltd", "Ltd", None),
        ("", "Amber", None),
    ],
)
def test_a_name_looks_like_another_or_not(one: str, other: str, why: Likeness | None) -> None:
    assert (likeness(one, other), likeness(other, one)) == (why, why)


def test_the_surest_likeness_to_any_name_of_a_party_is_told() -> None:
    denied = Denied("PA-2026-000001", "Goluboe More", ("Голубое Море", "Blue Sea Lines"))
    found = screen(["Blue Sea Lines GmbH", "Red Star"], [denied, Denied("PA-2026-000002", "Green Hill")])
    assert [(each.name, each.matched, each.likeness) for each in found] == [
        ("Blue Sea Lines GmbH", "Blue Sea Lines", Likeness.SAME)
    ]
