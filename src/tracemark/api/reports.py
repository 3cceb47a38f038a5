from typing import Annotated, Any

from ninja import File, Query, Router, UploadedFile
from ninja.responses import Status as Answer

from tracemark import reporting, targets, wording
from tracemark.api.access import Call, needs
from tracemark.api.languages import language_of
from tracemark.api.limits import MULTIPART
from tracemark.api.schemas.reports import (
    AttachmentOut,
    CommentIn,
    ConfirmIn,
    DraftReportIn,
    GapOut,
    GapsOut,
    OwnerIn,
    ReportAnswerIn,
    ReportLine,
    ReportsOut,
    ScoreOut,
    ScoresOut,
    StateReportOut,
    StepIn,
)
from tracemark.api.schemas.stockpiles import DossierName
from tracemark.authorities import Permission, may
from tracemark.node import drawing
from tracemark.reporting import Gap, Report

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


@router.post("/reports/{report}/confirmations", response={201: StateReportOut}, operation_id="confirm_answers")
@needs(Permission.REPORT_WRITE)
def confirm_answers(request: Call, report: DossierName, body: ConfirmIn) -> Answer[StateReportOut]:
    """Confirm answers carried over from the last report as still true: those named, or all."""
    questions = body.questions or list(_known(request, report).answers)
    reporting.confirm_answers(report=report, questions=questions, **_by(request))
    return Answer(201, _whole(request, report))


@router.post("/reports/{report}/drawings", response={201: StateReportOut}, operation_id="draw_report_again")
@needs(Permission.REPORT_WRITE)
def draw_report_again(request: Call, report: DossierName) -> Answer[StateReportOut]:
    """Draw the figures of an open report anew, from the record as it stands."""
    with drawing(request.auth.node, _known(request, report).period, request.auth.actor) as opened:
        reporting.draw_again(report=report, drawing=opened, **_by(request))
    return Answer(201, _whole(request, report))


@router.post("/reports/{report}/owners", response={201: StateReportOut}, operation_id="assign_section")
@needs(Permission.REPORT_WRITE)
def assign_section(request: Call, report: DossierName, body: OwnerIn) -> Answer[StateReportOut]:
    """Say which account answers for a section."""
    reporting.assign_section(report=report, section=body.section, owner=body.owner, **_by(request))
    return Answer(201, _whole(request, report))


@router.post("/reports/{report}/comments", response={201: StateReportOut}, operation_id="comment_on_report")
@needs(Permission.REPORT_READ)
def comment_on_report(request: Call, report: DossierName, body: CommentIn) -> Answer[StateReportOut]:
    """Say something of a report, or of one of its questions."""
    reporting.comment_on_report(report=report, text=body.text, question=body.question, **_by(request))
    return Answer(201, _whole(request, report))


@router.post("/reports/{report}/attachments", response={201: AttachmentOut}, operation_id="attach_to_report")
@needs(Permission.REPORT_WRITE, takes=MULTIPART)
def attach_to_report(request: Call, report: DossierName, file: File[UploadedFile]) -> Answer[AttachmentOut]:
    """Keep a document for a report; an answer that names its SHA-256 attaches it."""
    _known(request, report)
    kept = request.auth.node.keep_attachment(file.read(), request.auth.actor)
    return Answer(201, AttachmentOut(fingerprint=kept))


@router.get("/reports/{report}/gaps", response=GapsOut, operation_id="list_gaps")
@needs(Permission.REPORT_READ)
def list_gaps(request: Call, report: DossierName) -> GapsOut:
    """List what a report does not answer yes, with a target to fill each gap and what answers it already."""
    known, scheme, caller = _known(request, report), reporting.published_scheme(), request.auth
    sees = may(caller.actor, Permission.TARGET_READ)
    answered = targets.answering(actor=caller.actor, stores=caller.node.stores) if sees else {}
    items = [_gap(request, each, known, answered.get(each.question.id, [])) for each in reporting.gaps(known, scheme)]
    return GapsOut(report=report, items=items)


@router.get("/scores", response=ScoresOut, operation_id="list_scores")
@needs(Permission.REPORT_READ)
def list_scores(request: Call) -> ScoresOut:
    """Give the points of every submitted national report by theme, by the scheme of the PoA Implementation Monitor."""
    caller = request.auth
    found = reporting.assessment_trend(
        form=reporting.NATIONAL,
        scheme=reporting.published_scheme(),
        actor=caller.actor,
        stores=caller.node.stores,
    )
    return ScoresOut(items=[ScoreOut.of(report, each) for report, each in found])


def _gap(request: Call, gap: Gap, report: Report, answered: list[targets.Answering]) -> GapOut:
    today, to = request.auth.node.clock.now().date(), language_of(request)
    year, question = max(today, report.period.last).year + 2, gap.question
    facts = {"year": str(year), "question": question.id}
    aim = targets.aim_for_gap(
        gap,
        report,
        title=wording.sentence("reporting.gap_target", facts, to=to),
        indicator=wording.question_title(question.id, to=to),
        responsible=request.auth.actor.authority,
        today=today,
    )
    return GapOut(
        gap=question.id,
        theme=gap.theme,
        paragraph=str(question.paragraph),
        answer=gap.answer,
        target=aim.plain(),
        answered_by=[targets.answering_plain(each) for each in answered],
    )


def _known(request: Call, name: str) -> Report:
    return reporting.report(name=name, actor=request.auth.actor, stores=request.auth.node.stores)


def _whole(request: Call, name: str, edition: str = "") -> StateReportOut:
    actor, stores = request.auth.actor, request.auth.node.stores
    known = _known(request, name)
    checks = reporting.report_checks(name=name, actor=actor, stores=stores, clock=request.auth.node.clock)
    return StateReportOut.whole(known, edition, checks, language_of(request))


def _by(request: Call) -> dict[str, Any]:
    caller = request.auth
    return {"actor": caller.actor, "stores": caller.node.stores, "clock": caller.node.clock}
