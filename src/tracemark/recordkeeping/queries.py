from collections.abc import Mapping
from dataclasses import dataclass

from tracemark.authorities import Permission, require, require_sight, sees_node, visible_agencies
from tracemark.kernel import Actor, Plain
from tracemark.recordkeeping.chains import Custody, custody
from tracemark.recordkeeping.history import WeaponState
from tracemark.recordkeeping.lifecycle import Step, steps
from tracemark.recordkeeping.ports import RecordkeepingStores, RegisterFilter
from tracemark.weapons import NO_WEAPON, WeaponId


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


def register_page(
    *,
    wanted: RegisterFilter,
    actor: Actor,
    stores: RecordkeepingStores,
    after: WeaponId = NO_WEAPON,
    limit: int = 50,
) -> list[WeaponState]:
    """Read one page of the register, of those weapons only whose holders the actor sees.

    Raises:
        NotPermitted: the actor may not read the record.
    """
    require(actor, Permission.RECORD_READ)
    return stores.register.page(wanted, holders=_holders(actor, stores), after=after, limit=limit)


def reads_of_person(*, holder: str, actor: Actor, stores: RecordkeepingStores) -> list[Mapping[str, Plain]]:
    """List who read a person's data, when and why, oldest first, so that the person can be told.

    Raises:
        NotPermitted: the actor may not read the audit.
    """
    require(actor, Permission.AUDIT_READ)
    return stores.reads.of(holder.removeprefix("person:"))


def _holders(actor: Actor, stores: RecordkeepingStores) -> frozenset[str] | None:
    """The holders an actor sees; None for all, persons included."""
    return None if sees_node(actor) else visible_agencies(actor, stores.agencies.all())
