import secrets

from ninja import Router
from ninja.responses import Status as Answer

from tracemark import intake, recordkeeping
from tracemark.api.access import Call, needs
from tracemark.api.schemas.decisions import (
    HolderOut,
    HoldersOut,
    PersonIn,
    PersonOut,
    ProposalOut,
    PurposeIn,
    RowErasureIn,
    RowPurposeIn,
)
from tracemark.api.schemas.fields import Number, Sha256, Weapon, plain_of
from tracemark.authorities import Permission

router = Router(tags=["persons"])

_SALT_BYTES = 32


@router.post("/persons", response={201: HolderOut}, operation_id="keep_person")
@needs(Permission.PERSON_WRITE)
def keep_person(request: Call, body: PersonIn) -> Answer[HolderOut]:
    """Keep a person's data beside the record, and give the text that stands for them in it as a holder."""
    salt = secrets.token_bytes(_SALT_BYTES)
    holder = recordkeeping.keep_person(
        data=body.data, salt=salt, actor=request.auth.actor, stores=request.auth.node.stores
    )
    return Answer(201, HolderOut(holder=holder))


@router.post("/persons/{commitment}/read", response=PersonOut, operation_id="read_person")
@needs(Permission.PERSON_READ)
def read_person(request: Call, commitment: Sha256, body: PurposeIn) -> PersonOut:
    """Show a person's data to a named purpose, which is noted first and can be told to the person."""
    caller = request.auth
    holder = recordkeeping.person_holder(commitment)
    data = recordkeeping.read_person(
        holder=holder,
        weapon=body.weapon,
        purpose=body.purpose,
        actor=caller.actor,
        stores=caller.node.stores,
        clock=caller.node.clock,
    )
    return PersonOut(holder=holder, data=plain_of(data))


@router.get("/weapons/{weapon}/persons", response=HoldersOut, operation_id="list_persons")
@needs(Permission.RECORD_READ)
def list_persons(request: Call, weapon: Weapon) -> HoldersOut:
    """List the persons whom anything recorded of a weapon names, those of corrected events too, by commitment."""
    caller = request.auth
    found = recordkeeping.persons_named(weapon=weapon, actor=caller.actor, stores=caller.node.stores)
    return HoldersOut(items=found)


@router.post("/held/{row}/persons/{commitment}/read", response=PersonOut, operation_id="read_person_of_row")
@needs(Permission.PERSON_READ)
def read_person_of_row(request: Call, row: Number, commitment: Sha256, body: RowPurposeIn) -> PersonOut:
    """Show the data of a person whom a held row names to a named purpose, which is noted first."""
    caller = request.auth
    holder = recordkeeping.person_holder(commitment)
    data = intake.read_person_of_row(
        holder=holder,
        held=row,
        purpose=body.purpose,
        actor=caller.actor,
        stores=caller.node.stores,
        clock=caller.node.clock,
    )
    return PersonOut(holder=holder, data=plain_of(data))


@router.post("/held/{row}/erasures", response={201: ProposalOut}, operation_id="propose_erasure_from_row")
@needs(Permission.PERSON_ERASE_PROPOSE)
def propose_erasure_from_row(request: Call, row: Number, body: RowErasureIn) -> Answer[ProposalOut]:
    """Propose to erase the data of a person whom a held row names. Nothing is erased until a second person approves."""
    caller = request.auth
    proposed = intake.propose_erasure_from_row(
        holder=recordkeeping.person_holder(body.commitment),
        held=row,
        legal_basis=body.legal_basis,
        actor=caller.actor,
        stores=caller.node.stores,
        clock=caller.node.clock,
    )
    return Answer(201, ProposalOut.of(proposed))
