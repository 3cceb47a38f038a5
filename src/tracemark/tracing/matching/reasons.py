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


def reasons_of(
    channels: Sequence[Channel], found: Sequence[Found], hits: Sequence[int], weighing: Weighing, beyond: float = 0.0
) -> tuple[Reason, ...]:
    """Return the reasons for one weapon: what the serial says, each attribute, and how many neighbours stand here.

    `hits` are the places of its best rows among those found, one a reading, -1 where there is none;
    `beyond` is what they say together beyond what each says for itself, a natural logarithm.
    """
    reasons = []
    for number, (channel, each, hit) in enumerate(zip(channels, found, hits, strict=True)):
        reasons.append(_absent_reason(number, weighing) if hit < 0 else _serial_reason(channel, each, hit, weighing))
    if beyond:
        reasons.append(Reason("tracing.readings_together", {"readings": len(hits)}, beyond / math.log(2)))
    number, hit = next((number, hit) for number, hit in enumerate(hits) if hit >= 0)
    segment, row = place_of(found[number], hit, weighing)
    for feature in weighing.features:
        recorded = int(segment.attributes[row, COLUMNS.index(feature.column)])
        code = f"tracing.{feature.column}_{feature.outcome(recorded)}"
        years: dict[str, Plain] = {"stated": feature.value, "recorded": recorded} if feature.column == "year" else {}
        reasons.append(Reason(code, years, feature.bits(segment.attributes[row])))
    beside = _beside(segment, row)
    if beside:
        reasons.append(Reason("tracing.neighbours_in_register", {"others": beside}))
    return tuple(reasons)


def place_of(found: Found, hit: int, weighing: Weighing) -> tuple[Segment, int]:
    """Return the segment and the row of a hit."""
    return weighing.segments[int(found.segment[hit])], int(found.row[hit])


def _serial_reason(channel: Channel, found: Found, hit: int, weighing: Weighing) -> Reason:
    segment, row = place_of(found, hit, weighing)
    serial = segment.serial(row)
    steps = aligned(serial, channel.forward)
    counts = Counter(each.how for each in steps)
    counts["swapped"] //= 2
    facts: dict[str, Plain] = {"serial": decode_serial(serial), "legible": channel.legible}
    facts |= {name: counts[name] for name in _TOLD if counts[name] or name == "agree"}
    evidence = -int(found.cost[hit]) / NATS - math.log(found.chance)
    return Reason("tracing.serial_agrees", facts, evidence / math.log(2), steps)


def _absent_reason(number: int, weighing: Weighing) -> Reason:
    return Reason("tracing.reading_on_no_mark", {"reading": number + 1}, math.log2(weighing.weights.other_component))


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
