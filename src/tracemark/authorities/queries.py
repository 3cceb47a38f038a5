from tracemark.authorities.access import require
from tracemark.authorities.changes import AccountChange, first_broken
from tracemark.authorities.ports import AccountStores
from tracemark.authorities.roles import Permission
from tracemark.kernel import Actor


def account_changes(
    *, actor: Actor, stores: AccountStores, account: str = "", before: int | None = None, limit: int = 50
) -> list[AccountChange]:
    """Read what was done to one account or to all, newest first. `before` is where the page before ended.

    Raises:
        NotPermitted: the actor may not read the audit.
    """
    require(actor, Permission.AUDIT_READ)
    return stores.changes.page(account=account, before=before, limit=limit)


def broken_change(*, actor: Actor, stores: AccountStores) -> int | None:
    """Return the position of the first entry that does not stand as it was chained; None where all do.

    Raises:
        NotPermitted: the actor may not read the audit.
    """
    require(actor, Permission.AUDIT_READ)
    return first_broken(stores.changes.all())
