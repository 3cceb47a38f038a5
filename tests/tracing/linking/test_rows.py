import pytest

from tracemark.tracing import ListRefused, ListRow, RowReader, heading_of
from tracemark.tracing.linking.rows import UNHEARD_OF, UNSTATED

HEADINGS = ("Case", "Serial_Number", "Make", "Model", "Caliber", "Country", "Year", "Type", "Remarks")
CODES = {("maker", "glock"): 3, ("model", "glock/19"): 8, ("maker", "~ourworks"): 5, ("country", "AT"): 0}


def code(column: str, value: str) -> int:
    return CODES.get((column, value), -1)


def row(*cells: str, itself: bool = False) -> ListRow:
    return RowReader(heading_of(HEADINGS, "found.csv"), code, itself=itself).read(7, cells)


def test_columns_are_known_by_their_headings_wherever_they_stand() -> None:
    heading = heading_of(HEADINGS, "found.csv")
    assert [heading.places[column] for column in ("id", "reading", "maker", "calibre", "kind")] == [0, 1, 2, 4, 7]
    assert heading_of(("colour", "reading"), "found.csv").places["maker"] == -1


@pytest.mark.parametrize(
    ("columns", "code", "field"),
    [
        (("make", "model"), "tracing.list_column_missing", "reading"),
        (("reading", "make", "Maker"), "tracing.list_column_twice", "maker"),
    ],
)
def test_a_heading_that_does_not_say_what_is_what_is_refused_with_its_place(
    columns: tuple[str, ...], code: str, field: str
) -> None:
    with pytest.raises(ListRefused) as refused:
        heading_of(columns, "found.csv")
    [finding] = refused.value.findings
    told = [finding.facts[name] for name in ("file", "row", "field")]
    assert (finding.code, told) == (code, ["found.csv", 1, field])


def test_words_become_the_codes_of_the_other_side() -> None:
    read = row("K-1", " AB?12 ", "GLOCK", "19", "", "Austria", "1994", "")
    assert read == ListRow(7, "K-1", "AB?12", (3, 8, UNSTATED, 0, 1994, UNSTATED, UNSTATED))


def test_what_the_catalogue_knows_and_the_other_side_lacks_speaks_against_all_of_it() -> None:
    read = row("K-1", "AB?12", "Beretta")
    assert (read.stated[0], read.unknown) == (UNHEARD_OF, ())


def test_a_word_nobody_knows_is_left_out_and_named_and_one_that_both_lists_have_counts() -> None:
    read = row("K-1", "AB?12", "Nobodys Forge", "", "", "", "soon")
    assert (read.stated, read.unknown) == ((UNSTATED,) * 7, ("maker", "year"))
    assert row("K-1", "AB?12", "Our-Works").stated[0] == 5


def test_what_keeps_a_row_from_being_searched_for_is_told_in_it() -> None:
    assert row("K-1", "").reason == "tracing.list_reading_blank"
    assert row(*("x",) * 9, "more").reason == "tracing.list_row_too_long"
    assert row(*("x",) * 9, " ").reason == ""


def test_a_list_held_against_itself_leaves_each_row_out_of_its_own_answer() -> None:
    assert (row("K-1", "AB12").left_out, row("K-1", "AB12", itself=True).left_out) == (-1, 7)
