from collections.abc import Iterator
from hashlib import sha256

from tracemark import recordkeeping
from tracemark.demo.nation import TOWNS
from tracemark.kernel import Plain
from tracemark.recordkeeping import Event, Person
from tracemark.weapons import WeaponId

_GIVEN = (
    "Adela", "Bruno", "Clara", "Dorian", "Edda", "Florin", "Greta", "Hanno", "Ilka", "Jaro", "Kira", "Levin", "Mira",
    "Nilo", "Orla", "Pavo", "Runa", "Silas", "Thea", "Ulf", "Vesna", "Wim",
)  # fmt: skip


def person_of(weapon: WeaponId, number: int) -> str:
    """Return the holder text of a fictional person: the owner of a weapon who comes `number`th."""
    return recordkeeping.person_holder(recordkeeping.commit(_data(weapon, number), _digest("salt", weapon, number)))


def persons_named(weapon: WeaponId, events: list[Event]) -> Iterator[Person]:
    """Yield the persons whom a life names, as they are kept beside the record."""
    told = dict.fromkeys(str(each.details.get("holder", "")) for each in events)
    prefix = recordkeeping.person_holder("")
    for number, holder in enumerate((each for each in told if each.startswith(prefix)), 1):
        yield Person(holder.removeprefix(prefix), _digest("salt", weapon, number), _data(weapon, number))


def _data(weapon: WeaponId, number: int) -> dict[str, Plain]:
    """People with the given names of a list and the names of towns that are not on any map."""
    drawn = _digest("person", weapon, number)
    return {
        "name": f"{_GIVEN[drawn[0] % len(_GIVEN)]} {TOWNS[drawn[1] % len(TOWNS)]}",
        "born": str(1940 + drawn[2] % 60),
        "address": f"{TOWNS[drawn[3] % len(TOWNS)]}, house {1 + drawn[4]}",
        "licence": f"XT-L-{weapon}-{number}",
    }


def _digest(what: str, weapon: WeaponId, number: int) -> bytes:
    return sha256(f"fictional {what} {weapon}.{number}".encode()).digest()
