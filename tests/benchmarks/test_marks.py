import numpy as np
import pytest

from benchmarks import marks
from benchmarks.registers import texts
from benchmarks.worlds import describe
from tracemark.marking import fold_serial
from tracemark.tracing.matching import parse_reading


@pytest.fixture(scope="module")
def world() -> marks.World:
    return marks.world(7)


@pytest.fixture(scope="module")
def registered(world: marks.World) -> marks.Register:
    return marks.register(world, 5000, 7)


def test_a_register_holds_each_weapon_once_and_some_marks_twice(registered: marks.Register) -> None:
    assert len(registered.marks) == 5000
    assert len(np.unique(registered.weapons)) == len(registered.weapons) == 4000
    assert registered.marks[:4000].tolist() == list(range(4000))
    assert registered.holds(registered.weapons).all()


def test_what_a_weapon_is_does_not_depend_on_what_else_is_asked(world: marks.World) -> None:
    weapons = np.array([0, 1, 399_000_000, 12_345_678])
    together = describe(world, weapons)
    singly = [describe(world, weapons[at : at + 1]) for at in range(4)]
    for which in (0, 1):
        assert together[which].tolist() == [each[which][0].tolist() for each in singly]


def test_few_serials_are_mistyped_and_all_are_folded(world: marks.World, registered: marks.Register) -> None:
    true = texts(describe(world, registered.weapons)[0])
    wrong = sum(one != other for one, other in zip(true, registered.recorded_serials, strict=True))
    assert 0 < wrong < 0.02 * len(true)
    assert [fold_serial(serial) for serial in registered.recorded_serials] == registered.recorded_serials


def test_weapons_asked_for_are_of_every_class_and_the_absent_are_absent(
    world: marks.World, registered: marks.Register
) -> None:
    asked = marks.recoveries(world, registered, 100, 7)
    counts = {damage: sum(each.damage == damage for each in asked) for damage in marks.DAMAGES}
    assert counts == dict.fromkeys(marks.DAMAGES, 100)
    assert {each.origin for each in asked} == {"register", "stranger", "neighbour"}
    assert all((each.weapon < 0) == (each.origin != "register") for each in asked)
    absent = [each for each in asked if each.weapon < 0]
    assert 0.1 < len(absent) / len(asked) < 0.2
    assert 0.1 < sum(each.origin == "neighbour" for each in absent) / len(absent) < 0.35
    assert marks.recoveries(world, registered, 100, 7) == asked


def test_a_clean_reading_is_the_serial_in_whatever_script(world: marks.World, registered: marks.Register) -> None:
    clean = [each for each in marks.recoveries(world, registered, 200, 8) if each.damage == "clean"]
    true = texts(describe(world, registered.weapons)[0])
    here = [each for each in clean if each.weapon >= 0]
    assert [each.folded for each in here] == [true[each.weapon] for each in here]
    assert any(each.text != each.folded for each in here)
    for each in clean:
        assert len(parse_reading(each.text).places) == len(each.folded)


def test_a_stream_has_more_hidden_errors_at_a_higher_rate(world: marks.World, registered: marks.Register) -> None:
    true = texts(describe(world, registered.weapons)[0])

    def wrong(rate: float) -> int:
        given = marks.stream(world, registered, 600, 9, rate)
        whole = [each for each in given if each.weapon >= 0 and not set(each.folded) & set("?*")]
        return sum(each.folded != true[each.weapon] for each in whole)

    assert wrong(0.0) == 0 < wrong(0.25) < wrong(1.0) < wrong(4.0)
