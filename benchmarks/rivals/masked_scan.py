import numpy as np

from benchmarks.marks import Recovery, Register
from benchmarks.rivals.asking import FETCHED, InProcess, agreements, listed
from benchmarks.systems import Answer
from benchmarks.worlds import ALPHABET, WIDTH

_CHUNK = 1 << 20


class MaskedScan(InProcess):
    """NumPy: compare every known place of every mark. What memory bandwidth allows without an index."""

    name = "numpy_masked_scan"

    def __init__(self, registered: Register) -> None:
        self.weapons, self.recorded, count = registered.marks, registered.recorded, len(registered.marks)
        self.sizes = np.empty(count, np.uint8)
        self.heads, self.tails = np.empty((WIDTH, count), np.uint8), np.empty((WIDTH, count), np.uint8)
        for start in range(0, count, _CHUNK):
            part = slice(start, start + _CHUNK)
            codes = registered.codes[self.weapons[part]]
            self.sizes[part] = sizes = (codes > 0).sum(axis=1, dtype=np.uint8)
            from_end = sizes[:, None].astype(np.int16) - 1 - np.arange(WIDTH, dtype=np.int16)
            turned = np.take_along_axis(codes, np.maximum(from_end, 0), axis=1)
            self.heads[:, part], self.tails[:, part] = codes.T, np.where(from_end < 0, 0, turned).T

    @property
    def bytes_held(self) -> int:
        held = (self.sizes, self.heads, self.tails, self.weapons, self.recorded)
        return sum(array.nbytes for array in held)

    def answer(self, recovery: Recovery) -> Answer:
        head, gap, tail = recovery.folded.partition("*")
        fits = self.sizes >= len(head) + len(tail) if gap else self.sizes == len(head)
        for known, columns in ((head, self.heads), (tail[::-1], self.tails)):
            for place, sign in enumerate(known[:WIDTH]):
                if sign != "?":
                    fits &= columns[place] == ALPHABET.index(sign) + 1
        rows = np.flatnonzero(fits)
        worth = agreements(self.recorded[self.weapons[rows]], recovery.stated)
        return listed(self.weapons[rows[np.argsort(-worth, kind="stable")][:FETCHED]].tolist())
