from typing import Annotated, Any

from ninja import Query, Router
from ninja.responses import Status as Answer

from tracemark import assistance, node
from tracemark.api.access import Call, needs
from tracemark.api.schemas.assistance import (
    AskIn,
    AskRevisionIn,
    AssistanceOut,
    AssistancesOut,
    GrantIn,
    GrantOut,
    GrantsOut,
    GrantStep,
    OfferIn,
    OfferRevisionIn,
    ProgrammeOut,
    ProgrammesOut,
    RequestStep,
    RoundAsked,
    RoundProposalOut,
    SaidIn,
)
from tracemark.api.schemas.stockpiles import DossierName
from tracemark.api.targets import by
from tracemark.authorities import Permission

router = Router(tags=["assistance"])
_SECONDS = 5.0
"""How long a proposal is looked for."""


@router.get("/assistance/requests", response=AssistancesOut, operation_id="list_assistance")
@needs(Permission.ASSISTANCE_READ)
def list_assistance(request: Call) -> AssistancesOut:
    """List requests for assistance, those with something overdue first."""
    found = assistance.requests_shown(**by(request))
    return AssistancesOut(items=[AssistanceOut.model_validate(assistance.request_plain(each)) for each in found])


@router.post("/assistance/requests", response={201: AssistanceOut}, operation_id="ask_for_assistance")
@needs(Permission.ASSISTANCE_WRITE)
def ask_for_assistance(request: Call, body: AskIn) -> Answer[AssistanceOut]:
    """Draft a request for assistance; a second person signs it off."""
    name = assistance.draft_request(ask=body.noun(), state=request.auth.node.state, **by(request))
    return Answer(201, read_assistance(request, name))


@router.get("/assistance/requests/{name}", response=AssistanceOut, operation_id="read_assistance")
@needs(Permission.ASSISTANCE_READ)
def read_assistance(request: Call, name: DossierName) -> AssistanceOut:
    """Give a request for assistance: what is asked and why, what it got, and what is overdue."""
    return AssistanceOut.model_validate(
        assistance.request_plain(assistance.request_record(request=name, **by(request)))
    )


@router.post("/assistance/requests/{name}/revisions", response={201: AssistanceOut}, operation_id="revise_assistance")
@needs(Permission.ASSISTANCE_WRITE)
def revise_assistance(request: Call, name: DossierName, body: AskRevisionIn) -> Answer[AssistanceOut]:
    """Change a draft; what it said before stays in the record."""
    assistance.revise_request(request=name, ask=body.ask.noun(), reason=body.reason, **by(request))
    return Answer(201, read_assistance(request, name))


@router.post(
    "/assistance/requests/{name}/{step}", response={201: AssistanceOut}, operation_id="take_step_of_assistance"
)
@needs(Permission.ASSISTANCE_WRITE, Permission.ASSISTANCE_APPROVE)
def take_step_of_assistance(request: Call, name: DossierName, step: RequestStep, body: SaidIn) -> Answer[AssistanceOut]:
    """Take a step of a request; to sign it off takes a second person."""
    read_assistance(request, name)
    node.take_assistance_step(request.auth.node, name, step, body.noun(), request.auth.actor)
    return Answer(201, read_assistance(request, name))


@router.get("/assistance/programmes", response=ProgrammesOut, operation_id="list_programmes")
@needs(Permission.ASSISTANCE_READ)
def list_programmes(request: Call) -> ProgrammesOut:
    """List programmes, those with something overdue first."""
    found = assistance.programmes_shown(**by(request))
    return ProgrammesOut(items=[ProgrammeOut.model_validate(assistance.programme_plain(each)) for each in found])


@router.post("/assistance/programmes", response={201: ProgrammeOut}, operation_id="open_programme")
@needs(Permission.ASSISTANCE_WRITE)
def open_programme(request: Call, body: OfferIn) -> Answer[ProgrammeOut]:
    """Put on record what a donor or a fund offers."""
    return Answer(201, read_programme(request, assistance.open_programme(offer=body.noun(), **by(request))))


