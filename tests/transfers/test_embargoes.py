"""Embargoes by destination and day, and the questions of risk, as the project's own dated data."""

import re
from datetime import date

import pytest

from tracemark import instruments
from tracemark.kernel import cite
from tracemark.transfers import Authorises, Weight, asked, embargoes_on, questions, shipped_embargoes
from tracemark.weapons import catalogue

EXEMPTIONS = {"committee", "notified", "government", "un_mission", "protective"}


@pytest.mark.parametrize(
    ("state", "on", "codes"),
    [
        ("LR", date(1992, 11, 18), []),
        ("LR", date(1992, 11, 19), ["liberia_1992"]),
        ("LR", date(2016, 5, 26), ["liberia_1992"]),
        ("LR", date(2016, 5, 27), []),
        ("KP", date(2026, 5, 6), ["korea_2006"]),
        ("LY", date(2005, 1, 1), []),
        ("LY", date(2026, 5, 6), ["libya_2011"]),
        ("XT", date(2026, 5, 6), []),
    ],
)
def test_poa_ii_15_an_embargo_holds_on_its_days(state: str, on: date, codes: list[str]) -> None:
    assert [each.code for each in embargoes_on(state, on)] == codes


def test_every_line_of_the_table_is_whole() -> None:
    for each in shipped_embargoes():
        assert each.state in catalogue().states
        assert re.fullmatch(r"S/RES/\d+ \(\d{4}\)", each.symbol)
        assert each.until is None or each.since <= each.until
        assert each.scope in ("all", "non_state")
        assert set(each.exemptions) <= EXEMPTIONS
        assert each.confidence in ("table", "memory")


def test_every_question_cites_a_paragraph_that_is_held() -> None:
    for each in questions():
        assert instruments.paragraph(each.source).citation == each.source
        assert each.confidence in ("read", "from memory")
    assert {each.source for each in questions() if each.weight is Weight.BAR} == {
        cite("ATT 6(1)"),
        cite("ATT 6(2)"),
        cite("ATT 6(3)"),
    }


def test_att_7_4_gender_based_violence_is_asked_before_every_export() -> None:
    assert "gender_based_violence" in asked(Authorises.EXPORT)
    assert asked(Authorises.IMPORT) == {each.code for each in questions() if each.weight is Weight.BAR}
