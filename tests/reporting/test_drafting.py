"""What a draft begins with: numbers of people as they are stated, and of SDG 16.4.2 as the indicator has them."""

from collections.abc import Iterator

import pytest

from tests.reporting.desk import CONTACT, STATED, drawing
from tests.rooms import StillClock, clock, stores
from tracemark.kernel import Plain
from tracemark.reporting import (
    Answer,
    Drawing,
    Origin,
    ReportRefused,
    Terms,
    answer_question,
    draft_report,
    edition_of,
    editions,
    measure,
    report,
    report_checks,
)
from tracemark.reporting.drafting import drawn_answers
from tracemark.storage.memory import MemoryStores

__all__ = ["clock", "stores"]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drawing]:
    with drawing(tmp_path_factory.mktemp("stated"), stated=STATED) as found:
        yield found


@pytest.fixture
def drafted(opened: Drawing, stores: MemoryStores, clock: StillClock) -> str:
    by = {"actor": CONTACT, "stores": stores, "clock": clock}
    name = draft_report(form="poa", edition="2026", drawing=opened, **by)  # type: ignore[arg-type]
    answer_question(report=name, answer=Answer("nca.exists", "yes"), **by)  # type: ignore[arg-type]
    return name


def answers_of(opened: Drawing, form: str, edition: str) -> dict[str, Answer]:
    return {each.question: each for each in drawn_answers(edition_of(form, edition), opened)}


def test_numbers_of_people_are_drawn_by_sex_from_what_is_stated(opened: Drawing) -> None:
    found = answers_of(opened, "poa", "2026")
    none = {"other": 0, "unknown": 0}
    assert {each: found[each].value for each in ("nca.composition", "gen.victims", "nca.women", "gen.women")} == {
        "nca.composition": {"all": 7, "women": 3, "men": 4, **none},
        "gen.victims": {"all": 38, "women": 10, "men": 22, "other": 2, "unknown": 4},
        "nca.women": {"all": "42.86"},
        "gen.women": {"all": "24.00"},
    }
    assert found["gen.incidents"].value == {"all": 80, "2024": 40, "2025": 40}
    assert found["gen.holders"].value == [{"sex": "male", "age_band": "35-49", "number": 900}]
    assert found["gen.victims_told"].value == [
        {"sex": "", "age_band": "25-34", "number": 4},
        {"sex": "female", "age_band": "18-24", "number": 10},
        {"sex": "male", "age_band": "18-24", "number": 22},
        {"sex": "other", "age_band": "25-34", "number": 2},
    ]
    assert {each.note for each in found.values() if each.figure == "people.victims"} == {"the hospital counts no sexes"}
    assert "gen.delegates" not in found


def test_what_the_record_says_of_16_4_2_is_what_the_indicator_says(opened: Drawing) -> None:
    found, measured = answers_of(opened, "poa", "2026"), measure(opened, state="XT", terms=Terms())
    shares = {str(each.year): each.share for each in measured.years}
    assert found["sdg.counted"].value == {"all": 4, **{year: each.denominator for year, each in shares.items()}}
    assert found["sdg.traced"].value == {"all": 4, **{year: each.numerator for year, each in shares.items()}}
    assert found["sdg.share"].value == {
        "all": str(measured.together.pooled), **{year: str(each.percent) for year, each in shares.items()},
    }  # fmt: skip
    assert found["sdg.requested"].value == {"all": 4, "2024": 3, "2025": 1}


def test_a_question_has_the_same_answer_in_every_edition_of_every_form(opened: Drawing) -> None:
    values: dict[str, list[Plain]] = {}
    for form, edition in editions():
        for question, answer in answers_of(opened, form, edition).items():
            values.setdefault(question, []).append(answer.value)
    told = {each: len(found) for each, found in values.items()}
    assert {each: told[each] for each in ("sdg.traced", "col.seized", "nca.composition", "sdg.share")} == {
        "sdg.traced": 4, "col.seized": 5, "nca.composition": 2, "sdg.share": 2,
    }  # fmt: skip
    assert [each for each, found in values.items() if found != [found[0]] * len(found)] == []


@pytest.mark.parametrize(
    ("question", "value", "stated", "drawn"),
    [
        ("gen.victims", {"all": 30, "women": 10, "men": 20}, 30, 38),
        ("nca.women", {"all": "50.00"}, "50.00", "42.86"),
        ("sdg.traced", {"all": 3, "2024": 2, "2025": 1}, 3, 4),
        ("gen.holders", [{"sex": "male", "age_band": "35-49", "number": 800}], 800, 900),
    ],
)
def test_a_number_that_is_not_the_stated_one_needs_a_note(
    drafted: str, stores: MemoryStores, clock: StillClock, question: str, value: Plain, stated: Plain, drawn: Plain
) -> None:
    by = {"actor": CONTACT, "stores": stores, "clock": clock}
    with pytest.raises(ReportRefused) as error:
        answer_question(report=drafted, answer=Answer(question, value), **by)  # type: ignore[arg-type]
    (finding,) = error.value.findings
    assert (finding.code, finding.facts["stated"], finding.facts["drawn"]) == (
        "reporting.contradicts_record", stated, drawn,
    )  # fmt: skip
    answer_question(report=drafted, answer=Answer(question, value, note="recounted"), **by)  # type: ignore[arg-type]
    assert report(name=drafted, actor=CONTACT, stores=stores).answers[question].origin is Origin.TYPED
    checks = report_checks(name=drafted, actor=CONTACT, stores=stores, clock=clock)
    assert ("reporting.differs_from_figure", False) in [
        (each.finding.code, each.stops) for each in checks if each.question == question
    ]


def test_what_is_drawn_stops_no_report(drafted: str, stores: MemoryStores, clock: StillClock) -> None:
    checks = report_checks(name=drafted, actor=CONTACT, stores=stores, clock=clock)
    assert [each.question for each in checks if each.stops] == []


def test_questions_that_wait_for_one_answer_are_told_once(
    opened: Drawing, stores: MemoryStores, clock: StillClock
) -> None:
    by = {"actor": CONTACT, "stores": stores, "clock": clock}
    name = draft_report(form="poa", edition="2026", drawing=opened, **by)  # type: ignore[arg-type]

    def told() -> dict[str, object]:
        checks = report_checks(name=name, actor=CONTACT, stores=stores, clock=clock)
        waits = [each for each in checks if each.finding.code == "reporting.condition_unanswered"]
        assert [each.question for each in waits] == list(dict.fromkeys(each.question for each in waits))
        return {each.question: each.finding.facts["count"] for each in waits}

    waiting = told()
    assert {each: waiting[each] for each in ("npc.exists", "mfr.any", "nap.exists")} == {
        "npc.exists": 3, "mfr.any": 10, "nap.exists": 1,
    }  # fmt: skip
    answer_question(report=name, answer=Answer("npc.exists", "yes"), **by)  # type: ignore[arg-type]
    assert told() == {**{name: count for name, count in waiting.items() if name != "npc.exists"}, "npc.iti_same": 1}
