from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tracemark.marking import LabelUnreadable, fold_serial, parse_label
from tracemark.recordkeeping import RecordkeepingStores, Sealed
from tracemark.stockpiles.whereabouts import Path, path_of
from tracemark.weapons import WeaponId, parse_weapon


@dataclass(frozen=True, slots=True)
class Told:
    """What the lines of a counter name: weapons by identity, each once, and lines that name none, or none for sure."""

    weapons: tuple[WeaponId, ...]
    unread: tuple[str, ...]


def lines_of(text: str) -> list[str]:
    """Return what was scanned or typed, one weapon a line, without empty lines."""
    return [stripped for line in text.splitlines() if (stripped := " ".join(line.split()))]


def tell_lines(lines: Iterable[str], site: str, stores: RecordkeepingStores) -> Told:
    """Find the weapons that lines name: by a label's code, by `W-` and a number, or by the serial of a mark.

    A serial that several weapons bear names those of this site, if it stands as many times as they are; otherwise it
    is left unread, for nobody knows which of them was seen. A serial is never identity.
    """
    counted = Counter(lines)
    known = {line: weapon for line in counted if (weapon := _identity(line))}
    states = stores.register.states(known.values())
    serials = {line: folded for line in counted if line not in known and (folded := fold_serial(line))}
    bearing = stores.register.bearing(set(serials.values()))
    paths = paths_of({each for found in bearing.values() for each in found}, stores)
    weapons, unread = dict[WeaponId, None](), list[str]()
    for line, times in counted.items():
        named = [known[line]] if line in known else _borne(bearing.get(serials.get(line, ""), ()), site, paths, times)
        if named and (line not in known or known[line] in states):
            weapons |= dict.fromkeys(named)
        else:
            unread.append(line)
    return Told(tuple(weapons), tuple(unread))


def paths_of(weapons: Iterable[WeaponId], stores: RecordkeepingStores) -> dict[WeaponId, Path]:
    """Follow where the record put weapons."""
    found = stores.records.of_weapons(set(weapons))
    return {weapon: path_of(weapon, events) for weapon, events in found.items()}


def site_keeping(weapons: Iterable[WeaponId], stores: RecordkeepingStores) -> str:
    """Return the site at which the record has the first of weapons that it has at any, "" where it has none."""
    paths = paths_of(weapons, stores)
    return next((site for each in sorted(paths) if (site := paths[each].now.site)), "")


def weapons_naming(events: Iterable[Sealed]) -> set[WeaponId]:
    """Return the weapons of which events tell."""
    return {each.event.weapon for each in events if each.event.weapon}


def site_paths(site: str, stores: RecordkeepingStores, besides: Iterable[WeaponId] = ()) -> dict[WeaponId, Path]:
    """Follow all weapons that the record ever put at a site, and others besides."""
    return paths_of(weapons_naming(stores.dossiers.events(site)) | set(besides), stores)


def _identity(line: str) -> WeaponId | None:
    try:
        return parse_label(line).weapon
    except LabelUnreadable:
        pass
    try:
        return parse_weapon(line) if line[:2].upper() == "W-" else None
    except ValueError:
        return None


def _borne(candidates: Sequence[WeaponId], site: str, paths: Mapping[WeaponId, Path], times: int) -> Sequence[WeaponId]:
    """Return which of the weapons that bear a serial are meant, none where that is not sure."""
    here = [each for each in candidates if paths[each].now.in_site(site)]
    here = here or [each for each in candidates if paths[each].now.site == site]
    if here:
        return here if len(here) <= times else ()
    return candidates if len(candidates) == 1 else ()
