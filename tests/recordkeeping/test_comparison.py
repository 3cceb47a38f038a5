from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tracemark.recordkeeping.comparison import Edit, Fault, FaultKind, Lane, compare, name_faults
from tracemark.recordkeeping.trees import leaf_hashes

CHANGED, DELETED, INSERTED, SWAPPED = FaultKind.CHANGED, FaultKind.DELETED, FaultKind.INSERTED, FaultKind.SWAPPED
MOVED, UNSEALED, RENUMBERED = FaultKind.MOVED, FaultKind.UNSEALED, FaultKind.RENUMBERED

Rows = list[tuple[int, int | str]]
"""What stands where: a number for the event sealed under it, a word for one that never was."""


def intact(size: int) -> Rows:
    return [(number, number) for number in range(size)]


def renumbered(rows: Rows) -> Rows:
    return [(number, what) for number, (_, what) in enumerate(rows)]


def faults(rows: Rows, size: int) -> list[Fault]:
    return name_faults(edits(rows, size), size)


def edits(rows: Rows, size: int, step: int = 100) -> list[Edit]:
    hashed = leaf_hashes(b"%s" % str(what).encode() for _, what in rows)
    sealed = leaf_hashes(b"%d" % number for number in range(size))
    found = Lane(
        ([position for position, _ in rows[at : at + step]], b"".join(hashed[at : at + step]))
        for at in range(0, len(rows), step)
    )
    leaves = Lane((range(at, min(at + 256, size)), b"".join(sealed[at : at + 256])) for at in range(0, size, 256))
    return list(compare(found, leaves))


def test_an_intact_record_has_no_fault() -> None:
    for size in (0, 1, 255, 256, 257, 1000):
        assert edits(intact(size), size) == []


@given(st.integers(1, 900), st.data())
def test_one_row_changed(size: int, data: st.DataObject) -> None:
    at, rows = data.draw(st.integers(0, size - 1)), intact(size)
    rows[at] = (at, "forged")
    assert faults(rows, size) == [Fault(at, CHANGED)]


@given(st.integers(1, 900), st.booleans(), st.data())
def test_one_row_deleted(size: int, closed_up: bool, data: st.DataObject) -> None:
    at, rows = data.draw(st.integers(0, size - 1)), intact(size)
    del rows[at]
    assert faults(renumbered(rows) if closed_up else rows, size) == [Fault(at, DELETED)]


@given(st.integers(1, 900), st.data())
def test_one_row_inserted_and_the_later_ones_shifted(size: int, data: st.DataObject) -> None:
    at, rows = data.draw(st.integers(0, size - 1)), intact(size)
    rows.insert(at, (at, "forged"))
    assert faults(renumbered(rows), size) == [Fault(at, INSERTED)]


@given(st.integers(2, 900), st.data())
def test_two_rows_swapped(size: int, data: st.DataObject) -> None:
    one, other = sorted(data.draw(st.lists(st.integers(0, size - 1), min_size=2, max_size=2, unique=True)))
    rows = intact(size)
    rows[one], rows[other] = (one, other), (other, one)
    assert faults(rows, size) == [Fault(one, SWAPPED, other)]


@given(st.integers(4, 900), st.data())
def test_one_row_moved(size: int, data: st.DataObject) -> None:
    origin = data.draw(st.integers(0, size - 1))
    target = data.draw(st.integers(0, size - 1).filter(lambda at: abs(at - origin) > 2))
    rows = intact(size)
    rows.insert(target, rows.pop(origin))
    assert faults(renumbered(rows), size) == [Fault(origin, MOVED, target)]


def test_three_rows_rotated() -> None:
    rows = intact(600)
    rows[10], rows[300], rows[599] = (10, 300), (300, 599), (599, 10)
    assert faults(rows, 600) == [Fault(10, MOVED, 599), Fault(300, MOVED, 10), Fault(599, MOVED, 300)]


def test_a_row_written_over_another() -> None:
    rows = intact(600)
    rows[10], rows[300] = (10, 300), (300, "forged")
    assert faults(rows, 600) == [Fault(10, DELETED), Fault(300, INSERTED), Fault(300, MOVED, 10)]


