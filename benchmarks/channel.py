"""How likely a reading is for each serial: the damage of `damage`, class by class, turned round.

A class counts 1, so that what a serial's readings come to sums to the number of classes. Kernels return the sum over
the classes of light damage, and over those of heavy, in which more of what is stated is wrong.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from benchmarks import damage
from benchmarks.damage import DIGIT, DOUBLED, ONE_LOOK_ALIKE, SAID
from benchmarks.worlds import ALPHABET, WIDTH, Array

_UNREAD = 37


class Tables(NamedTuple):
    """The damage tables as kernels use them, and room to note places in."""

    lost: Array
    mixed: Array
    seen: Array
    places: Array


TABLES = Tables(
    np.array(damage.LOST), np.array(damage.MIXED), np.pad(damage.SEEN, ((1, 2), (1, 2))), np.zeros(4, np.int64)
)


class Serials:
    """Serials, shape (n, `WIDTH`), kept by their length: most readings are of few lengths."""

    def __init__(self, codes: Array) -> None:
        sizes = (codes > 0).sum(axis=1, dtype=np.uint8)
        self.rows = np.argsort(sizes, kind="stable")
        self.codes = codes[self.rows]
        self.starts = np.searchsorted(sizes[self.rows], np.arange(WIDTH + 2))
        self.found = (np.empty(len(codes), np.int64), np.empty(len(codes)), np.empty(len(codes)))

    def of_reading(self, folded: str) -> tuple[Array, Array, Array]:
        """Return the rows that a reading can be of, and how likely it is for each by light and by heavy damage."""
        count = _scan(self.codes, self.starts, encoded(folded), TABLES, self.found)
        rows, light, heavy = (each[:count] for each in self.found)
        return self.rows[rows], light, heavy


def encoded(folded: str) -> tuple[Array, int]:
    """Return a reading as codes, and the place of its gap."""
    read = folded.replace("*", "")
    return np.array([_UNREAD if sign == "?" else ALPHABET.index(sign) + 1 for sign in read], np.uint8), folded.find("*")


@njit(cache=True, nogil=True)
def _lost(count: int, size: int, least: int, shares: Array) -> float:
    """Return how likely so many places are lost, where `least` must stay."""
    most = max(size - least, 0)
    if count > min(most, len(shares)):
        return 0.0
    if most == 0:
        return 1.0 if count == 0 else 0.0
    if count == 0:
        return 0.0
    return float(shares[count - 1] if count < most else shares[count - 1 :].sum())


@njit(cache=True, nogil=True)
def _differences(read: Array, serial: Array, shift: int, places: Array) -> int:
    """Note up to three places of the reading that differ from the serial moved by `shift`; return how many differ."""
    found = 0
    for place in range(len(read)):
        if read[place] != 37 and read[place] != serial[place + shift]:
            if found == 3:
                return 4
            places[found] = place
            found += 1
    return found


@njit(cache=True, nogil=True)
def _pairs(serial: Array, size: int) -> int:
    """Return how many neighbouring places differ."""
    found = 0
    for place in range(size - 1):
        found += serial[place] != serial[place + 1]
    return found


@njit(cache=True, nogil=True)
def _fits(read: Array, serial: Array, first: int, last: int, shift: int) -> bool:
    for place in range(first, last):  # noqa: SIM110 - kernels have no generators.
        if read[place] != serial[place + shift]:
            return False
    return True


@njit(cache=True, nogil=True)
def _with_gap(read: Array, gap: int, serial: Array, size: int, shares: Array) -> float:
    """A reading with `*`: an end is lost, or places in the middle."""
    gone = size - len(read)
    if gone < 0 or not _fits(read, serial, 0, gap, 0) or not _fits(read, serial, gap, len(read), gone):
        return 0.0
    if gap in {0, len(read)}:
        return 0.5 * SAID * _lost(gone, size, 3, shares)
    room = size - 1 - gap
    if gone < 1 or room < 1 or gone > min(room, 3):
        return 0.0
    return float(shares[gone - 1] if gone < room else shares[gone - 1 :].sum()) / (size - 2)


@njit(cache=True, nogil=True)
def _whole(read: Array, serial: Array, size: int, tables: Tables) -> float:
    """As many places as the serial has, all legible: clean, look-alikes, two exchanged."""
    seen, places = tables.seen, tables.places
    differ = _differences(read, serial, 0, places)
    if differ == 0:
        return 1.0 + (1.0 if _pairs(serial, size) == 0 else 0.0) + (1 - SAID) * _lost(0, size, 3, tables.lost)
    if differ == 1:
        one = ONE_LOOK_ALIKE if size > 1 else 1.0
        return one / size * float(seen[serial[places[0]], read[places[0]]])
    if differ > 2:
        return 0.0
    one, other = places[0], places[1]
    both = float(seen[serial[one], read[one]] * seen[serial[other], read[other]])
    found = (1 - ONE_LOOK_ALIKE) / (size * (size - 1) / 2) * both
    if other == one + 1 and read[one] == serial[other] and read[other] == serial[one]:
        found += 1 / _pairs(serial, size)
    return found


@njit(cache=True, nogil=True)
def _longer(read: Array, serial: Array, size: int) -> float:
    """One place more than the serial has: a sign was inserted."""
    found = 0.0
    for place in range(size + 1):
        if _fits(read, serial, 0, place, 0) and _fits(read, serial, place + 1, size + 1, -1):
            sign = DIGIT / 10 if read[place] <= 10 else (1 - DIGIT) / 26
            doubled = 1.0 if place > 0 and read[place] == serial[place - 1] else 0.0
            found += (DOUBLED * doubled + (1 - DOUBLED) * sign if place > 0 else sign) / (size + 1)
    return found * (0.5 if size > 3 else 1.0)


@njit(cache=True, nogil=True)
def _shorter(read: Array, serial: Array, size: int, shares: Array) -> float:
    """Fewer places than the serial has: one left out, or an end lost without a word."""
    gone = size - len(read)
    ends = 1.0 * _fits(read, serial, 0, len(read), gone) + 1.0 * _fits(read, serial, 0, len(read), 0)
    found = 0.5 * (1 - SAID) * _lost(gone, size, 3, shares) * ends
    if gone == 1 and size > 3:
        for place in range(size):
            if _fits(read, serial, 0, place, 0) and _fits(read, serial, place, size - 1, 1):
                found += 0.5 / size
    return found


@njit(cache=True, nogil=True)
def _one_unread(  # noqa: PLR0911 - one a case.
    read: Array, serial: Array, size: int, tables: Tables
) -> tuple[float, float]:
    """One place unreadable: nothing else (light), or another error besides (heavy)."""
    mixed, seen, places = tables.mixed, tables.seen, tables.places
    hidden = 0
    while read[hidden] != 37:
        hidden += 1
    gone = size - len(read)
    if gone == 1 and size > 4:
        ends = (_differences(read, serial, 1, places) == 0) + (_differences(read, serial, 0, places) == 0)
        return 0.0, mixed[3] * 0.5 * ends / len(read)
    if gone != 0:
        return 0.0, 0.0
    differ = _differences(read, serial, 0, places)
    if differ > 2:
        return 0.0, 0.0
    pairs = _pairs(serial, size)
    if differ == 0:
        other = mixed[2] * (pairs == 0) + mixed[3] * (size <= 4)
        return 1.0 / size, ((mixed[0] + mixed[1]) / size + other) / size
    one = places[0]
    if differ == 1:
        heavy = (mixed[0] * seen[serial[one], read[one]] + mixed[1] / 35) / size
        if abs(one - hidden) == 1 and read[one] == serial[hidden]:
            heavy += mixed[2] / pairs
        return 0.0, heavy / size
    two = places[1]
    if two == one + 1 and read[one] == serial[two] and read[two] == serial[one]:
        return 0.0, mixed[2] / pairs / size
    return 0.0, 0.0


@njit(cache=True, nogil=True)
def _more_unread(read: Array, serial: Array, size: int, unread: int, places: Array) -> float:
    """Two or three places unreadable, and nothing else."""
    if size != len(read) or _differences(read, serial, 0, places):
        return 0.0
    pairs = size * (size - 1) / 2
    if unread == 2:
        return (1.0 if size == 4 else 0.5) / pairs
    return 0.5 / (pairs * (size - 2) / 3)


@njit(cache=True, nogil=True)
def likelihood(serial: Array, size: int, read: Array, gap: int, unread: int, tables: Tables) -> tuple[float, float]:
    """Return how likely the reading is by a class of light damage, and by one of heavy."""
    if gap >= 0:
        return _with_gap(read, gap, serial, size, tables.lost), 0.0
    if unread == 1:
        return _one_unread(read, serial, size, tables)
    if unread > 1:
        return _more_unread(read, serial, size, unread, tables.places), 0.0
    if size == len(read):
        return _whole(read, serial, size, tables), 1.0 * _fits(read, serial, 0, size, 0)
    if size < len(read):
        return _longer(read, serial, size), 0.0
    return _shorter(read, serial, size, tables.lost), 0.0


@njit(cache=True, nogil=True)
def _same(seen: int, true: int) -> bool:
    return seen == true or seen == 37  # noqa: PLR1714 - kernels have no sets.


@njit(cache=True, nogil=True)
def possible(codes: Array, row: int, size: int, read: Array, gap: int) -> bool:
    """Tell, quicker than `likelihood`, of most serials that the reading is of another."""
    count = len(read)
    if size == count and gap < 0:
        differ = 0
        for place in range(count):
            if not _same(read[place], codes[row, place]):
                differ += 1
                if differ > 2:
                    return False
        return True
    head = 0
    while head < min(count, size) and _same(read[head], codes[row, head]):
        head += 1
    tail = 0
    while tail < min(count, size) and _same(read[count - 1 - tail], codes[row, size - 1 - tail]):
        tail += 1
    return head + tail >= count - (1 if size < count else 0)


@njit(cache=True, nogil=True)
def _scan(
    codes: Array, starts: Array, asked: tuple[Array, int], tables: Tables, found: tuple[Array, Array, Array]
) -> int:
    """Note each serial the reading can be of, how likely it is by light damage, and by heavy; return how many."""
    read, gap = asked
    unread, count = 0, 0
    for place in range(len(read)):
        unread += read[place] == 37
    for size in range(max(len(read) - 1, 1), min(len(read) + 4, codes.shape[1] + 1)):
        for row in range(starts[size], starts[size + 1]):
            if not possible(codes, row, size, read, gap):
                continue
            light, heavy = likelihood(codes[row], size, read, gap, unread, tables)
            if light + heavy > 0:
                found[0][count], found[1][count], found[2][count] = row, light, heavy
                count += 1
    return count
