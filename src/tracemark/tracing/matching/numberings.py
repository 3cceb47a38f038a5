"""The ways in which makers number their weapons, as the register shows them: which character follows which pattern.

A pattern says of each place so far whether a digit or a letter stands there: `LLL` of a number such as `ABE573528` is
followed by a digit, `LLLDDDDDD` by its end.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tracemark.tracing.matching.kernels import inner
from tracemark.tracing.matching.keys import PACKED, SYMBOLS, WIDTH

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

DIGITS = 10
"""Codes from 1 to this one are digits; those above it are letters, and 0 is the end."""

NO_PATTERN = 0
"""The first node that knows only how many characters are behind; those that follow it, up to WIDTH, come next."""

_FLAT = np.array([0.08] + [0.072] * DIGITS + [0.2 / 26] * 26)
"""Serials that nothing is known of: nearly four characters in five are digits."""

_PATTERNS = 1 << PACKED
_MOST_PATTERNS = 160
_FEWEST = 2
_DRAWN_TO_ALL = 4.0
_DRAWN_TO_FLAT = 1.0


class Numbering(NamedTuple):
    """Ways of numbering of groups of makers, one node a pattern.

    `shares` (nodes, 37) is how often each character, or the end, follows; each row sums to 1. `follows` (nodes, 2) is
    the node behind a digit and behind a letter. `starts` is the node of each group at which a serial begins, `sizes`
    (nodes) how many serials a node was learnt of, with those it was drawn towards.
    """

    shares: Floats
    follows: NDArray[np.int32]
    starts: NDArray[np.int32]
    sizes: Floats


def numbering_of(seen: NDArray[np.uint32], places: Counts) -> Numbering:
    """Learn the ways of numbering of groups; group 0 is everyone.

    `seen` (groups, patterns, 37) counts which character follows which pattern, `places` (21, 37) which stands where.
    Groups of which little is known are drawn towards everyone, and everyone a little towards equal shares.
    """
    count = len(seen)
    without = _drawn(places.astype(np.float64), np.tile(_FLAT, (WIDTH + 1, 1)), _DRAWN_TO_FLAT)
    without[WIDTH] = np.eye(1, SYMBOLS)
    tables, follows, starts = [without], [_one_further()], []
    sizes = [places.sum(axis=1) + _DRAWN_TO_FLAT]
    everyone = without[_depths(np.arange(_PATTERNS))]
    nodes = WIDTH + 1
    for group in range(count):
        kept = _kept(seen[group].sum(axis=1))
        weight = _DRAWN_TO_ALL if group else _DRAWN_TO_FLAT
        tables.append(_drawn(seen[group, kept].astype(np.float64), everyone[kept], weight))
        sizes.append(seen[group, kept].sum(axis=1) + weight)
        if not group:
            everyone = everyone.copy()
            everyone[kept] = tables[-1]
        starts.append(nodes if len(kept) else NO_PATTERN)
        follows.append(_following(kept, nodes))
        nodes += len(kept)
    return Numbering(
        np.concatenate(tables),
        np.concatenate(follows).astype(np.int32),
        np.array(starts, np.int32),
        np.concatenate(sizes).astype(np.float64),
    )


def _kept(seen: NDArray[Any]) -> Counts:
    """Return the patterns seen most, rising; the one before a pattern, seen at least as often, is among them."""
    often = np.argsort(-seen.astype(np.int64), kind="stable")[:_MOST_PATTERNS]
    return np.sort(often[seen[often] >= _FEWEST])


def _following(kept: Counts, first: int) -> Counts:
    """Return the nodes behind a digit and behind a letter for each pattern; unknown ones know only their depth."""
    nodes = np.full(2 * _PATTERNS, -1)
    nodes[kept] = first + np.arange(len(kept))
    behind = 2 * kept[:, np.newaxis] + np.array([0, 1])
    found: Counts = np.where(nodes[behind] >= 0, nodes[behind], _depths(behind))
    return found


def _one_further() -> Counts:
    further = np.minimum(np.arange(WIDTH + 1) + 1, WIDTH)
    return np.stack([further, further], axis=1)


def _depths(patterns: Counts) -> Counts:
    """Return how many characters patterns are long: a pattern is a binary number with a 1 before its first place."""
    return np.frexp(np.maximum(patterns, 1).astype(np.float64))[1] - 1


def _drawn(counts: Floats, towards: Floats, weight: float) -> Floats:
    found: Floats = (counts + weight * towards) / (counts.sum(axis=1, keepdims=True) + weight)
    return found


@inner
def kind_of(code: int) -> int:
    """Return 0 for a digit and 1 for a letter."""
    return 1 if code > DIGITS else 0


@inner
def after(numbering: Numbering, node: int, code: int) -> int:
    """Return the node behind a character."""
    return int(numbering.follows[node, kind_of(code)])
