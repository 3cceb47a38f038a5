"""Every weapon of the world that the register does not hold, and how likely a reading of one of them is.

An absent weapon is drawn as `marks` draws it: a stranger, any of these alike, or a neighbour, a few numbers along the
run of a weapon that is held. The world is described once, and blocks of consecutive weapons, whose serials have most
places in common, are passed over together.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numba import njit

from benchmarks.channel import TABLES, Tables, encoded, likelihood, possible
from benchmarks.marks import ABSENT, NEIGHBOURS, STEP, Recovery, Register
from benchmarks.worlds import WIDTH, Array, World, describe

_BLOCK, _LARGE = 100, 10_000
_CHUNK = 200 * _LARGE
_FAR = 120
"""Steps from a weapon that is held beyond which a neighbour is as good as never drawn."""
_TRIALS = 1 << 20

Weigh = Callable[[Recovery, Array, Array, Array], Array]


class Outsiders:
    """The absent weapons of a world, and how probably each is drawn."""

    def __init__(self, of: World, registered: Register) -> None:
        self.world = of
        self.held = registered.sorted_weapons
        chance = np.random.default_rng(1)
        near = self.held[chance.integers(0, len(self.held), _TRIALS)]
        moved = near + chance.geometric(STEP, _TRIALS) * chance.choice([-1, 1], _TRIALS)
        alike = self._models(near) == self._models(moved)
        self.accepted = float((alike & ~registered.holds(moved)).mean())

    def masses(self, asked: Sequence[Recovery], weigh: Weigh) -> Array:
        """Return how probable it is that an absent weapon was drawn and read and described so, for each recovery.

        `weigh` tells how likely all that is stated is, from what a reading is worth by light and by heavy damage and
        from true attributes.
        """
        found = np.zeros(len(asked))
        kept = np.empty(_CHUNK, np.int64), np.empty(_CHUNK), np.empty(_CHUNK)
        readings = [encoded(each.folded) for each in asked]
        for start in range(0, self.world.size, _CHUNK):
            weapons = np.arange(start, min(start + _CHUNK, self.world.size))
            codes, truth = describe(self.world, weapons)
            large, small = _blocks(codes, _LARGE), _blocks(codes, _BLOCK)
            drawn = self._drawn(weapons)
            for place, (recovery, reading) in enumerate(zip(asked, readings, strict=True)):
                count = _scan(codes, large, small, reading, TABLES, kept)
                if count:
                    rows, light, heavy = (each[:count] for each in kept)
                    found[place] += float(weigh(recovery, light, heavy, truth[rows]) @ drawn[rows])
        return found

    def _models(self, weapons: Array) -> Array:
        return np.searchsorted(self.world.firsts, weapons, "right")

    def _drawn(self, weapons: Array) -> Array:
        """Return how probably each of a stretch of weapons is the absent one."""
        stranger = ABSENT * (1 - NEIGHBOURS) / (self.world.size - len(self.held))
        first, last = (np.searchsorted(self.held, weapons[place] + far) for place, far in ((0, -_FAR), (-1, _FAR + 1)))
        near = self.held[first:last]
        by_step = ABSENT * NEIGHBOURS / self.accepted / len(self.held) / 2
        return _spread(weapons[0], len(weapons), near, self._models(near), self.world.firsts, stranger, by_step)


@njit(cache=True, nogil=True)
def _spread(
    begin: int, count: int, near: Array, models: Array, firsts: Array, stranger: float, by_step: float
) -> Array:
    """Return the chance of each of `count` weapons: nothing for one that is held, `near`, more for those beside one."""
    found = np.full(count, stranger)
    for place in range(len(near)):
        low, high = firsts[models[place] - 1], firsts[models[place]]
        for weapon in range(max(near[place] - _FAR, low, begin), min(near[place] + _FAR + 1, high, begin + count)):
            steps = abs(weapon - near[place])
            if steps:
                found[weapon - begin] += by_step * STEP * (1 - STEP) ** (steps - 1)
    for weapon in near:
        if begin <= weapon < begin + count:
            found[weapon - begin] = 0.0
    return found


@njit(cache=True, nogil=True)
def _blocks(codes: Array, rows: int) -> tuple[Array, Array]:
    """Return, of each block of so many rows, the signs that stand at each place and the lengths, one bit each."""
    count = (len(codes) + rows - 1) // rows
    seen, lengths = np.zeros((count, WIDTH), np.int64), np.zeros(count, np.int64)
    for row in range(len(codes)):
        size = _size(codes, row)
        for place in range(size):
            seen[row // rows, place] |= 1 << np.int64(codes[row, place])
        lengths[row // rows] |= 1 << np.int64(size)
    return seen, lengths


@njit(cache=True, nogil=True)
def _size(codes: Array, row: int) -> int:
    size = 0
    while size < WIDTH and codes[row, size]:
        size += 1
    return size


@njit(cache=True, nogil=True)
def _fitting(blocks: tuple[Array, Array], block: int, read: Array, gap: int, most: int) -> int:
    """Return which lengths of serials in a block could be read so, one bit each; `most` places may differ."""
    found = 0
    for size in range(max(len(read) - 1, 1), min(len(read) + 3, WIDTH) + 1):
        if (blocks[1][block] >> size) & 1 and _may_hold(blocks[0], block, size, read, gap, most):
            found |= 1 << size
    return found


@njit(cache=True, nogil=True)
def _may_hold(seen: Array, block: int, size: int, read: Array, gap: int, most: int) -> bool:
    """Tell of most blocks that they hold no serial of this length which could be read so, as `possible` of serials."""
    count = len(read)
    if size == count and gap < 0:
        differ = 0
        for place in range(count):
            if read[place] != 37 and not (seen[block, place] >> np.int64(read[place])) & 1:
                differ += 1
                if differ > most:
                    return False
        return True
    head = 0
    while head < min(count, size) and (read[head] == 37 or (seen[block, head] >> np.int64(read[head])) & 1):
        head += 1
    tail = 0
    while tail < min(count, size):
        sign = np.int64(read[count - 1 - tail])
        if sign != 37 and not (seen[block, size - 1 - tail] >> sign) & 1:
            break
        tail += 1
    return head + tail >= count - (1 if size < count else 0)


@njit(cache=True, nogil=True)
def _scan(
    codes: Array,
    large: tuple[Array, Array],
    small: tuple[Array, Array],
    asked: tuple[Array, int],
    tables: Tables,
    found: tuple[Array, Array, Array],
) -> int:
    """Note each serial the reading can be of, how likely it is by light damage, and by heavy; return how many."""
    read, gap = asked
    unread, count = 0, 0
    for place in range(len(read)):
        unread += read[place] == 37
    most = 2 if unread < 2 else 0
    likely = 0
    for block in range(len(small[1])):
        if block % (_LARGE // _BLOCK) == 0:
            likely = _fitting(large, block // (_LARGE // _BLOCK), read, gap, most)
        fits = _fitting(small, block, read, gap, most) if likely else 0
        if fits == 0:
            continue
        for row in range(block * _BLOCK, min((block + 1) * _BLOCK, len(codes))):
            size = _size(codes, row)
            if not (fits >> size) & 1 or not possible(codes, row, size, read, gap):
                continue
            light, heavy = likelihood(codes[row], size, read, gap, unread, tables)
            if light + heavy > 0:
                found[0][count], found[1][count], found[2][count] = row, light, heavy
                count += 1
    return count
