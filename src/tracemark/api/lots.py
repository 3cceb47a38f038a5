from typing import Annotated

from ninja import Query, Router
from ninja.responses import Status as Answer

from tracemark import stockpiles
from tracemark.api.access import Call, needs
from tracemark.api.schemas.disposal import LotIn, LotOut, LotsOut, MoveIn
from tracemark.api.schemas.lists import Asked
from tracemark.api.schemas.stockpiles import DossierName
from tracemark.authorities import Permission

router = Router(tags=["stockpiles"])


@router.get("/lots", response=LotsOut, operation_id="list_lots")
@needs(Permission.RECORD_READ)
def list_lots(request: Call, asked: Annotated[Asked, Query()]) -> LotsOut:
    """List the ammunition lots that the caller sees."""
    found = stockpiles.lot_list(wanted=asked.wanted(), **request.auth.reading)
    return LotsOut(items=list(map(LotOut.of, found)), before=found.before)


@router.post("/lots", response={201: LotOut}, operation_id="receive_lot")
@needs(Permission.RECORD_STOCK)
def receive_lot(request: Call, body: LotIn) -> Answer[LotOut]:
    """Take an ammunition lot into a site."""
    name = stockpiles.receive_lot(lot=body.noun(), site=body.site, happened=body.happened, **request.auth.acting)
    return Answer(201, read_lot(request, name))


@router.get("/lots/{lot}", response=LotOut, operation_id="read_lot")
@needs(Permission.RECORD_READ)
def read_lot(request: Call, lot: DossierName) -> LotOut:
    """Give an ammunition lot with each of its steps."""
    return LotOut.of(stockpiles.lot_record(lot=lot, **request.auth.reading))


@router.post("/lots/{lot}/steps", response={201: LotOut}, operation_id="move_lot")
@needs(Permission.RECORD_STOCK)
def move_lot(request: Call, lot: DossierName, body: MoveIn) -> Answer[LotOut]:
    """Record a step of an ammunition lot. Neither what is in store nor what is out gets below zero."""
    known = stockpiles.move_lot(lot=lot, move=body.noun(), **request.auth.acting)
    return Answer(201, LotOut.of(known))
