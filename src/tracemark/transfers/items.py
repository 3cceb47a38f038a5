from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tracemark.kernel import Plain, canonical_bytes
from tracemark.marking import fold_serial
from tracemark.weapons import NO_WEAPON, WeaponId

_MOST_BYTES = 48_000
"""An event holds at most 65,535 bytes: longer lists are told by several."""


@dataclass(frozen=True, slots=True)
class Item:
    """One weapon of a list: our identity of it where we know it, the serial as it was written, the licence's line."""

    weapon: WeaponId = NO_WEAPON
    serial: str = ""
    line: int = 0

    @property
    def folded(self) -> str:
        """The serial as it is compared."""
        return fold_serial(self.serial)

    def plain(self) -> dict[str, Plain]:
        """Return the form kept in the record."""
        told: dict[str, Plain] = {"weapon": self.weapon, "serial": self.serial, "line": self.line}
        return {name: value for name, value in told.items() if value}

    @classmethod
    def of_plain(cls, plain: Mapping[str, Any]) -> "Item":
        """Read it from the record."""
        return cls(WeaponId(plain.get("weapon", NO_WEAPON)), plain.get("serial", ""), plain.get("line", 0))


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Two lists laid beside each other, weapon by weapon."""

    matched: tuple[tuple[Item, Item], ...]
    missing: tuple[Item, ...]
    extra: tuple[Item, ...]
    twice: tuple[Item, ...]

    @property
    def agrees(self) -> bool:
        """Whether both lists say the same."""
        return not (self.missing or self.extra or self.twice)


def reconcile(sent: Sequence[Item], come: Sequence[Item]) -> Reconciliation:
    """Lay what came beside what was sent.

    A weapon that both know by identity is matched by it, others by serial. What came more often than it was sent came
    `twice`, what nobody sent is `extra`. Source: BMS7 DIV.1.
    """
    open_places = _places(sent)
    matched, extra, twice = list[tuple[Item, Item]](), list[Item](), list[Item]()
    found = set[int]()
    for each in come:
        places = open_places.get(_key(each)) or open_places.get(("serial", each.folded), [])
        free = next((place for place in places if place not in found), None)
        if free is not None:
            found.add(free)
            matched.append((sent[free], each))
        else:
            (twice if places else extra).append(each)
    missing = tuple(each for place, each in enumerate(sent) if place not in found)
    return Reconciliation(tuple(matched), missing, tuple(extra), tuple(twice))


def repeated(items: Iterable[Item]) -> list[Item]:
    """Return the items whose weapon, or whose serial where no weapon is named, stood in the list before."""
    seen, found = set[tuple[str, object]](), list[Item]()
    for each in items:
        if _key(each) in seen:
            found.append(each)
        seen.add(_key(each))
    return found


def in_parts(items: Iterable[Item]) -> Iterator[list[Plain]]:
    """Yield a list in parts, each of which fits into one event."""
    part, size = list[Plain](), 0
    for each in items:
        plain = each.plain()
        length = len(canonical_bytes(plain)) + 1
        if size + length > _MOST_BYTES:
            yield part
            part, size = [], 0
        part.append(plain)
        size += length
    if part:
        yield part


def _places(sent: Sequence[Item]) -> dict[tuple[str, object], list[int]]:
    places: dict[tuple[str, object], list[int]] = {}
    for place, each in enumerate(sent):
        keys = [("weapon", each.weapon)] if each.weapon else []
        for key in (*keys, ("serial", each.folded)):
            if key[1]:
                places.setdefault(key, []).append(place)
    return places


def _key(item: Item) -> tuple[str, object]:
    return ("weapon", item.weapon) if item.weapon else ("serial", item.folded)
