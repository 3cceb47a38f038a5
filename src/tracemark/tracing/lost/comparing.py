from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracemark.kernel import Plain
from tracemark.recordkeeping import Status, WeaponState
from tracemark.tracing.lost.entries import ListPart
from tracemark.tracing.matching import Reading
from tracemark.tracing.private_questions import QuestionRefused, keys_of_marks, keys_of_reading
from tracemark.weapons import WeaponId


class Fit(StrEnum):
    """How a weapon fits an entry: maker and number, the number alone, or a damaged number that may be it."""

    EXACT = "exact"
    SERIAL = "serial"
    DAMAGED = "damaged"


class Where(StrEnum):
    """What a weapon that fits is with us: one of the register, or one that was seized, found or surrendered."""

    REGISTER = "register"
    RECOVERY = "recovery"


@dataclass(frozen=True, slots=True)
class LostFit:
    """That a weapon of ours fits an entry of a list, counted from 0; and how."""

    entry: int
    weapon: WeaponId
    fit: Fit
    where: Where

    def plain(self) -> dict[str, Plain]:
        """Return what an event and the other State are told of it: no weapon, place or holder."""
        return {"entry": self.entry, "fit": self.fit.value, "where": self.where.value}


_ELSEWHERE = frozenset({Status.UNRECORDED, Status.ABROAD, Status.IDENTIFIED})
"""What is not here, or is told under another identity."""


class Comparison:
    """A list made ready to be compared with many weapons."""

    def __init__(self, part: ListPart) -> None:
        self._tag = part.tag
        self._exact = _places(each.exact for each in part.marks)
        self._serial = _places(each.serial for each in part.marks)
        self._named = {at for at, each in enumerate(part.marks) if each.exact}

    def fits(self, state: WeaponState) -> Iterator[LostFit]:
        """Yield the entries that a weapon fits. By its number alone only what was recovered does, not the register."""
        if state.status in _ELSEWHERE:
            return
        keys = keys_of_marks(state.marks, state.description)
        where = Where.RECOVERY if state.status is Status.IN_CUSTODY else Where.REGISTER
        yield from self._found(list(keys), state.weapon, where, Fit.EXACT, Fit.SERIAL)

    def fits_reading(self, readings: Sequence[Reading], maker: str, weapon: WeaponId) -> Iterator[LostFit]:
        """Yield the entries that what was read of a recovered weapon may be; too many numbers are not tried."""
        keys = dict.fromkeys(key for each in readings for key in _keys(each, maker))
        damaged = any(each.marked for each in readings)
        fits = (Fit.DAMAGED, Fit.DAMAGED) if damaged else (Fit.EXACT, Fit.SERIAL)
        yield from self._found(list(keys), weapon, Where.RECOVERY, *fits)

    def _found(self, keys: Sequence[str], weapon: WeaponId, where: Where, exact: Fit, serial: Fit) -> Iterator[LostFit]:
        """A number alone tells only where one side does not know the maker."""
        named = any(not key.startswith(":") for key in keys)
        seen = set[int]()
        for key in sorted(keys, key=lambda each: each.startswith(":")):
            bare = key.startswith(":")
            if bare and where is Where.REGISTER:
                continue
            hits = self._bare(key, named=named) if bare else self._exact.get(self._tag(key), [])
            for at in hits:
                if at not in seen:
                    seen.add(at)
                    yield LostFit(at, weapon, serial if bare else exact, where)

    def _bare(self, key: str, *, named: bool) -> list[int]:
        return [at for at in self._serial.get(self._tag(key), []) if not (named and at in self._named)]


def _keys(reading: Reading, maker: str) -> list[str]:
    try:
        named = keys_of_reading(reading, maker) if maker else []
        return [*named, *keys_of_reading(reading)]
    except QuestionRefused:
        return []


def _places(tags: Iterable[str]) -> dict[str, list[int]]:
    found = dict[str, list[int]]()
    for at, each in enumerate(tags):
        if each:
            found.setdefault(each, []).append(at)
    return found
