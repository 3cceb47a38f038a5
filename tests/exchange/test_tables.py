import os
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tracemark.exchange import TableRefused, read_table


def refusal(path: Path, **asked: Any) -> tuple[str, dict[str, object]]:
    with pytest.raises(TableRefused) as refused:
        list(read_table(path, **asked).table.rows())
    [finding] = refused.value.findings
    return finding.code, dict(finding.facts)


def csv_file(folder: Path, content: str | bytes, name: str = "lot.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    lines = [["serial", "note", "maker"], ["AB1", 'says "no, never"', "M"], ["AB2", "two\nlines", "N; O"]]
    written = "\r\n".join(delimiter.join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines)
    found = read_table(csv_file(tmp_path, written))
    assert (found.table.delimiter, found.table.columns) == (delimiter, ("serial", "note", "maker"))
    assert list(found.table.rows()) == [(2, lines[1]), (3, lines[2])]
    assert list(found.table.rows()) == [(2, lines[1]), (3, lines[2])]


def test_what_is_asked_for_is_not_detected(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "a;b,c\n1;2,3\n".encode("cp1251"))
    found = read_table(path, encoding="cp1251", delimiter=",")
    assert (found.table.columns, found.table.encoding) == (("a;b", "c"), "cp1251")


def test_the_fingerprint_is_that_of_the_bytes(tmp_path: Path) -> None:
    table = read_table(csv_file(tmp_path, "a,b\n1,2\n")).table
    assert table.fingerprint == "492d5ea496056f1a6a6592241032fab764c321596317930b4fa0e1e8bc3b7470"
    assert (table.size, table.name) == (8, "lot.csv")


def test_ragged_rows_and_blank_lines_are_left_to_intake(tmp_path: Path) -> None:
    table = read_table(csv_file(tmp_path, "a,b\n\n1\n1,2,3\n")).table
    assert list(table.rows()) == [(3, ["1"]), (4, ["1", "2", "3"])]


@pytest.mark.parametrize(
    ("lines", "row", "swallowed"),
    [
        (['1,"AB', *(f"{number},C" for number in range(9))], 2, 10),
        (["1,A", '2,"B', *(f"{number},C" for number in range(80)), '3,"D', "4,E"], 3, 82),
    ],
)
def test_a_quote_that_swallows_rows_is_refused(tmp_path: Path, lines: list[str], row: int, swallowed: int) -> None:
    path = csv_file(tmp_path, "\n".join(["a,b", *lines]) + "\n")
    facts = {"file": "lot.csv", "row": row, "lines": swallowed}
    assert refusal(path) == ("exchange.quote_unclosed", facts)


def test_a_guessed_encoding_is_told_with_those_that_suit(tmp_path: Path) -> None:
    table = read_table(csv_file(tmp_path, "a,b\nŁódź,Kraków\nŚwidnica,Żory\n".encode("cp1250"))).table
    assert "cp1250" in table.encodings
    assert read_table(csv_file(tmp_path, "a,b\nŁódź,Kraków\n", "utf8.csv")).table.encodings == ()


def test_what_cannot_be_decoded_is_marked(tmp_path: Path) -> None:
    table = read_table(csv_file(tmp_path, b"a,b\n1,\xff\n"), encoding="utf-8").table
    assert list(table.rows()) == [(2, ["1", "\ufffd"])]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "exchange.empty_file"),
        ("\n\n", "exchange.empty_file"),
        (",,\n,,\n", "exchange.no_heading"),
        ("serial,maker,serial\n", "exchange.column_twice"),
        ("a,b\n1," + "x" * 200_000 + "\n", "exchange.row_unread"),
    ],
)
def test_a_text_that_is_no_table(tmp_path: Path, content: str, code: str) -> None:
    found, facts = refusal(csv_file(tmp_path, content))
    assert (found, facts["file"]) == (code, "lot.csv")


