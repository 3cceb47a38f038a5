from ninja import Query, Router
from ninja.responses import Status as Answer

from tracemark import intake, recordkeeping
from tracemark.api.access import Call, needs
from tracemark.api.schemas.entries import EnteredOut, EntryIn
from tracemark.api.schemas.events import EventIn, RecordedOut
from tracemark.api.schemas.examinations import ExaminationOut
from tracemark.api.schemas.fields import Weapon
from tracemark.api.schemas.weapons import (
    CustodyOut,
    LifeOut,
    RetentionOut,
    StepOut,
    WeaponOut,
    WeaponPage,
    WeaponQuery,
)
from tracemark.authorities import Permission
from tracemark.recordkeeping import WeaponRecord
from tracemark.weapons import WeaponId, weapon_text

router = Router(tags=["weapons"])


@router.get("/weapons", response=WeaponPage, operation_id="list_weapons")
@needs(Permission.RECORD_READ)
def list_weapons(request: Call, wanted: Query[WeaponQuery]) -> WeaponPage:
    """List the weapons that fit, whose holders the caller sees."""
    found = recordkeeping.register_page(
        wanted=wanted.noun(),
        actor=request.auth.actor,
        stores=request.auth.node.stores,
        after=wanted.after,
        limit=wanted.limit + 1,
    )
    return WeaponPage.of(found, wanted.limit)


@router.post("/weapons", response={201: EnteredOut, 202: EnteredOut}, operation_id="register_weapon")
@needs(Permission.RECORD_WRITE)
def register_weapon(request: Call, body: EntryIn) -> Answer[EnteredOut]:
    """Enter one weapon that is not on record. 202 where it may be one that is: then it is held for judgement."""
    caller = request.auth
    entered = intake.register_weapon(
        entry=body.noun(),
        state=caller.node.state,
        actor=caller.actor,
        stores=caller.node.stores,
        clock=caller.node.clock,
    )
    return Answer(202 if entered.held else 201, EnteredOut.of(entered, caller.language))


@router.get("/weapons/{weapon}", response=WeaponOut, operation_id="read_weapon")
@needs(Permission.RECORD_READ)
def read_weapon(request: Call, weapon: Weapon) -> WeaponOut:
    """Say what the record says of a weapon now."""
    return WeaponOut.of(_record(request, weapon).state)


@router.get("/weapons/{weapon}/events", response=LifeOut, operation_id="read_life")
@needs(Permission.RECORD_READ)
def read_life(request: Call, weapon: Weapon) -> LifeOut:
    """Tell a weapon's life, event by event, with what speaks against each."""
    steps = [StepOut.of(each, request.auth.language) for each in _record(request, weapon).steps]
    return LifeOut(weapon=weapon_text(weapon), items=steps)


@router.get("/weapons/{weapon}/custody", response=CustodyOut, operation_id="read_custody")
@needs(Permission.RECORD_READ)
def read_custody(request: Call, weapon: Weapon) -> CustodyOut:
    """Follow a weapon's chain of custody from its recovery back to its last lawful holder."""
    return CustodyOut.of(_record(request, weapon), request.auth.language)


@router.get("/weapons/{weapon}/parts", response=ExaminationOut, operation_id="read_parts")
@needs(Permission.RECORD_READ)
def read_parts(request: Call, weapon: Weapon) -> ExaminationOut:
    """Say what a weapon's parts tell: numbers of other weapons, parts claimed twice, and marks as they wore."""
    caller = request.auth
    found = recordkeeping.examined(record=_record(request, weapon), actor=caller.actor, stores=caller.node.stores)
    return ExaminationOut.of(weapon, found, caller.language)


@router.get("/weapons/{weapon}/retention", response=RetentionOut, operation_id="read_retention")
@needs(Permission.RETENTION_READ)
def read_retention(request: Call, weapon: Weapon) -> RetentionOut:
    """Say until when a weapon's record must be kept, under the instruments and the State's own law."""
    caller = request.auth
    found = recordkeeping.retention_of(
        weapon=weapon,
        terms=caller.node.terms,
        actor=caller.actor,
        stores=caller.node.stores,
        clock=caller.node.clock,
    )
    return RetentionOut.of(weapon, found)


@router.post("/weapons/{weapon}/events", response={201: RecordedOut}, operation_id="record_event")
@needs(Permission.RECORD_WRITE, Permission.RECORD_STOCK, Permission.RECOVERY_WRITE)
def record_event(request: Call, weapon: Weapon, body: EventIn) -> Answer[RecordedOut]:
    """Record one event of a weapon that is on record, reported by the caller's agency."""
    caller = request.auth
    state = caller.node.stores.register.state(weapon)
    recorded = recordkeeping.record_events(
        events=[body.noun(state, caller.actor)],
        actor=caller.actor,
        stores=caller.node.stores,
        clock=caller.node.clock,
    )
    return Answer(201, RecordedOut.of(recorded))


def _record(request: Call, weapon: WeaponId) -> WeaponRecord:
    return recordkeeping.weapon_record(
        weapon=weapon,
        actor=request.auth.actor,
        stores=request.auth.node.stores,
    )
