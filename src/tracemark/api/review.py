from ninja import Router
from ninja.responses import Status as Answer

from tracemark import node, review
from tracemark.api.access import Call, needs
from tracemark.api.schemas.fields import State
from tracemark.api.schemas.review import (
    DossierOut,
    FrameCellOut,
    FrameOut,
    KeepIn,
    KeptDossiersOut,
    KeptOut,
    MeetingCode,
    MeetingOut,
    MeetingProposalOut,
    MeetingProposalsOut,
    MeetingsOut,
    PositionIn,
    ProposalRevisionIn,
    ProposalTextIn,
    SettlementIn,
    UndertakingOut,
    UndertakingsOut,
    WithdrawIn,
)
from tracemark.api.schemas.stockpiles import DossierName
from tracemark.api.targets import by
from tracemark.authorities import Permission

router = Router(tags=["review"])


@router.get("/review/table", response=FrameOut, operation_id="read_review_table")
@needs(Permission.REVIEW_READ)
def read_review_table(request: Call) -> FrameOut:
    """Give the summary table of the outcome of the seventh biennial meeting with this State's live numbers."""
    frame = review.frame()
    live = node.live_numbers(request.auth.node, frame.numbers, request.auth.actor)
    return FrameOut(cells=[FrameCellOut.of(each, live) for each in frame.cells])


@router.get("/review/meetings", response=MeetingsOut, operation_id="list_meetings")
@needs(Permission.REVIEW_READ)
def list_meetings(request: Call) -> MeetingsOut:  # noqa: ARG001 - django-ninja hands it to every view
    """List the meetings of States, the earliest first."""
    found = node.calendar_of_state().meetings.values()
    return MeetingsOut(items=[MeetingOut.model_validate(each.plain()) for each in found])


@router.get("/review/undertakings", response=UndertakingsOut, operation_id="list_undertakings")
@needs(Permission.REVIEW_READ)
def list_undertakings(request: Call, state: State = "") -> UndertakingsOut:
    """List what States undertook and how one stands with each; at a region's node `state` is one that told it."""
    found = node.undertaking_statuses(request.auth.node, request.auth.actor, state)
    return UndertakingsOut(items=[UndertakingOut.model_validate(each.plain()) for each in found])


@router.get("/review/meetings/{meeting}/dossier", response=DossierOut, operation_id="read_meeting_dossier")
@needs(Permission.FIGURE_READ)
def read_meeting_dossier(request: Call, meeting: MeetingCode, subject: State = "") -> DossierOut:
    """Draw up what is taken to a meeting; nothing is kept of it."""
    return _out(_drawn(request, meeting, subject))


@router.post("/review/meetings/{meeting}/dossier", response={201: KeptOut}, operation_id="keep_meeting_dossier")
@needs(Permission.REVIEW_WRITE)
def keep_meeting_dossier(request: Call, meeting: MeetingCode, body: KeepIn) -> Answer[KeptOut]:
    """Draw up what is taken to a meeting, and seal it as it is drawn now."""
    drawn = _drawn(request, meeting, body.subject)
    name = review.keep_dossier(dossier=drawn, note=body.note, **by(request))
    return Answer(201, _kept(request, name))


@router.get("/review/dossiers", response=KeptDossiersOut, operation_id="list_kept_dossiers")
@needs(Permission.REVIEW_READ)
def list_kept_dossiers(request: Call, meeting: MeetingCode | None = None) -> KeptDossiersOut:
    """List the dossiers that were sealed, the newest first."""
    found = review.kept_dossiers(actor=request.auth.actor, stores=request.auth.node.stores, meeting=meeting or "")
    return KeptDossiersOut(items=[KeptOut.model_validate(each.plain()) for each in found])


@router.get("/review/dossiers/{kept}", response=DossierOut, operation_id="read_kept_dossier")
@needs(Permission.REVIEW_READ)
def read_kept_dossier(request: Call, kept: DossierName) -> DossierOut:
    """Give a dossier as it was sealed."""
    known = review.kept_dossier(name=kept, actor=request.auth.actor, stores=request.auth.node.stores)
    return _out(known.dossier)


