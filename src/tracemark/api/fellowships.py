from typing import Annotated

from ninja import Query, Router
from ninja.responses import Status as Answer

from tracemark import fellowship
from tracemark.api.access import Call, needs
from tracemark.api.schemas.fellowships import (
    AlumniListOut,
    AlumniOut,
    CohortCallIn,
    CohortOut,
    CohortReasonIn,
    CohortsOut,
    CohortSummaryOut,
    CostIn,
    DecisionIn,
    FellowFollowUpIn,
    FellowTokenOut,
    FollowUpDueOut,
    FollowUpsDueOut,
    FundIn,
    FundOut,
    FundRevisionIn,
    FundsOut,
    InterestIn,
    ModuleHeldIn,
    NominationIn,
    NominationOut,
    NominationSentIn,
    ScenarioOut,
    ScenariosOut,
    SeatIn,
    SentNominationOut,
    SentNominationsOut,
)
from tracemark.api.schemas.stockpiles import DossierName
from tracemark.api.schemas.targets import Money
from tracemark.api.schemas.transfers import NamedOut
from tracemark.authorities import Permission
from tracemark.node import nominate_elsewhere, withdraw_elsewhere

router = Router(tags=["fellowships"])


@router.get("/fellowship-funds", response=FundsOut, operation_id="list_fellowship_funds")
@needs(Permission.FELLOWSHIP_READ)
def list_funds(request: Call) -> FundsOut:
    """List the sources of money for fellowships, with what is left below each ceiling."""
    found = fellowship.fund_list(**request.auth.reading)
    return FundsOut(items=[FundOut.model_validate(fellowship.fund_plain(each)) for each in found])


@router.post("/fellowship-funds", response={201: FundOut}, operation_id="open_fellowship_fund")
@needs(Permission.FELLOWSHIP_WRITE)
def open_fund(request: Call, body: FundIn) -> Answer[FundOut]:
    """Put a source of money on record, with its ceiling."""
    return Answer(201, read_fund(request, fellowship.open_fund(source=body.noun(), **request.auth.acting)))


@router.get("/fellowship-funds/{fund}", response=FundOut, operation_id="read_fellowship_fund")
@needs(Permission.FELLOWSHIP_READ)
def read_fund(request: Call, fund: DossierName) -> FundOut:
    """Give a source of money, with what is left below its ceiling."""
    found = fellowship.fund_record(fund=fund, **request.auth.reading)
    return FundOut.model_validate(fellowship.fund_plain(found))


@router.post("/fellowship-funds/{fund}/revision", response={201: FundOut}, operation_id="revise_fellowship_fund")
@needs(Permission.FELLOWSHIP_WRITE)
def revise_fund(request: Call, fund: DossierName, body: FundRevisionIn) -> Answer[FundOut]:
    """Change a source of money, such as its ceiling or its last day, and say why."""
    fellowship.revise_fund(fund=fund, source=body.noun(), reason=body.reason, **request.auth.acting)
    return Answer(201, read_fund(request, fund))


@router.post("/fellowship-funds/{fund}/closing", response={201: FundOut}, operation_id="close_fellowship_fund")
@needs(Permission.FELLOWSHIP_WRITE)
def close_fund(request: Call, fund: DossierName, body: CohortReasonIn) -> Answer[FundOut]:
    """Close a source of money: what cohorts take of it stays, and no further cohort takes any."""
    fellowship.close_fund(fund=fund, reason=body.reason, **request.auth.acting)
    return Answer(201, read_fund(request, fund))


@router.get("/fellowship-follow-ups", response=FollowUpsDueOut, operation_id="list_fellowship_follow_ups")
@needs(Permission.FELLOWSHIP_READ)
def list_follow_ups(request: Call) -> FollowUpsDueOut:
    """List what is still to be told of certified fellows, the first due first."""
    found = fellowship.due_plain(fellowship.follow_ups_due(**request.auth.acting))
    return FollowUpsDueOut(items=[FollowUpDueOut.model_validate(each) for each in found])


