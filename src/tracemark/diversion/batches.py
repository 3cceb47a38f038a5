from collections.abc import Sequence
from dataclasses import dataclass

from tracemark.diversion.limits import upper_tail

LEAST = 3
CHANCE = 0.002


@dataclass(frozen=True, slots=True)
class Batch:
    """Numbers of one series that lie so near each other that chance hardly brings them together.

    `chance` is about how many such batches chance would bring among all the numbers given.
    """

    numbers: tuple[int, ...]
    chance: float


def batches_in(numbers: Sequence[int], first: int, last: int, most: float = CHANCE) -> list[Batch]:
    """Find batches of near-consecutive numbers among those recovered, of a series that runs from `first` to `last`.

    Numbers that are recovered by chance lie anywhere in the series. A stretch of at least `LEAST` of them is a batch
    where chance would bring `most` such stretches or fewer among them all: so three neighbours are one where few of a
    long series came to hand, and none where half of it did. Batches share no numbers; the least probable comes first.
    """
    known = sorted(set(numbers))
    density = len(known) / (last - first + 1)
    stretches = [
        (len(known) * upper_tail(end - start, density * (known[end] - known[start])), start, end)
        for start in range(len(known))
        for end in range(start + LEAST - 1, min(start + _LONGEST, len(known)))
    ]
    found: list[tuple[int, int, float]] = []
    for chance, start, end in sorted(stretches, key=lambda each: (each[0], each[1] - each[2])):
        if chance > most:
            break
        if all(end < other or start > its_end for other, its_end, _ in found):
            found.append((start, end, chance))
    return [Batch(tuple(known[start : end + 1]), chance) for start, end, chance in sorted(found)]


_LONGEST = 200
