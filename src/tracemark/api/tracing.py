from ninja import Router
from ninja.responses import Status as Answer

from tracemark import tracing
from tracemark.api.access import Call, needs
from tracemark.api.schemas.fields import CaseId, FindingOut, Limit
from tracemark.api.schemas.searches import RankingOut, SearchIn
from tracemark.api.schemas.tracing import (
    AnswerIn,
    CaseIn,
    CaseOut,
    CasePage,
    CompletenessOut,
    JudgementIn,
    OpenedOut,
    RecoveredOut,
    RecoveryIn,
)
from tracemark.authorities import Permission
from tracemark.kernel import findings
from tracemark.tracing import COMPLETENESS_RULES, CaseState
from tracemark.weapons import weapon_text

router = Router(tags=["tracing"])


@router.post("/traces/search", response=RankingOut, operation_id="search_marks")
@needs(Permission.TRACE_SEARCH)
def search_marks(request: Call, body: SearchIn) -> RankingOut:
    """Rank the register's weapons against what was read, with the chance that it is none of them."""
    if body.case:
        tracing.trace_case(case=body.case, **request.auth.reading)
    ranking = request.auth.node.trace(body.noun(), request.auth.actor, body.limit, body.case or "")
    return RankingOut.of(ranking, [each.examined() for each in body.readings], request.auth.language)


@router.post("/recoveries", response={201: RecoveredOut}, operation_id="record_recovery")
@needs(Permission.RECOVERY_WRITE)
def record_recovery(request: Call, body: RecoveryIn) -> Answer[RecoveredOut]:
    """Record a seized, found or surrendered weapon under an identity of its own, until an officer knows which it is."""
    caller = request.auth
    weapon = tracing.record_recovery(
        recovery=body.noun(), actor=caller.actor, stores=caller.node.stores, clock=caller.node.clock
    )
    return Answer(201, RecoveredOut(weapon=weapon_text(weapon)))


@router.post("/cases", response={201: OpenedOut}, operation_id="open_case")
@needs(Permission.TRACE_CASE)
def open_case(request: Call, body: CaseIn) -> Answer[OpenedOut]:
    """Open a case on a recovered weapon, and say what its request lacks of ITI 17."""
    caller = request.auth
    opened = tracing.open_trace(
        request=body.noun(), actor=caller.actor, stores=caller.node.stores, clock=caller.node.clock
    )
    lacking = [FindingOut.of(each, caller.language) for each in opened.lacking]
    return Answer(201, OpenedOut(case=CaseOut.of(opened.case), lacking=lacking))


@router.get("/cases", response=CasePage, operation_id="list_cases")
@needs(Permission.TRACE_READ)
def list_cases(
    request: Call, state: CaseState | None = None, after: CaseId | None = None, limit: Limit = 50
) -> CasePage:
    """List trace cases, newest first, of one state or of all."""
    found = tracing.case_page(
        actor=request.auth.actor,
        stores=request.auth.node.stores,
        state=state.value if state else "",
        after=after or "",
        limit=limit + 1,
    )
    return CasePage.of(found, limit)


@router.get("/cases/{case}", response=CaseOut, operation_id="read_case")
@needs(Permission.TRACE_READ)
def read_case(request: Call, case: CaseId) -> CaseOut:
    """Give one trace case as it stands."""
    return CaseOut.of(tracing.trace_case(case=case, actor=request.auth.actor, stores=request.auth.node.stores))


@router.get("/cases/{case}/completeness", response=CompletenessOut, operation_id="check_case")
@needs(Permission.TRACE_READ)
def check_case(request: Call, case: CaseId) -> CompletenessOut:
    """Say what a case's request lacks of what ITI 17 asks."""
    found = tracing.trace_case(case=case, actor=request.auth.actor, stores=request.auth.node.stores)
    return CompletenessOut.of(case, findings(COMPLETENESS_RULES, found.request), request.auth.language)


@router.post("/cases/{case}/judgements", response={201: CaseOut}, operation_id="judge_candidate")
@needs(Permission.TRACE_JUDGE)
def judge_candidate(request: Call, case: CaseId, body: JudgementIn) -> Answer[CaseOut]:
    """Record an officer's finding on a candidate. Found the same, the recovery joins that weapon's own history."""
    caller = request.auth
    judged = tracing.judge_candidate(
        case=case,
        judgement=body.noun(caller.actor.name),
        actor=caller.actor,
        stores=caller.node.stores,
        clock=caller.node.clock,
    )
    return Answer(201, CaseOut.of(judged))


@router.post("/cases/{case}/answer", response={201: CaseOut}, operation_id="answer_case")
@needs(Permission.TRACE_CASE)
def answer_case(request: Call, case: CaseId, body: AnswerIn) -> Answer[CaseOut]:
    """Close a case with what came of it. A weapon is traced only where an officer found it the same."""
    caller = request.auth
    answered = tracing.answer_trace(
        case=case,
        outcome=body.outcome,
        note=body.note,
        rests_on=body.rests_on or "",
        actor=caller.actor,
        stores=caller.node.stores,
        clock=caller.node.clock,
    )
    return Answer(201, CaseOut.of(answered))
