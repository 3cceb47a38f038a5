import pytest

from tracemark.kernel import Alteration, altered, whole_of


@pytest.mark.parametrize(
    ("text", "alteration"),
    [
        ("1.2E+16", Alteration.SHORTENED),
        ("1,23E+16", Alteration.SHORTENED),
        ("1.2e+16", Alteration.SHORTENED),
        ("1E+16", Alteration.SHORTENED),
        ("1.23E16", Alteration.SHORTENED),
        ("12345678901234500", Alteration.ROUNDED),
        ("1234567890123450", Alteration.ROUNDED),
        ("١٢٣٤٥٦٧٨٩٠١٢٣٤٥٠٠", Alteration.ROUNDED),
        ("12345.0", Alteration.DECIMAL),
        ("12345,00", Alteration.DECIMAL),
        ("2024-09-01", Alteration.DATED),
        ("2024-09-01 05:06:00", Alteration.DATED),
        ("01/09/2024", Alteration.DATED),
        ("2024/9/1", Alteration.DATED),
        ("01-Sep", Alteration.DATED),
        ("sept-01", Alteration.DATED),
        ("1-сен", Alteration.DATED),
        ("9月1日", Alteration.DATED),
        ("#REF!", Alteration.NO_VALUE),
        ("#¡VALOR!", Alteration.NO_VALUE),
        ("#ССЫЛКА!", Alteration.NO_VALUE),
        ("#N/A", Alteration.NO_VALUE),
        ("#######", Alteration.NO_VALUE),
        ('=A1&"X"', Alteration.NO_VALUE),
    ],
)
def test_what_a_spreadsheet_has_done_to_a_number_is_seen(text: str, alteration: Alteration) -> None:
    assert altered(text) is alteration


@pytest.mark.parametrize(
    "text",
    ["AB12345", "12E5", "1E16", "123456789012345", "12345678901234567", "12-34-5678", "2024-13-01", "MAR-12", "12.5",
     "12,000", "99/99/2024", "#12", "#A12", ""],
)  # fmt: skip
def test_what_may_stand_so_on_a_weapon_is_left_alone(text: str) -> None:
    assert altered(text) is None


def test_the_digits_before_a_point_are_what_may_have_been_meant() -> None:
    assert (whole_of("12345.00"), whole_of("12345")) == ("12345", "")
