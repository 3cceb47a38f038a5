import csv
from importlib.resources import files

import pytest

from tracemark.marking import SERIAL_ALPHABET, look_alike, resembles


@pytest.mark.parametrize(
    ("sign", "like"),
    [
        ("З", "38E"),
        ("з", "38E"),
        ("Ч", "4UY"),
        ("О", "0DQ"),
        ("Ω", "0O"),
        ("٥", "0O"),
        ("۷", "V"),
        ("〇", "O"),
        ("A", ""),
    ],
)
def test_what_a_sign_looks_like_besides_what_it_is_folded_to(sign: str, like: str) -> None:
    assert resembles(sign) == like


@pytest.mark.parametrize(("one", "other"), [("0", "O"), ("B", "8"), ("З", "3"), ("Б", "6"), ("٥", "O"), ("Ｏ", "0")])
def test_look_alikes(one: str, other: str) -> None:
    assert look_alike(one, other)
    assert look_alike(other, one)


@pytest.mark.parametrize(("one", "other"), [("A", "A"), ("А", "A"), ("4", "7"), ("-", "O"), ("", "O")])
def test_what_is_one_sign_or_plainly_two_does_not_look_alike(one: str, other: str) -> None:
    assert not look_alike(one, other)


def test_each_row_says_where_it_comes_from_and_looks_like_folded_signs() -> None:
    text = (files("tracemark.marking") / "confusables.csv").read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert {row["source"] for row in rows} == {"unicode", "field"}
    assert {row["confidence"] for row in rows} <= {"high", "medium", "low"}
    assert [row for row in rows if not row["like"] or set(row["like"]) - set(SERIAL_ALPHABET)] == []
    assert len({(row["sign"], row["source"]) for row in rows}) == len(rows)
