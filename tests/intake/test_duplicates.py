import pytest

from tests.intake.lots import draft_of, row
from tracemark.intake import Alike, FileMarks, alike


def against(first: list[str], second: list[str]) -> tuple[list[Alike], list[Alike]]:
    """Compare two rows of a file, the second as if it came later."""
    earlier = FileMarks()
    earlier.add(draft_of(first))
    draft = draft_of(second)
    return alike(draft, {}, earlier.earlier(draft))


@pytest.mark.parametrize(
    ("second", "held", "repeated"),
    [
        (row("AB1000"), ["intake.same_marks"], []),
        (row("ab 1000"), ["intake.same_marks"], []),
        (row("A81000"), ["intake.look_alike_marks"], []),
        (row("AB1000", maker=""), ["intake.look_alike_marks"], []),
        (row("AB1000", model=""), ["intake.same_marks"], []),
        (row("AB1000", model="known_other"), [], ["intake.serial_repeated"]),
        (row("AB1000", calibre="known_other"), [], ["intake.serial_repeated"]),
        (row("A81000", model="known_other"), [], []),
        (row("AB1000", maker="known_other"), [], []),
        (row("AB1001"), [], []),
    ],
)
def test_iti_8a_what_may_be_the_same_weapon_is_held(second: list[str], held: list[str], repeated: list[str]) -> None:
    found, noted = against(row("AB1000"), second)
    assert ([each.code for each in found], [each.code for each in noted]) == (held, repeated)


def test_reasons_say_what_agrees() -> None:
    found, _ = against(row("AB1000"), row("AB1000"))
    assert found[0].reasons[:2] == ("marking.serial_same", "marking.maker_same")
    assert (found[0].weapon, found[0].row) == (0, 2)


def test_rows_without_serial_are_like_nothing() -> None:
    assert against(row(""), row("")) == ([], [])
