from dataclasses import replace

from tests.tracing.test_rules import WHOLE
from tracemark.marking import Mark, MarkKind
from tracemark.tracing import Clues, states_to_ask
from tracemark.weapons import catalogue

BARE = replace(WHOLE, maker="", country="", import_country="")


def asked(clues: Clues) -> list[tuple[str, list[str]]]:
    return [(each.state, [why.code for why in each.because]) for each in states_to_ask(clues, catalogue())]


def test_the_last_import_is_asked_before_the_state_of_manufacture() -> None:
    request = replace(BARE, maker="beretta", country="IT", import_country="GB")
    assert asked(Clues("XA", request)) == [("GB", ["import_mark"]), ("IT", ["country", "maker"])]


def test_marks_name_states_and_our_own_is_never_among_them() -> None:
    marks = (Mark(MarkKind.IMPORT, "XA 77", state="XA"), Mark(MarkKind.PROOF, "BNP", state="GB"))
    assert asked(Clues("XA", BARE, marks)) == [("GB", ["mark"])]


def test_a_state_that_is_no_more_stands_for_those_that_came_after_it() -> None:
    found = states_to_ask(Clues("XA", replace(BARE, country="CS")), catalogue())
    assert [(each.state, each.because[0].facts) for each in found] == [
        ("CZ", {"former": "CS"}),
        ("SK", {"former": "CS"}),
    ]


def test_nothing_known_leads_to_nobody() -> None:
    assert asked(Clues("XA", BARE)) == []
