from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from tracemark.marking import SERIAL_ALPHABET
from tracemark.tracing.matching.kernels import kernel
from tracemark.tracing.matching.populations import Population, population_of
from tracemark.tracing.matching.readings import Place

Array = NDArray[Any]

Places = TypeVar("Places", str, tuple[Place, ...])

WIDTH = 20
"""Places kept of a serial. Of a longer one the first ten and the last ten stay: it is searched by both ends."""

SYMBOLS = len(SERIAL_ALPHABET) + 1
"""Codes of characters: 0 is the end of the serial, 1-36 the folded alphabet in its order."""

COLUMNS = ("maker", "model", "calibre", "country", "year", "kind")

UNKNOWN = -1

_CODES = np.zeros(256, np.uint8)
_CODES[list(SERIAL_ALPHABET.encode())] = np.arange(1, SYMBOLS)
_PACKED = 10

JUMP = 3
"""Characters of a beginning that the jump tables know."""


@dataclass(frozen=True, slots=True)
class MarkColumns:
    """Marks to build a segment of, one row each, in any order.

    `serials` are folded, "" where the mark bears none. `attributes` has shape (n, 6), columns as in `COLUMNS`: codes of
    the index, the year itself, -1 where unknown.
    """

    marks: Array
    weapons: Array
    serials: Sequence[str]
    attributes: Array


@dataclass(frozen=True, slots=True)
class Segment:
    """Marks sorted by serial, read forward and read backward; never changed once built.

    Rows of `marks`, `weapons`, `serials` (n, 20) and `attributes` (n, 6) are in the order of serials.
    `backward_serials` holds the same serials reversed, in their own order, and `backward_rows` the row of each. A
    sorted list is a trie: the `jumps` tell where each beginning of three characters starts. `weapon_count` has one
    element.
    """

    marks: Array
    weapons: Array
    serials: Array
    attributes: Array
    forward_jumps: Array
    backward_serials: Array
    backward_rows: Array
    backward_jumps: Array
    weapon_count: Array
    population: Population

    def __len__(self) -> int:
        return len(self.marks)

    def arrays(self) -> dict[str, Array]:
        """Return all that the segment is made of, by name, to be kept as files."""
        own = {field.name: getattr(self, field.name) for field in fields(self) if field.name != "population"}
        return own | self.population.arrays()

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, Array]) -> "Segment":
        """Make a segment of arrays that `arrays` returned; memory-mapped ones are read as they are needed."""
        own = {field.name: _sealed(arrays[field.name]) for field in fields(cls) if field.name != "population"}
        return cls(population=Population.from_arrays(arrays), **own)


def build_segment(columns: MarkColumns) -> Segment:
    """Sort marks into a segment."""
    codes = encode_serials(columns.serials)
    order = _order(codes)
    serials = codes[order]
    backward = np.zeros_like(serials)
    _reverse(serials, backward)
    backward_rows = _order(backward)
    backward = backward[backward_rows]
    attributes = np.ascontiguousarray(columns.attributes, np.int32)[order]
    weapons = _narrow(np.asarray(columns.weapons, np.int64))[order]
    return Segment.from_arrays(
        {
            "marks": _narrow(np.asarray(columns.marks, np.int64))[order],
            "weapons": weapons,
            "serials": serials,
            "attributes": attributes,
            "forward_jumps": _jumps(serials),
            "backward_serials": backward,
            "backward_rows": backward_rows.astype(np.int32),
            "backward_jumps": _jumps(backward),
            "weapon_count": np.array([len(np.unique(weapons))]),
        }
        | population_of(serials, attributes).arrays()
    )


def encode_serials(serials: Sequence[str]) -> NDArray[np.uint8]:
    """Return the codes of folded serials, shape (n, 20), zeros behind the end."""
    kept = [shortened(each) for each in serials] if any(len(each) > WIDTH for each in serials) else list(serials)
    return _CODES[np.array(kept, f"S{WIDTH}").view(np.uint8).reshape(-1, WIDTH)]


def decode_serial(codes: NDArray[np.uint8]) -> str:
    """Return the folded serial of one row of codes."""
    return "".join(SERIAL_ALPHABET[code - 1] for code in codes.tolist() if code)


def shortened(places: Places) -> Places:
    """Return the places of a serial that are kept of it, in a text or any other sequence of places."""
    if len(places) <= WIDTH:
        return places
    return places[: WIDTH // 2] + places[-WIDTH // 2 :]


def _sealed(array: Array) -> Array:
    """Return a read-only view, so that kernels are compiled for one kind of array, from memory or from a file."""
    view = np.asarray(array).view()
    view.setflags(write=False)
    return view


def _narrow(identities: NDArray[np.int64]) -> Array:
    """Keep identities in four bytes where they fit; a hundred million marks are read faster so."""
    fits = not len(identities) or int(identities.max()) < 2**31
    return identities.astype(np.int32) if fits else identities


def _order(codes: NDArray[np.uint8]) -> NDArray[np.intp]:
    """Return the order of rows, ten characters of six bits packed into each of two numbers."""
    packed = []
    for start in (0, _PACKED):
        number = np.zeros(len(codes), np.uint64)
        for place in range(start, start + _PACKED):
            number = number << np.uint64(6) | codes[:, place]
        packed.append(number)
    return np.lexsort(packed[::-1])


def _jumps(sorted_codes: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Return where each beginning of three characters starts, and at the end the number of rows."""
    beginnings = sorted_codes[:, :JUMP].astype(np.int64) @ SYMBOLS ** np.arange(JUMP)[::-1]
    return np.concatenate([[0], np.cumsum(np.bincount(beginnings, minlength=SYMBOLS**JUMP))])


@kernel
def _reverse(serials: NDArray[np.uint8], backward: NDArray[np.uint8]) -> None:
    for row in range(serials.shape[0]):
        length = 0
        while length < serials.shape[1] and serials[row, length] > 0:
            length += 1
        for place in range(length):
            backward[row, place] = serials[row, length - 1 - place]
