import pytest

from tracemark.intake import Grade, Lack, grade_of, grade_reasons


@pytest.mark.parametrize(
    ("shortcomings", "grade"),
    [
        ([], Grade.A),
        ([("year", Lack.MISSING)], Grade.A),
        ([("country", Lack.MISSING)], Grade.B),
        ([("maker", Lack.UNRESOLVED), ("model", Lack.MISSING)], Grade.B),
        ([("serial", Lack.DOUBTFUL)], Grade.C),
        ([("maker", Lack.MISSING)], Grade.C),
        ([("serial", Lack.MISSING), ("country", Lack.MISSING)], Grade.D),
        ([("maker", Lack.MISSING), ("model", Lack.MISSING), ("calibre", Lack.MISSING)], Grade.D),
        ([("serial", Lack.MISSING), ("maker", Lack.MISSING)], Grade.E),
    ],
)
def test_iti_8a_what_a_record_lacks_caps_its_grade(shortcomings: list[tuple[str, Lack]], grade: Grade) -> None:
    assert grade_of(frozenset(shortcomings)) is grade


def test_reasons_come_gravest_first_with_their_paragraph() -> None:
    found = grade_reasons(frozenset([("country", Lack.MISSING), ("serial", Lack.MISSING)]))
    assert [(each.element, each.cap.value, str(each.source)) for each in found] == [
        ("serial", "D", "ITI 8(a)"),
        ("country", "B", "ITI 8(a)"),
    ]
