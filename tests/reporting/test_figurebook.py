import pytest

from tracemark.diversion import read_head
from tracemark.reporting import FigureUnreadable, figures, read_figure

HEAD = "-- id: a.b\n-- question: How many?\n-- unit: weapons\n-- paragraph: ITI 36\n"


def test_a_figure_is_read_from_its_file() -> None:
    figure = read_figure(HEAD + "-- by: year, kind\n-- recorded: marked\nSELECT 1 AS counted;")
    assert (figure.id, figure.by, figure.recorded, figure.sql) == (
        "a.b",
        ("year", "kind"),
        ("marked",),
        "SELECT 1 AS counted",
    )


def test_a_ratio_names_two_figures_and_has_no_query() -> None:
    assert read_figure(HEAD + "-- ratio: a.c / a.d\n").parts == ("a.c", "a.d")


@pytest.mark.parametrize("text", [HEAD, HEAD + "-- ratio: a.c / a.d\nSELECT 1", HEAD + "-- ratio: a.c\n", "SELECT 1"])
def test_what_is_neither_a_query_nor_a_ratio_is_refused(text: str) -> None:
    with pytest.raises(FigureUnreadable):
        read_figure(text)


def test_files_are_named_like_their_figures() -> None:
    assert {each.replace(".", "_") for each in figures()} == {each.id.replace(".", "_") for each in figures().values()}


def test_the_head_of_a_file_goes_on_over_lines() -> None:
    assert read_head("-- question: How\n--  many?\nSELECT 1") == ({"question": "How many?"}, "SELECT 1")
