"""The share of traced weapons, against the worked examples of the metadata and by properties."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracemark.reporting import (
    ALL_WEAPONS,
    AS_PUBLISHED,
    Cell,
    Denominator,
    LegalBasis,
    Manner,
    Marking,
    Result,
    SeveralYears,
    Share,
    Terms,
    as_known,
    over_years,
    share_of,
)

TRACEABLE = Terms()
SEIZED = (Manner.SEIZED, LegalBasis.CRIMINAL)
FOUND = (Manner.FOUND, LegalBasis.UNSAID)
SURRENDERED = (Manner.SURRENDERED, LegalBasis.UNSAID)

WORKED = Counter[Cell]()
"""Of 120 seized 20 administratively; 30 found, 70 surrendered. 46 traced, 14 established, 25 pending, 35 without enough
information, 80 not attempted. 50 unmarked, of which 6 established."""
for (manner, basis), result, marking, count in (
    (SEIZED, Result.TRACED, Marking.MARKED, 40),
    (SURRENDERED, Result.TRACED, Marking.MARKED, 6),
    (SEIZED, Result.ESTABLISHED, Marking.MARKED, 8),
    (SEIZED, Result.ESTABLISHED, Marking.UNMARKED, 6),
    (SEIZED, Result.PENDING, Marking.MARKED, 25),
    (SEIZED, Result.INSUFFICIENT, Marking.UNMARKED, 21),
    (FOUND, Result.INSUFFICIENT, Marking.MARKED, 14),
    (FOUND, Result.NOT_ATTEMPTED, Marking.UNMARKED, 16),
    (SURRENDERED, Result.NOT_ATTEMPTED, Marking.UNMARKED, 7),
    (SURRENDERED, Result.NOT_ATTEMPTED, Marking.UNSAID, 57),
    ((Manner.SEIZED, LegalBasis.ADMINISTRATIVE), Result.TRACED, Marking.MARKED, 20),
):
    WORKED[Cell(2024, manner, basis, result, marking)] += count

cells = st.builds(
    Cell,
    year=st.integers(2020, 2023),
    manner=st.sampled_from(Manner),
    legal_basis=st.sampled_from(LegalBasis),
    result=st.sampled_from(Result),
    marking=st.sampled_from(Marking),
)
counted = st.dictionaries(cells, st.integers(0, 50), max_size=30)
all_terms = st.builds(
    Terms,
    denominator=st.sampled_from(Denominator),
    add_back=st.booleans(),
    lawful_holders=st.booleans(),
    unsaid_is_criminal=st.booleans(),
    manners=st.frozensets(st.sampled_from(Manner)),
)


@pytest.mark.parametrize(
    ("terms", "numerator", "denominator", "percent"),
    [
        (ALL_WEAPONS, 60, 200, "30.00"),
        (replace(TRACEABLE, add_back=True), 60, 156, "38.46"),
        (TRACEABLE, 54, 150, "36.00"),
        (AS_PUBLISHED, 48, 73, "65.75"),
    ],
)
def test_the_worked_example_comes_out_under_each_denominator(
    terms: Terms, numerator: int, denominator: int, percent: str
) -> None:
    share = share_of(WORKED, terms)
    assert (share, share.percent) == (Share(numerator, denominator), Decimal(percent))


def test_a_seizure_of_which_nobody_said_what_for_counts_as_the_terms_say() -> None:
    unsaid = {Cell(2024, Manner.SEIZED, LegalBasis.UNSAID, Result.TRACED, Marking.MARKED): 3}
    assert share_of(unsaid, TRACEABLE) == Share(3, 3)
    assert share_of(unsaid, replace(TRACEABLE, unsaid_is_criminal=False)) == Share(0, 0)


def test_what_was_taken_from_its_lawful_holder_counts_only_where_all_weapons_do() -> None:
    lawful = {Cell(2024, *SEIZED, Result.LAWFUL_HOLDER, Marking.MARKED): 4}
    assert share_of(lawful, TRACEABLE) == Share(0, 0)
    assert share_of(lawful, ALL_WEAPONS) == Share(4, 4)


@pytest.mark.parametrize("share", [Share(0, 0), Share(None, 4), Share(3, None), Share(None, None)])
def test_what_cannot_be_reckoned_is_missing_and_never_zero(share: Share) -> None:
    assert (share.exact, share.percent) == (None, None)


def test_nothing_traced_of_something_is_zero() -> None:
    assert Share(0, 7).percent == Decimal("0.00")


def test_halves_are_rounded_up_as_they_are_published() -> None:
    assert Share(1, 1600).percent == Decimal("0.06")
    assert Share(3, 32).percent == Decimal("9.38")


def test_two_years_are_given_both_ways_and_a_missing_one_is_named() -> None:
    shares = {2017: Share(0, 55), 2018: Share(20, 73)}
    assert over_years(shares, (2017, 2018)) == SeveralYears((2017, 2018), Decimal("15.63"), Decimal("13.70"), ())
    assert over_years(shares, (2018, 2019)) == SeveralYears((2018, 2019), Decimal("27.40"), Decimal("27.40"), (2019,))
    assert over_years({}, (2018, 2019)) == SeveralYears((2018, 2019), None, None, (2018, 2019))


def test_a_year_is_revised_as_traces_end_later() -> None:
    counts = {
        Cell(2023, *SEIZED, Result.TRACED, Marking.MARKED, known=2023, settled=2023): 1,
        Cell(2023, *SEIZED, Result.TRACED, Marking.MARKED, known=2023, settled=2025): 2,
        Cell(2023, *SEIZED, Result.PENDING, Marking.MARKED, known=2023): 3,
        Cell(2023, *SEIZED, Result.TRACED, Marking.MARKED, known=2024, settled=2024): 4,
    }
    revised = [share_of(as_known(counts, year), TRACEABLE) for year in (2022, 2023, 2024, 2025)]
    assert revised == [Share(0, 0), Share(1, 6), Share(5, 10), Share(7, 10)]


@given(counts=counted, terms=all_terms)
def test_a_share_lies_between_nothing_and_everything(counts: dict[Cell, int], terms: Terms) -> None:
    exact = share_of(counts, terms).exact
    assert exact is None or Fraction(0) <= exact <= Fraction(100)


@given(counts=counted, terms=all_terms)
def test_a_trace_that_ends_with_success_never_lowers_a_share(counts: dict[Cell, int], terms: Terms) -> None:
    before = share_of(counts, terms)
    ended = Counter[Cell]()
    for cell, count in counts.items():
        ended[replace(cell, result=Result.TRACED) if cell.result is Result.PENDING else cell] += count
    after = share_of(ended, terms).exact
    assert before.exact is None or (after is not None and after >= before.exact)
