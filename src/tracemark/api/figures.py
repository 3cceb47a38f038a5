from itertools import islice
from typing import Annotated

from django.http import HttpResponse
from ninja import Query, Router

from tracemark import reporting
from tracemark.api.access import Call, needs
from tracemark.api.problems import not_found
from tracemark.api.schemas.fields import Day, Limit, Line, Number
from tracemark.api.schemas.figures import DrawnOut, FigureOut, FigureRowsOut, FiguresOut
from tracemark.authorities import Permission, require
from tracemark.node import drawing
from tracemark.reporting import Period

router = Router(tags=["figures"])

_From = Annotated[Day, Query(alias="from")]
_To = Annotated[Day, Query(alias="to")]


@router.get("/figures", response=FiguresOut, operation_id="list_figures")
@needs(Permission.FIGURE_READ)
def list_figures(request: Call) -> FiguresOut:  # noqa: ARG001 - django-ninja hands it to every view
    """List every figure that the record can count, with the query that counts it."""
    return FiguresOut(items=list(map(FigureOut.of, reporting.figures().values())))


@router.get("/figures/{figure}", response=DrawnOut, operation_id="draw_figure")
@needs(Permission.FIGURE_READ)
def draw_figure(
    request: Call, figure: str, first: _From, last: _To, by: Annotated[list[Line] | None, Query(max_length=8)] = None
) -> DrawnOut:
    """Draw a figure from the record as it stands, broken down by what `by` says, in its order.

    Where the record keeps no such entries it is not available, and `value` is null, not 0.
    """
    caller = request.auth
    with drawing(caller.node, Period(first.first, last.last), caller.actor) as opened:
        return DrawnOut.of(opened.draw(figure, by or ()))


@router.get("/figures/{figure}/rows", response=FigureRowsOut, operation_id="list_counted")
@needs(Permission.FIGURE_READ)
def list_counted(
    request: Call,
    figure: str,
    first: _From,
    last: _To,
    after: Number = 0,
    limit: Limit = 100,
) -> FigureRowsOut | HttpResponse:
    """List what a figure counted, a row each, for those who may read the record as well. A share has no rows."""
    caller = request.auth
    require(caller.actor, Permission.RECORD_READ)
    known = reporting.figures().get(figure)
    if known is None or known.parts:
        return not_found(request)
    with drawing(caller.node, Period(first.first, last.last), caller.actor) as opened:
        found = list(islice(opened.rows(figure), after, after + limit + 1))
    return FigureRowsOut.of(found[:limit], opened.head, after + limit if len(found) > limit else None)
