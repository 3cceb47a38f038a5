import sys

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from benchmarks.marks import Recovery, Register
from benchmarks.rivals.asking import FETCHED, InProcess, agreements, listed
from benchmarks.systems import Answer

_FARTHEST = 3
_STEP = 4.0
"""What one more error counts against, beside agreements in attributes."""


class RapidfuzzScan(InProcess):
    """RapidFuzz: edit distance with transpositions to every serial, where an unreadable place costs nothing."""

    name = "rapidfuzz_scan"

    def __init__(self, registered: Register) -> None:
        self.serials = [registered.recorded_serials[row] for row in registered.marks.tolist()]
        self.weapons = registered.marks
        self.attributes = registered.recorded[registered.marks]

    @property
    def bytes_held(self) -> int:
        texts = sum(map(sys.getsizeof, self.serials)) + sys.getsizeof(self.serials)
        return texts + self.weapons.nbytes + self.attributes.nbytes

    def answer(self, recovery: Recovery) -> Answer:
        text = recovery.folded.replace("*", "")
        free = text.count("?")
        found = process.cdist(
            [text], self.serials, scorer=OSA.distance, score_cutoff=_FARTHEST + free, dtype=np.uint8, workers=1
        )[0]
        rows = np.flatnonzero(found <= _FARTHEST + free)
        worth = agreements(self.attributes[rows], recovery.stated) - _STEP * found[rows]
        return listed(self.weapons[rows[np.argsort(-worth, kind="stable")][:FETCHED]].tolist())
