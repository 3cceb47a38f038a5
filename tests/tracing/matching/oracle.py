"""A slow second matcher that shares no code with the first: recursion over plain Python values, every weapon tried."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from tracemark.marking import resembles
from tracemark.tracing.matching import Certainty, Place, Reading, Weights

NEVER = math.inf


@dataclass(frozen=True)
class Bearer:
    """One mark of a register: the weapon, its folded serial, its attributes by name; what is unknown is left out."""

    weapon: int
    serial: str
    attributes: Mapping[str, int]


def cost(reading: Reading, serial: str, weights: Weights) -> float:
    """Return the cost of reading `serial` so, in thousandths of a natural logarithm, each error rounded as charged."""
    power = _power(reading, weights)
    places = [place for place in reading.places if not place.gap]
    gaps = _gaps(reading)
    powers = {"inserted": power, "missed": power, "swapped": 1, "lost": _power_of_ends(reading, weights)}
    error = {name: round(-1000 * math.log(weights.channel[name]) * each) for name, each in powers.items()}
    lost_each, gap_each = (round(-1000 * math.log(weights.channel[name])) for name in ("lost_each", "gap_each"))

    @cache
    def rest(read: int, true: int) -> float:
        """Return the cost of the places from `read` given the characters from `true`."""
        ways: list[float] = []
        if read == len(places):
            left = len(serial) - true
            if not left:
                return 0
            ways.append(error["lost"] + left * lost_each)
        if true < len(serial):
            ways.append((gap_each if gaps[read] else error["missed"]) + rest(read, true + 1))
        if read < len(places):
            ways.append(error["inserted"] + rest(read + 1, true))
            if true < len(serial):
                ways.append(place_cost(places[read], serial[true], weights, power) + rest(read + 1, true + 1))
            if read + 1 < len(places) and true + 1 < len(serial):
                one, two = places[read].allowed, places[read + 1].allowed
                if one != two and (one, two) == (serial[true + 1], serial[true]):
                    ways.append(error["swapped"] + rest(read + 2, true + 2))
        return min(ways)

    heads = [rest(0, 0)]
    if not gaps[0]:
        heads += [error["lost"] + lost * lost_each + rest(0, lost) for lost in range(1, len(serial) + 1)]
    return min(heads) if serial else NEVER


def place_cost(place: Place, true: str, weights: Weights, power: float) -> float:
    allowed = place.allowed
    if not allowed or true in allowed:
        return 0
    power = weights.certainty["doubtful"] if place.doubtful else power
    chances = [
        weights.misread.get(one + true) or weights.misread.get(true + one) or weights.channel["other"]
        for one in allowed
    ]
    if any(not sign.isascii() and true in resembles(sign) for sign in place.written):
        chances.append(weights.channel["resembles"])
    return round(-1000 * math.log(max(chances)) * power)


def agreeing(bearers: Sequence[Bearer], stated: Mapping[str, int]) -> int:
    """Count the weapons that agree in all that was stated."""
    return len({each.weapon for each in bearers if stated.items() <= each.attributes.items()})


def _power(reading: Reading, weights: Weights) -> float:
    if reading.certainty is Certainty.DOUBTFUL:
        return weights.certainty["doubtful"]
    whole = all(len(place.allowed) == 1 and not place.gap for place in reading.places)
    return weights.certainty["plain" if whole else "marked"]


def _power_of_ends(reading: Reading, weights: Weights) -> float:
    if any(place.gap for place in (*reading.places[:1], *reading.places[-1:])):
        return weights.certainty["end_said"]
    power = _power(reading, weights)
    return power if power == weights.certainty["marked"] else 1.0


def _gaps(reading: Reading) -> list[bool]:
    gaps = [False]
    for place in reading.places:
        if place.gap:
            gaps[-1] = True
        else:
            gaps.append(False)
    return gaps
