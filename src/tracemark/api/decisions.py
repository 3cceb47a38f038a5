from ninja import Router
from ninja.responses import Status as Answer

from tracemark import recordkeeping
from tracemark.api.access import Call, needs
from tracemark.api.schemas.decisions import CorrectionIn, DecisionOut, ErasureIn, NoteIn, ProposalOut, ProposalsOut
from tracemark.api.schemas.events import RecordedOut
from tracemark.api.schemas.fields import Number
from tracemark.authorities import Permission
from tracemark.recordkeeping import PROPOSAL_DECIDERS, PROPOSAL_READERS

router = Router(tags=["decisions"])


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
    proposed = recordkeeping.propose_erasure(
        holder=recordkeeping.person_holder(body.commitment),
        weapon=body.weapon,
        legal_basis=body.legal_basis,
        actor=caller.actor,
        stores=caller.node.stores,
        clock=caller.node.clock,
        terms=caller.node.terms,
    )
    return Answer(201, ProposalOut.of(proposed))


@router.get("/proposals", response=ProposalsOut, operation_id="list_proposals")
@needs(*PROPOSAL_READERS)
def list_proposals(request: Call) -> ProposalsOut:
    """List what waits for a second person: all of it to those who decide or audit, to others what they proposed."""
    waiting = recordkeeping.open_proposals(actor=request.auth.actor, stores=request.auth.node.stores)
    return ProposalsOut(items=[ProposalOut.of(each) for each in waiting])


@router.post("/proposals/{proposal}/approve", response={201: RecordedOut}, operation_id="approve_proposal")
@needs(*PROPOSAL_DECIDERS)
def approve_proposal(request: Call, proposal: Number) -> Answer[RecordedOut]:
    """Approve another person's proposal, and seal what was done."""
    return Answer(201, RecordedOut.of(request.auth.node.approve(proposal, request.auth.actor)))


@router.post("/proposals/{proposal}/reject", response={201: DecisionOut}, operation_id="reject_proposal")
@needs(*PROPOSAL_DECIDERS)
def reject_proposal(request: Call, proposal: Number, body: NoteIn) -> Answer[DecisionOut]:
    """Refuse another person's proposal, with a note that says why."""
    caller = request.auth
    decision = recordkeeping.reject_proposal(
        proposal=proposal, note=body.note, actor=caller.actor, stores=caller.node.stores, clock=caller.node.clock
    )
    return Answer(201, DecisionOut.of(decision))
