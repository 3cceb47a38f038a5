from collections.abc import Iterator
from dataclasses import dataclass

from tracemark.authorities import Permission, may_see, require
from tracemark.kernel import Actor, PartialDate
from tracemark.recordkeeping.events import Sealed
from tracemark.recordkeeping.history import WeaponState
from tracemark.recordkeeping.holders import holders_in, person_holder
from tracemark.recordkeeping.kinds import EventKind
from tracemark.recordkeeping.ports import Proposal, RecordkeepingStores, RegisterFilter
from tracemark.recordkeeping.queries import record_naming
from tracemark.recordkeeping.retention import keep_until
from tracemark.weapons import NO_WEAPON, WeaponId

_MOST = 100


@dataclass(frozen=True, slots=True)
class Stake:
    """What an erasure touches: a weapon whose record names the person, and whether the person holds it now.

    `keep_until` is the day until which the events that name the person are to be kept at the least; None where the
    weapon is not in the register, or names the person no more. Source: ITI 12.
    """

    weapon: WeaponId
    state: WeaponState
    holds_it: bool
    keep_until: PartialDate | None


def stakes(proposed: Proposal, actor: Actor, stores: RecordkeepingStores) -> list[Stake]:
    """Return what a proposed erasure touches, as far as the actor sees it, so that nobody approves it blind."""
    holder = person_holder(proposed.subject)
    held = stores.register.page(RegisterFilter(holder=holder), holders=None, limit=_MOST)
    found = {each.weapon: each for each in held}
    named = WeaponId(int(str(proposed.content.get("weapon", NO_WEAPON))))
    found |= stores.register.states([named] if named != NO_WEAPON else [])
    agencies = stores.agencies.all()
    seen = [state for _, state in sorted(found.items()) if may_see(actor, state.holder, agencies)]
    return [Stake(each.weapon, each, each.holder == holder, _floor(each.weapon, holder, stores)) for each in seen]


@dataclass(frozen=True, slots=True)
class PersonStanding:
    """Whether the node holds a person's data, and the sealed event by which they were erased, if they were."""

    held: bool
    erased: Sealed | None


def person_standing(*, holder: str, weapon: WeaponId, actor: Actor, stores: RecordkeepingStores) -> PersonStanding:
    """Say whether the data of a person whom a weapon's record names can be read, without reading them.

    Raises:
        NotPermitted: the actor may not read personal data, or does not see the weapon.
        KeyError: the weapon's record names no such person.
    """
    require(actor, Permission.PERSON_READ)
    record_naming(holder=holder, weapon=weapon, actor=actor, stores=stores)
    commitment = holder.removeprefix(person_holder(""))
    try:
        stores.persons.get(commitment)
    except KeyError:
        erased = (each for each in _erasures(stores) if each.event.details.get("commitment") == commitment)
        return PersonStanding(held=False, erased=next(erased, None))
    return PersonStanding(held=True, erased=None)


def _erasures(stores: RecordkeepingStores) -> Iterator[Sealed]:
    events = stores.records.of_weapon(NO_WEAPON)
    return (each for each in events if each.event.kind is EventKind.PERSONAL_DATA_ERASED)


def _floor(weapon: WeaponId, holder: str, stores: RecordkeepingStores) -> PartialDate | None:
    told = [each.event for each in stores.records.of_weapon(weapon) if holder in holders_in(each.event.details)]
    kept = (keep_until(each.kind, each.happened).until for each in told)
    return max((each for each in kept if each), default=None)
