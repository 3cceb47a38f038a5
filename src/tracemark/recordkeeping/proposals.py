from dataclasses import dataclass

from tracemark.authorities import Permission, may, require, require_sight
from tracemark.kernel import Actor, Clock
from tracemark.recordkeeping.actions import Recorded
from tracemark.recordkeeping.corrections import approve_correction
from tracemark.recordkeeping.erasures import Stake, stakes
from tracemark.recordkeeping.events import Sealed
from tracemark.recordkeeping.identifications import bound_with
from tracemark.recordkeeping.persons import approve_erasure
from tracemark.recordkeeping.ports import Decision, Proposal, RecordkeepingStores
from tracemark.recordkeeping.queries import event_at
from tracemark.weapons import WeaponId

PROPOSAL_DECIDERS = (Permission.RECORD_CORRECT_APPROVE, Permission.PERSON_ERASE_APPROVE, Permission.WEIGHTS_ADOPT)
"""One of these is needed to decide a proposal."""

PROPOSAL_READERS_OF_ALL = (*PROPOSAL_DECIDERS, Permission.AUDIT_READ)
"""One of these is needed to read what others proposed."""

PROPOSAL_READERS = (
    *PROPOSAL_READERS_OF_ALL,
    Permission.RECORD_CORRECT_PROPOSE,
    Permission.PERSON_ERASE_PROPOSE,
    Permission.WEIGHTS_PROPOSE,
)
"""One of these is needed to read proposals: all to those who decide or audit, to others what they proposed."""


@dataclass(frozen=True, slots=True)
class ProposalRecord:
    """A proposal, what was decided about it, and the event it would correct; None for others.

    `bound` are the events that would be voided with it, because they cannot stand without it; `stakes` say what an
    erasure touches; `rivals` are the other open proposals on the same event or person.
    """

    proposal: Proposal
    decision: Decision | None
    event: Sealed | None
    bound: tuple[Sealed, ...] = ()
    stakes: tuple[Stake, ...] = ()
    rivals: tuple[int, ...] = ()


def open_proposals(*, actor: Actor, stores: RecordkeepingStores) -> list[Proposal]:
    """List the proposals that wait for a second person, oldest first: to those who propose, their own.

    Raises:
        NotPermitted: the actor may neither propose nor decide nor audit.
    """
    _require_reader(actor)
    return [each for each in stores.proposals.open() if _seen(each, actor)]


def corrections_waiting(*, weapon: WeaponId, actor: Actor, stores: RecordkeepingStores) -> list[Proposal]:
    """List the corrections proposed of a weapon's events that wait for a second person, oldest first.

    Who sees the weapon learns that one waits; what it says is for those who may read the proposal.

    Raises:
        NotPermitted: the actor may not read the record, or does not see this weapon's holder.
        KeyError: the record has no such weapon.
    """
    require(actor, Permission.RECORD_READ)
    require_sight(actor, stores.register.state(weapon).holder, stores.agencies.all())
    positions = {str(each.position) for each in stores.records.of_weapon(weapon)}
    return [each for each in stores.proposals.open() if _corrects(each) and each.subject in positions]


def decided_proposals(
    *, actor: Actor, stores: RecordkeepingStores, before: int = 0, limit: int = 50
) -> list[tuple[Proposal, Decision]]:
    """List what was decided, newest first, below the number `before` if given: to those who propose, their own.

    Raises:
        NotPermitted: the actor may neither propose nor decide nor audit.
    """
    _require_reader(actor)
    own = "" if _sees_all(actor) else actor.name
    return stores.proposals.decided(proposed_by=own, before=before, limit=limit)


def proposal(*, proposal: int, actor: Actor, stores: RecordkeepingStores) -> ProposalRecord:
    """Read a proposal, decided or not.

    Raises:
        NotPermitted: the actor may neither propose nor decide nor audit, or does not see the weapon of the event.
        KeyError: there is no such proposal, or it is another's and the actor only proposes.
    """
    _require_reader(actor)
    proposed = stores.proposals.proposal(proposal)
    if not _seen(proposed, actor):
        raise KeyError(proposal)
    event = event_at(position=int(proposed.subject), actor=actor, stores=stores) if _corrects(proposed) else None
    touched = tuple(stakes(proposed, actor, stores)) if _erases(proposed) else ()
    decision = stores.proposals.decision(proposal)
    bound = bound_with(event, stores.records) if event and proposed.content.get("void") and decision is None else ()
    return ProposalRecord(proposed, decision, event, tuple(bound), touched, _rivals(proposed, stores))


def approve_proposal(*, proposal: int, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> Recorded:
    """Approve another person's correction or erasure, whichever it is, and seal what was done.

    Raises:
        NotPermitted: the actor may not approve it, or proposed it.
        CorrectionRefused: it was decided already.
        KeyError: there is no such proposal, or the data to be erased are gone.
    """
    approve = approve_erasure if _erases(stores.proposals.proposal(proposal)) else approve_correction
    return approve(proposal=proposal, actor=actor, stores=stores, clock=clock)


def _corrects(proposed: Proposal) -> bool:
    return proposed.permission == Permission.RECORD_CORRECT_APPROVE


def _erases(proposed: Proposal) -> bool:
    return proposed.permission == Permission.PERSON_ERASE_APPROVE


def _require_reader(actor: Actor) -> None:
    if not any(may(actor, each) for each in PROPOSAL_READERS):
        require(actor, Permission.RECORD_CORRECT_PROPOSE)


def _sees_all(actor: Actor) -> bool:
    return any(may(actor, each) for each in PROPOSAL_READERS_OF_ALL)


def _seen(proposed: Proposal, actor: Actor) -> bool:
    return _sees_all(actor) or proposed.proposed_by.casefold() == actor.name.casefold()


def _rivals(proposed: Proposal, stores: RecordkeepingStores) -> tuple[int, ...]:
    same = (proposed.permission, proposed.subject)
    open_ones = stores.proposals.open()
    return tuple(each.id for each in open_ones if (each.permission, each.subject) == same and each.id != proposed.id)
