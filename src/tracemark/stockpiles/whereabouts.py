from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tracemark.kernel import PartialDate
from tracemark.recordkeeping import Event, EventKind, Sealed, current
from tracemark.weapons import WeaponId

_PUT = frozenset({EventKind.STORED, EventKind.RETURNED})
_LEAVES = frozenset(
    {
        *(EventKind.EXPORTED, EventKind.SHIPPED, EventKind.RECEIVED, EventKind.TRANSFERRED, EventKind.RELEASED),
        *(EventKind.LOST, EventKind.STOLEN, EventKind.SEIZED, EventKind.FOUND, EventKind.SURRENDERED),
        EventKind.DESTROYED,
    }
)
_MOVES = _PUT | _LEAVES | {EventKind.ISSUED}


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where the record puts a weapon: a site by its name ("" for none) and a rack of it.

    `present` is false while it is issued from there.
    """

    site: str = ""
    rack: str = ""
    present: bool = False

    def after(self, event: Event) -> "Whereabouts":
        """Return where the weapon is after one more event."""
        details = event.details
        if event.kind in _PUT and details.get("site"):
            return Whereabouts(str(details["site"]), str(details.get("rack", "")), present=True)
        if event.kind is EventKind.RETURNED:
            return replace(self, present=bool(self.site))
        if event.kind is EventKind.ISSUED:
            return replace(self, present=False)
        return Whereabouts() if event.kind in _LEAVES or event.kind is EventKind.STORED else self

    def in_site(self, site: str) -> bool:
        """Whether the weapon is in this site, and not issued from it."""
        return self.present and self.site == site


@dataclass(frozen=True, slots=True)
class Path:
    """Where the record put one weapon, as the record grew.

    `places` are positions of the record, ascending, with where the weapon was from there on; `moves` the positions of
    events that say somebody handled it: put it away, gave it out, took it back.
    """

    weapon: WeaponId
    places: tuple[tuple[int, Whereabouts], ...]
    moves: tuple[int, ...]

    def at(self, position: int) -> Whereabouts:
        """Where the record up to and with a position puts the weapon."""
        found = bisect_right(self.places, position, key=lambda each: each[0])
        return self.places[found - 1][1] if found else Whereabouts()

    def moves_within(self, since: int, until: int) -> int:
        """How many moves stand in the record after `since`, up to and with `until`."""
        return bisect_right(self.moves, until) - bisect_right(self.moves, since)

    @property
    def now(self) -> Whereabouts:
        """Where the whole record puts the weapon."""
        return self.places[-1][1] if self.places else Whereabouts()


def path_of(weapon: WeaponId, events: Iterable[Sealed]) -> Path:
    """Follow where the record put a weapon, from its events in the order of the record.

    What happened earlier and was recorded later, and what was corrected, counts from where it stands in the record.
    """
    known, places, moves = list[Sealed](), list[tuple[int, Whereabouts]](), list[int]()
    where, last = Whereabouts(), PartialDate(1)
    for sealed in events:
        known.append(sealed)
        event, before = sealed.event, where
        anew = event.kind is EventKind.CORRECTED or event.happened < last
        where = _folded(known) if anew else where.after(event)
        last = max(last, event.happened)
        if where != before:
            places.append((sealed.position, where))
        if where != before or event.kind in _MOVES:
            moves.append(sealed.position)
    return Path(weapon, tuple(places), tuple(moves))


def _folded(events: Sequence[Sealed]) -> Whereabouts:
    where = Whereabouts()
    for sealed in current(events):
        where = where.after(sealed.event)
    return where
