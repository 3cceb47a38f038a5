from ninja import Router
from ninja.responses import Status as Answer

from tracemark import recordkeeping
from tracemark.api.access import Call, needs
from tracemark.api.persons import require_named
from tracemark.api.schemas.decisions import CorrectionIn, DecisionOut, ErasureIn, NoteIn, ProposalOut, ProposalsOut
from tracemark.api.schemas.events import RecordedOut
from tracemark.api.schemas.fields import Number
from tracemark.authorities import Permission, may
from tracemark.kernel import Actor
from tracemark.recordkeeping import Proposal

router = Router(tags=["decisions"])

_DECIDERS = (Permission.RECORD_CORRECT_APPROVE, Permission.PERSON_ERASE_APPROVE)
_SEERS = (*_DECIDERS, Permission.AUDIT_READ)
_PROPOSERS = (Permission.RECORD_CORRECT_PROPOSE, Permission.PERSON_ERASE_PROPOSE)


@router.post("/corrections", response={201: ProposalOut}, operation_id="propose_correction")
@needs(Permission.RECORD_CORRECT_PROPOSE)
def propose_correction(request: Call, body: CorrectionIn) -> Answer[ProposalOut]:
    """Propose to put an event right. Nothing changes until a second person approves."""
    caller = request.auth
    proposed = recordkeeping.propose_correction(
        correction=body.noun(), actor=caller.actor, stores=caller.node.stores, clock=caller.node.clock
    )
    return Answer(201, ProposalOut.of(proposed))


@router.post("/erasures", response={201: ProposalOut}, operation_id="propose_erasure")
@needs(Permission.PERSON_ERASE_PROPOSE)
def propose_erasure(request: Call, body: ErasureIn) -> Answer[ProposalOut]:
    """Propose to erase a person's data lawfully. Nothing is erased until a second person approves."""
    caller = request.auth
    holder = require_named(request, body.weapon, body.commitment)
    proposed = recordkeeping.propose_erasure(
        holder=holder,
        legal_basis=body.legal_basis,
        actor=caller.actor,
        stores=caller.node.stores,
        clock=caller.node.clock,
    )
    return Answer(201, ProposalOut.of(proposed))


@router.get("/proposals", response=ProposalsOut, operation_id="list_proposals")
@needs(*_SEERS, *_PROPOSERS)
def list_proposals(request: Call) -> ProposalsOut:
    """List what waits for a second person: all of it to those who decide or audit, to others what they proposed."""
    waiting = request.auth.node.stores.proposals.open()
    return ProposalsOut(items=[ProposalOut.of(each) for each in waiting if _seen(each, request.auth.actor)])


@router.post("/proposals/{proposal}/approve", response={201: RecordedOut}, operation_id="approve_proposal")
@needs(*_DECIDERS)
def approve_proposal(request: Call, proposal: Number) -> Answer[RecordedOut]:
    """Approve another person's proposal, and seal what was done."""
    caller = request.auth
    proposed = caller.node.stores.proposals.proposal(proposal)
    erasure = proposed.permission == Permission.PERSON_ERASE_APPROVE
    approve = recordkeeping.approve_erasure if erasure else recordkeeping.approve_correction
    recorded = approve(proposal=proposal, actor=caller.actor, stores=caller.node.stores, clock=caller.node.clock)
    return Answer(201, RecordedOut.of(recorded))


@router.post("/proposals/{proposal}/reject", response={201: DecisionOut}, operation_id="reject_proposal")
@needs(*_DECIDERS)
def reject_proposal(request: Call, proposal: Number, body: NoteIn) -> Answer[DecisionOut]:
    """Refuse another person's proposal, with a note that says why."""
    caller = request.auth
    decision = recordkeeping.reject_proposal(
        proposal=proposal, note=body.note, actor=caller.actor, stores=caller.node.stores, clock=caller.node.clock
    )
    return Answer(201, DecisionOut.of(decision))


def _seen(proposal: Proposal, actor: Actor) -> bool:
    return any(may(actor, each) for each in _SEERS) or proposal.proposed_by.casefold() == actor.name.casefold()