@router.get("/assistance/programmes/{name}", response=ProgrammeOut, operation_id="read_programme")
@needs(Permission.ASSISTANCE_READ)
def read_programme(request: Call, name: DossierName) -> ProgrammeOut:
    """Give a programme: what it offers to whom, what it gave, and what is left."""
    record = assistance.programme_record(programme=name, **by(request))
    return ProgrammeOut.model_validate(assistance.programme_plain(record))


@router.post("/assistance/programmes/{name}/revisions", response={201: ProgrammeOut}, operation_id="revise_programme")
@needs(Permission.ASSISTANCE_WRITE)
def revise_programme(request: Call, name: DossierName, body: OfferRevisionIn) -> Answer[ProgrammeOut]:
    """Change what a programme offers, such as by another call; what it offered stays in the record."""
    assistance.revise_programme(programme=name, offer=body.offer.noun(), reason=body.reason, **by(request))
    return Answer(201, read_programme(request, name))


@router.post("/assistance/programmes/{name}/close", response={201: ProgrammeOut}, operation_id="close_programme")
@needs(Permission.ASSISTANCE_WRITE)
def close_programme(request: Call, name: DossierName, body: SaidIn) -> Answer[ProgrammeOut]:
    """Close a programme; what it granted goes on."""
    assistance.close_programme(programme=name, reason=body.reason, **by(request))
    return Answer(201, read_programme(request, name))


@router.get("/assistance/proposal", response=RoundProposalOut, operation_id="propose_matches")
@needs(Permission.ASSISTANCE_READ)
def propose_matches(request: Call, asked: Annotated[RoundAsked, Query()]) -> RoundProposalOut:
    """Propose which programme gives how much to which open request, in one currency; nothing is given by it."""
    given: dict[str, Any] = by(request)
    requests, programmes = assistance.requests_shown(**given), assistance.programmes_shown(**given)
    currency = asked.currency or next(iter(assistance.currencies(requests)), "")
    round_ = assistance.round_on(requests, programmes, currency=currency, on=given["clock"].now().date())
    return RoundProposalOut.of(currency, round_, assistance.match_needs(round_, seconds=_SECONDS))


@router.get("/assistance/grants", response=GrantsOut, operation_id="list_grants")
@needs(Permission.ASSISTANCE_READ)
def list_grants(request: Call) -> GrantsOut:
    """List grants, those with something overdue first."""
    found = assistance.grants_shown(**by(request))
    return GrantsOut(items=[GrantOut.model_validate(assistance.grant_plain(each)) for each in found])


@router.post("/assistance/grants", response={201: GrantOut}, operation_id="propose_grant")
@needs(Permission.ASSISTANCE_WRITE)
def propose_grant(request: Call, body: GrantIn) -> Answer[GrantOut]:
    """Propose that a programme gives money to a request; a second person decides."""
    return Answer(201, read_grant(request, assistance.propose_grant(terms=body.noun(), **by(request))))


@router.get("/assistance/grants/{name}", response=GrantOut, operation_id="read_grant")
@needs(Permission.ASSISTANCE_READ)
def read_grant(request: Call, name: DossierName) -> GrantOut:
    """Give a grant as the chain from the target to the result that the receiving State confirmed."""
    return GrantOut.model_validate(assistance.grant_plain(assistance.grant_record(grant=name, **by(request))))


@router.post("/assistance/grants/{name}/{step}", response={201: GrantOut}, operation_id="take_step_of_grant")
@needs(Permission.ASSISTANCE_WRITE, Permission.ASSISTANCE_APPROVE)
def take_step_of_grant(request: Call, name: DossierName, step: GrantStep, body: SaidIn) -> Answer[GrantOut]:
    """Take a step of a grant; to decide, refuse, confirm, contest and end takes a second person."""
    read_grant(request, name)
    node.take_assistance_step(request.auth.node, name, step, body.noun(), request.auth.actor)
    return Answer(201, read_grant(request, name))
