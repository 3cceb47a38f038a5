from typing import Annotated

from django.http import HttpResponse
from ninja import Query, Router
from pydantic import StringConstraints

from tracemark import assistance
from tracemark.api.access import Call, needs
from tracemark.api.problems import not_found
from tracemark.api.schemas.aid import AidOut, AidSeriesListOut, AidSeriesOut, AidsOut, BoardOut
from tracemark.api.schemas.stockpiles import DossierName
from tracemark.authorities import Permission

router = Router(tags=["assistance"])

Country = Annotated[str, StringConstraints(pattern=r"^([A-Z]{2})?$")]


@router.get("/assistance/activities", response=AidsOut, operation_id="list_aid")
@needs(Permission.ASSISTANCE_READ)
def list_aid(request: Call) -> AidsOut:
    """List the aid activities that are followed, the newest first."""
    return AidsOut(items=list(map(AidOut.of, assistance.aid_list(**request.auth.reading))))


@router.get("/assistance/activities/{aid}", response=AidOut, operation_id="read_aid")
@needs(Permission.ASSISTANCE_READ)
def read_aid(request: Call, aid: DossierName) -> AidOut | HttpResponse:
    """Give what was told of an activity, and why it is taken for work on small arms."""
    try:
        return AidOut.of(assistance.aid_record(aid=aid, **request.auth.reading))
    except KeyError:
        return not_found(request)


@router.get("/assistance/board", response=BoardOut, operation_id="read_aid_board")
@needs(Permission.ASSISTANCE_READ)
def read_aid_board(request: Call, country: Annotated[Country, Query()] = "") -> BoardOut:
    """Give who does what where today, of one country only where one is asked for."""
    node = request.auth.node
    board = assistance.coordination_board(first=node.state, clock=node.clock, **request.auth.reading)
    return BoardOut.of(board.of(country) if country else board)


@router.get("/assistance/series", response=AidSeriesListOut, operation_id="list_aid_series")
@needs(Permission.ASSISTANCE_READ)
def list_aid_series(request: Call) -> AidSeriesListOut:
    """List the series of aid by purpose that are kept as context."""
    return AidSeriesListOut(items=list(map(AidSeriesOut.of, assistance.series_list(**request.auth.reading))))
