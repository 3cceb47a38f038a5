import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from tracemark.kernel import Plain
from tracemark.tracing.matching.alignments import OPERATIONS, align
from tracemark.tracing.matching.channels import NATS, Channel
from tracemark.tracing.matching.evidence import Found, Weighing
from tracemark.tracing.matching.segments import COLUMNS, Segment, decode_serial

_LOOK_ALIKE = 0.004
"""A misreading at least as frequent as this is a confusion of look-alikes."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a candidate stands where it stands: a code that `wording` turns into a sentence, its facts, its weight.

    `bits` is the weight of evidence for this weapon against one from outside, the base-2 logarithm of the likelihood
    ratio: 3 bits make it eight times as likely, a negative weight speaks against it.
    """

    code: str
    facts: dict[str, Plain] = field(default_factory=dict)
    bits: float = 0.0


def reasons_of(
    channels: Sequence[Channel], found: Sequence[Found], hits: Sequence[int], weighing: Weighing, beside: int
) -> tuple[Reason, ...]:
    """Return the reasons for one weapon: what the serial says, each attribute, and how many neighbours stand here.

    `hits` are the places of its best rows among those found, one a reading, -1 where there is none.
    """
    reasons = []
    for number, (channel, each, hit) in enumerate(zip(channels, found, hits, strict=True)):
        reasons.append(_absent_reason(number, weighing) if hit < 0 else _serial_reason(channel, each, hit, weighing))
    number, hit = next((number, hit) for number, hit in enumerate(hits) if hit >= 0)
    segment, row = place_of(found[number], hit, weighing)
    for feature in weighing.features:
        recorded = int(segment.attributes[row, COLUMNS.index(feature.column)])
        code = f"tracing.{feature.column}_{feature.outcome(recorded)}"
        years: dict[str, Plain] = {"stated": feature.value, "recorded": recorded} if feature.column == "year" else {}
        reasons.append(Reason(code, years, feature.bits(segment.attributes[row])))
    if beside:
        reasons.append(Reason("tracing.neighbours_in_register", {"others": beside}))
    return tuple(reasons)


def place_of(found: Found, hit: int, weighing: Weighing) -> tuple[Segment, int]:
    """Return the segment and the row of a hit."""
    return weighing.segments[int(found.segment[hit])], int(found.row[hit])


def _serial_reason(channel: Channel, found: Found, hit: int, weighing: Weighing) -> Reason:
    segment, row = place_of(found, hit, weighing)
    bound = round(-math.log(_LOOK_ALIKE) * NATS)
    counts = align(segment.serials[row], channel.costs, channel.known, channel.gaps, channel.edits, bound)
    facts: dict[str, Plain] = {"serial": decode_serial(segment.serials[row]), "legible": channel.legible}
    facts |= {name: int(count) for name, count in zip(OPERATIONS, counts, strict=True) if count or name == "agree"}
    evidence = -int(found.cost[hit]) / NATS - math.log(max(found.of_group, 1e-300))
    return Reason("tracing.serial_agrees", facts, evidence / math.log(2))


def _absent_reason(number: int, weighing: Weighing) -> Reason:
    return Reason("tracing.reading_on_no_mark", {"reading": number + 1}, math.log2(weighing.weights.other_component))
