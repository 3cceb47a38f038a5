"""A series of others is read as it is: what is empty stays empty, and what cannot be read is named."""

from decimal import Decimal

import pytest

from tracemark.assistance import AidSeries, Received, SeriesUnreadable, read_series
from tracemark.intake import table_of

HEADS = ("year", "recipient_code", "recipient_name", "s15130", "s15240")


def test_an_empty_cell_is_no_zero_and_a_row_that_says_nothing_is_left_out() -> None:
    rows = [("2017", "283", "Togo", "1.5", ""), ("2017", "", "Benin", "", "-0.25"), ("2017", "(2 rows)", "", "", "")]
    found = read_series(table_of("crs.csv", HEADS, rows))
    assert found.years == {
        2017: (Received("Benin", "", {"15240": Decimal("-0.25")}), Received("Togo", "283", {"15130": Decimal("1.5")}))
    }
    assert found.left_out == 1
    series = AidSeries("CRS", "somebody", "2026-01-01", found.years)
    assert series.line("togo") == {2017: {"15130": Decimal("1.5")}}
    assert series.total() == {2017: {"15130": Decimal("1.5"), "15240": Decimal("-0.25")}}


@pytest.mark.parametrize(
    ("row", "code", "field"),
    [
        (("17", "", "Togo", "1", ""), "assistance.series_unfit", "year"),
        (("2017", "", "", "1", ""), "assistance.series_unfit", "recipient_name"),
        (("2017", "", "Togo", "much", ""), "assistance.series_unfit", "s15130"),
        (("2017", "", "Togo", "", "NaN"), "assistance.series_unfit", "s15240"),
        (("2017", "", "Benin", "", "1"), "assistance.series_twice", "recipient_name"),
    ],
)
def test_each_fault_names_row_and_column(row: tuple[str, ...], code: str, field: str) -> None:
    table = table_of("crs.csv", HEADS, [("2017", "", "Benin", "2", ""), row])
    with pytest.raises(SeriesUnreadable) as refused:
        read_series(table)
    assert [(each.code, each.facts["row"], each.facts["field"]) for each in refused.value.findings] == [
        (code, "3", field)
    ]


def test_a_table_without_purposes_or_rows_is_no_series() -> None:
    for columns, rows in ((HEADS[:3], [("2017", "", "Togo")]), (HEADS, [])):
        with pytest.raises(SeriesUnreadable):
            read_series(table_of("crs.csv", columns, rows))
