"""A report is drafted from figures and the last report, answered, signed off by another, submitted and frozen."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.reporting.desk import APPROVER, CONTACT, HEAD, PERIOD, drafted, drawing, said, standing
from tests.rooms import StillClock, clock, officer, stores
from tracemark.authorities import NotPermitted, Role
from tracemark.kernel import Plain
from tracemark.recordkeeping import EventKind
from tracemark.reporting import (
    Answer,
    Origin,
    Period,
    ReportRefused,
    answer_question,
    assign_section,
    comment_on_report,
    confirm_answers,
    differences,
    draft_report,
    draw_again,
    redrawn,
    report_checks,
    reporting_calendar,
    sign_off_report,
    submit_report,
    withdraw_report,
)
from tracemark.reporting.drafting import parcels
from tracemark.storage.memory import MemoryStores

__all__ = ["clock", "stores"]
SEIZED = {"all": 4, "2024": 3, "2025": 1}


def codes(error: pytest.ExceptionInfo[ReportRefused]) -> list[str]:
    return [each.code for each in error.value.findings]


def submitted(stores: MemoryStores, clock: StillClock, name: str) -> None:
    sign_off_report(report=name, actor=APPROVER, stores=stores, clock=clock)
    submit_report(report=name, actor=CONTACT, stores=stores, clock=clock)


def test_a_draft_carries_figures_with_the_head_they_were_drawn_at(
    stores: MemoryStores, clock: StillClock, tmp_path: Path
) -> None:
    found = standing(stores, drafted(stores, clock, tmp_path))
    answer = found.answers["col.seized"]
    assert (answer.value, answer.origin, answer.figure, answer.head) == (
        SEIZED, Origin.FIGURE, "recoveries.seized", HEAD,
    )  # fmt: skip
    assert found.answers["col.kinds"].value == [{"manner": "seized", "weapon_kind": "pistol", "number": 4}]
    assert "mfr.number" not in found.answers
    with drawing(tmp_path / "again") as opened:
        assert [each.question.id for each in redrawn(found, opened) if not each.same] == []
    with drawing(tmp_path / "other", seized=2) as opened:
        assert {each.question.id for each in redrawn(found, opened) if not each.same} == {
            "col.seized", "col.kinds", "sdg.counted", "sdg.requested", "sdg.traced",
        }  # fmt: skip


def test_another_number_than_the_record_needs_a_note(stores: MemoryStores, clock: StillClock, tmp_path: Path) -> None:
    name = drafted(stores, clock, tmp_path)
    other: Plain = {"all": 9, "2024": 8, "2025": 1}
    with pytest.raises(ReportRefused) as error:
        said(stores, clock, name, "col.seized", other)
    (finding,) = error.value.findings
    assert (finding.code, finding.facts["stated"], finding.facts["drawn"]) == ("reporting.contradicts_record", 9, 4)
    said(stores, clock, name, "col.seized", other, note="five more at the border, not yet entered")
    found = standing(stores, name)
    assert (found.answers["col.seized"].origin, found.drawn["col.seized"].value) == (Origin.TYPED, SEIZED)
    checks = report_checks(name=name, actor=CONTACT, stores=stores, clock=clock)
    assert [(each.finding.code, each.stops) for each in checks if each.question == "col.seized"] == [
        ("reporting.differs_from_figure", False)
    ]
    said(stores, clock, name, "col.seized", SEIZED)
    assert standing(stores, name).answers["col.seized"].origin is Origin.FIGURE


def test_nobody_signs_off_what_they_wrote_and_a_later_answer_takes_it_back(
    stores: MemoryStores, clock: StillClock, tmp_path: Path
) -> None:
    name = drafted(stores, clock, tmp_path)
    both = replace(CONTACT, roles=frozenset({Role.APPROVER.value, Role.POINT_OF_CONTACT.value}))
    with pytest.raises(NotPermitted):
        sign_off_report(report=name, actor=both, stores=stores, clock=clock)
    with pytest.raises(ReportRefused) as error:
        submit_report(report=name, actor=CONTACT, stores=stores, clock=clock)
    assert codes(error) == ["reporting.wrong_standing"]
    sign_off_report(report=name, actor=APPROVER, stores=stores, clock=clock)
    said(stores, clock, name, "nca.exists", "no")
    assert (standing(stores, name).standing, standing(stores, name).signed_off_by) == ("drafted", "")


def test_what_is_submitted_is_frozen_with_the_head_of_the_record(
    stores: MemoryStores, clock: StillClock, tmp_path: Path
) -> None:
    name = drafted(stores, clock, tmp_path)
    submitted(stores, clock, name)
    found = standing(stores, name)
    events = [each for each in stores.dossiers.events(name) if each.event.kind is EventKind.REPORT_SUBMITTED]
    assert found.head.partition(".")[0] == str(events[0].position)
    assert found.frozen == found.sum()
    for question, value in (("nca.exists", "yes"), ("nca.nothing", "yes")):
        with pytest.raises(ReportRefused) as error:
            said(stores, clock, name, question, value)
        assert codes(error) == ["reporting.report_closed"]


def test_the_last_report_is_carried_over_and_waits_to_be_confirmed(
    stores: MemoryStores, clock: StillClock, tmp_path: Path
) -> None:
    first = drafted(stores, clock, tmp_path)
    said(stores, clock, first, "nca.exists", "yes")
    said(stores, clock, first, "nca.composition", {"all": 7, "women": 3, "men": 4})
    said(stores, clock, first, "inf.completed", "2026-03-01")
    submitted(stores, clock, first)
    name = drafted(stores, clock, tmp_path / "second", edition="2020", seized=2)
    found = standing(stores, name)
    carried = [each for each, answer in found.answers.items() if answer.origin is Origin.CARRIED]
    assert (found.last_report, carried) == (first, ["nca.exists", "nca.composition"])
    with pytest.raises(ReportRefused) as error:
        sign_off_report(report=name, actor=APPROVER, stores=stores, clock=clock)
    assert codes(error) == ["reporting.not_confirmed", "reporting.not_confirmed"]
    by = {"actor": CONTACT, "stores": stores, "clock": clock}
    assert confirm_answers(report=name, questions=carried, **by) == 2  # type: ignore[arg-type]
    assert confirm_answers(report=name, questions=carried, **by) == 0  # type: ignore[arg-type]
    differing = differences(standing(stores, name), standing(stores, first))
    assert [each.question.id for each in differing] == ["col.seized", "sdg.requested", "sdg.traced"]
    submitted(stores, clock, name)


def test_a_report_opens_in_an_edition_that_did_not_exist_when_it_was_answered(
    stores: MemoryStores, clock: StillClock, tmp_path: Path
) -> None:
    name = drafted(stores, clock, tmp_path, edition="2012")
    said(stores, clock, name, "nca.exists", "yes")
    said(stores, clock, name, "srp.review", "yes")
    said(stores, clock, name, "srp.methods", ["destruction", "transfer"])
    found = standing(stores, name)
    laid_out = {
        asked.question.id: (asked.number, answer.value if answer else None)
        for _, put in found.sections(found.in_edition("2026"))
        for asked, answer in put
    }
    assert laid_out["nca.exists"] == ("1.1", "yes")
    assert laid_out["srp.destroy_how"] == ("5.10", None)
    assert laid_out["gen.data"] == ("10.2", None)
    assert "nap.file" not in laid_out


@pytest.mark.parametrize("edition", ["2012", "2016", "2018", "2020"])
def test_what_was_submitted_opens_in_a_later_edition_and_stays_frozen(
    stores: MemoryStores, clock: StillClock, tmp_path: Path, edition: str
) -> None:
    name = drafted(stores, clock, tmp_path, edition=edition)
    said(stores, clock, name, "brk.law", "yes")
    said(stores, clock, name, "brk.register", "in_progress")
    submitted(stores, clock, name)
    found = standing(stores, name)
    newest = {
        asked.question.id: (asked.number, answer and answer.value)
        for _, put in found.sections(found.in_edition("2026"))
        for asked, answer in put
    }
    own = {asked.question.id for asked in found.in_edition().asked}
    assert (newest["brk.law"], newest["brk.register"]) == (("4.1", "yes"), ("4.3", "in_progress"))
    assert (newest["sdg.share"], newest["yth.included"]) == (("6.14", None), ("11.1", None))
    assert ("sdg.share" in own, found.edition, found.frozen) == (False, edition, found.sum())


def test_owners_comments_and_withdrawal(stores: MemoryStores, clock: StillClock, tmp_path: Path) -> None:
    name = drafted(stores, clock, tmp_path)
    assign_section(report=name, section="tracing", owner="ana", actor=CONTACT, stores=stores, clock=clock)
    reader = officer(Role.AUDITOR)
    with pytest.raises(NotPermitted):
        answer_question(report=name, answer=Answer("nca.exists", "yes"), actor=reader, stores=stores, clock=clock)
    comment_on_report(report=name, text="Why?", question="nca.exists", actor=reader, stores=stores, clock=clock)
    found = standing(stores, name)
    assert found.owners == {"tracing": "ana"}
    assert [(each.question, each.text, each.by) for each in found.comments] == [("nca.exists", "Why?", "auditor")]
    with pytest.raises(ReportRefused):
        assign_section(report=name, section="cooking", owner="ana", actor=CONTACT, stores=stores, clock=clock)
    with pytest.raises(ReportRefused):
        withdraw_report(report=name, reason=" ", actor=CONTACT, stores=stores, clock=clock)
    withdraw_report(report=name, reason="twice", actor=CONTACT, stores=stores, clock=clock)
    assert standing(stores, name).standing == "withdrawn"
    with pytest.raises(ReportRefused):
        comment_on_report(report="NR-2026-000009", text="?", actor=CONTACT, stores=stores, clock=clock)


def test_figures_drawn_anew_leave_what_somebody_said(stores: MemoryStores, clock: StillClock, tmp_path: Path) -> None:
    name = drafted(stores, clock, tmp_path)
    said(stores, clock, name, "col.seized", {"all": 5, "2024": 4, "2025": 1}, note="one not entered")
    with drawing(tmp_path / "again", seized=5) as opened:
        draw_again(report=name, drawing=opened, actor=CONTACT, stores=stores, clock=clock)
    found = standing(stores, name)
    assert (found.answers["col.seized"].note, found.drawn["col.seized"].value) == (
        "one not entered", {"all": 6, "2024": 5, "2025": 1},
    )  # fmt: skip
    with drawing(tmp_path / "other", period=Period.parse("2023", "2023")) as opened, pytest.raises(ReportRefused):
        draw_again(report=name, drawing=opened, actor=CONTACT, stores=stores, clock=clock)


def test_the_same_figure_is_the_same_number_on_every_form(
    stores: MemoryStores, clock: StillClock, tmp_path: Path
) -> None:
    values = [
        standing(stores, drafted(stores, clock, tmp_path / form, form=form, edition="")).answers["col.seized"].value
        for form in ("poa", "unodc-iafq", "osce")
    ]
    assert values == [SEIZED] * 3


def test_an_unknown_edition_is_refused(stores: MemoryStores, clock: StillClock, tmp_path: Path) -> None:
    with drawing(tmp_path) as opened, pytest.raises(ReportRefused) as error:
        draft_report(form="poa", edition="1999", drawing=opened, actor=CONTACT, stores=stores, clock=clock)
    assert codes(error) == ["reporting.no_such_edition"]


def test_the_calendar_knows_what_is_owed_and_what_was_submitted(
    stores: MemoryStores, clock: StillClock, tmp_path: Path
) -> None:
    submitted(stores, clock, drafted(stores, clock, tmp_path))
    due = reporting_calendar(actor=CONTACT, stores=stores, clock=clock)
    national = [(each.on.isoformat(), each.state.value) for each in due if each.form == "poa"]
    assert national == [("2024-03-31", "owed"), ("2026-03-31", "submitted")]
    treaty = [(each.on.isoformat(), each.state.value) for each in due if each.form == "att-annual"]
    assert treaty == [("2023-05-31", "owed"), ("2024-05-31", "owed"), ("2025-05-31", "owed"), ("2026-05-31", "soon")]
    assert PERIOD.last.year == 2025


def test_a_long_table_is_kept_in_several_events_and_read_as_one(
    stores: MemoryStores, clock: StillClock, tmp_path: Path
) -> None:
    rows: list[Plain] = [{"date": "2025-01-01", "place": "x" * 90, "number": 1} for _ in range(1_000)]
    name = drafted(stores, clock, tmp_path)
    said(stores, clock, name, "stk.diversion", rows)
    assert standing(stores, name).answers["stk.diversion"].value == rows
    assert len(list(parcels([standing(stores, name).answers["stk.diversion"]]))) == 4
