"""Published values are read, refused by cell where they cannot be, and remarked on."""

from collections import Counter
from decimal import Decimal

import pytest

from tests.reporting.outside import published_rows
from tracemark.reporting import Published, Quality, Remarked, SeriesUnreadable, read_published, remarked

MEAN = "{} average based on available data"
ROW = {"series": "VC_ARM_SZTRACE", "iso3": "ROU", "year": "2017", "value": "13.7", "source": "IAFQ"}


def value(year: int, text: str, footnote: str = "") -> Published:
    return Published("RO", year, Decimal(text), "IAFQ", footnote)


def test_a_row_is_read_and_another_series_passed_over() -> None:
    rows = [ROW | {"footnote": MEAN.format("2017-2018")}, ROW | {"series": "SH_STA_TRAF", "footnote": ""}]
    (found,) = read_published(rows)
    assert found == value(2017, "13.7", MEAN.format("2017-2018"))
    assert found.years == (2017, 2018)
    assert value(2017, "13.7").years == (2017,)


@pytest.mark.parametrize(
    ("column", "text"), [("iso3", "ROM"), ("year", "20l7"), ("value", "13,7"), ("value", "137"), ("value", "NaN")]
)
def test_a_cell_that_cannot_be_read_is_named(column: str, text: str) -> None:
    with pytest.raises(SeriesUnreadable) as refused:
        read_published([ROW | {"footnote": ""}, ROW | {"footnote": "", column: text}])
    assert [each.facts for each in refused.value.findings] == [{"row": 3, "column": column, "text": text}]


def test_what_values_show_beside_each_other_is_remarked() -> None:
    series = [
        value(2016, "0", MEAN.format("2016-2017")),
        value(2017, "31", MEAN.format("2017-2018")),
        value(2020, "61", MEAN.format("2021-2021")),
        value(2023, "61"),
    ]
    assert remarked(series) == [
        Remarked(series[0], (Quality.AVERAGED, Quality.ALL_OR_NOTHING)),
        Remarked(series[1], (Quality.JUMP, Quality.AVERAGED, Quality.OVERLAPPING)),
        Remarked(series[2], (Quality.ONE_YEAR_MEAN,)),
        Remarked(series[3], (Quality.REPEATED,)),
    ]


def test_the_published_series_shows_what_is_known_of_it() -> None:
    found = remarked(read_published(published_rows()))
    assert len(found) == 104
    assert len({each.published.state for each in found}) == 43
    assert Counter(remark for each in found for remark in each.remarks) == {
        Quality.AVERAGED: 73,
        Quality.OVERLAPPING: 37,
        Quality.ALL_OR_NOTHING: 29,
        Quality.JUMP: 16,
        Quality.REPEATED: 5,
        Quality.ONE_YEAR_MEAN: 1,
    }
