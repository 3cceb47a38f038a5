from functools import partial
from typing import Annotated, Literal

from django.http import HttpResponse
from ninja import File, Form, Query, Router, UploadedFile
from ninja.responses import Status as Answer
from pydantic import StringConstraints

from tracemark import assistance, node
from tracemark.api.access import Call, needs
from tracemark.api.limits import MULTIPART
from tracemark.api.problems import not_found
from tracemark.api.schemas.aid import AidKeptOut, AidOut, AidSeriesListOut, AidSeriesOut, AidsOut, BoardOut
from tracemark.api.schemas.stockpiles import DossierName
from tracemark.authorities import Permission

router = Router(tags=["assistance"])

Country = Annotated[str, StringConstraints(pattern=r"^([A-Z]{2})?$")]

Version = Literal["1.01", "1.02", "1.03", "1.04", "1.05"]
"""Of a file that does not say its own; what is of 2.0x says it."""


@router.get("/assistance/activities", response=AidsOut, operation_id="list_aid")
@needs(Permission.ASSISTANCE_READ)
def list_aid(request: Call) -> AidsOut:
    """List the aid activities that are followed, the newest first."""
    return AidsOut(items=list(map(AidOut.of, assistance.aid_list(**request.auth.reading))))


@router.post("/assistance/activities", response={201: AidKeptOut}, operation_id="import_aid")
@needs(Permission.ASSISTANCE_WRITE, takes=MULTIPART)
def import_aid(
    request: Call,
    file: File[UploadedFile],
    *,
    everything: Form[bool] = False,
    version: Form[Version | None] = None,
) -> Answer[AidKeptOut]:
    """Follow the aid activities of an IATI file; what is known already stays, one that is not valid is refused whole.

    Only work on small arms is taken, or `everything`. `version` is for a file that does not say its own: 1.01.
    """
    caller, name = request.auth, file.name or "activities.xml"
    read = node.handed_in(name, file.read(), partial(node.read_aid, everything=everything, version=version or ""))
    return Answer(201, AidKeptOut.of(read, node.follow_aid(caller.node, read, name, caller.actor)))


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
    opened = request.auth.node
    board = assistance.coordination_board(first=opened.state, clock=opened.clock, **request.auth.reading)
    return BoardOut.of(board.of(country) if country else board)


@router.get("/assistance/series", response=AidSeriesListOut, operation_id="list_aid_series")
@needs(Permission.ASSISTANCE_READ)
def list_aid_series(request: Call) -> AidSeriesListOut:
    """List the series of aid by purpose that are kept as context."""
    return AidSeriesListOut(items=list(map(AidSeriesOut.of, assistance.series_list(**request.auth.reading))))