def test_rows_beyond_the_seal() -> None:
    rows: Rows = [*intact(300), (300, "late"), (301, "later")]
    assert faults(rows, 300) == [Fault(300, UNSEALED, 301)]
    assert faults([(0, "only")], 0) == [Fault(0, UNSEALED)]


def test_runs_are_one_fault() -> None:
    rows = intact(3000)
    del rows[100:900]
    assert faults(rows, 3000) == [Fault(100, DELETED, 899)]
    assert faults(renumbered(rows), 3000) == [Fault(100, DELETED, 899)]
    assert faults(intact(3000)[:2000], 3000) == [Fault(2000, DELETED, 2999)]
    assert faults([], 3) == [Fault(0, DELETED, 2)]
    more = intact(3000)
    more[500:500] = [(0, f"forged {number}") for number in range(300)]
    assert faults(renumbered(more), 3000) == [Fault(500, INSERTED, 799)]


def test_rows_renumbered_without_reason() -> None:
    rows: Rows = [(number + 1000 * (number >= 700), number) for number in range(1000)]
    assert faults(rows, 1000) == [Fault(700, RENUMBERED, 1700)]
    whole: Rows = [(number + 1, number) for number in range(300)]
    assert faults(whole, 300) == [Fault(0, RENUMBERED, 1)]


def test_several_faults_are_told_apart() -> None:
    rows = intact(2000)
    rows[20] = (20, "forged")
    rows[700], rows[1500] = (700, 1500), (1500, 700)
    del rows[1000]
    rows.insert(400, (400, "new"))
    assert faults(renumbered(rows), 2000) == [
        Fault(20, CHANGED),
        Fault(400, INSERTED),
        Fault(700, SWAPPED, 1500),
        Fault(1000, DELETED),
    ]


def test_every_row_forged() -> None:
    rows: Rows = [(number, f"forged {number}") for number in range(700)]
    assert faults(rows, 700) == [Fault(number, CHANGED) for number in range(700)]


def test_every_fifth_row_changed() -> None:
    rows: Rows = [(number, number if number % 5 else "forged") for number in range(2000)]
    assert faults(rows, 2000) == [Fault(number, CHANGED) for number in range(0, 2000, 5)]


def test_rows_with_equal_bodies() -> None:
    sealed = [number % 7 for number in range(500)]
    leaves = leaf_hashes(b"%d" % number for number in sealed)
    bodies: list[int | str] = [*sealed]
    bodies[250] = "forged"
    found = leaf_hashes(b"%s" % str(body).encode() for body in bodies)
    lanes = Lane([(range(500), b"".join(found))]), Lane([(range(500), b"".join(leaves))])
    assert name_faults(list(compare(*lanes)), 500) == [Fault(250, CHANGED)]


def test_whatever_is_done_at_random_is_found() -> None:
    """The names may differ when much is done at once, but the first place is right and nothing is overlooked."""
    for seed in range(150):
        chance, rows = Random(seed), intact(900)
        at = sorted(chance.sample(range(900), chance.randint(1, 9)))
        for place in reversed(at):
            if chance.random() < 0.5:
                del rows[place]
            else:
                rows[place] = (place, f"forged {place}")
        named = faults(renumbered(rows) if chance.random() < 0.5 else rows, 900)
        touched = [each for fault in named for each in range(fault.event or 0, (fault.other or fault.event or 0) + 1)]
        assert touched == at, seed


def test_lanes_keep_only_what_was_read_ahead() -> None:
    longest = 0

    def watched() -> Lane:
        return Lane((range(at, at + 256), bytes(8192)) for at in range(0, 256 * 200, 256))

    found, sealed = watched(), watched()
    fill = found.fill

    def measured(count: int) -> int:
        nonlocal longest
        longest = max(longest, ready := fill(count))
        return ready

    found.fill = measured  # type: ignore[method-assign]
    assert list(compare(found, sealed)) == []
    assert longest == 256
