from dataclasses import dataclass

from tracemark.authorities import Permission, may, require
from tracemark.kernel import Actor, Clock
from tracemark.recordkeeping.actions import Recorded
from tracemark.recordkeeping.corrections import approve_correction
from tracemark.recordkeeping.events import Sealed
from tracemark.recordkeeping.identifications import bound_with
from tracemark.recordkeeping.persons import approve_erasure
from tracemark.recordkeeping.ports import Decision, Proposal, RecordkeepingStores
from tracemark.recordkeeping.queries import event_at

PROPOSAL_DECIDERS = (Permission.RECORD_CORRECT_APPROVE, Permission.PERSON_ERASE_APPROVE)
"""One of these is needed to decide a proposal."""

_SEE_ALL = (*PROPOSAL_DECIDERS, Permission.AUDIT_READ)

PROPOSAL_READERS = (*_SEE_ALL, Permission.RECORD_CORRECT_PROPOSE, Permission.PERSON_ERASE_PROPOSE)
"""One of these is needed to read proposals: all to those who decide or audit, to others what they proposed."""


@dataclass(frozen=True, slots=True)
class ProposalRecord:
    """A proposal, what was decided about it, and the event it would correct; None for an erasure.

    `bound` are the events that would be voided with it, because they cannot stand without it.
    """

    proposal: Proposal
    decision: Decision | None
    event: Sealed | None
    bound: tuple[Sealed, ...] = ()


def open_proposals(*, actor: Actor, stores: RecordkeepingStores) -> list[Proposal]:
    """List the proposals that wait for a second person, oldest first: to those who propose, their own.

    Raises:
        NotPermitted: the actor may neither propose nor decide nor audit.
    """
    _require_reader(actor)
    return [each for each in stores.proposals.open() if _seen(each, actor)]


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
    corrects = proposed.permission == Permission.RECORD_CORRECT_APPROVE
    event = event_at(position=int(proposed.subject), actor=actor, stores=stores) if corrects else None
    decision = stores.proposals.decision(proposal)
    bound = bound_with(event, stores.records) if event and proposed.content.get("void") and decision is None else ()
    return ProposalRecord(proposed, decision, event, tuple(bound))


def approve_proposal(*, proposal: int, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> Recorded:
    """Approve another person's correction or erasure, whichever it is, and seal what was done.

    Raises:
        NotPermitted: the actor may not approve it, or proposed it.
        CorrectionRefused: it was decided already.
        KeyError: there is no such proposal, or the data to be erased are gone.
    """
    erases = stores.proposals.proposal(proposal).permission == Permission.PERSON_ERASE_APPROVE
    approve = approve_erasure if erases else approve_correction
    return approve(proposal=proposal, actor=actor, stores=stores, clock=clock)


def _require_reader(actor: Actor) -> None:
    if not any(may(actor, each) for each in PROPOSAL_READERS):
        require(actor, Permission.RECORD_CORRECT_PROPOSE)


def _seen(proposed: Proposal, actor: Actor) -> bool:
    everything = any(may(actor, each) for each in _SEE_ALL)
    return everything or proposed.proposed_by.casefold() == actor.name.casefold()