def test_an_unknown_encoding_is_named(tmp_path: Path) -> None:
    assert refusal(csv_file(tmp_path, "a,b\n"), encoding="cp99999") == (
        "exchange.encoding_unknown", {"file": "lot.csv", "value": "cp99999"},
    )  # fmt: skip


def workbook(folder: Path, rows: list[list[object]], name: str = "lot.xlsx") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    path = folder / name
    book.save(path)
    return path


def test_a_spreadsheet_is_read_as_text(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        [
            ["serial", "made", "got_on", "at", "price", "sold", None],
            ["AB1", 2001, date(2002, 3, 4), datetime(2002, 3, 4, 5, 6), 1.5, True],  # noqa: DTZ001 - a spreadsheet knows no zone
            [],
            [12345678, None, "05/06/2003", None, 1.0e16, False],
        ],
    )
    table = read_table(path).table
    assert table.columns == ("serial", "made", "got_on", "at", "price", "sold")
    assert list(table.rows()) == [
        (2, ["AB1", "2001", "2002-03-04", "2002-03-04 05:06:00", "1.5", "true"]),
        (4, ["12345678", "", "05/06/2003", "", "1E+16", "false"]),
    ]
    assert (table.total, table.sheet) == (2, "Sheet")


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04 and then nothing", b"not a spreadsheet", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 80]
)
def test_what_is_no_spreadsheet(tmp_path: Path, content: bytes) -> None:
    assert refusal(csv_file(tmp_path, content, "lot.xlsx"))[0] == "exchange.not_a_spreadsheet"


def test_a_spreadsheet_behind_a_password(tmp_path: Path) -> None:
    wrapped = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000) + "EncryptedPackage".encode("utf-16-le") + bytes(3000)
    assert refusal(csv_file(tmp_path, wrapped, "lot.xlsx"))[0] == "exchange.password_protected"


def test_an_archive_that_would_fill_the_machine(tmp_path: Path) -> None:
    path = tmp_path / "lot.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(20_000_000))
    assert refusal(path) == ("exchange.file_unpacks_too_large", {"file": "lot.xlsx", "value": "20000000 bytes"})


def test_a_sheet_of_two_cells_far_apart(tmp_path: Path) -> None:
    path = tmp_path / "lot.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["XFD1048576"] = "serial", "AB1"
    book.save(path)
    assert path.stat().st_size < 10_000
    assert refusal(path) == ("exchange.file_unpacks_too_large", {"file": "lot.xlsx", "value": "2147483648 bytes"})


def test_a_file_that_is_not_there_is_no_finding(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_table(tmp_path / "none.csv")


def test_a_line_that_only_names_the_delimiter_is_no_row(tmp_path: Path) -> None:
    table = read_table(csv_file(tmp_path, "sep=;\r\na;b,c\r\n1;2\r\n")).table
    assert (table.delimiter, table.columns, list(table.rows())) == (";", ("a", "b,c"), [(2, ["1", "2"])])


def test_titles_above_the_heading_of_a_text_are_left_out(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "Register of the Ministry;;\n\na;b;c\n1;2;3\n")
    table = read_table(path, knows=lambda row: ("b" in row, row.count("b"))).table
    assert (table.heading_row, table.columns, list(table.rows())) == (3, ("a", "b", "c"), [(4, ["1", "2", "3"])])
    assert read_table(path, heading_row=3).table.columns == ("a", "b", "c")


def test_a_text_kept_by_a_formula_is_that_text(tmp_path: Path) -> None:
    table = read_table(csv_file(tmp_path, 'a,b\n="0012",=1+1\n')).table
    assert list(table.rows()) == [(2, ["0012", "=1+1"])]


def test_a_folder_a_pipe_and_a_file_of_others_are_refused_and_nobody_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    assert refusal(tmp_path / "pipe.csv") == ("exchange.not_a_file", {"file": "pipe.csv"})
    assert refusal(tmp_path)[0] == "exchange.not_a_file"
    path = csv_file(tmp_path, "a\n1\n")
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert refusal(path) == ("exchange.not_readable", {"file": "lot.csv"})
