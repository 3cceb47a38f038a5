from collections.abc import Mapping

from tracemark.authorities import Permission, require, require_person_sight, require_sight
from tracemark.intake.ports import IntakeStores
from tracemark.kernel import Actor, Clock, Plain
from tracemark.recordkeeping import (
    HOLDER_DETAILS,
    Proposal,
    open_person,
    person_commitment,
    put_erasure_forward,
)

_ANYBODY = ""
"""A row that was set aside may concern any agency's weapon: only who sees the whole node sees it."""


def persons_of_row(draft: Mapping[str, Plain]) -> list[str]:
    """Return the persons whom the plain draft of a row names, as holder texts."""
    events: object = draft.get("events", ())
    details = [each["details"] for each in events] if isinstance(events, list) else []
    told = [str(each.get(name, "")) for each in details for name in HOLDER_DETAILS]
    return list(dict.fromkeys(each for each in told if person_commitment(each)))


def read_person_of_row(
    *, holder: str, held: int, purpose: str, actor: Actor, stores: IntakeStores, clock: Clock
) -> Mapping[str, Plain]:
    """Read the data of a person whom a held row names, and note the read before they are shown.

    Raises:
        NotPermitted: the actor may not read personal data, or does not see the whole node.
        KeyError: there is no such row, it names no such person, or the data were erased.
            Of a refused row none are kept.
        PersonDataChanged: the data are not those that were committed to.
    """
    require_person_sight(actor, _ANYBODY, stores.agencies.all())
    require_named(holder, held, stores)
    return open_person(holder=holder, purpose=purpose, actor=actor, stores=stores, clock=clock)


def propose_erasure_from_row(
    *,
    holder: str,
    held: int,
    legal_basis: str,
    actor: Actor,
    stores: IntakeStores,
    clock: Clock,
) -> Proposal:
    """Propose to erase the data of a person whom a held row names. Nothing is erased until a second person approves.

    Raises:
        NotPermitted: the actor may not propose it, or does not see the whole node.
        ErasureRefused: no legal basis is given.
        KeyError: there is no such row, it names no such person, or the data were erased.
    """
    require(actor, Permission.PERSON_ERASE_PROPOSE)
    require_sight(actor, _ANYBODY, stores.agencies.all())
    require_named(holder, held, stores)
    return put_erasure_forward(holder=holder, legal_basis=legal_basis, actor=actor, stores=stores, clock=clock)


def require_named(holder: str, held: int, stores: IntakeStores) -> None:
    """Let pass who names a person whom the row names.

    Raises:
        KeyError: there is no such row, or it names no such person.
    """
    if holder not in persons_of_row(stores.intake.held(held).draft):
        raise KeyError(holder)
