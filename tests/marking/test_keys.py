from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.marking.examples import BARREL, DESCRIPTION, FRAME, FULL, IMPORT_MARK, ON_BARREL, STEEL_PARTS
from tracemark.kernel import cite
from tracemark.marking import (
    SERIAL_ALPHABET,
    Comparison,
    Likeness,
    Mark,
    MarkKeys,
    MarkKind,
    complete_mark,
    foreign_numbers,
    keys_of,
    same_marks,
)
from tracemark.weapons import Description, Part


def test_keys_fold_what_is_written_in_two_ways() -> None:
    assert keys_of(FULL) == MarkKeys("EXEMPLAR:AB123", "A8123")
    assert keys_of(replace(FULL, serial="ab-123", maker="Exemplar")) == keys_of(FULL)
    other = keys_of(replace(FULL, serial="A8I23"))
    assert other == MarkKeys("EXEMPLAR:A8I23", "A8123")


def test_only_numbers_meant_to_be_unique_have_keys() -> None:
    assert keys_of(IMPORT_MARK) is None
    assert keys_of(Mark(MarkKind.UNIT, serial="12")) is None
    assert keys_of(ON_BARREL) == MarkKeys(":AB123", "A8123")


def test_a_maker_s_mark_is_completed_from_the_description_for_comparing() -> None:
    bare = Mark(MarkKind.MANUFACTURE, "AB123", serial="AB123", model="M1A")
    completed = complete_mark(bare, DESCRIPTION)
    assert (completed.maker, completed.state, completed.model, completed.year) == ("EXEMPLAR", "XT", "M1A", 2019)
    assert keys_of(completed) == keys_of(FULL)
    assert complete_mark(IMPORT_MARK, DESCRIPTION) == IMPORT_MARK
    assert complete_mark(FULL, Description(maker="ANOTHER", year=1990)) == FULL


@pytest.mark.parametrize(
    ("changes", "likeness", "reasons"),
    [
        ({}, Likeness.SAME, "serial_same maker_same state_same model_same calibre_same year_same"),
        (
            {"model": "M2"},
            Likeness.LOOK_ALIKE,
            "serial_same maker_same state_same model_differs calibre_same year_same",
        ),
        ({"maker": ""}, Likeness.LOOK_ALIKE, "serial_same maker_unknown state_same model_same calibre_same year_same"),
        (
            {"serial": "A8123"},
            Likeness.LOOK_ALIKE,
            "serial_looks_alike maker_same state_same model_same calibre_same year_same",
        ),
        (
            {"maker": "ANOTHER"},
            Likeness.DIFFERENT,
            "serial_same maker_differs state_same model_same calibre_same year_same",
        ),
        ({"serial": "AB124"}, Likeness.DIFFERENT, "serial_differs"),
        ({"serial": ""}, Likeness.DIFFERENT, "serial_unknown"),
        ({"year": None}, Likeness.SAME, "serial_same maker_same state_same model_same calibre_same year_unknown"),
    ],
)
def test_likeness_with_its_reasons(changes: dict[str, str | None], likeness: Likeness, reasons: str) -> None:
    other = replace(FULL, **changes)  # type: ignore[arg-type]
    assert same_marks([FULL], [other]) == Comparison(likeness, tuple(f"marking.{reason}" for reason in reasons.split()))
    assert same_marks([other], [FULL]) == same_marks([FULL], [other])


def test_the_most_alike_pair_decides() -> None:
    assert same_marks([IMPORT_MARK, replace(FULL, serial="X9"), FULL], [ON_BARREL, FULL]).likeness is Likeness.SAME


@given(st.text(SERIAL_ALPHABET, min_size=1, max_size=10), st.text(SERIAL_ALPHABET, min_size=1, max_size=10))
def test_marks_compare_alike_exactly_when_their_look_alike_keys_agree(one: str, other: str) -> None:
    left, right = replace(FULL, serial=one), replace(FULL, serial=other)
    alike = same_marks([left], [right]).likeness is not Likeness.DIFFERENT
    assert alike == (keys_of(left).look_alike == keys_of(right).look_alike)  # type: ignore[union-attr]
    assert (same_marks([left], [right]).likeness is Likeness.SAME) == (keys_of(left) == keys_of(right))


def test_iti_10_mixed_numbers() -> None:
    foreign = replace(ON_BARREL, serial="CD777")
    (finding,) = foreign_numbers(STEEL_PARTS, [FULL, foreign])
    assert (finding.code, finding.source) == ("marking.mixed_numbers", cite("ITI 10"))
    assert finding.facts == {
        "component": BARREL,
        "part": Part.BARREL.value,
        "serials": ["CD777"],
        "control_serials": ["AB123"],
    }


def test_the_last_figures_and_look_alikes_of_the_control_serial_are_its_own() -> None:
    for written in ("AB123", "ab-123", "123", "23", "A8123"):
        assert foreign_numbers(STEEL_PARTS, [FULL, replace(ON_BARREL, serial=written)]) == []
    for written in ("3", "AB12", "B12"):
        assert len(foreign_numbers(STEEL_PARTS, [FULL, replace(ON_BARREL, serial=written)])) == 1


def test_a_second_number_on_the_control_component_counts_as_its_own() -> None:
    numbered = replace(IMPORT_MARK, serial="XU26-0000001")
    on_barrel = replace(ON_BARREL, serial="XU260000001")
    assert foreign_numbers(STEEL_PARTS, [FULL, numbered, on_barrel]) == []


def test_without_a_control_serial_there_is_nothing_to_compare() -> None:
    assert foreign_numbers(STEEL_PARTS, [ON_BARREL]) == []
    assert foreign_numbers(STEEL_PARTS[1:], [FULL, ON_BARREL]) == []
    assert foreign_numbers(STEEL_PARTS, [replace(FULL, component=FRAME, serial=""), ON_BARREL]) == []
