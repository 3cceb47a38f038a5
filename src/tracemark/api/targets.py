from typing import Any

from ninja import Router
from ninja.responses import Status as Answer

from tracemark import node, targets
from tracemark.api.access import Call, needs
from tracemark.api.schemas.stockpiles import DossierName
from tracemark.api.schemas.targets import AimIn, EndIn, ObservationsIn, RevisionIn, TargetOut, TargetsOut
from tracemark.authorities import Permission

router = Router(tags=["targets"])


def by(request: Call) -> dict[str, Any]:
    """Return who acts, on which stores, and when."""
    caller = request.auth
    return {"actor": caller.actor, "stores": caller.node.stores, "clock": caller.node.clock}


@router.get("/targets", response=TargetsOut, operation_id="list_targets")
@needs(Permission.TARGET_READ)
def list_targets(request: Call) -> TargetsOut:
    """List the targets with their progress, those off track first."""
    return TargetsOut(items=list(map(TargetOut.of, targets.target_list(**by(request)))))


@router.post("/targets", response={201: TargetOut}, operation_id="set_target")
@needs(Permission.TARGET_WRITE)
def set_target(request: Call, body: AimIn) -> Answer[TargetOut]:
    """Set a voluntary target."""
    return Answer(201, read_target(request, targets.set_target(aim=body.noun(), **by(request))))


@router.get("/targets/{target}", response=TargetOut, operation_id="read_target")
@needs(Permission.TARGET_READ)
def read_target(request: Call, target: DossierName) -> TargetOut:
    """Give a target: how far it is, where it goes, and why it may be missed."""
    return TargetOut.of(targets.target_record(target=target, **by(request)))


@router.post("/targets/{target}/observations", response={201: TargetOut}, operation_id="observe_target")
@needs(Permission.TARGET_WRITE)
def observe_target(request: Call, target: DossierName, body: ObservationsIn) -> Answer[TargetOut]:
    """Record values with their source; with none, draw the target's figure for every period that is over."""
    if body.observations:
        observations = [each.noun() for each in body.observations]
        targets.observe_target(target=target, observations=observations, **by(request))
    else:
        node.draw_observations(request.auth.node, target, request.auth.actor)
    return Answer(201, read_target(request, target))


@router.post("/targets/{target}/revisions", response={201: TargetOut}, operation_id="revise_target")
@needs(Permission.TARGET_WRITE)
def revise_target(request: Call, target: DossierName, body: RevisionIn) -> Answer[TargetOut]:
    """Change what a target asks; what it was set to stays in the record."""
    targets.revise_target(target=target, aim=body.aim.noun(), reason=body.reason, **by(request))
    return Answer(201, read_target(request, target))


@router.post("/targets/{target}/closing", response={201: TargetOut}, operation_id="close_target")
@needs(Permission.TARGET_WRITE)
def close_target(request: Call, target: DossierName, body: EndIn) -> Answer[TargetOut]:
    """End a target as met, missed or given up."""
    targets.close_target(target=target, outcome=body.outcome, reason=body.reason, **by(request))
    return Answer(201, read_target(request, target))
