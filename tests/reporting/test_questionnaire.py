"""What was published is reckoned again from what States answered, and shown where it does not come out."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.reporting.outside import published_rows, questionnaire_rows
from tracemark.reporting import (
    ALL_WEAPONS,
    AS_PUBLISHED,
    Agreement,
    Answers,
    Cell,
    Compared,
    LegalBasis,
    Manner,
    Marking,
    Published,
    Result,
    SeriesUnreadable,
    SeveralYears,
    Share,
    Terms,
    compare,
    m49_regions,
    read_published,
    read_questionnaire,
)
from tracemark.weapons import catalogue

ROW = {"Iso3_code": "ROU", "Indicator": "Arms seized", "Dimension": "by location", "Year": "2018", "VALUE": "20"}
FOREIGN = "Uniquely identifiable - from illegitimate owner in foreign registry"
PENDING = "Uniquely identifiable - tracing procedure pending"
ERASED = "Not uniquely identifiable - Erased or altered marking"
SEIZED = (Manner.SEIZED, LegalBasis.CRIMINAL)


def published(text: str, footnote: str = "") -> Published:
    return Published("RO", 2017, Decimal(text), "IAFQ", footnote)


def answers(year: int, traced: int, pending: int) -> Answers:
    cells = {Result.TRACED: traced, Result.PENDING: pending}
    return Answers("RO", year, {Cell(year, *SEIZED, each, Marking.MARKED): count for each, count in cells.items()})


def test_lines_become_counts_and_other_lines_are_passed_over() -> None:
    rows = [
        ROW | {"Category": FOREIGN},
        ROW | {"Category": ERASED, "VALUE": "8", "Indicator": "Arms found"},
        ROW | {"Category": "Total"},
        ROW | {"Category": FOREIGN, "Dimension": "by type"},
        ROW | {"Category": FOREIGN, "Indicator": "Ammunition seized"},
    ]
    assert read_questionnaire(rows) == [
        Answers("RO", 2018, {
            Cell(2018, *SEIZED, Result.TRACED, Marking.MARKED): 20,
            Cell(2018, Manner.FOUND, LegalBasis.UNSAID, Result.INSUFFICIENT, Marking.UNMARKED): 8,
        })
    ]  # fmt: skip


def test_a_line_that_cannot_be_read_or_comes_twice_is_named() -> None:
    rows = [
        ROW | {"Category": FOREIGN},
        ROW | {"Category": FOREIGN, "VALUE": "21"},
        ROW | {"Category": PENDING, "VALUE": "na", "Year": "?"},
        ROW | {"Category": PENDING, "Iso3_code": "ROM"},
    ]
    with pytest.raises(SeriesUnreadable) as refused:
        read_questionnaire(rows)
    assert [(each.facts["row"], each.facts["column"]) for each in refused.value.findings] == [
        (3, "Category"),
        (4, "Year"),
        (4, "VALUE"),
        (5, "Iso3_code"),
    ]


def test_a_mean_of_two_years_comes_out_or_is_said_not_to() -> None:
    mean = published("13.70", "2017-2018 average based on available data")
    both = [answers(2017, 0, 55), answers(2018, 20, 53)]
    shares = {2017: Share(0, 55), 2018: Share(20, 73)}
    reckoned = SeveralYears((2017, 2018), Decimal("15.63"), Decimal("13.70"), ())
    assert compare([mean], both) == [Compared(mean, Agreement.SAME, reckoned, shares)]
    assert [each.agreement for each in compare([mean], both[1:])] == [Agreement.PART_OF_THE_YEARS]
    assert [each.agreement for each in compare([mean], [])] == [Agreement.NO_COUNTS]
    (found,) = compare([published("9")], both)
    assert (found.agreement, found.difference) == (Agreement.DIFFERS, Decimal("9.00"))
    assert compare([mean], [])[0].difference is None


@pytest.mark.parametrize(
    ("terms", "same"),
    [(AS_PUBLISHED, 36), (Terms(), 26), (ALL_WEAPONS, 9), (replace(ALL_WEAPONS, lawful_holders=False), 12)],
)
def test_most_values_come_out_of_seized_traceable_weapons_not_taken_from_lawful_holders(
    terms: Terms, same: int
) -> None:
    found = compare(read_published(published_rows()), read_questionnaire(questionnaire_rows()), terms)
    assert Counter(each.agreement for each in found)[Agreement.SAME] == same


def test_the_published_values_that_do_not_come_out_are_these() -> None:
    found = compare(read_published(published_rows()), read_questionnaire(questionnaire_rows()))
    differ = [(each.published.state, each.published.year) for each in found if each.agreement is Agreement.DIFFERS]
    assert differ == [("BG", 2019), ("GB", 2018), ("GB", 2019), ("GR", 2017), ("GR", 2018), ("GR", 2019)]
    assert Counter(each.agreement for each in found) == {
        Agreement.SAME: 36,
        Agreement.DIFFERS: 6,
        Agreement.PART_OF_THE_YEARS: 8,
        Agreement.NO_COUNTS: 54,
    }


def test_the_questionnaire_s_subregions_are_those_of_the_list_of_regions() -> None:
    named = {"Northern Africa": "015", "Sub-Saharan Africa": "202", "Latin America and the Caribbean": "419",
             "Northern America": "021", "Central Asia": "143", "Eastern Asia": "030", "South-eastern Asia": "035",
             "Southern Asia": "034", "Western Asia": "145", "Eastern Europe": "151", "Northern Europe": "154",
             "Southern Europe": "039", "Western Europe": "155", "Australia and New Zealand": "053",
             "Melanesia": "054", "Micronesia": "057", "Polynesia": "061"}  # fmt: skip
    misplaced = [
        row["Iso3_code"] for row in _states() if row["state"] not in m49_regions()[named[row["Subregion"]]].states
    ]
    assert misplaced == []


def _states() -> Iterator[dict[str, str]]:
    by_alpha3 = {each.alpha3: code for code, each in catalogue().states.items() if each.alpha3}
    seen = {row["Iso3_code"]: row for row in questionnaire_rows()}
    yield from (row | {"state": by_alpha3[alpha3]} for alpha3, row in seen.items() if alpha3 in by_alpha3)
