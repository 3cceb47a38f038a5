from ninja import Router
from ninja.responses import Status as Answer

from tracemark import assistance, node
from tracemark.api.access import Call, needs
from tracemark.api.schemas.campaigns import (
    CampaignCloseIn,
    CampaignIn,
    CampaignOut,
    CampaignReturnIn,
    CampaignRevisionIn,
    CampaignsOut,
    CampaignStartIn,
)
from tracemark.api.schemas.stockpiles import DossierName
from tracemark.api.targets import by
from tracemark.authorities import Permission

router = Router(tags=["assistance"])


@router.get("/campaigns", response=CampaignsOut, operation_id="list_campaigns")
@needs(Permission.ASSISTANCE_READ)
def list_campaigns(request: Call) -> CampaignsOut:
    """List campaigns that mark, destroy or upgrade, those with alarms first."""
    return CampaignsOut(items=list(map(CampaignOut.of, assistance.campaign_list(**by(request)))))


@router.post("/campaigns", response={201: CampaignOut}, operation_id="plan_campaign")
@needs(Permission.ASSISTANCE_WRITE)
def plan_campaign(request: Call, body: CampaignIn) -> Answer[CampaignOut]:
    """Plan a campaign."""
    known = assistance.plan_campaign(draft=body.noun(), **by(request))
    return Answer(201, read_campaign(request, known.name))


@router.get("/campaigns/{campaign}", response=CampaignOut, operation_id="read_campaign")
@needs(Permission.ASSISTANCE_READ)
def read_campaign(request: Call, campaign: DossierName) -> CampaignOut:
    """Give a campaign: its returns beside the record, its supplies, when it will end, and what is wrong."""
    return CampaignOut.of(assistance.campaign_record(campaign=campaign, **by(request)))


@router.post("/campaigns/{campaign}/revision", response={201: CampaignOut}, operation_id="revise_campaign")
@needs(Permission.ASSISTANCE_WRITE)
def revise_campaign(request: Call, campaign: DossierName, body: CampaignRevisionIn) -> Answer[CampaignOut]:
    """Change what a campaign is to do, and say why; what it was to do before stays on record."""
    assistance.revise_campaign(campaign=campaign, draft=body.noun(), reason=body.reason, **by(request))
    return Answer(201, read_campaign(request, campaign))


@router.post("/campaigns/{campaign}/start", response={201: CampaignOut}, operation_id="start_campaign")
@needs(Permission.ASSISTANCE_WRITE)
def start_campaign(request: Call, campaign: DossierName, body: CampaignStartIn) -> Answer[CampaignOut]:
    """Say that a campaign began."""
    assistance.start_campaign(campaign=campaign, on=body.on, **by(request))
    return Answer(201, read_campaign(request, campaign))


@router.post("/campaigns/{campaign}/returns", response={201: CampaignOut}, operation_id="return_campaign")
@needs(Permission.ASSISTANCE_WRITE)
def return_campaign(request: Call, campaign: DossierName, body: CampaignReturnIn) -> Answer[CampaignOut]:
    """Record what a campaign did and used, and count beside it what the record shows; its caller sees figures too."""
    node.return_and_count(request.auth.node, campaign, body.noun(), request.auth.actor)
    return Answer(201, read_campaign(request, campaign))


@router.post("/campaigns/{campaign}/counts", response={201: CampaignOut}, operation_id="count_campaign")
@needs(Permission.ASSISTANCE_WRITE)
def count_campaign(request: Call, campaign: DossierName) -> Answer[CampaignOut]:
    """Count anew what the record shows of a campaign's days and places; its caller sees figures too."""
    node.count_campaign(request.auth.node, campaign, request.auth.actor)
    return Answer(201, read_campaign(request, campaign))


@router.post("/campaigns/{campaign}/closing", response={201: CampaignOut}, operation_id="close_campaign")
@needs(Permission.ASSISTANCE_WRITE)
def close_campaign(request: Call, campaign: DossierName, body: CampaignCloseIn) -> Answer[CampaignOut]:
    """Close a campaign, and say how it ended."""
    assistance.close_campaign(campaign=campaign, reason=body.reason, **by(request))
    return Answer(201, read_campaign(request, campaign))
