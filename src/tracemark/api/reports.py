from typing import Annotated, Any

from ninja import Query, Router
from ninja.responses import Status as Answer

from tracemark import reporting
from tracemark.api.access import Call, needs
from tracemark.api.languages import language_of
from tracemark.api.schemas.reports import DraftReportIn, ReportAnswerIn, ReportLine, ReportsOut, StateReportOut, StepIn
from tracemark.api.schemas.stockpiles import DossierName
from tracemark.authorities import Permission
from tracemark.node import drawing

router = Router(tags=["reports"])
EditionName = Annotated[str, Query(max_length=20)]


@router.get("/reports", response=ReportsOut, operation_id="list_reports")
@needs(Permission.REPORT_READ)
def list_reports(request: Call, form: Annotated[str, Query(max_length=40)] = "") -> ReportsOut:
    """List the reports, newest first: of a form, or of all."""
    found = reporting.report_list(actor=request.auth.actor, stores=request.auth.node.stores, form=form)
    return ReportsOut(items=list(map(ReportLine.of, found)))


@router.post("/reports", response={201: StateReportOut}, operation_id="draft_report")
@needs(Permission.REPORT_WRITE)
def draft_report(request: Call, body: DraftReportIn) -> Answer[StateReportOut]:
    """Draft a report: figures are drawn, and what the last one said is carried over to be confirmed."""
    with drawing(request.auth.node, body.period(), request.auth.actor) as opened:
        name = reporting.draft_report(
            form=body.form,
            edition=body.edition,
            drawing=opened,
            due=body.due.isoformat() if body.due else "",
            **_by(request),
        )
    return Answer(201, _whole(request, name))


@router.get("/reports/{report}", response=StateReportOut, operation_id="read_report")
@needs(Permission.REPORT_READ)
def read_report(request: Call, report: DossierName, edition: EditionName = "") -> StateReportOut:
    """Give a report with its answers and checks, laid out in its own edition of the form or in another."""
    return _whole(request, report, edition)


@router.post("/reports/{report}/answers", response={201: StateReportOut}, operation_id="answer_report")
@needs(Permission.REPORT_WRITE)
def answer_report(request: Call, report: DossierName, body: ReportAnswerIn) -> Answer[StateReportOut]:
    """Answer a question of an open report."""
    reporting.answer_question(report=report, answer=body.noun(), **_by(request))
    return Answer(201, _whole(request, report))


@router.post("/reports/{report}/steps", response={201: StateReportOut}, operation_id="move_report")
@needs(Permission.REPORT_WRITE, Permission.REPORT_APPROVE)
def move_report(request: Call, report: DossierName, body: StepIn) -> Answer[StateReportOut]:
    """Sign a report off (as somebody who wrote none of it), submit, propose to publish, publish or end it."""
    by = {"report": report, **_by(request)}
    if body.step == "sign_off":
        reporting.sign_off_report(note=body.note, **by)
    elif body.step == "submit":
        reporting.submit_report(note=body.note, **by)
    elif body.step == "propose":
        reporting.propose_report_publication(note=body.note, public_from=body.public_from, **by)
    elif body.step == "take_back":
        reporting.take_back_report(reason=body.note, **by)
    elif body.step == "publish":
        reporting.publish_report(note=body.note, **by)
    else:
        reporting.withdraw_report(reason=body.note, **by)
    return Answer(201, _whole(request, report))


def _whole(request: Call, name: str, edition: str = "") -> StateReportOut:
    actor, stores = request.auth.actor, request.auth.node.stores
    known = reporting.report(name=name, actor=actor, stores=stores)
    checks = reporting.report_checks(name=name, actor=actor, stores=stores, clock=request.auth.node.clock)
    return StateReportOut.whole(known, edition, checks, language_of(request))


def _by(request: Call) -> dict[str, Any]:
    caller = request.auth
    return {"actor": caller.actor, "stores": caller.node.stores, "clock": caller.node.clock}
