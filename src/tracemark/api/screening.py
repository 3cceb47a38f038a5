from ninja import Router
from ninja.responses import Status as Answer

from tracemark import transfers
from tracemark.api.access import Call, needs
from tracemark.api.schemas.fields import WholeDay
from tracemark.api.schemas.screening import (
    DeniedIn,
    DeniedOut,
    EmbargoesOut,
    EmbargoIn,
    EmbargoOut,
    HitOut,
    HitsOut,
    LiftingIn,
    NamesIn,
    PartiesOut,
)
from tracemark.api.schemas.transfers import EmbargoName, NamedOut, PartyName, ReasonIn, StateCode
from tracemark.authorities import Permission

router = Router(tags=["transfers"])


@router.get("/embargoes", response=EmbargoesOut, operation_id="list_embargoes")
@needs(Permission.LICENCE_READ)
def list_embargoes(request: Call, state: StateCode | None = None, on: WholeDay | None = None) -> EmbargoesOut:
    """List embargoes: of one destination, or in force on one day, or all of them."""
    table = transfers.embargo_table(request.auth.node.stores)
    found = [each for each in table if state in (None, each.state) and (on is None or each.holds(on))]
    return EmbargoesOut(items=[EmbargoOut.of(each) for each in found])


@router.post("/embargoes", response={201: NamedOut}, operation_id="declare_embargo")
@needs(Permission.SCREENING_WRITE)
def declare_embargo(request: Call, body: EmbargoIn) -> Answer[NamedOut]:
    """Declare an embargo of this State itself."""
    return Answer(201, NamedOut(name=transfers.declare_embargo(embargo=body.noun(), **request.auth.acting)))


@router.post("/embargoes/{embargo}/lifting", response={201: NamedOut}, operation_id="lift_embargo")
@needs(Permission.SCREENING_WRITE)
def lift_embargo(request: Call, embargo: EmbargoName, body: LiftingIn) -> Answer[NamedOut]:
    """Lift an embargo of this State itself."""
    transfers.lift_embargo(embargo=embargo, until=body.until, reason=body.reason, **request.auth.acting)
    return Answer(201, NamedOut(name=embargo))


@router.get("/parties", response=PartiesOut, operation_id="list_parties")
@needs(Permission.LICENCE_READ)
def list_parties(request: Call) -> PartiesOut:
    """List the parties to which nothing is to go, natural persons without their names."""
    return PartiesOut(items=[DeniedOut.of(each) for each in transfers.denied_parties(request.auth.node.stores)])


@router.post("/parties", response={201: NamedOut}, operation_id="list_party")
@needs(Permission.SCREENING_WRITE)
def list_party(request: Call, body: DeniedIn) -> Answer[NamedOut]:
    """List a party to which nothing is to go. A natural person's names lie beside the record, and can be erased."""
    return Answer(
        201, NamedOut(name=transfers.list_party(denied=body.noun(), source=body.source, **request.auth.acting))
    )


@router.post("/parties/screen", response=HitsOut, operation_id="screen_names")
@needs(Permission.LICENCE_READ)
def screen_names(request: Call, body: NamesIn) -> HitsOut:
    """Hold names against the listed parties, in any script. Nothing is recorded."""
    found = transfers.screen_names(names=body.names, purpose="screening", **request.auth.acting)
    return HitsOut(hits=[HitOut.of(each) for each in found])


@router.post("/parties/{party}/delisting", response={201: NamedOut}, operation_id="delist_party")
@needs(Permission.SCREENING_WRITE)
def delist_party(request: Call, party: PartyName, body: ReasonIn) -> Answer[NamedOut]:
    """Take a party off the list. That it stood there stays on record."""
    transfers.delist_party(party=party, reason=body.reason, **request.auth.acting)
    return Answer(201, NamedOut(name=party))
