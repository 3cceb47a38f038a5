"""How rivals put a question: patterns in their languages, and what an agreement is worth to them."""

import re
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from benchmarks.marks import Recovery, Register
from benchmarks.systems import LISTED, Answer
from benchmarks.worlds import COLUMNS, Array

ATTRIBUTES = COLUMNS
AGREEMENT = {"maker": 3.0, "model": 2.5, "calibre": 2.0, "country": 1.5, "year": 1.0, "kind": 0.8}
"""What agreement in an attribute is worth, in natural logarithms: how rare it is among other weapons, cautiously."""

FETCHED = 2 * LISTED
"""Marks to ask for: some weapons bear two."""

_ESCAPES = str.maketrans({"?": "_", "*": "%"})


def rows_of(registered: Register, some: slice = slice(None)) -> Iterator[tuple[int | str, ...]]:
    """Yield weapon, serial and attributes of each mark."""
    marks = registered.marks[some]
    serials = registered.recorded_serials
    for start in range(0, len(marks), 1 << 18):
        rows = marks[start : start + (1 << 18)]
        for row, attributes in zip(rows.tolist(), registered.recorded[rows].tolist(), strict=True):
            yield row, serials[row], *attributes


def like(text: str) -> str:
    """Return a reading as a pattern of SQL's LIKE."""
    return text.translate(_ESCAPES)


def regular(text: str) -> str:
    """Return a reading as a regular expression for the whole serial."""
    return text.replace("?", ".").replace("*", ".*")


def pieces(text: str) -> list[str]:
    """Return the legible pieces of a reading."""
    return [piece for piece in re.split(r"[?*]", text) if piece]


def agreement(recovery: Recovery) -> str:
    """Return the sum of agreements as an expression of SQL."""
    stated = zip(ATTRIBUTES, recovery.stated, strict=True)
    return (
        " + ".join(f"{AGREEMENT[name]} * ({name} = {value})::int" for name, value in stated if value >= 0)
        or "0 * weapon"
    )


def agreements(recorded: Array, stated: Sequence[int]) -> Array:
    """Return the sum of agreements of each row of attributes."""
    found: Array = (recorded == np.array(stated)) @ np.array([AGREEMENT[name] for name in ATTRIBUTES])
    return found


def listed(weapons: Iterable[int]) -> Answer:
    """Return the first weapons, each once."""
    return Answer(list(dict.fromkeys(weapons))[:LISTED])


class InProcess:
    """What rivals that work in this very process have in common."""

    def elsewhere_s(self) -> float:
        return 0.0

    def close(self) -> None:
        """Leave nothing behind."""
