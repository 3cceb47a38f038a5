"""What a node takes to a meeting: a State's from an empty record, and a region's from what States told it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.node.two_nodes import MovedClock, introduce, state_node
from tests.rooms import officer
from tests.secretariat.test_returns import report
from tests.secretariat.test_rollups import told
from tracemark.authorities import Level, NotPermitted, Role
from tracemark.correspondence import Received
from tracemark.kernel import Plain
from tracemark.node import Node, live_numbers, meeting_dossier, undertaking_statuses
from tracemark.review import COUNTS, Absent, MeetingDossier, ReviewRefused, Standing, frame, shipped_calendar
from tracemark.secretariat import FIGURE_TYPE, REPORT_TYPE, shared_report

AUDITOR = officer(Role.AUDITOR, authority="XT-REG")
CALENDAR = shipped_calendar()


@pytest.fixture
def region() -> Node:
    """A region that knows the nodes of two States, and was told nothing yet."""
    clock = MovedClock()
    found = replace(state_node("XR", clock), level=Level.REGIONAL)
    for state in ("XE", "XT"):
        introduce(found, state_node(state, clock))
    return found


def rows(found: MeetingDossier, code: str) -> list[Any]:
    return [row for each in found.sections if each.code == code for row in each.rows]


def test_an_empty_record_has_a_dossier_in_which_nothing_is_zero(tmp_path: Path) -> None:
    node = replace(state_node("XT", MovedClock()), folder=tmp_path)
    found = meeting_dossier(node, "BMS9", AUDITOR, CALENDAR)
    assert {(row["value"], row["absent"]) for row in rows(found, "progress")} == {(None, "not_recorded")}
    assert {row["standing"] for row in rows(found, "undertakings")} == {"not_known", "of_others", "counted"}
    live = live_numbers(node, frame().numbers, AUDITOR)
    assert {name: each.absent for name, each in live.items() if name in COUNTS and each.value is None} == {
        "indicator": Absent.NOT_RECORDED,
    }


def test_who_may_not_see_figures_is_told_so_and_draws_nothing(tmp_path: Path) -> None:
    node = replace(state_node("XT", MovedClock()), folder=tmp_path)
    keeper = officer(Role.STOREKEEPER, authority="XT-REG")
    live = live_numbers(node, frame().numbers, keeper)
    assert {each.absent for each in live.values() if each.is_figure} == {Absent.NOT_OPEN}
    with pytest.raises(NotPermitted):
        meeting_dossier(node, "BMS9", keeper, CALENDAR)
    assert list(tmp_path.iterdir()) == []


def test_a_region_names_every_state_that_told_it_nothing(region: Node) -> None:
    found = meeting_dossier(region, "BMS9", AUDITOR, CALENDAR)
    assert (found.states, found.head) == (("XE", "XT"), "")
    assert {(row["absent"], *row["missing"].items()) for row in rows(found, "progress")} == {
        ("not_told", ("XE", "not_told"), ("XT", "not_told"))
    }
    assert [row["whose"] for row in rows(found, "gaps")] == ["XE", "XT"]
    assert {row["whose"] for row in rows(found, "reports")} == {"XE", "XT"}
    one = meeting_dossier(region, "BMS9", AUDITOR, CALENDAR, "XE")
    assert (one.subject, one.states) == ("XE", ("XE",))
    assert {each.standing for each in undertaking_statuses(region, AUDITOR, "XE")} == {
        Standing.NOT_KNOWN,
        Standing.OF_OTHERS,
    }


@pytest.mark.parametrize(("meeting", "subject"), [("BMS99", ""), ("BMS9", "XF")])
def test_what_is_not_known_here_is_refused(meeting: str, subject: str, region: Node) -> None:
    with pytest.raises(ReviewRefused):
        meeting_dossier(region, meeting, AUDITOR, CALENDAR, subject)


def test_a_region_adds_up_what_its_states_told_and_says_what_of_it_is_withheld(region: Node) -> None:
    sender = {each.card.state: each.name for each in region.directory.all()}
    seized = {
        "XE": told(rows=[{"number": 10}]),
        "XT": told(by=["year"], rows=[{"number": 32}, {"year": "2024", "number": 32}]),
    }
    by_rule: list[Plain] = [{"rule": "x", "number": 7}, {"rule": "y", "number": None}, {"number": None}]
    letters = [(state, FIGURE_TYPE, body) for state, body in seized.items()]
    letters += [
        ("XE", FIGURE_TYPE, told("signals.raised", by=["rule"], rows=by_rule)),
        ("XE", REPORT_TYPE, shared_report(report("2022", "2023", nca__exists="no", npc__exists="yes"))),
        ("XE", REPORT_TYPE, shared_report(report(nca__exists="yes", npc__exists="yes"))),
    ]  # fmt: skip
    for number, (state, kind, body) in enumerate(letters):
        with region.stores.atomic():
            region.stores.inbox.keep(
                Received(str(number), sender[state], kind, body, "", "", "", "2026-05-01T00:00:00Z")
            )
    whole = meeting_dossier(region, "BMS9", AUDITOR, CALENDAR)
    [marked] = [row for row in rows(whole, "undertakings") if row["paragraph"] == "PoA II.16"]
    assert marked["standings"] == {"counted": 2}
    cells = {row["cell"]: row for row in rows(whole, "signals") if row["by"] == "rule"}
    assert (cells["x"]["value"], cells["x"]["states"], cells["x"]["missing"]) == (7, ["XE"], {"XT": "not_told"})
    one = meeting_dossier(region, "BMS9", AUDITOR, CALENDAR, "XE")
    assert {row["cell"]: row.get("absent") for row in rows(one, "signals") if row["by"] == "rule"} == {
        "x": None, "y": "withheld",
    }  # fmt: skip
    told_of = {row["paragraph"]: row for row in rows(one, "undertakings")}
    assert (told_of["PoA II.5"]["standing"], told_of["PoA II.4"]["change"]) == ("carried_out", 1)
    assert {row["what"] for row in rows(meeting_dossier(region, "BMS9", AUDITOR, CALENDAR, "XT"), "gaps")} == {
        "no_report"
    }
