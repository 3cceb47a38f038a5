from datetime import date
from typing import Any

from ninja import Router
from ninja.responses import Status as Answer

from tracemark import marking, recordkeeping
from tracemark.api.access import Call, needs
from tracemark.api.parsing import UnfitValue
from tracemark.api.schemas.fields import Number
from tracemark.api.schemas.marking import (
    BlockIn,
    BlockOut,
    BlocksOut,
    CheckIn,
    ChecksOut,
    ClosingIn,
    LawIn,
    LawOut,
    LawsOut,
    LawVersionIn,
    LawVersionOut,
    PlanIn,
    PlanOut,
    ReservationIn,
    ReservedOut,
    UsedIn,
)
from tracemark.authorities import Permission
from tracemark.marking import LotWeapon, Marked, Profile, Span
from tracemark.recordkeeping import WeaponState

router = Router(tags=["marking"])


@router.post("/marking/check", response=ChecksOut, operation_id="check_marks")
@needs(Permission.RECORD_READ, Permission.MARKING_PLAN)
def check_marks(request: Call, body: CheckIn) -> ChecksOut:
    """Say what the instruments and a national law ask of a weapon's marks, and what these lack. Nothing is recorded."""
    marked, law = body.noun(), _law(request, body.profile, body.on)
    by_law = marking.check_profile(law, marked) if law else []
    return ChecksOut.of(marking.check_marked(marked), by_law, law, request.auth.language)


@router.post("/marking/plans", response=PlanOut, operation_id="plan_marks")
@needs(Permission.MARKING_PLAN)
def plan_marks(request: Call, body: PlanIn) -> PlanOut:
    """Plan what will be stamped where on the weapons of a lot, with the numbers reserved for it. Nothing is kept."""
    lot = [LotWeapon(state.weapon, _marked(state, body, request.auth.node.state)) for state in _states(request, body)]
    plan = marking.plan_marks(
        lot,
        state=request.auth.node.state,
        year=body.on.year,
        numbers=body.numbers,
        profile=_law(request, body.profile, body.on),
        instruments=frozenset(body.instruments),
    )
    return PlanOut.of(plan, request.auth.language)


@router.get("/marking/blocks", response=BlocksOut, operation_id="list_blocks")
@needs(Permission.MARKING_NUMBER, Permission.MARKING_PLAN, Permission.AUDIT_READ)
def list_blocks(request: Call) -> BlocksOut:
    """List the blocks of numbers, with those used and those passed over."""
    return BlocksOut(items=[BlockOut.of(each) for each in request.auth.node.stores.numbers.blocks()])


@router.post("/marking/blocks", response={201: BlockOut}, operation_id="allocate_block")
@needs(Permission.MARKING_NUMBER)
def allocate_block(request: Call, body: BlockIn) -> Answer[BlockOut]:
    """Allocate numbers to a maker or the national marking office. A number is allocated once."""
    caller = request.auth
    try:
        scheme, span = body.scheme.noun(), Span(body.first, body.last)
        scheme.write(span.last)
    except ValueError as error:
        raise UnfitValue({"body.scheme": "api.numbers_unfit"}) from error
    block = recordkeeping.allocate_block(
        holder=body.holder,
        scheme=scheme,
        span=span,
        purpose=body.purpose,
        actor=caller.actor,
        stores=caller.node.stores,
        clock=caller.node.clock,
    )
    return Answer(201, BlockOut.of(block))


@router.post("/marking/blocks/{block}/reservations", response={201: ReservedOut}, operation_id="reserve_numbers")
@needs(Permission.MARKING_PLAN)
def reserve_numbers(request: Call, block: Number, body: ReservationIn) -> Answer[ReservedOut]:
    """Take the next numbers of a block for a marking session. They are never given out again, stamped or not."""
    numbers = recordkeeping.reserve_numbers(block=block, count=body.count, plan=body.plan, **_by(request))
    return Answer(201, ReservedOut(numbers=list(numbers)))


@router.post("/marking/blocks/{block}/used", response={201: BlockOut}, operation_id="note_used_numbers")
@needs(Permission.MARKING_NUMBER)
def note_used_numbers(request: Call, block: Number, body: UsedIn) -> Answer[BlockOut]:
    """Note numbers of a block that its holder says were stamped. A number is noted once."""
    scheme = request.auth.node.stores.numbers.block(block).block.scheme
    try:
        span = body.noun(scheme)
    except ValueError as error:
        raise UnfitValue({"body.first": "api.numbers_unfit"}) from error
    return Answer(201, BlockOut.of(recordkeeping.note_used(block=block, span=span, **_by(request))))


@router.post("/marking/blocks/{block}/closing", response={201: BlockOut}, operation_id="close_block")
@needs(Permission.MARKING_NUMBER)
def close_block(request: Call, block: Number, body: ClosingIn) -> Answer[BlockOut]:
    """Close a block: no more numbers of it are given out, used or not."""
    return Answer(201, BlockOut.of(recordkeeping.close_block(block=block, note=body.note, **_by(request))))


@router.get("/marking/laws", response=LawsOut, operation_id="list_laws")
@needs(Permission.RECORD_READ, Permission.MARKING_PLAN, Permission.REFERENCE_WRITE)
def list_laws(request: Call) -> LawsOut:
    """List the national laws on marks: those that come with the project, and every version of the State's own."""
    shipped = [LawVersionOut.shipped(each) for each in marking.shipped_profiles().values()]
    own = [LawVersionOut.version(each) for each in request.auth.node.stores.profiles.versions()]
    return LawsOut(items=[*shipped, *own])


@router.post("/marking/laws/check", response=LawOut, operation_id="check_law")
@needs(Permission.REFERENCE_WRITE)
def check_law(request: Call, body: LawIn) -> LawOut:
    """Read a State's own law as it would be added. Writes nothing."""
    return LawOut.of(marking.check_law(name=body.name, text=body.text, actor=request.auth.actor))


@router.post("/marking/laws", response={201: LawVersionOut}, operation_id="add_law")
@needs(Permission.REFERENCE_WRITE)
def add_law(request: Call, body: LawVersionIn) -> Answer[LawVersionOut]:
    """Add a State's own law, or a newer version, which holds from its first day. No version is ever replaced."""
    version = marking.add_law(
        name=body.name, text=body.text, valid_from=body.valid_from, valid_until=body.valid_until, **_by(request)
    )
    return Answer(201, LawVersionOut.version(version))


def _law(request: Call, name: str, on: date) -> Profile | None:
    return marking.law_on(name, on, stores=request.auth.node.stores) if name else None


def _by(request: Call) -> dict[str, Any]:
    caller = request.auth
    return {"actor": caller.actor, "stores": caller.node.stores, "clock": caller.node.clock}


def _states(request: Call, body: PlanIn) -> list[WeaponState]:
    caller = request.auth
    return [
        recordkeeping.weapon_record(weapon=each, actor=caller.actor, stores=caller.node.stores).state
        for each in body.weapons
    ]


def _marked(state: WeaponState, body: PlanIn, asking: str) -> Marked:
    return Marked(state.description, state.components, state.marks, body.circumstance, body.on, asking)
