"""Editions are whole: each question is known, its figure exists, and what the schema says of an edition holds."""

import json
from pathlib import Path

import jsonschema
import pytest

from tests.house.tree import ROOT
from tracemark import reporting
from tracemark.reporting import Edition, NoSuchEdition, edition_of, editions, figures, questions
from tracemark.reporting.editionbook import read_edition
from tracemark.reporting.questionbook import Condition, read_condition

SCHEMA = json.loads((ROOT / "docs" / "reference" / "report-edition.schema.json").read_text("utf-8"))
EDITIONS = [pytest.param(each, id=f"{each.form}-{each.edition}") for each in editions().values()]


@pytest.mark.parametrize("edition", EDITIONS)
def test_an_edition_is_what_the_published_schema_says(edition: Edition) -> None:
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(json.dumps(edition.plain())))


def test_what_is_no_edition_the_schema_refuses() -> None:
    plain = json.loads(json.dumps(edition_of("poa", "2020").plain()))
    plain["sections"][0]["questions"][0]["answer"] = "perhaps"
    assert [each.json_path for each in jsonschema.Draft202012Validator(SCHEMA).iter_errors(plain)] == [
        "$.sections[0].questions[0].answer"
    ]


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_condition_is_asked_before_what_depends_on_it(edition: Edition) -> None:
    asked: list[str] = []
    for each in edition.asked:
        if each.question.when:
            assert each.question.when.question in asked
        asked.append(each.question.id)


def test_figures_of_questions_exist_and_have_their_breakdowns() -> None:
    asked = [each for each in questions().values() if each.figure]
    assert [each.id for each in asked if not set(each.by) <= set(figures()[each.figure].by)] == []


def test_the_newest_edition_is_taken_where_none_is_named() -> None:
    assert (edition_of("poa").edition, edition_of("poa", "2012").edition) == ("2026", "2012")
    with pytest.raises(NoSuchEdition):
        edition_of("poa", "1999")
    with pytest.raises(KeyError):
        edition_of("poa", "2012").question("gen.data")


def test_numbers_that_were_read_are_those_of_the_forms() -> None:
    numbers = {
        edition: {each.question.id: each.number for each in edition_of("poa", edition).asked if each.read}
        for edition in ("2012", "2016", "2018", "2020")
    }
    told = {name: [each.get(name, "") for each in numbers.values()] for name in ("nca.exists", "brk.law", "imp.mark")}
    assert told == {
        "nca.exists": ["1", "", "1", "1.1"],
        "brk.law": ["8", "6", "7", ""],
        "imp.mark": ["", "5.10", "", ""],
    }


def test_conditions_are_read_and_a_question_is_asked_once() -> None:
    assert read_condition("a.b has c") == Condition("a.b", "c", among=True)
    assert read_condition("a.b = no") == Condition("a.b", "no")
    with pytest.raises(ValueError, match="a and b"):
        read_condition("a and b")
    text = (Path(str(reporting.__file__)).parent / "form_editions" / "osce.toml").read_text("utf-8")
    with pytest.raises(ValueError, match="asks a question twice"):
        read_edition(text.replace('id = "trf.imports"', 'id = "trf.exports"'))
