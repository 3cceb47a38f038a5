import pytest

from tests.intake.lots import PROFILE
from tracemark.intake import (
    ProfileRefused,
    check_columns,
    read_profile,
    shipped_profile,
    shipped_profiles,
    table_of,
)

SOURCE = "{ column = … } | { constant = … }"


def refusals(text: str) -> list[tuple[str, object, object, object]]:
    with pytest.raises(ProfileRefused) as refused:
        read_profile(text, file="own.toml")
    return [
        (each.code, each.facts["table"], each.facts["field"], each.facts["suggestion"])
        for each in refused.value.findings
    ]


@pytest.mark.parametrize("name", shipped_profiles())
def test_every_shipped_profile_reads(name: str) -> None:
    assert shipped_profile(name).name == name


def test_the_shipped_profiles_are_those_the_manual_names() -> None:
    assert shipped_profiles() == ("delaware", "epcis", "import-lot", "niem", "registry")


def test_an_unknown_profile_names_the_nearest() -> None:
    with pytest.raises(ProfileRefused) as refused:
        shipped_profile("registri")
    assert [each.facts["suggestion"] for each in refused.value.findings] == ["registry"]


def test_a_profile_that_is_no_toml() -> None:
    assert [code for code, *_ in refusals("[weapon")] == ["intake.profile_unread"]


def test_a_profile_that_is_no_text() -> None:
    with pytest.raises(ProfileRefused) as refused:
        read_profile(b"[weapon]\nmaker = '\xff'", file="own.toml")
    assert [each.code for each in refused.value.findings] == ["intake.profile_not_text"]


def test_a_profile_without_weapon_and_event() -> None:
    assert refusals("[file]\nencoding = 'utf-8'") == [
        ("intake.profile_field_missing", "", "weapon", ""),
        ("intake.profile_field_missing", "", "event", ""),
    ]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ('maker = "maker"', 'makr = "maker"', ("intake.profile_field_unknown", "weapon", "makr", "maker")),
        ('"registered"', '"registred"', ("intake.profile_value_unknown", "event 1", "kind", "registered")),
        ('constant = "frame"', 'constant = "fram"', ("intake.profile_value_unknown", "component 1", "part", "frame")),
        ('place = { constant = "Port" }', "", ("intake.profile_field_missing", "event 2", "details.place", "")),
        (
            'place = { constant = "Port" }',
            'place = { constant = "Port" }\ndetails = { price = "x" }',
            ("intake.profile_field_unknown", "event 2", "details.price", ""),
        ),
        ('happened = "seized_on"', "", ("intake.profile_field_missing", "event 2", "happened", "")),
        ("day_first", "day", ("intake.profile_value_unknown", "file", "date_order", "day_first | month_first")),
        ('model = "model"', "model = 3", ("intake.profile_value_unknown", "weapon", "model", SOURCE)),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_profile_is_named(before: str, after: str, expected: tuple[str, str, str, str]) -> None:
    assert before in PROFILE
    assert refusals(PROFILE.replace(before, after, 1)) == [expected]


def test_a_table_without_a_column_names_the_nearest_it_has() -> None:
    known = read_profile(PROFILE, file="own.toml")
    have = tuple("calibr" if name == "calibre" else name for name in known.columns())
    with pytest.raises(ProfileRefused) as refused:
        check_columns(known, table_of("lot.csv", have, []))
    facts = [each.facts for each in refused.value.findings]
    assert [(each["file"], each["field"], each["suggestion"]) for each in facts] == [("lot.csv", "calibre", "calibr")]


def test_columns_that_are_not_required_may_be_absent_where_the_profile_says_so() -> None:
    check_columns(shipped_profile("registry"), table_of("lot.csv", ("holder", "registered_on", "serial"), []))


def test_a_heading_is_known_by_what_the_profile_needs_and_by_how_much_of_it_is_known() -> None:
    registry = shipped_profile("registry")
    assert registry.knows(["holder", "registered_on", "serial", "notes"]) == (True, 3)
    assert registry.knows(["holder", "serial"]) == (False, 2)
    assert registry.knows(["Register of the Ministry"]) == (False, 0)


def test_another_sheet_or_heading_is_another_reading_of_the_same_series() -> None:
    registry = shipped_profile("registry")
    other = registry.read_at("2024", 3)
    assert (other.sheet, other.heading_row, other.series) == ("2024", 3, registry.series)
    assert len({registry.fingerprint, other.fingerprint, registry.read_at("2023", 3).fingerprint}) == 3
    assert registry.read_at("", 0) is registry


def test_the_fingerprint_follows_what_the_profile_says() -> None:
    one, same, other = (
        read_profile(text, file="own.toml").fingerprint
        for text in (PROFILE, PROFILE + "\n# a remark\n", PROFILE.replace("Port", "Harbour"))
    )
    assert (one == same, one == other) == (True, False)


def test_values_of_any_script_can_be_mapped() -> None:
    text = PROFILE.replace('maker = "maker"', 'maker = { column = "maker", values = { "ИЖ" = "izhmash" } }')
    assert read_profile(text, file="own.toml").weapon["maker"].values == {"иж": "izhmash"}
