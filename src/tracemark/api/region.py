from typing import Annotated

from django.http import HttpResponse
from ninja import Query, Router

from tracemark import node, reporting, secretariat
from tracemark.api.access import Call, needs
from tracemark.api.problems import not_found
from tracemark.api.schemas.fields import Day, Line
from tracemark.api.schemas.region import (
    EarlyWarningsOut,
    RegionalIndicatorOut,
    RegionalIndicatorQuery,
    RegionalIndicatorsOut,
    RegionalSumOut,
    RegionQuery,
)
from tracemark.authorities import Level, Permission
from tracemark.node import Node
from tracemark.reporting import Period

router = Router(tags=["region"])

_From = Annotated[Day, Query(alias="from")]
_To = Annotated[Day, Query(alias="to")]


@router.get("/region/indicators/16.4.2", response=RegionalIndicatorsOut, operation_id="read_regional_indicator")
@needs(Permission.PEER_READ)
def read_regional_indicator(
    request: Call, wanted: Query[RegionalIndicatorQuery]
) -> RegionalIndicatorsOut | HttpResponse:
    """Reckon SDG 16.4.2 from what States published for each period; 404 at a State's node.

    Numerators over denominators, added up first. Who told nothing, or withheld it, is named and not in the sum.
    """
    members = _members(request.auth.node, wanted)
    if members is None:
        return not_found(request)
    told = list(node.told_tables(request.auth.node))
    periods = secretariat.told_periods(wanted.denominator, told)
    found = (secretariat.regional_indicator(wanted.denominator, each, told, members) for each in periods)
    return RegionalIndicatorsOut(items=list(map(RegionalIndicatorOut.of, found)))


@router.get("/region/figures/{figure}", response=RegionalSumOut, operation_id="add_up_figure")
@needs(Permission.PEER_READ)
def add_up_figure(
    request: Call,
    figure: str,
    first: _From,
    last: _To,
    wanted: Query[RegionQuery],
    by: Annotated[list[Line] | None, Query(max_length=2)] = None,
) -> RegionalSumOut | HttpResponse:
    """Add up a figure that States published for a period; 404 at a State's node, and of a figure that there is not."""
    members = _members(request.auth.node, wanted)
    if members is None or figure not in reporting.figures():
        return not_found(request)
    told, period = node.told_tables(request.auth.node), Period(first.first, last.last)
    return RegionalSumOut.of(secretariat.roll_up(figure, period, tuple(by or ()), told, members))


@router.get("/region/warnings", response=EarlyWarningsOut, operation_id="list_early_warnings")
@needs(Permission.PEER_READ)
def list_early_warnings(request: Call) -> EarlyWarningsOut | HttpResponse:
    """List the patterns of diversion that several States told of late; 404 at a State's node."""
    opened = request.auth.node
    if opened.level is Level.NATIONAL:
        return not_found(request)
    return EarlyWarningsOut.of(secretariat.early_warnings(node.told_least(opened), opened.clock.now().date()))


def _members(opened: Node, wanted: RegionQuery) -> list[str] | None:
    """Return the States expected; None at a State's node, and for a region that is in no list."""
    if opened.level is Level.NATIONAL:
        return None
    try:
        return secretariat.members_of(wanted.region) if wanted.region else node.member_states(opened)
    except KeyError:
        return None
