import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from tracemark.kernel import Plain
from tracemark.tracing.matching.alignments import OPERATIONS, Step, aligned
from tracemark.tracing.matching.channels import NATS, Channel
from tracemark.tracing.matching.evidence import Found, Weighing
from tracemark.tracing.matching.keys import BITS, PACKED, decode_serial, first_at_least
from tracemark.tracing.matching.segments import COLUMNS, Segment

_DIGITS = 10
_LAST_PLACES = 2
_TOLD = OPERATIONS[: OPERATIONS.index("unread")]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a candidate stands where it stands: a code that `wording` turns into a sentence, its facts, its weight.

    `bits` is the weight of evidence for this weapon against one from outside, the base-2 logarithm of the likelihood
    ratio: 3 bits make it eight times as likely, a negative weight speaks against it. `steps` lay the reading beside
    the serial where the reason is about one.
    """

    code: str
    facts: dict[str, Plain] = field(default_factory=dict)
    bits: float = 0.0
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Grounds:
    """What one weapon was weighed by: `hits` are the places of its best rows among those found, one a reading.

    A reading of which the weapon bears nothing has the place -1. `beyond` is what the readings say together beyond what
    each says for itself, a natural logarithm.
    """

    channels: Sequence[Channel]
    found: Sequence[Found]
    hits: Sequence[int]
    weighing: Weighing
    beyond: float = 0.0

    def reasons(self) -> tuple[Reason, ...]:
        """Return what the serial says, each attribute, and how many neighbours stand here."""
        reasons = [self._reading_reason(number) for number in range(len(self.hits))]
        if self.beyond:
            together: dict[str, Plain] = {"readings": len(self.hits)}
            reasons.append(Reason("tracing.readings_together", together, self.beyond / math.log(2)))
        segment, row = self.place
        recorded = segment.attributes[row]
        for feature in self.weighing.features:
            value = int(recorded[COLUMNS.index(feature.column)])
            code = f"tracing.{feature.column}_{feature.outcome(value)}"
            years: dict[str, Plain] = {"stated": feature.value, "recorded": value} if feature.column == "year" else {}
            reasons.append(Reason(code, years, feature.bits(recorded)))
        beside = _beside(segment, row)
        if beside:
            reasons.append(Reason("tracing.neighbours_in_register", {"others": beside}))
        return tuple(reasons)

    @property
    def place(self) -> tuple[Segment, int]:
        """The segment and the row of the mark that fits the first of the readings that fit."""
        number = 0
        while self.hits[number] < 0:
            number += 1
        return self._place(number)

    @property
    def serial(self) -> str:
        """The folded serial that stands there."""
        segment, row = self.place
        return decode_serial(segment.serial(row))

    def bits(self) -> dict[str, float]:
        """Return the weight of evidence of each attribute that was stated, and of all readings as `serial`."""
        segment, row = self.place
        recorded = segment.attributes[row]
        serial = sum(self._reading_bits(number) for number in range(len(self.hits))) + self.beyond / math.log(2)
        return {"serial": serial} | {each.column: each.bits(recorded) for each in self.weighing.features}

    def _place(self, number: int) -> tuple[Segment, int]:
        found, hit = self.found[number], self.hits[number]
        return self.weighing.segments[int(found.segment[hit])], int(found.row[hit])

    def _reading_bits(self, number: int) -> float:
        found, hit = self.found[number], self.hits[number]
        if hit < 0:
            return math.log2(self.weighing.weights.other_component)
        return (-int(found.cost[hit]) / NATS - math.log(found.chance)) / math.log(2)

    def _reading_reason(self, number: int) -> Reason:
        if self.hits[number] < 0:
            return Reason("tracing.reading_on_no_mark", {"reading": number + 1}, self._reading_bits(number))
        segment, row = self._place(number)
        serial, channel = segment.serial(row), self.channels[number]
        steps = aligned(serial, channel.forward)
        counts = Counter(each.how for each in steps)
        counts["swapped"] //= 2
        facts: dict[str, Plain] = {"serial": decode_serial(serial), "legible": channel.legible}
        facts |= {name: counts[name] for name in _TOLD if counts[name] or name == "agree"}
        return Reason("tracing.serial_agrees", facts, self._reading_bits(number), steps)


def _beside(segment: Segment, row: int) -> int:
    """Count the marks of the same maker whose serial differs in no more than the last two places of the running number.

    Weapons of one run differ in the last digits; a letter behind them is common to all.
    """
    serial = segment.serial(row)
    digits = np.flatnonzero((serial > 0) & (serial <= _DIGITS))
    shared = (int(digits[-1]) + 1 if len(digits) else int((serial > 0).sum())) - _LAST_PLACES
    if not 0 < shared <= PACKED - _LAST_PLACES:
        return 0
    shift = BITS * (PACKED - shared)
    beginning = int(segment.high[row]) >> shift
    begin, end = (
        segment.of_maker(int(segment.attributes[row, 0]))
        if segment.attributes[row, 0] >= 0
        else (0, int(segment.makers[1]))
    )
    first = first_at_least(segment.high, begin, end, beginning << shift)
    return int(first_at_least(segment.high, first, end, (beginning + 1) << shift)) - int(first) - 1
