import secrets

from ninja import Router
from ninja.responses import Status as Answer

from tracemark import recordkeeping
from tracemark.api.access import Call, needs
from tracemark.api.schemas.decisions import HolderOut, PersonIn, PersonOut, PurposeIn
from tracemark.api.schemas.fields import Sha256, plain_of
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
