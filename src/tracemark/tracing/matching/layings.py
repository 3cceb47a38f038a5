"""A reading laid over a serial in every way at once, each weighed by its probability.

It tells how often each error is to be expected to have happened, where it is known that the reading is of this serial.
Source: Baum, Petrie, Soules and Weiss, "A maximization technique", 1970 (forward and backward).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from tracemark.marking import SERIAL_ALPHABET, fold_serial
from tracemark.tracing.matching.channels import (
    GAP_EACH,
    INSERTED,
    LOST,
    LOST_EACH,
    MISSED,
    NATS,
    SWAPPED,
    Probe,
    channel_of,
)
from tracemark.tracing.matching.keys import shortened
from tracemark.tracing.matching.parameters import Weights
from tracemark.tracing.matching.readings import Certainty, Place, Reading

_NEGLIGIBLE = 1e-6
_ELSEWHERE_EACH = 1 / 30
"""How probable each legible place is on a mark that is none of those recorded: about thirty signs are in use."""

Table = list[list[float]]


class Rate(NamedTuple):
    """One error rate of the channel: `misread` and a pair, or `channel` and an error, under one certainty.

    `certainty` is "" where what the examiner says besides makes no difference to it.
    """

    section: str
    name: str
    certainty: str


@dataclass(frozen=True, slots=True)
class Counts:
    """Expected counts: how often each error happened, and how often it could have."""

    errors: defaultdict[Rate, float] = field(default_factory=lambda: defaultdict(float))
    chances: defaultdict[Rate, float] = field(default_factory=lambda: defaultdict(float))

    def add(self, other: "Counts", share: float = 1.0) -> None:
        """Add a share of other counts to these."""
        for own, others in ((self.errors, other.errors), (self.chances, other.chances)):
            for rate, count in others.items():
                own[rate] += count * share


def certainty_of(reading: Reading) -> str:
    """Return the name under which the weights hold how sure the examiner of a reading is."""
    if reading.certainty is Certainty.DOUBTFUL:
        return "doubtful"
    return "marked" if reading.marked else "plain"


def expected_counts(reading: Reading, serials: Sequence[str], weights: Weights) -> Counts:
    """Return the errors to be expected in a reading of a weapon that bears these folded serials.

    Which of them was read is not known, nor whether it was any: each has its share by how well it explains the reading,
    and what may have stood on an exchanged component counts for nothing.
    """
    found = Counts()
    channel = channel_of(reading, weights)
    if not len(channel) or not channel.legible:
        return found
    marks = [shortened(each) for each in dict.fromkeys(map(fold_serial, serials)) if each]
    layings = [Laying(each, reading, channel.forward, weights) for each in marks]
    elsewhere = weights.other_component * _ELSEWHERE_EACH**channel.legible
    total = sum(each.probability for each in layings) + elsewhere * len(layings)
    for each in layings:
        found.add(each.counts(), each.probability / total)
    return found


class Laying:
    """One serial and a reading of it: the tables of forward and backward probabilities, and what they tell.

    Row d and column j are for d true characters and j places of the reading that are explained.
    """

    def __init__(self, serial: str, reading: Reading, probe: Probe, weights: Weights) -> None:
        self._true = [SERIAL_ALPHABET.index(each) + 1 for each in serial]
        self._gaps, self._known = probe.gaps.tolist(), probe.known.tolist()
        self._read: list[list[float]] = np.exp(probe.costs / -NATS).tolist()
        self._edits: list[float] = np.exp(probe.edits / -NATS).tolist()
        self._passed = [self._edits[GAP_EACH] if gap else self._edits[MISSED] for gap in self._gaps]
        self._certainty = certainty_of(reading)
        kept = reading.places if any(each.gap for each in reading.places) else shortened(reading.places)
        self._places = [each for each in kept if not each.gap]
        self._pairs = _pairs(weights.misread)
        self._forward, self._backward = self._tables()
        self.probability = self._backward[0][0]

    @property
    def _size(self) -> tuple[int, int]:
        return len(self._true), len(self._known)

    @property
    def _of_ends(self) -> str:
        """What makes it rarer that an end is gone without a word."""
        if self._gaps[0] or self._gaps[-1]:
            return "end_said"
        return "marked" if self._certainty == "marked" else ""

    def counts(self) -> Counts:
        """Return the errors to be expected, as if it were certain that this serial was read."""
        found, certainty = Counts(), self._certainty
        if not self.probability:
            return found
        inserted, missed = Rate("channel", "inserted", certainty), Rate("channel", "missed", certainty)
        swapped = Rate("channel", "swapped", "")
        lost = Rate("channel", "lost", self._of_ends)
        read = legible = 0.0
        for depth, place, step, share in self._steps():
            if step == "read":
                read += share
                legible += share * bool(self._known[place])
                self._count_place(found, depth, place, share)
            elif step == "inserted":
                found.errors[inserted] += share
            elif step == "missed":
                found.errors[missed] += share
            elif step == "swapped":
                found.errors[swapped] += share
                legible, read = legible + 2 * share, read + 2 * share
        found.errors[lost] += self._lost()
        unlike = sum(one != other for one, other in pairwise(self._true))
        found.chances[inserted] = read + 1
        found.chances[missed] = read + found.errors[missed]
        found.chances[swapped] = unlike * legible / len(self._true)
        found.chances[lost] = 2 - self._gaps[0] - self._gaps[-1]
        return found

    def _steps(self) -> Iterator[tuple[int, int, str, float]]:
        """Yield each step that may have been taken, from which cell, with its share of all that may have happened."""
        characters, places = self._size
        for depth in range(characters + 1):
            for place in range(places + 1):
                here = self._forward[depth][place] / self.probability
                if here * self._backward[depth][place] < _NEGLIGIBLE:
                    continue
                for step, down, right, probability in self._onward(depth, place):
                    share = here * probability * self._backward[depth + down][place + right]
                    if share > _NEGLIGIBLE:
                        yield depth, place, step, share

    def _onward(self, depth: int, place: int) -> Iterator[tuple[str, int, int, float]]:
        """Yield the ways on from a cell: what happens, how many characters and places further, how probable."""
        characters, places = self._size
        if depth < characters:
            yield ("in_gap" if self._gaps[place] else "missed"), 1, 0, self._passed[place]
        if place < places:
            yield "inserted", 0, 1, self._edits[INSERTED]
        if depth < characters and place < places:
            yield "read", 1, 1, self._read[place][self._true[depth]]
            if self._swapped(depth, place):
                yield "swapped", 2, 2, self._edits[SWAPPED]

    def _swapped(self, depth: int, place: int) -> bool:
        one, other = self._true[depth : depth + 2], self._known[place : place + 2]
        return len(one) == len(other) == 2 and one != other and one == other[::-1]  # noqa: PLR2004 - a pair

    def _ended(self, depth: int) -> float:
        """How probable it is that so many characters were read, or lost, and no more: all, or the rest is gone."""
        gone = len(self._true) - depth
        return self._edits[LOST] * self._edits[LOST_EACH] ** gone if gone else 1.0

    def _begun(self, depth: int) -> float:
        """How probable it is that the first characters are gone and the reading does not say so."""
        return 0.0 if self._gaps[0] else self._edits[LOST] * self._edits[LOST_EACH] ** depth

    def _tables(self) -> tuple[Table, Table]:
        characters, places = self._size
        forward = [[0.0] * (places + 1) for _ in range(characters + 1)]
        backward = [[0.0] * (places + 1) for _ in range(characters + 1)]
        forward[0][0] = 1.0
        for depth in range(1, characters + 1):
            forward[depth][0] = self._begun(depth)
        for depth in range(characters + 1):
            for place in range(places + 1):
                for _, down, right, probability in self._onward(depth, place):
                    forward[depth + down][place + right] += forward[depth][place] * probability
        for depth in range(characters, -1, -1):
            for place in range(places, -1, -1):
                backward[depth][place] = (self._ended(depth) if place == places else 0.0) + sum(
                    probability * backward[depth + down][place + right]
                    for _, down, right, probability in self._onward(depth, place)
                )
        backward[0][0] += sum(self._begun(depth) * backward[depth][0] for depth in range(1, characters + 1))
        return forward, backward

    def _lost(self) -> float:
        """How many ends are to be expected to be gone."""
        characters, places = self._size
        begun = sum(self._begun(depth) * self._backward[depth][0] for depth in range(1, characters + 1))
        ended = sum(self._forward[depth][places] * self._ended(depth) for depth in range(characters))
        return (begun + ended) / self.probability

    def _count_place(self, found: Counts, depth: int, place: int, share: float) -> None:
        """Count a place that was read as one character: which errors it might have been, and which it is."""
        kept, true, read = self._places[place], self._true[depth], self._known[place]
        if not _plainly_read(kept):
            return
        certainty = "doubtful" if kept.doubtful else self._certainty
        pairs = self._pairs.get(true, {})
        other = Rate("channel", "other", certainty)
        for name in pairs.values():
            found.chances[Rate("misread", name, certainty)] += share
        found.chances[other] += share * (len(SERIAL_ALPHABET) - 1 - len(pairs))
        if read != true:
            error = Rate("misread", pairs[read], certainty) if read in pairs else other
            found.errors[error] += share


def _plainly_read(place: Place) -> bool:
    """Whether a place says one character in a sign that stands for it alone."""
    return len(place.allowed) == 1 and all(sign.isascii() for sign in place.written)


def _pairs(misread: Mapping[str, float]) -> dict[int, dict[int, str]]:
    """Return by the code of a character the codes it is listed to be mistaken for, each with the name of the pair."""
    found: dict[int, dict[int, str]] = {}
    for name in misread:
        one, other = (SERIAL_ALPHABET.index(each) + 1 for each in name)
        found.setdefault(one, {})[other] = name
        found.setdefault(other, {})[one] = name
    return found