@router.post("/review/dossiers/{kept}/withdrawal", response={201: KeptOut}, operation_id="withdraw_kept_dossier")
@needs(Permission.REVIEW_WRITE)
def withdraw_kept_dossier(request: Call, kept: DossierName, body: WithdrawIn) -> Answer[KeptOut]:
    """Say that a sealed dossier no longer stands; it stays in the record."""
    review.withdraw_dossier(name=kept, reason=body.reason, **by(request))
    return Answer(201, _kept(request, kept))


@router.get("/review/proposals", response=MeetingProposalsOut, operation_id="list_meeting_proposals")
@needs(Permission.REVIEW_READ)
def list_meeting_proposals(request: Call, meeting: MeetingCode | None = None) -> MeetingProposalsOut:
    """List proposals with the positions to each, those still open first."""
    found = review.proposal_list(actor=request.auth.actor, stores=request.auth.node.stores, meeting=meeting or "")
    return MeetingProposalsOut(items=[_proposal_out(each) for each in found])


@router.post("/review/proposals", response={201: MeetingProposalOut}, operation_id="record_meeting_proposal")
@needs(Permission.REVIEW_WRITE)
def record_meeting_proposal(request: Call, body: ProposalTextIn) -> Answer[MeetingProposalOut]:
    """Put a proposal for a meeting on record."""
    name = review.record_proposal(text=body.noun(), calendar=node.calendar_of_state(), **by(request))
    return Answer(201, read_meeting_proposal(request, name))


@router.get("/review/proposals/{proposed}", response=MeetingProposalOut, operation_id="read_meeting_proposal")
@needs(Permission.REVIEW_READ)
def read_meeting_proposal(request: Call, proposed: DossierName) -> MeetingProposalOut:
    """Give a proposal with the positions to it."""
    caller = request.auth
    return _proposal_out(review.proposal_record(name=proposed, actor=caller.actor, stores=caller.node.stores))


@router.post(
    "/review/proposals/{proposed}/revisions", response={201: MeetingProposalOut}, operation_id="revise_meeting_proposal"
)
@needs(Permission.REVIEW_WRITE)
def revise_meeting_proposal(
    request: Call, proposed: DossierName, body: ProposalRevisionIn
) -> Answer[MeetingProposalOut]:
    """Take down another text of a proposal; positions stay as they were noted."""
    found = review.revise_proposal(
        name=proposed, text=body.text.noun(), reason=body.reason, calendar=node.calendar_of_state(), **by(request)
    )
    return Answer(201, _proposal_out(found))


@router.post(
    "/review/proposals/{proposed}/positions", response={201: MeetingProposalOut}, operation_id="note_meeting_position"
)
@needs(Permission.REVIEW_WRITE)
def note_meeting_position(request: Call, proposed: DossierName, body: PositionIn) -> Answer[MeetingProposalOut]:
    """Note what a State or a group says to a proposal; a later one takes the place of the earlier."""
    ours = request.auth.node.state
    found = review.note_position(name=proposed, position=body.noun(), ours=ours, **by(request))
    return Answer(201, _proposal_out(found))


@router.post(
    "/review/proposals/{proposed}/settling", response={201: MeetingProposalOut}, operation_id="settle_meeting_proposal"
)
@needs(Permission.REVIEW_WRITE)
def settle_meeting_proposal(request: Call, proposed: DossierName, body: SettlementIn) -> Answer[MeetingProposalOut]:
    """Say what became of a proposal."""
    found = review.settle_proposal(name=proposed, outcome=body.outcome, reason=body.reason, **by(request))
    return Answer(201, _proposal_out(found))


def _drawn(request: Call, meeting: str, subject: str) -> review.MeetingDossier:
    caller = request.auth
    return node.meeting_dossier(caller.node, meeting, caller.actor, node.calendar_of_state(), subject)


def _out(dossier: review.MeetingDossier) -> DossierOut:
    return DossierOut.model_validate({**dossier.plain(), "fingerprint": dossier.fingerprint})


def _kept(request: Call, name: str) -> KeptOut:
    known = review.kept_dossier(name=name, actor=request.auth.actor, stores=request.auth.node.stores)
    return KeptOut.model_validate(known.plain())


def _proposal_out(found: review.Proposed) -> MeetingProposalOut:
    return MeetingProposalOut.model_validate(found.plain())
