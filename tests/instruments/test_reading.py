"""A text that a lawyer got wrong is refused by file, key and field."""

from datetime import date

import pytest

from tracemark.instruments import TextRefused, overlay
from tracemark.kernel import cite

GOOD = """
[instrument.TV]
title = "Firearms Act"
symbol = "Act 7"
status = "binding"
adopted_on = "2019-05"
checked_on = 2026-01-31

[source.act]
confidence = "read"
text = "Gazette 3/2019"

[[paragraph]]
citation = "TV 4(2)"
level = "national"
themes = ["marking"]
summary = "Every rifle bears the arms of the State."
indicator = "share of rifles"
source = "act"
"""

SECOND = """
[[paragraph]]
citation = "TV 4(2)"
from = 2020-01-01
level = "national"
themes = ["marking"]
summary = "Every rifle and pistol bears the arms of the State."
indicator = "share of weapons"
source = "act"
"""


def test_a_state_adds_its_own_law() -> None:
    held = overlay({"tv.toml": GOOD})
    assert held.instrument("TV").title == "Firearms Act"
    assert held.paragraph(cite("TV 4(2)")).from_on == date(2019, 5, 1)
    assert held.paragraph(cite("TV 4(2)")).checked_on == date(2026, 1, 31)


def test_versions_stand_in_order_of_date_however_they_are_written() -> None:
    ended = GOOD + "until = 2019-12-31\n"
    later_first = ended.replace("[[paragraph]]", SECOND + "\n[[paragraph]]")
    held = overlay({"tv.toml": later_first})
    assert held.paragraph(cite("TV 4(2)"), date(2019, 12, 31)).indicator == "share of rifles"
    assert held.paragraph(cite("TV 4(2)"), date(2020, 1, 1)).indicator == "share of weapons"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"TV 4(2)"', '"TV-4(2)"', "tv.toml: TV-4(2): citation: not a citation: 'TV-4(2)'"),
        ('"TV 4(2)"', '"TW 4(2)"', "tv.toml: TW 4(2): citation: no instrument 'TW'"),
        ('citation = "TV 4(2)"', "", "tv.toml: paragraph 1: citation: is missing"),
        (
            'level = "national"',
            'level = "local"',
            "tv.toml: TV 4(2): level: must be one of: national, regional, global",
        ),
        ('level = "national"', "", "tv.toml: TV 4(2): level: is missing"),
        ('themes = ["marking"]', "themes = []", "tv.toml: TV 4(2): themes: must be a list of words"),
        ('themes = ["marking"]', 'themes = "marking"', "tv.toml: TV 4(2): themes: must be a list of words"),
        ('indicator = "share of rifles"', 'indicator = " "', "tv.toml: TV 4(2): indicator: must be text"),
        ('source = "act"', 'source = "law"', "tv.toml: TV 4(2): source: no [source.law] in this text"),
        (
            'source = "act"',
            'source = "act"\nfrom = "2019"',
            "tv.toml: TV 4(2): from: must be a date, such as 2005-12-08",
        ),
        (
            'source = "act"',
            'source = "act"\nfrom = 2019-01-01T00:00:00',
            "tv.toml: TV 4(2): from: must be a date, such as 2005-12-08",
        ),
        ('source = "act"', 'source = "act"\nuntil = 2018-01-01', "tv.toml: TV 4(2): until: ends before it begins"),
        ('source = "act"', 'source = "act"\ncolour = "red"', "tv.toml: TV 4(2): colour: unknown field"),
        ('source = "act"\n', 'source = "act"\n' + SECOND, "tv.toml: TV 4(2): from: overlaps an earlier version"),
        (
            'confidence = "read"',
            'confidence = "sure"',
            "tv.toml: source act: confidence: must be one of: read, paraphrased in a source, from memory",
        ),
        ('title = "Firearms Act"', "title = 7", "tv.toml: instrument TV: title: must be text"),
        ("checked_on = 2026-01-31", "", "tv.toml: instrument TV: checked_on: is missing"),
        (
            '"2019-05"',
            '"May 2019"',
            "tv.toml: instrument TV: adopted_on: not a date (year, year-month or year-month-day): 'May 2019'",
        ),
        ("[instrument.TV]", "[instrument.TV]\nin_force = true", "tv.toml: instrument TV: in_force: unknown field"),
        ("[instrument.TV]", "[instruments.TV]", "tv.toml: instruments: unknown table"),
        ("[[paragraph]]", "[paragraph]", "tv.toml: paragraph: must be written [[paragraph]]"),
        ("[source.act]", "[[source]]", "tv.toml: source: must be written [source.NAME]"),
    ],
)
def test_a_wrong_field_is_refused_by_file_key_and_field(old: str, new: str, message: str) -> None:
    assert old in GOOD
    with pytest.raises(TextRefused) as refused:
        overlay({"tv.toml": GOOD.replace(old, new, 1)})
    assert str(refused.value) == message
    assert refused.value.file == "tv.toml"
    assert refused.value.key + refused.value.field != ""


def test_what_is_not_toml_is_refused_by_file_and_line() -> None:
    with pytest.raises(TextRefused) as refused:
        overlay({"tv.toml": "title = "})
    assert str(refused.value) == "tv.toml: not TOML: Invalid value (at end of document)"


def test_a_table_in_the_wrong_place_is_refused() -> None:
    with pytest.raises(TextRefused) as refused:
        overlay({"tv.toml": "paragraph = [7]"})
    assert str(refused.value) == "tv.toml: paragraph 1: must be a table"
