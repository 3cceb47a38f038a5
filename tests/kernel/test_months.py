import pytest

from tracemark.kernel import is_weekday, months_named


@pytest.mark.parametrize(
    ("word", "months"),
    [
        ("March", {3}),
        ("mars", {3}),
        ("MAR", {3}),
        ("febrero", {2}),
        ("fevr", {2}),
        ("Août", {8}),
        ("мая", {5}),
        ("нояб", {11}),
        ("مارس", {3}),
        ("آذار", {3}),
        ("اذار", {3}),
        ("تشرين الأول", {10}),
        ("تشرين", {10, 11}),
        ("كانون", {1, 12}),
        ("jui", {6, 7}),
        ("ju", set()),
        ("آب", {8}),
        ("Brumaire", set()),
        ("رمضان", set()),
        ("", set()),
    ],
)
def test_a_month_is_known_by_its_name_in_any_of_the_six_languages(word: str, months: set[int]) -> None:
    assert months_named(word) == months


@pytest.mark.parametrize(("word", "is_one"), [("mardi", True), ("Среда", True), ("الأحد", True), ("mar", False)])
def test_a_day_of_the_week_is_known_in_full_only(word: str, is_one: bool) -> None:
    assert is_weekday(word) is is_one
