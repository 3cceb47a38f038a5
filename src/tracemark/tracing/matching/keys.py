from collections.abc import Sequence
from typing import NamedTuple, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

from tracemark.marking import SERIAL_ALPHABET
from tracemark.tracing.matching.kernels import inner, kernel

Each = TypeVar("Each")
Codes = NDArray[np.uint8]
Keys = NDArray[np.int64]

WIDTH = 20
"""Places kept of a serial. Of a longer one the first ten and the last ten stay: it is searched by both ends."""

PACKED = 10
"""Places that one key holds: six bits each, the first in the highest; a key of fewer ends in zeros."""

BITS = 6
FIRST_SHIFT = BITS * (PACKED - 1)

SYMBOLS = len(SERIAL_ALPHABET) + 1
"""Codes of characters: 0 is the end of the serial, 1-36 the folded alphabet in its order."""

_CODES = np.zeros(256, np.uint8)
_CODES[list(SERIAL_ALPHABET.encode())] = np.arange(1, SYMBOLS)


def encode_serials(serials: Sequence[str]) -> Codes:
    """Return the codes of folded serials, shape (n, 20), zeros behind the end."""
    kept = [shortened(each) for each in serials] if any(len(each) > WIDTH for each in serials) else list(serials)
    return _CODES[np.array(kept, f"S{WIDTH}").view(np.uint8).reshape(-1, WIDTH)]


def decode_serial(codes: Codes) -> str:
    """Return the folded serial of one row of codes."""
    return "".join(SERIAL_ALPHABET[code - 1] for code in codes.tolist() if code)


@overload
def shortened(places: str) -> str: ...
@overload
def shortened(places: tuple[Each, ...]) -> tuple[Each, ...]: ...
def shortened(places: str | tuple[Each, ...]) -> str | tuple[Each, ...]:
    """Return the places of a serial that are kept of it, in a text or any other sequence of places."""
    if len(places) <= WIDTH:
        return places
    return places[: WIDTH // 2] + places[-WIDTH // 2 :]  # type: ignore[operator] # either a text or a tuple


def pack(codes: Codes) -> tuple[Keys, Keys]:
    """Return two keys a row: the first ten places, and the ten that follow."""
    keys = []
    for start in (0, PACKED):
        key = np.zeros(len(codes), np.int64)
        for place in range(start, start + PACKED):
            key = key << BITS | codes[:, place]
        keys.append(key)
    return keys[0], keys[1]


def pack_backward(codes: Codes) -> Keys:
    """Return one key a row, of the last ten places read from the end."""
    keys = np.zeros(len(codes), np.int64)
    _pack_backward(codes, keys)
    return keys


@kernel
def _pack_backward(codes: Codes, keys: Keys) -> None:
    for row in range(codes.shape[0]):
        length = 0
        while length < codes.shape[1] and codes[row, length] > 0:
            length += 1
        key = np.int64(0)
        for back in range(PACKED):
            key <<= BITS
            if back < length:
                key |= codes[row, length - 1 - back]
        keys[row] = key


@inner
def unpack(high: int, low: int, codes: Codes) -> int:
    """Write the codes of a pair of keys into `codes` (20) and return how many places the serial has."""
    length = 0
    for half in range(2):
        key = low if half else high
        shift = FIRST_SHIFT
        for place in range(half * PACKED, half * PACKED + PACKED):
            code = (key >> shift) & 63
            codes[place] = code
            if code > 0:
                length = place + 1
            shift -= BITS
    return length


class Lows(NamedTuple):
    """The second keys of the few serials of more than ten places, by row; of all others they are 0.

    Bit r % 32 of `masks[r // 32]` tells whether row r has one, `before[r // 32]` how many earlier rows of other words
    have; `values` are the keys in the order of rows.
    """

    masks: NDArray[np.uint32]
    before: NDArray[np.uint32]
    values: Keys


WORD = 5
"""Binary logarithm of the rows of one word of `Lows`."""


def lows_of(low: Keys) -> Lows:
    """Keep the second keys of rows."""
    rows = np.flatnonzero(low)
    masks = empty_masks(len(low))
    mark(masks, rows)
    return Lows(masks, counted_before(masks), low[rows])


def empty_masks(rows: int) -> NDArray[np.uint32]:
    """Return masks by which no row has a second key."""
    return np.zeros((rows >> WORD) + 1, np.uint32)


def counted_before(masks: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Return how many rows before each word have a second key."""
    counts = np.bitwise_count(masks)
    return (np.cumsum(counts, dtype=np.int64) - counts).astype(np.uint32)


@kernel
def mark(masks: NDArray[np.uint32], rows: NDArray[np.int64]) -> None:
    """Note that rows have a second key."""
    for row in rows:
        masks[row >> WORD] |= np.uint32(1 << (row & 31))


@inner
def is_long(lows: Lows, row: int) -> bool:
    """Tell whether a row's serial has more than ten places."""
    return bool((np.int64(lows.masks[row >> WORD]) >> (row & 31)) & 1)


@inner
def low_place(lows: Lows, row: int) -> int:
    """Return the place among `values` of a row that has a second key."""
    bits = np.int64(lows.masks[row >> WORD]) & ((1 << (row & 31)) - 1)
    bits -= (bits >> 1) & 0x55555555
    bits = (bits & 0x33333333) + ((bits >> 2) & 0x33333333)
    bits = (bits + (bits >> 4)) & 0x0F0F0F0F
    return int(lows.before[row >> WORD]) + int(((bits * 0x01010101) >> 24) & 63)


@inner
def low_at(lows: Lows, row: int) -> int:
    """Return the second key of a row's serial."""
    return lows.values[low_place(lows, row)] if is_long(lows, row) else 0


@inner
def first_at_least(keys: Keys, low: int, high: int, target: int) -> int:
    """Return the first place from `low` on, before `high`, whose key is at least `target`; `high` if there is none.

    Strides grow from `low`, near which the answer mostly lies.
    """
    if low >= high or keys[low] >= target:
        return low
    stride = 1
    while low + stride < high and keys[low + stride] < target:
        low += stride
        stride <<= 1
    above = min(low + stride, high)
    while above - low > 1:
        middle = (low + above) >> 1
        if keys[middle] < target:
            low = middle
        else:
            above = middle
    return above