@router.get("/fellowship-alumni", response=AlumniListOut, operation_id="count_fellowship_alumni")
@needs(Permission.FELLOWSHIP_READ)
def count_alumni(request: Call) -> AlumniListOut:
    """Count the fellows of each cohort by sex, State and agency."""
    found = fellowship.alumni_plain(fellowship.alumni(**request.auth.acting))
    return AlumniListOut(items=[AlumniOut.model_validate(each) for each in found])


@router.get("/fellowship-nominations", response=SentNominationsOut, operation_id="list_sent_nominations")
@needs(Permission.FELLOWSHIP_READ)
def list_sent(request: Call) -> SentNominationsOut:
    """List the nominations of this State for cohorts of other nodes, with what those told of them last."""
    found = map(fellowship.sent_plain, fellowship.sent_nominations(**request.auth.reading))
    return SentNominationsOut(items=[SentNominationOut.model_validate(each) for each in found])


@router.post("/fellowship-nominations", response={201: NamedOut}, operation_id="send_nomination")
@needs(Permission.FELLOWSHIP_WRITE)
def send_nomination(request: Call, body: NominationSentIn) -> Answer[NamedOut]:
    """Nominate somebody for a cohort of another node; the letter is forgotten once it arrived.

    It names a person, so that the caller may pass personal data on too.
    """
    caller, who = request.auth, (body.nominee(), body.identity())
    return Answer(201, NamedOut(name=nominate_elsewhere(caller.node, body.to, body.cohort, *who, caller.actor)))


@router.get(
    "/fellowship-nominations/sent/{nomination}", response=SentNominationOut, operation_id="read_sent_nomination"
)
@needs(Permission.FELLOWSHIP_READ)
def read_sent(request: Call, nomination: DossierName) -> SentNominationOut:
    """Give a nomination of this State for a cohort of another node, without the nominee's name."""
    found = fellowship.sent_nomination(sent=nomination, **request.auth.reading)
    return SentNominationOut.model_validate(fellowship.sent_plain(found))


@router.post(
    "/fellowship-nominations/sent/{nomination}/withdrawal",
    response={201: SentNominationOut},
    operation_id="withdraw_sent_nomination",
)
@needs(Permission.FELLOWSHIP_WRITE)
def withdraw_sent(request: Call, nomination: DossierName, body: CohortReasonIn) -> Answer[SentNominationOut]:
    """Take back a nomination at another node by letter, where its own letter left: one that still waits is not sent."""
    withdraw_elsewhere(request.auth.node, nomination, body.reason, request.auth.actor)
    return Answer(201, read_sent(request, nomination))


@router.get("/fellowships", response=CohortsOut, operation_id="list_cohorts")
@needs(Permission.FELLOWSHIP_READ)
def list_cohorts(request: Call) -> CohortsOut:
    """List the cohorts, newest first."""
    found = map(fellowship.cohort_plain, fellowship.cohort_list(**request.auth.reading))
    return CohortsOut(items=[CohortSummaryOut.model_validate(each) for each in found])


@router.post("/fellowships", response={201: CohortOut}, operation_id="call_cohort")
@needs(Permission.FELLOWSHIP_WRITE)
def call_cohort(request: Call, body: CohortCallIn) -> Answer[CohortOut]:
    """Call for nominations; each fault of the call is named with its row and field."""
    call = fellowship.read_call(body.toml, "toml")
    return Answer(201, read_cohort(request, fellowship.call_cohort(call=call, **request.auth.acting)))


@router.get("/fellowships/{cohort}", response=CohortOut, operation_id="read_cohort")
@needs(Permission.FELLOWSHIP_READ)
def read_cohort(request: Call, cohort: DossierName) -> CohortOut:
    """Give a cohort with its nominations, and why each was selected, waits or was declined."""
    found = fellowship.cohort_record(cohort=cohort, **request.auth.reading)
    return CohortOut.model_validate(fellowship.record_plain(found))


