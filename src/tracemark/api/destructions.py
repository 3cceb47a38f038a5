from typing import Annotated

from ninja import Query, Router
from ninja.responses import Status as Answer

from tracemark import stockpiles
from tracemark.api.access import Call, needs
from tracemark.api.schemas.disposal import (
    CriteriaAsked,
    DecideDestructionIn,
    DeedIn,
    DestructionOut,
    DestructionsOut,
    DispositionsOut,
    PlanDestructionIn,
    SurplusFoundOut,
    SurplusOut,
    WaitingOut,
)
from tracemark.api.schemas.lists import Asked
from tracemark.api.schemas.stockpiles import DossierName, RemarkIn
from tracemark.api.schemas.transfers import ReasonIn
from tracemark.authorities import Permission
from tracemark.weapons import weapon_text

router = Router(tags=["stockpiles"])


@router.get("/dispositions", response=DispositionsOut, operation_id="list_dispositions")
@needs(Permission.RECORD_READ)
def list_dispositions(request: Call, days: Annotated[int, Query(ge=0, le=36_500)] = 180) -> DispositionsOut:
    """List collected, seized and found weapons in custody for `days` or more, on which nobody has decided."""
    found = stockpiles.overdue_dispositions(days=days, **request.auth.acting)
    items = [
        WaitingOut(
            weapon=weapon_text(state.weapon), custodian=state.custodian, since=str(state.since or ""), days=waited
        )
        for state, waited in found
    ]
    return DispositionsOut(items=items)


@router.get("/surplus", response=SurplusFoundOut, operation_id="find_surplus")
@needs(Permission.RECORD_READ)
def find_surplus(request: Call, asked: Annotated[CriteriaAsked, Query()]) -> SurplusFoundOut:
    """Identify what of a holder's weapons is surplus. It is declared as an event of each weapon."""
    found = stockpiles.surplus_weapons(holder=asked.holder, criteria=asked.criteria(), **request.auth.reading)
    return SurplusFoundOut(items=[SurplusOut.of(each) for each in found[: asked.limit]], count=len(found))


@router.get("/destructions", response=DestructionsOut, operation_id="list_destructions")
@needs(Permission.RECORD_READ)
def list_destructions(request: Call, asked: Annotated[Asked, Query()]) -> DestructionsOut:
    """List the destructions that the caller sees."""
    found = stockpiles.destruction_list(wanted=asked.wanted(), **request.auth.reading)
    return DestructionsOut(items=[DestructionOut.of(each) for each in found], before=found.before)


@router.post("/destructions", response={201: DestructionOut}, operation_id="plan_destruction")
@needs(Permission.RECORD_STOCK)
def plan_destruction(request: Call, body: PlanDestructionIn) -> Answer[DestructionOut]:
    """Plan to destroy weapons. A second person approves it."""
    return Answer(201, _destruction(request, stockpiles.plan_destruction(plan=body.noun(), **request.auth.acting)))


@router.get("/destructions/{destruction}", response=DestructionOut, operation_id="read_destruction")
@needs(Permission.RECORD_READ)
def read_destruction(request: Call, destruction: DossierName) -> DestructionOut:
    """Give a destruction, and which of its weapons came back."""
    return _destruction(request, destruction)


@router.post("/destructions/{destruction}/decision", response={201: DestructionOut}, operation_id="decide_destruction")
@needs(Permission.DESTRUCTION_APPROVE)
def decide_destruction(request: Call, destruction: DossierName, body: DecideDestructionIn) -> Answer[DestructionOut]:
    """Approve or refuse a plan that somebody else made."""
    stockpiles.decide_destruction(destruction=destruction, approve=body.approve, note=body.note, **request.auth.acting)
    return Answer(201, _destruction(request, destruction))


@router.post("/destructions/{destruction}/deed", response={201: DestructionOut}, operation_id="carry_out_destruction")
@needs(Permission.RECORD_STOCK)
def carry_out_destruction(request: Call, destruction: DossierName, body: DeedIn) -> Answer[DestructionOut]:
    """Say that the weapons of an approved plan were destroyed."""
    stockpiles.carry_out_destruction(destruction=destruction, deed=body.noun(), **request.auth.acting)
    return Answer(201, _destruction(request, destruction))


@router.post(
    "/destructions/{destruction}/witnesses", response={201: DestructionOut}, operation_id="witness_destruction"
)
@needs(Permission.DESTRUCTION_WITNESS)
def witness_destruction(request: Call, destruction: DossierName, body: RemarkIn) -> Answer[DestructionOut]:
    """Say that one saw the weapons destroyed. A second witness comes of another office."""
    stockpiles.witness_destruction(destruction=destruction, note=body.note, **request.auth.acting)
    return Answer(201, _destruction(request, destruction))


@router.post(
    "/destructions/{destruction}/certification", response={201: DestructionOut}, operation_id="certify_destruction"
)
@needs(Permission.RECORD_STOCK)
def certify_destruction(request: Call, destruction: DossierName) -> Answer[DestructionOut]:
    """Certify a destruction that two witnesses saw: each weapon is destroyed on record."""
    stockpiles.certify_destruction(destruction=destruction, **request.auth.acting)
    return Answer(201, _destruction(request, destruction))


@router.post(
    "/destructions/{destruction}/withdrawal", response={201: DestructionOut}, operation_id="withdraw_destruction"
)
@needs(Permission.RECORD_STOCK)
def withdraw_destruction(request: Call, destruction: DossierName, body: ReasonIn) -> Answer[DestructionOut]:
    """Withdraw a plan before it is certified."""
    stockpiles.withdraw_destruction(destruction=destruction, reason=body.reason, **request.auth.acting)
    return Answer(201, _destruction(request, destruction))


def _destruction(request: Call, name: str) -> DestructionOut:
    record = stockpiles.destruction_record(destruction=name, **request.auth.reading)
    return DestructionOut.of(record.destruction, record)
