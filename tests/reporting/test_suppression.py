"""Small numbers cannot be told from what is published, whoever tries."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from tracemark.reporting.suppression import SUM, Key, suppressed, with_sums

LEAST = 5
NUMBERS = st.one_of(st.integers(0, 6), st.integers(0, 40))


@st.composite
def tables(draw: st.DrawFn) -> dict[Key, int]:
    rows, columns = draw(st.integers(1, 4)), draw(st.integers(0, 4))
    keys: list[Key] = [(f"r{row}",) for row in range(rows)]
    if columns:
        keys = [(f"r{row}", f"c{column}") for row, column in product(range(rows), range(columns))]
    return {key: draw(NUMBERS) for key in keys}


def equations(cells: Mapping[Key, int]) -> list[dict[Key, int]]:
    """Every sum of the table, as what must come to nothing."""
    whole = with_sums(cells)
    width = len(next(iter(cells)))
    told = []
    for place in range(width):
        for key in whole:
            if key[place] == SUM:
                parts = [
                    each for each in whole if each[place] != SUM and (*each[:place], SUM, *each[place + 1 :]) == key
                ]
                told.append({key: -1, **dict.fromkeys(parts, 1)})
    return told


def reckoned(cells: Mapping[Key, int], hidden: frozenset[Key]) -> set[Key]:
    """Solve for what is hidden: Gauss over fractions. What has one value only is found out."""
    unknown = sorted(hidden)
    rows = [[Fraction(each.get(key, 0)) for key in unknown] for each in equations(cells)]
    pivots: list[int] = []
    for column in range(len(unknown)):
        at = next((row for row in range(len(pivots), len(rows)) if rows[row][column]), None)
        if at is None:
            continue
        top = len(pivots)
        rows[top], rows[at] = rows[at], rows[top]
        rows[top] = [value / rows[top][column] for value in rows[top]]
        for other in range(len(rows)):
            if other != top and (factor := rows[other][column]):
                rows[other] = [a - factor * b for a, b in zip(rows[other], rows[top], strict=True)]
        pivots.append(column)
    free = set(range(len(unknown))) - set(pivots)
    return {unknown[column] for row, column in enumerate(pivots) if not any(rows[row][other] for other in free)}


def other_tables(cells: Mapping[Key, int], hidden: frozenset[Key], key: Key) -> set[int]:
    """Values that a hidden cell takes in tables that publish the same, each hidden one changed by one at most."""
    whole, found = with_sums(cells), {with_sums(cells)[key]}
    unknown, lines = sorted(hidden), equations(cells)
    for change in product((-1, 0, 1), repeat=len(unknown)):
        moved = dict(zip(unknown, change, strict=True))
        if any(whole[each] + by < 0 for each, by in moved.items()):
            continue
        if all(sum(moved.get(each, 0) * sign for each, sign in line.items()) == 0 for line in lines):
            found.add(whole[key] + moved[key])
    return found


@settings(max_examples=100, deadline=None)
@given(tables())
def test_no_small_number_is_published_and_none_can_be_reckoned(cells: dict[Key, int]) -> None:
    hidden, whole = suppressed(cells, LEAST), with_sums(cells)
    assert {key for key, number in whole.items() if 0 < number < LEAST} <= hidden
    withheld = hidden == frozenset(whole)
    assert withheld or reckoned(cells, hidden) == set()


@settings(max_examples=25, deadline=None)
@given(tables())
def test_knowing_that_numbers_are_not_below_nothing_does_not_help(cells: dict[Key, int]) -> None:
    hidden, whole = suppressed(cells, LEAST), with_sums(cells)
    if hidden == frozenset(whole) or len(hidden) > 6:
        return
    for key in hidden:
        assert other_tables(cells, hidden, key) >= {whole[key] - 1, whole[key], whole[key] + 1}


def test_the_attack_finds_what_is_badly_hidden() -> None:
    cells: dict[Key, int] = {("a",): 2, ("b",): 9, ("c",): 20}
    assert reckoned(cells, frozenset({("a",)})) == {("a",)}


def test_the_smallest_that_does_is_hidden_beside_it() -> None:
    assert suppressed({("a",): 2, ("b",): 9, ("c",): 20}, LEAST) == {("a",), ("b",)}


def test_where_nothing_is_small_nothing_is_hidden() -> None:
    assert suppressed({("a", "x"): 0, ("a", "y"): 9, ("b", "x"): 5}, LEAST) == frozenset()


def test_a_table_that_cannot_be_guarded_is_withheld() -> None:
    assert suppressed({("a",): 3}, LEAST) == {("a",), (SUM,)}