@router.get("/fellowships/{cohort}/scenarios", response=ScenariosOut, operation_id="list_cohort_scenarios")
@needs(Permission.FELLOWSHIP_READ)
def list_scenarios(
    request: Call, cohort: DossierName, contribution: Annotated[Money, Query()], *, anew: bool = False
) -> ScenariosOut:
    """Say what a contribution on top of the budget buys: how many seats, and who gets in next.

    Once a selection is decided its fellows keep their seats, unless the best selection is asked for `anew`.
    """
    by = request.auth.reading
    found = fellowship.cohort_scenarios(cohort=cohort, contributions=[contribution], anew=anew, **by)
    return ScenariosOut(items=[ScenarioOut.model_validate(each) for each in fellowship.scenarios_plain(found)])


@router.post("/fellowships/{cohort}/nominations", response={201: NominationOut}, operation_id="nominate_fellow")
@needs(Permission.FELLOWSHIP_WRITE)
def nominate(request: Call, cohort: DossierName, body: NominationIn) -> Answer[NominationOut]:
    """Receive a State's nomination; after the deadline, over its ceiling or twice it is refused."""
    told, who = body.nominee(), body.identity()
    name = fellowship.nominate(cohort=cohort, nominee=told, identity=who, **request.auth.acting)
    return Answer(201, read_nomination(request, name))


@router.post("/fellowships/{cohort}/conflicts", response={201: CohortOut}, operation_id="declare_cohort_conflict")
@needs(Permission.FELLOWSHIP_WRITE, Permission.FELLOWSHIP_APPROVE)
def declare_conflict(request: Call, cohort: DossierName, body: InterestIn) -> Answer[CohortOut]:
    """Declare an interest: the account selects, assesses and certifies nobody of this cohort."""
    fellowship.declare_conflict(cohort=cohort, reason=body.reason, account=body.account, **request.auth.acting)
    return Answer(201, read_cohort(request, cohort))


@router.post("/fellowships/{cohort}/proposal", response={201: CohortOut}, operation_id="propose_selection")
@needs(Permission.FELLOWSHIP_WRITE)
def propose_selection(request: Call, cohort: DossierName) -> Answer[CohortOut]:
    """Propose the best selection under the call's policy; a second person decides."""
    fellowship.propose_selection(cohort=cohort, **request.auth.acting)
    return Answer(201, read_cohort(request, cohort))


@router.post("/fellowships/{cohort}/return", response={201: CohortOut}, operation_id="return_selection")
@needs(Permission.FELLOWSHIP_APPROVE)
def return_selection(request: Call, cohort: DossierName, body: CohortReasonIn) -> Answer[CohortOut]:
    """Send a proposed selection back, with the reason."""
    fellowship.return_selection(cohort=cohort, reason=body.reason, **request.auth.acting)
    return Answer(201, read_cohort(request, cohort))


@router.post("/fellowships/{cohort}/decision", response={201: CohortOut}, operation_id="decide_selection")
@needs(Permission.FELLOWSHIP_APPROVE)
def decide_selection(request: Call, cohort: DossierName, body: DecisionIn) -> Answer[CohortOut]:
    """Decide a proposed selection as a second person, departing from it only with a reason."""
    departures = dict(body.departures)
    fellowship.decide_selection(cohort=cohort, departures=departures, reason=body.reason, **request.auth.acting)
    return Answer(201, read_cohort(request, cohort))


@router.post("/fellowships/{cohort}/modules", response={201: CohortOut}, operation_id="hold_fellowship_module")
@needs(Permission.FELLOWSHIP_WRITE)
def hold_module(request: Call, cohort: DossierName, body: ModuleHeldIn) -> Answer[CohortOut]:
    """Record that a module was held: who was there, and who passed."""
    fellowship.hold_module(cohort=cohort, held=body.noun(), **request.auth.acting)
    return Answer(201, read_cohort(request, cohort))


@router.post("/fellowships/{cohort}/costs", response={201: CohortOut}, operation_id="book_fellowship_cost")
@needs(Permission.FELLOWSHIP_WRITE)
def book_cost(request: Call, cohort: DossierName, body: CostIn) -> Answer[CohortOut]:
    """Record money spent on a cohort, within what its funds give."""
    fellowship.book_cost(cohort=cohort, cost=body.noun(), **request.auth.acting)
    return Answer(201, read_cohort(request, cohort))


