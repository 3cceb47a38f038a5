"""How a workbook is read that is laid out for people: several sheets, titles, merged cells, formats, formulas."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.exchange.test_tables import refusal
from tracemark.exchange import read_table

HEADING = ["serial", "maker"]
ROWS = [["AB1", "Glock"], ["AB2", "Norinco"]]
Sheets = Mapping[str, Sequence[Sequence[object]]]
Edit = Callable[[Workbook], object]


def knows(row: Sequence[str]) -> tuple[bool, int]:
    named = len({*HEADING} & {*row})
    return named == len(HEADING), named


def book_of(folder: Path, sheets: Sheets, edit: Edit = lambda book: None) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    edit(book)
    path = folder / "lot.xlsx"
    book.save(path)
    return path


def cells(rows: Sequence[Sequence[object]], edit: Callable[[Worksheet], object], folder: Path) -> list[list[str]]:
    path = book_of(folder, {"lot": [HEADING, *rows]}, lambda book: edit(book["lot"]))
    return [list(row) for _, row in read_table(path).table.rows()]


def test_the_one_sheet_with_the_columns_is_read_whatever_stands_before_it(tmp_path: Path) -> None:
    path = book_of(tmp_path, {"cover": [["Ministry"], ["2024"]], "lot": [HEADING, *ROWS]})
    table = read_table(path, knows=knows).table
    assert (table.sheet, table.heading_row, list(table.rows())) == ("lot", 1, [(2, ROWS[0]), (3, ROWS[1])])


def test_of_several_sheets_that_fit_none_is_taken_unasked(tmp_path: Path) -> None:
    path = book_of(tmp_path, {"2023": [HEADING, *ROWS], "2024": [HEADING, *ROWS], "notes": [["see 2024"]]})
    told = {"file": "lot.xlsx", "sheets": ["2023", "2024"]}
    assert refusal(path, knows=knows) == ("exchange.several_sheets", told)
    assert read_table(path, sheet="2024", knows=knows).table.sheet == "2024"


def test_without_columns_to_look_for_a_second_sheet_that_holds_anything_is_a_doubt(tmp_path: Path) -> None:
    path = book_of(tmp_path, {"lot": [HEADING, *ROWS], "empty": [], "more": [["x"]]})
    assert refusal(path)[1]["sheets"] == ["lot", "more"]
    assert read_table(book_of(tmp_path, {"lot": [HEADING, *ROWS], "empty": []})).table.sheet == "lot"


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are(tmp_path: Path) -> None:
    path = book_of(tmp_path, {"first": [HEADING], "second": [HEADING]})
    assert refusal(path, sheet="third") == (
        "exchange.sheet_not_found", {"file": "lot.xlsx", "value": "third", "suggestion": "first, second"},
    )  # fmt: skip


def test_a_hidden_sheet_is_read_only_when_it_is_named(tmp_path: Path) -> None:
    def hide(book: Workbook) -> None:
        book["lot"].sheet_state = "hidden"

    path = book_of(tmp_path, {"cover": [["Ministry"]], "lot": [HEADING, *ROWS]}, hide)
    assert refusal(path, knows=knows) == ("exchange.sheet_hidden", {"file": "lot.xlsx", "value": "lot"})
    assert read_table(path, sheet="lot", knows=knows).table.total == 2


def test_titles_above_the_heading_are_left_out_and_rows_keep_their_numbers(tmp_path: Path) -> None:
    path = book_of(tmp_path, {"lot": [["Register of the Ministry"], [], ["as of May"], HEADING, *ROWS]})
    table = read_table(path, knows=knows).table
    assert (table.heading_row, list(table.rows())) == (4, [(5, ROWS[0]), (6, ROWS[1])])


def test_the_heading_may_be_named_and_must_then_be_there(tmp_path: Path) -> None:
    path = book_of(tmp_path, {"lot": [HEADING, ["number", "make"], *ROWS]})
    assert read_table(path, heading_row=2, knows=knows).table.columns == ("number", "make")
    assert refusal(book_of(tmp_path, {"lot": [HEADING, [], *ROWS]}), heading_row=2) == (
        "exchange.no_heading", {"file": "lot.xlsx", "row": 2},
    )  # fmt: skip


def test_a_range_merged_within_a_column_gives_its_value_to_each_row(tmp_path: Path) -> None:
    path = book_of(
        tmp_path,
        {"lot": [["Register"], HEADING, ["AB1", "Glock"], ["AB2", None], ["AB3", "Norinco"]]},
        lambda book: (book["lot"].merge_cells("A1:B1"), book["lot"].merge_cells("B3:B4")),
    )
    table = read_table(path, knows=knows).table
    assert [list(row) for _, row in table.rows()] == [["AB1", "Glock"], ["AB2", "Glock"], ["AB3", "Norinco"]]
    assert table.merged_ranges == 1


@pytest.mark.parametrize("merged", ["A2:B2", "A1:A2", "A1:B1"])
def test_cells_merged_over_columns_or_with_the_heading_are_refused(tmp_path: Path, merged: str) -> None:
    path = book_of(tmp_path, {"lot": [HEADING, *ROWS]}, lambda book: book["lot"].merge_cells(merged))
    assert refusal(path, sheet="lot", heading_row=1) == (
        "exchange.cells_merged", {"file": "lot.xlsx", "value": "lot", "cells": merged},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("number", "shown_as", "read"),
    [
        (1234, "0000000", "0001234"),
        (1234, '"SN-"00000', "SN-01234"),
        (1234567, r"00\-000\-00", "12-345-67"),
        (1234567, "000-00", "12345-67"),
        (1234, "0", "1234"),
        (1234, "#,##0", "1234"),
        (1200000, "0.00E+00", "1.2E+06"),
        (12345678901234567, "0", "1.23456789012346E+16"),
        (12345678901234567, "00000000000000000000", "1.23456789012346E+16"),
        (999999999999999, "General", "999999999999999"),
    ],
)
def test_a_number_is_read_as_it_is_shown_and_never_with_digits_that_are_lost(
    tmp_path: Path, number: int, shown_as: str, read: str
) -> None:
    def form(sheet: Worksheet) -> None:
        sheet["A2"].number_format = shown_as

    assert cells([[number, "x"]], form, tmp_path) == [[read, "x"]]


def test_a_formula_that_nobody_worked_out_is_shown_and_not_taken_for_an_empty_cell(tmp_path: Path) -> None:
    def form(sheet: Worksheet) -> None:
        sheet["A2"] = '=B2&"1"'

    assert cells([["", "x"]], form, tmp_path) == [['=B2&"1"', "x"]]


def test_hidden_rows_are_read_and_counted(tmp_path: Path) -> None:
    def hide(book: Workbook) -> None:
        book["lot"].row_dimensions[2].hidden = True

    table = read_table(book_of(tmp_path, {"lot": [HEADING, *ROWS]}, hide)).table
    assert (table.hidden_rows, table.total) == (1, 2)
