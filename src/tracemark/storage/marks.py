from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from tracemark.marking import MarkId, fold_serial
from tracemark.recordkeeping import WeaponState
from tracemark.tracing import COLUMNS, UNKNOWN, MarkColumns

SearchedMark = tuple[int, int, str, str, str, str, str, int | None, str, str]
"""Mark, weapon, folded serial, and of the weapon what `COLUMNS` names; "" or None unknown."""

_BEFORE_ATTRIBUTES = 3
_MARKS_PER_WEAPON = 256


def own_serials(state: WeaponState) -> dict[MarkId, str]:
    """Return the folded serials of a weapon's marks that bear one, by mark.

    A mark that came with a component of another weapon stays that weapon's, under which it is found.
    """
    own = state.weapon
    marks = (mark for mark in state.marks if mark.serial and mark.id // _MARKS_PER_WEAPON == own)
    return {mark.id: folded for mark in marks if (folded := fold_serial(mark.serial))}


class Codebook:
    """Small numbers that stand for catalogue codes, by column, in the order in which they were first met."""

    def __init__(self, kept: Mapping[str, Sequence[str]] | None = None) -> None:
        self._codes: dict[str, dict[str, int]] = {column: {} for column in COLUMNS if column != "year"}
        for column, values in (kept or {}).items():
            self._codes[column] = {value: code for code, value in enumerate(values)}

    def code(self, column: str, value: str) -> int:
        """Return the number of a value, UNKNOWN where it was never met."""
        return self._codes[column].get(value, UNKNOWN)

    def add(self, column: str, values: Iterable[str]) -> list[int]:
        """Return the number of each value, a new one for what was never met, UNKNOWN for ""."""
        known = self._codes[column]
        listed = list(values)
        for value in dict.fromkeys(listed):
            if value:
                known.setdefault(value, len(known))
        return [known.get(value, UNKNOWN) for value in listed]

    def kept(self) -> dict[str, list[str]]:
        """Return all values by column, each at the place of its number."""
        return {column: list(known) for column, known in self._codes.items()}


def mark_columns(marks: Sequence[SearchedMark], codes: Codebook) -> MarkColumns:
    """Turn marks into the columns that a segment is built of. New catalogue codes enter the codebook."""
    columns = list(zip(*marks, strict=True)) or [()] * (_BEFORE_ATTRIBUTES + len(COLUMNS))
    attributes = np.empty((len(marks), len(COLUMNS)), np.int32)
    for place, (name, values) in enumerate(zip(COLUMNS, columns[_BEFORE_ATTRIBUTES:], strict=True)):
        attributes[:, place] = (
            [UNKNOWN if year is None else year for year in values] if name == "year" else codes.add(name, values)
        )
    return MarkColumns(
        marks=np.array(columns[0], np.int64),
        weapons=np.array(columns[1], np.int64),
        serials=columns[2],
        attributes=attributes,
    )


def join_columns(parts: Sequence[MarkColumns]) -> MarkColumns:
    """Lay columns behind one another."""
    return MarkColumns(
        marks=np.concatenate([part.marks for part in parts]),
        weapons=np.concatenate([part.weapons for part in parts]),
        serials=np.concatenate([part.codes for part in parts]),
        attributes=np.concatenate([part.attributes for part in parts]),
    )
