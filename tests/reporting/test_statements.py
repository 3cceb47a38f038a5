import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracemark.reporting import (
    STATISTICS_COLUMNS,
    Statement,
    StatisticsRefused,
    read_statistics,
    statistics,
)
from tracemark.tracing import AGE_BANDS


def read(*rows: str, heading: str = "series,year,sex,age_band,number,reason") -> list[Statement]:
    told = [(number, row.split(",")) for number, row in enumerate(rows, 2)]
    return read_statistics(heading.split(","), told, this_year=2026)


def faults(*rows: str, heading: str = "series,year,sex,age_band,number,reason") -> list[tuple[str, object, object]]:
    with pytest.raises(StatisticsRefused) as refused:
        read(*rows, heading=heading)
    return [
        (each.code.removeprefix("reporting.statistic_"), each.facts["row"], each.facts["field"])
        for each in refused.value.findings
    ]


def test_rows_of_a_series_and_year_are_one_statement() -> None:
    first, second = read(
        "people.trainees,2024,female,,3,",
        ",,,,,",
        "people.trainees,2025,male,18-24,5,",
        "people.trainees,2024,,,4,not asked",
    )
    assert (first.series, first.year, first.total) == ("people.trainees", 2024, 7)
    assert [each.plain() for each in first.cells] == [
        {"sex": "female", "number": 3},
        {"number": 4, "reason": "not asked"},
    ]
    assert second.plain() == {
        "series": "people.trainees",
        "year": 2025,
        "cells": [{"sex": "male", "age_band": "18-24", "number": 5}],
    }


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("people.cats,2024,female,,3,", ("series_unknown", 2, "series")),
        ("people.trainees,2027,female,,3,", ("year", 2, "year")),
        ("people.trainees,soon,female,,3,", ("year", 2, "year")),
        ("people.trainees,2024,female,,-3,", ("number", 2, "number")),
        ("people.trainees,2024,female,,,", ("number", 2, "number")),
        ("people.trainees,2024,female,,٣,", ("number", 2, "number")),
        ("people.trainees,2024,woman,,3,", ("split_unknown", 2, "sex")),
        ("people.trainees,2024,,,3,", ("split_missing", 2, "sex")),
        ("people.victims,2024,female,,3,", ("split_missing", 2, "age_band")),
        ("violence.incidents,2024,female,,3,", ("split_unasked", 2, "sex")),
        ("people.trainees,2024,female,young,3,", ("split_unknown", 2, "age_band")),
    ],
)
def test_a_fault_names_its_row_and_its_field(row: str, fault: tuple[str, int, str]) -> None:
    assert faults(row) == [fault]


def test_every_fault_is_told_at_once_and_nothing_is_read() -> None:
    assert faults("people.trainees,2024,female,,3,", "people.trainees,2024,female,,4,", "people.trainees,x,,,x,") == [
        ("twice", 3, "number"),
        ("year", 4, "year"),
        ("number", 4, "number"),
        ("split_missing", 4, "sex"),
    ]


def test_columns_are_known_and_the_needed_ones_are_there() -> None:
    assert faults("people.trainees,2024", heading="series,when") == [
        ("column_unknown", 1, "when"),
        ("column_missing", 1, "year"),
        ("column_missing", 1, "number"),
    ]


def test_a_statement_that_would_not_fit_an_event_is_refused() -> None:
    rows = [f"violence.incidents,2024,place {turn},1" for turn in range(401)]
    assert faults(*rows, heading="series,year,region,number") == [("long", 1, "series")]


def test_every_series_asks_for_what_it_can_be_told_by() -> None:
    assert [each.id for each in statistics().values() if set(each.needs) & set(each.may)] == []
    assert [each.id for each in statistics().values() if not set(each.splits) <= set(STATISTICS_COLUMNS)] == []
    people = {each.id for each in statistics().values() if each.unit == "persons"}
    assert {each.id for each in statistics().values() if "sex" in each.needs} == people


@given(
    st.lists(
        st.tuples(st.sampled_from(["female", "male", "other"]), st.sampled_from(AGE_BANDS[:-1]), st.integers(0, 10**9)),
        unique_by=lambda row: row[:2],
        min_size=1,
    )
)
def test_what_is_written_is_read(rows: list[tuple[str, str, int]]) -> None:
    (statement,) = read(*(f"violence.deaths,2024,{sex},{age},{number}," for sex, age, number in rows))
    assert [(each.splits["sex"], each.splits["age_band"], each.number) for each in statement.cells] == rows
    assert statement.same_as(Statement("violence.deaths", 2024, tuple(reversed(statement.cells))))