@router.post("/fellowships/{cohort}/completion", response={201: CohortOut}, operation_id="complete_cohort")
@needs(Permission.FELLOWSHIP_APPROVE)
def complete_cohort(request: Call, cohort: DossierName) -> Answer[CohortOut]:
    """Close a cohort whose course is over."""
    fellowship.complete_cohort(cohort=cohort, **request.auth.acting)
    return Answer(201, read_cohort(request, cohort))


@router.post("/fellowships/{cohort}/cancellation", response={201: CohortOut}, operation_id="cancel_cohort")
@needs(Permission.FELLOWSHIP_APPROVE)
def cancel_cohort(request: Call, cohort: DossierName, body: CohortReasonIn) -> Answer[CohortOut]:
    """Cancel a cohort; its funds are free again."""
    fellowship.cancel_cohort(cohort=cohort, reason=body.reason, **request.auth.acting)
    return Answer(201, read_cohort(request, cohort))


@router.get("/fellowship-nominations/{nomination}", response=NominationOut, operation_id="read_nomination")
@needs(Permission.FELLOWSHIP_READ)
def read_nomination(request: Call, nomination: DossierName) -> NominationOut:
    """Give a nomination without the nominee's name."""
    found = fellowship.nomination_record(nomination=nomination, **request.auth.reading)
    return NominationOut.model_validate(fellowship.nomination_plain(found))


@router.post(
    "/fellowship-nominations/{nomination}/withdrawal",
    response={201: NominationOut},
    operation_id="withdraw_nomination",
)
@needs(Permission.FELLOWSHIP_WRITE)
def withdraw(request: Call, nomination: DossierName, body: CohortReasonIn) -> Answer[NominationOut]:
    """Take a nomination back; a seat that it had is free."""
    fellowship.withdraw_nomination(nomination=nomination, reason=body.reason, **request.auth.acting)
    return Answer(201, read_nomination(request, nomination))


@router.post(
    "/fellowship-nominations/{nomination}/seat", response={201: NominationOut}, operation_id="fill_fellowship_seat"
)
@needs(Permission.FELLOWSHIP_APPROVE)
def fill_seat(request: Call, nomination: DossierName, body: SeatIn) -> Answer[NominationOut]:
    """Give a free seat to who waits: the first, or another with a reason."""
    fellowship.fill_seat(nomination=nomination, reason=body.reason, **request.auth.acting)
    return Answer(201, read_nomination(request, nomination))


@router.get(
    "/fellowship-nominations/{nomination}/certificate",
    response=FellowTokenOut,
    operation_id="read_fellow_certificate",
)
@needs(Permission.FELLOWSHIP_WRITE)
def read_certificate(request: Call, nomination: DossierName) -> FellowTokenOut:
    """Give a certified fellow's certificate as its signed token; that the name was read for it is noted.

    The caller may read personal data too. The token holds the name, and is always the same.
    """
    told, token = fellowship.fellow_certificate(nomination=nomination, **request.auth.acting)
    return FellowTokenOut(certificate=dict(told.plain()), token=token)


@router.post(
    "/fellowship-nominations/{nomination}/certificate", response={201: NominationOut}, operation_id="certify_fellow"
)
@needs(Permission.FELLOWSHIP_APPROVE)
def certify(request: Call, nomination: DossierName) -> Answer[NominationOut]:
    """Certify a fellow who completed the course; who assessed does not certify."""
    fellowship.certify_fellow(nomination=nomination, **request.auth.acting)
    return Answer(201, read_nomination(request, nomination))


@router.post(
    "/fellowship-nominations/{nomination}/follow-ups", response={201: NominationOut}, operation_id="follow_up_fellow"
)
@needs(Permission.FELLOWSHIP_WRITE)
def follow_up(request: Call, nomination: DossierName, body: FellowFollowUpIn) -> Answer[NominationOut]:
    """Record what became of the training 6 or 12 months after the course."""
    fellowship.follow_up(nomination=nomination, told=body.noun(), **request.auth.acting)
    return Answer(201, read_nomination(request, nomination))
