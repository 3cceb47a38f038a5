"""Numbers of several tables tell no small one, whoever holds them against each other."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tracemark.reporting.differencing import UNKNOWN, Known, ToldTable, share_tells, suppressed_together
from tracemark.reporting.suppression import SUM, Key, with_sums

LEAST = 5
MANNERS = ("seized", "found", "surrendered")
NUMBERS = st.one_of(st.integers(0, 6), st.integers(0, 60))


def alone(figure: str, number: int, *, withheld: bool = False) -> ToldTable:
    return ToldTable(figure, {("",): number}, ({},), withheld)


def by_year(figure: str, **numbers: int) -> ToldTable:
    cells: dict[Key, int] = {(year.strip("y"),): number for year, number in numbers.items()}
    return ToldTable(figure, cells, ({year: frozenset({("year", year)}) for (year,) in cells},))


def read(readers: tuple[Known, ...], tables: list[ToldTable], hidden: list[frozenset[Key]]) -> None:
    """Let all read tables as published; the last reader knows what is withheld, and may be asked what tells it."""
    for table, gone in zip(tables, hidden, strict=True):
        for key, of in table.keys().items():
            for reader in readers:
                number = table.numbers()[key]
                reader.read(of, None if key in gone else number, number if reader is readers[-1] else UNKNOWN)


def shown(tables: list[ToldTable]) -> list[dict[Key, int]]:
    found = zip(tables, suppressed_together(tables, LEAST), strict=True)
    return [{key: number for key, number in with_sums(table.cells).items() if key not in gone} for table, gone in found]


def test_a_small_rest_of_a_whole_is_guarded_by_its_smallest_part() -> None:
    tables = [alone("recoveries.all", 103), alone("recoveries.seized", 60), alone("recoveries.found", 40)]
    assert shown(tables) == [{("",): 103, (SUM,): 103}, {("",): 60, (SUM,): 60}, {}]


def test_what_a_part_tells_of_the_rest_of_its_whole_is_withheld_by_year() -> None:
    tables = [by_year("stock.held", y2024=50, y2025=60), by_year("stock.marked", y2024=48, y2025=40)]
    held, marked = shown(tables)
    assert held == {("2024",): 50, ("2025",): 60, (SUM,): 110}
    assert marked == {(SUM,): 88}


def test_a_number_withheld_in_one_table_is_withheld_in_every_table() -> None:
    kinds = ToldTable("recoveries.seized", {("pistol",): 3, ("rifle",): 4},
                      ({each: frozenset({("weapon_kind", each)}) for each in ("pistol", "rifle")},))  # fmt: skip
    assert shown([kinds, alone("recoveries.seized", 7)])[1] == {(SUM,): 7, ("",): 7}
    small = ToldTable("recoveries.seized", {("pistol",): 2}, kinds.asked)
    assert shown([small, alone("recoveries.seized", 2), by_year("recoveries.seized", y2024=2)]) == [{}, {}, {}]


def test_what_a_state_withholds_is_not_told_by_other_answers() -> None:
    tables = [
        alone("recoveries.all", 100),
        alone("recoveries.seized", 50, withheld=True),
        alone("recoveries.found", 50),
    ]
    assert shown(tables) == [{("",): 100, (SUM,): 100}, {}, {}]


@given(st.lists(NUMBERS, min_size=3, max_size=3), st.sets(st.sampled_from(MANNERS)), st.booleans())
def test_no_small_number_is_left_over(numbers: list[int], told: set[str], whole_first: bool) -> None:
    """Whatever parts are told beside the whole: what is left is nothing, not small, or of several that are unknown."""
    parts = dict(zip(MANNERS, numbers, strict=True))
    tables = [alone(f"recoveries.{each}", parts[each]) for each in MANNERS if each in told]
    place = 0 if whole_first else len(tables)
    tables.insert(place, alone("recoveries.all", sum(numbers)))
    open_ones = {each.figure: found[SUM,] for each, found in zip(tables, shown(tables), strict=True) if (SUM,) in found}
    assert all(number == 0 or number >= LEAST for number in open_ones.values())
    whole = open_ones.pop("recoveries.all", None)
    unknown = [parts[each] for each in MANNERS if f"recoveries.{each}" not in open_ones and parts[each]]
    if whole is not None:
        left = whole - sum(open_ones.values())
        assert left == sum(unknown)
        assert len(unknown) != 1 or unknown[0] >= LEAST
    else:
        assert sum(numbers) == 0 or unknown


@given(st.lists(NUMBERS, min_size=3, max_size=3), st.lists(st.sampled_from([*MANNERS, "all"]), unique=True), st.data())
def test_no_small_number_is_left_over_beside_what_was_published_before(
    numbers: list[int], told: list[str], data: st.DataObject
) -> None:
    """Whatever part of the tables stands published already: the others withhold what guards all of them."""
    parts = dict(zip(MANNERS, numbers, strict=True)) | {"all": sum(numbers)}
    tables = [alone(f"recoveries.{each}", parts[each]) for each in told]
    first = tables[: data.draw(st.integers(0, len(tables)))]
    known, truth = Known(), Known()
    read((known, truth), first, suppressed_together(first, LEAST))
    later = tables[len(first) :]
    read((truth,), later, suppressed_together(later, LEAST, known))
    assert truth.telling(LEAST) == set()


def test_what_was_withheld_before_is_not_told_later() -> None:
    known = Known()
    for table in (alone("recoveries.all", 103), alone("recoveries.found", 40)):
        for of in table.keys().values():
            known.read(of, table.numbers()[SUM,])
    seized, surrendered = alone("recoveries.seized", 60), alone("recoveries.surrendered", 3)
    assert suppressed_together([seized], LEAST, known) == [frozenset({("",), (SUM,)})]
    assert suppressed_together([seized, surrendered], LEAST, known) == [frozenset({("",), (SUM,)})] * 2
    assert suppressed_together([alone("recoveries.seized", 50)], LEAST, known) == [frozenset()]


def test_a_share_tells_what_is_small_of_a_known_number() -> None:
    assert [share_tells(50, Decimal(each), LEAST) for each in ("24.0", "6.0", "94.0", "0.0", "100.0")] == [
        False, True, True, False, False,
    ]  # fmt: skip
