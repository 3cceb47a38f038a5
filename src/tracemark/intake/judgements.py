from tracemark.authorities import Permission, require, require_sight
from tracemark.intake.ports import HeldRow, IntakeStores
from tracemark.kernel import Actor
from tracemark.weapons import WeaponId


def rows_judged(*, weapon: WeaponId, actor: Actor, stores: IntakeStores) -> list[HeldRow]:
    """Return the rows of files that an officer judged to be a weapon: they are not in its record, only beside it.

    Raises:
        NotPermitted: the actor may not read the record, or does not see this weapon's holder.
        KeyError: the register has no such weapon.
    """
    require(actor, Permission.RECORD_READ)
    require_sight(actor, stores.register.state(weapon).holder, stores.agencies.all())
    return stores.intake.of_weapon(weapon)
