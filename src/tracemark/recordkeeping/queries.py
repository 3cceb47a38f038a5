from dataclasses import dataclass

from tracemark.authorities import Permission, require, require_sight
from tracemark.kernel import Actor
from tracemark.recordkeeping.custody import Custody, custody
from tracemark.recordkeeping.history import WeaponState
from tracemark.recordkeeping.lifecycle import Step, steps
from tracemark.recordkeeping.ports import RecordkeepingStores
from tracemark.weapons import WeaponId


@dataclass(frozen=True, slots=True)
class WeaponRecord:
    """All the record says of one weapon: what it is now, each step of its life, and how far custody can be followed."""

    state: WeaponState
    steps: tuple[Step, ...]
    custody: Custody


def weapon_record(*, weapon: WeaponId, actor: Actor, stores: RecordkeepingStores) -> WeaponRecord:
    """Read one weapon's record.

    Raises:
        NotPermitted: the actor may not read the record, or does not see this weapon's holder.
        KeyError: the record has no such weapon.

    Source: ITI 11.
    """
    require(actor, Permission.RECORD_READ)
    state = stores.register.state(weapon)
    require_sight(actor, state.holder, stores.agencies.all())
    life = steps(weapon, stores.records.of_weapon(weapon))
    return WeaponRecord(state, tuple(life), custody(life))
