"""What States submitted is read with its fingerprint, and laid side by side: who owes what, which commitments hold."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from tracemark.kernel import Plain
from tracemark.reporting import Answer, DueState, Period, Report, questions
from tracemark.secretariat import (
    ReportUnfit,
    StateReport,
    commitment_rows,
    owed_returns,
    read_report,
    shared_report,
)

HEAD = f"7.{'a' * 64}"
TODAY = date(2026, 11, 28)


def report(first: str = "2024", last: str = "2025", **answers: Plain) -> Report:
    told = {name.replace("__", "."): Answer(name.replace("__", "."), value) for name, value in answers.items()}
    drafted = Report(
        name="NR-2026-000001",
        form="poa",
        edition="2020",
        period=Period.parse(first, last),
        authority="XA-NCA",
        drafted_by="cleo",
        drafted_on="2026-02-01",
        standing="submitted",
        answers=told,
        submitted_on="2026-03-01",
        head=HEAD,
    )
    return replace(drafted, frozen=drafted.sum())


def told(**changed: Plain) -> dict[str, Plain]:
    return {**shared_report(report(nca__exists="yes")), **changed}


def test_a_report_travels_whole_and_without_those_who_wrote_it() -> None:
    sent = report(nca__exists="yes", npc__exists="no")
    received = read_report("XA", shared_report(sent))
    assert received.state == "XA"
    assert received.report == replace(sent, authority="", drafted_by="", drafted_on="")


def test_what_was_not_submitted_is_not_shared() -> None:
    with pytest.raises(ValueError, match="drafted"):
        shared_report(replace(report(), standing="drafted"))


def test_a_report_that_was_changed_on_its_way_is_refused() -> None:
    with pytest.raises(ReportUnfit) as refused:
        read_report("XA", told(answers=[{"question": "nca.exists", "value": "no", "origin": "typed"}]))
    (finding,) = refused.value.findings
    assert (finding.code, finding.facts) == (
        "secretariat.report_altered",
        {"state": "XA", "report": "NR-2026-000001"},
    )


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"report": "PF-2026-000001"}, "'PF-2026-000001'"),
        ({"edition": "1999"}, "'poa 1999'"),
        ({"answers": [{"question": "nobody.asks", "value": "yes", "origin": "typed"}]}, "question: 'nobody.asks'"),
        (
            {"answers": [{"question": "nca.exists", "value": "yes", "origin": "x"}]},
            "'x' is not a valid Origin",
        ),
        ({"submitted_on": "yesterday"}, "Invalid isoformat string: 'yesterday'"),
        ({"last": "2023-12-31"}, "2024-01-01 - 2023-12-31"),
        ({"head": ""}, "''"),
        ({"answers": 7}, "'int' object is not iterable"),
    ],
)
def test_what_is_no_report_is_refused(changed: Mapping[str, Plain], why: str) -> None:
    with pytest.raises(ReportUnfit) as refused:
        read_report("XA", told(**changed))
    (finding,) = refused.value.findings
    assert finding.code == "secretariat.report_unfit"
    assert finding.facts == {"state": "XA", "report": str(changed.get("report", "NR-2026-000001")), "why": why}


def test_who_owes_what_is_said_of_every_state() -> None:
    given = [StateReport("XA", report("2024", "2025")), StateReport("XZ", report("2024", "2025"))]
    found = owed_returns(("XA", "XB"), given, "poa", TODAY)
    assert [(each.state, each.due.on.isoformat(), each.due.state) for each in found] == [
        ("XA", "2024-03-31", DueState.OWED),
        ("XB", "2024-03-31", DueState.OWED),
        ("XB", "2026-03-31", DueState.OWED),
        ("XA", "2026-03-31", DueState.SUBMITTED),
    ]


def test_commitments_are_laid_across_states_and_cycles() -> None:
    given = [
        StateReport("XA", report("2024", "2025", nca__exists="yes")),
        StateReport("XA", report("2022", "2023", nca__exists="in_progress")),
        StateReport("XB", report("2024", "2025", nca__exists="no")),
        StateReport("XC", replace(report("2024", "2025", nca__exists="no"), form="att-annual")),
    ]
    row = next(each for each in commitment_rows(given) if each.question == "nca.exists")
    assert row.paragraph == questions()["nca.exists"].paragraph
    assert row.answers == {
        "XA": ((Period.parse("2022", "2023"), "in_progress"), (Period.parse("2024", "2025"), "yes")),
        "XB": ((Period.parse("2024", "2025"), "no"),),
    }
    assert [row.latest(state) for state in ("XA", "XB", "XC")] == ["yes", "no", None]
    assert [row.change(state) for state in ("XA", "XB", "XC")] == [1, 0, 0]


def test_a_second_report_on_a_period_takes_the_place_of_the_first() -> None:
    given = [StateReport("XA", report(nca__exists="yes")), StateReport("XA", report(nca__exists="no"))]
    row = next(each for each in commitment_rows(given) if each.question == "nca.exists")
    assert row.answers == {"XA": ((Period.parse("2024", "2025"), "no"),)}


def test_what_a_report_leaves_open_is_no_answer() -> None:
    rows = {each.question: each for each in commitment_rows([StateReport("XA", report(nca__exists="yes"))])}
    assert rows["npc.exists"].latest("XA") == ""
