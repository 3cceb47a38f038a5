"""How a State stands with what it undertook: computed from what it told, and never guessed."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.review.states import carried, number, report, target
from tracemark.instruments import shipped
from tracemark.reporting import AnswerKind, YesNo, figures, questions
from tracemark.review import (
    COUNTS,
    Evidence,
    Known,
    Number,
    Standing,
    UndertakingStatus,
    frame,
    shipped_calendar,
    standings_of,
    statuses,
    undertakings,
)

_DECIDING = [name for name, each in questions().items() if each.answer is AnswerKind.YES_NO]


def by_citation(known: Known) -> Mapping[str, UndertakingStatus]:
    return {str(each.citation): each for each in statuses(known)}


def standing(known: Known, citation: str) -> Standing:
    return by_citation(known)[citation].standing


def test_all_that_evidence_names_exists() -> None:
    strange = []
    for each in undertakings():
        told: Evidence = each.evidence
        strange += [name for name in (*told.questions, *filter(None, [told.applies])) if name not in questions()]
        strange += [name for name in told.figures if name not in figures()]
        strange += [name for name in told.counts if name not in COUNTS]
        strange += [str(part) for part in told.of if part not in {one.citation for one in undertakings()}]
        strange += [code for code in (told.due, told.met_by) if code and code not in shipped_calendar().meetings]
    assert strange == []


def test_every_cell_of_the_table_cites_and_counts_what_exists() -> None:
    table = frame()
    assert [(each.row, each.column) for each in table.cells] == [
        (row, column) for row in table.rows for column in table.columns
    ]
    cited = [each for cell in table.cells for each in cell.paragraphs]
    assert [str(each) for each in cited if each not in shipped().versions] == []
    assert [name for name in table.numbers if name not in COUNTS and name not in figures()] == []
    assert {len(each.numbers) for each in table.cells} == {1, 2}
    # Each paragraph of the outcome's own table stands in it once.
    own = [str(each) for each in cited if each.paragraph.startswith("SUM.")]
    assert sorted(own) == sorted(str(each) for each in shipped().versions if each.paragraph.startswith("SUM."))


def test_where_nothing_is_told_nothing_is_known() -> None:
    found = statuses(Known("XT"))
    counted = standings_of(found)
    others = sum(1 for each in undertakings() if each.evidence.addressed)
    assert {each: counted[each] for each in Standing if counted[each]} == {
        Standing.NOT_KNOWN: len(found) - others,
        Standing.OF_OTHERS: others,
    }


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"trf__offence": "yes", "mfr__offence": "yes"}, Standing.CARRIED_OUT),
        ({"trf__offence": "yes", "mfr__offence": "no"}, Standing.UNDER_WAY),
        ({"trf__offence": "in_progress"}, Standing.UNDER_WAY),
        ({"trf__offence": "no", "mfr__offence": "no"}, Standing.NOT_YET),
        ({}, Standing.NOT_KNOWN),
    ],
)
def test_answers_of_the_last_report_decide(answers: dict[str, str], expected: Standing) -> None:
    assert standing(Known("XT", report("NR-1", "2020", "2021", **answers)), "PoA II.3") is expected


def test_an_answer_that_is_withheld_or_carried_over_decides_nothing() -> None:
    kept = report("NR-1", "2020", "2021", trf__offence=carried("trf.offence", "yes"))
    assert standing(Known("XT", kept), "PoA II.3") is Standing.NOT_KNOWN


def test_what_a_state_does_not_make_it_need_not_mark() -> None:
    told = report("NR-1", "2020", "2021", mfr__any="no")
    found = by_citation(Known("XT", told))["PoA II.7"]
    assert (found.standing, [each.plain() for each in found.basis]) == (
        Standing.NO_OBJECT,
        [{"kind": "answer", "ref": "mfr.any", "said": "no"}],
    )


def test_a_target_puts_an_undertaking_under_way_and_a_number_alone_decides_nothing() -> None:
    aimed = Known("XT", targets=(target("PoA II.15"),))
    assert (standing(aimed, "PoA II.15"), standing(aimed, "PoA II.6")) == (Standing.UNDER_WAY, Standing.NOT_KNOWN)
    over = Known("XT", targets=(target("PoA II.15", "closed"),))
    assert standing(over, "PoA II.15") is Standing.NOT_KNOWN
    counted = Known("XT", numbers={"destructions.weapons": number("destructions.weapons", 4)})
    assert standing(counted, "PoA II.19") is Standing.COUNTED
    absent = Known("XT", numbers={"destructions.weapons": Number("destructions.weapons", None)})
    assert standing(absent, "PoA II.19") is Standing.NOT_KNOWN


def test_what_is_made_up_of_others_stands_as_they_do() -> None:
    none = report("NR-1", "2020", "2021", nap__exists="no")
    assert standing(Known("XT", none), "BMS7 SUM.N3") is Standing.NOT_KNOWN
    some = Known("XT", none, targets=(target("BMS7 MEAS.1"),))
    assert standing(some, "BMS7 SUM.N3") is Standing.UNDER_WAY


@pytest.mark.parametrize(
    ("earlier", "later", "change"), [("no", "in_progress", 1), ("yes", "no", -1), ("yes", "yes", 0)]
)
def test_a_change_is_told_between_two_reports(earlier: str, later: str, change: int) -> None:
    then, now = (
        report("NR-1", "2020", "2021", trf__offence=earlier),
        report("NR-2", "2022", "2023", trf__offence=later),
    )
    assert by_citation(Known("XT", now, then))["PoA II.3"].change == change
    assert by_citation(Known("XT", now))["PoA II.3"].change is None


@given(st.dictionaries(st.sampled_from(_DECIDING), st.sampled_from([each.value for each in YesNo])))
def test_nothing_is_carried_out_but_by_yes_and_a_yes_never_takes_away(answers: dict[str, str]) -> None:
    told = {name.replace(".", "__"): each for name, each in answers.items()}
    before = by_citation(Known("XT", report("NR-1", "2020", "2021", **told)))
    for each in before.values():
        if each.standing is Standing.CARRIED_OUT:
            assert {basis.said for basis in each.basis} <= {"yes", "carried_out", "no_object"}
    better = {name: "yes" for name in told if name != "mfr__any"} | {"mfr__any": told.get("mfr__any", "yes")}
    after = by_citation(Known("XT", report("NR-1", "2020", "2021", **better)))
    order = [Standing.NOT_KNOWN, Standing.NOT_YET, Standing.UNDER_WAY, Standing.CARRIED_OUT]
    for citation, each in before.items():
        if each.standing in order and after[citation].standing in order:
            assert order.index(after[citation].standing) >= order.index(each.standing)
