from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods

from tracemark import reporting, wording
from tracemark.authorities import Permission, may, require
from tracemark.kernel import Plain, Refused
from tracemark.node import ReportFile, drawing
from tracemark.reporting import Answer, AnswerKind, Asked, Check, NoSuchEdition, Origin, Report, Section
from tracemark.web.access import Desk, needs
from tracemark.web.forms.desk import DeskForm
from tracemark.web.forms.reports import (
    AnswerForm,
    AssignForm,
    DraftForm,
    ProposePublicationForm,
    ReportNoteForm,
    ReportTextForm,
)
from tracemark.web.gaps import gaps_shown
from tracemark.web.once import sealed_once
from tracemark.web.pages import page, tell
from tracemark.web.said import spoken
from tracemark.web.steps import say_refused, step_of

_STEPS: dict[str, tuple[Permission, frozenset[str]]] = {
    "sign_off": (Permission.REPORT_APPROVE, frozenset({"drafted"})),
    "submit": (Permission.REPORT_WRITE, frozenset({"signed_off"})),
    "propose": (Permission.REPORT_WRITE, frozenset({"submitted"})),
    "publish": (Permission.REPORT_APPROVE, frozenset({"submitted"})),
    "take_back": (Permission.REPORT_APPROVE, frozenset({"published"})),
    "confirm": (Permission.REPORT_WRITE, frozenset({"drafted", "signed_off"})),
    "draw": (Permission.REPORT_WRITE, frozenset({"drafted", "signed_off"})),
    "assign": (Permission.REPORT_WRITE, frozenset({"drafted", "signed_off"})),
    "comment": (Permission.REPORT_READ, frozenset({"drafted", "signed_off"})),
    "withdraw": (Permission.REPORT_WRITE, frozenset({"drafted", "signed_off"})),
}
"""What each step asks of the actor, and how the report stands when the page offers it."""

_UNCONFIRMED = "reporting.not_confirmed"

TYPES: dict[ReportFile, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


@needs(Permission.REPORT_READ)
def reports(desk: Desk) -> HttpResponse:
    """List the reports, newest first, and what is due or owed."""
    by: dict[str, Any] = {"actor": desk.actor, "stores": desk.node.stores}
    found = reporting.report_list(**by)
    return page(
        desk,
        "web/reports/list.html",
        found=[(each, each.progress(each.in_edition())) for each in found],
        due=reporting.reporting_calendar(**by, clock=desk.node.clock),
    )


@needs(Permission.REPORT_WRITE)
@require_http_methods(["GET", "POST"])
def new_report(desk: Desk) -> HttpResponse:
    """Draft a report: figures are drawn, and what the last one said is carried over to be confirmed."""
    require(desk.actor, Permission.FIGURE_READ)
    year = desk.node.clock.now().year
    form = DraftForm(desk.POST or None, initial={"first": str(year - 2), "last": str(year - 1), **desk.GET.dict()})
    if desk.method == "POST" and form.is_valid():
        try:
            with drawing(desk.node, form.period(), desk.actor) as opened:
                name = sealed_once(
                    desk,
                    lambda: reporting.draft_report(
                        form=form.cleaned_data["form"], edition=form.edition_name(), drawing=opened, **_by(desk)
                    ),
                )
        except Refused as refused:
            form.refuse(refused)
        else:
            tell(desk, "web.reports.drafted", report=name)
            return redirect("report", name)
    return page(desk, "web/reports/new.html", 422 if form.errors else 200, form=form)


@needs(Permission.REPORT_READ)
@require_http_methods(["GET", "POST"])
def report(desk: Desk, name: str) -> HttpResponse:
    """Show a report: how far each section is, what the checks say, what differs from the last; take the next step."""
    known = _known(desk, name)
    step = step_of(desk, _STEPS)
    forms = {each: _form(desk, each, step, known) for each in _STEPS}
    offered = [
        each
        for each, (asked, standings) in _STEPS.items()
        if may(desk.actor, asked) and known.standing in standings and (each != "publish" or known.proposed_by)
    ]
    if step and forms[step].is_valid():
        require(desk.actor, _STEPS[step][0])
        try:
            sealed_once(desk, lambda: _take(desk, known, step, forms[step].cleaned_data))
        except Refused as refused:
            say_refused(forms[step], refused, offered=step in offered)
        else:
            return redirect("report", name)
    return _report_page(desk, known, [(each, forms[each]) for each in offered])


@needs(Permission.REPORT_READ)
@require_http_methods(["GET", "POST"])
def report_section(desk: Desk, name: str, section: str) -> HttpResponse:
    """Show a section with a form for each question; by POST, keep the answer to one of them."""
    known = _known(desk, name)
    found = next((each for each in known.sections(known.in_edition()) if each[0].id == section), None)
    if found is None:
        raise Http404
    sent = None
    if desk.method == "POST":
        require(desk.actor, Permission.REPORT_WRITE)
        sent = _answered(desk, known, found[1])
        if not sent.errors:
            tell(desk, "web.reports.answered")
            place = f"#{sent.prefix}"
            return redirect(f"{desk.path}{place}")
    return _section_page(desk, known, found, sent)


@needs(Permission.REPORT_READ)
def report_file(desk: Desk, name: str, form: str) -> HttpResponse:
    """Give a report as a file, in a language and an edition of its form."""
    kind: ReportFile | None = next((each for each in TYPES if each == form), None)
    to = desk.GET.get("language") or spoken()
    if kind is None or to not in [each.code for each in wording.LANGUAGES]:
        raise Http404
    try:
        content = desk.node.papers.report(name, kind, desk.actor, to, desk.GET.get("edition", ""))
    except (KeyError, NoSuchEdition):
        raise Http404 from None
    return file_answer(content, TYPES[kind], f"{name}-{to}.{kind}")


@needs(Permission.REPORT_READ)
def report_attachment(desk: Desk, name: str, fingerprint: str) -> HttpResponse:
    """Give a document that a report names."""
    known = _known(desk, name)
    named = {text for each in known.answers.values() for text in reporting.texts_of(each.value)}
    if fingerprint not in named:
        raise Http404
    return file_answer(desk.node.attachment(fingerprint, desk.actor), "application/octet-stream", fingerprint)


def _known(desk: Desk, name: str) -> Report:
    try:
        return reporting.report(name=name, actor=desk.actor, stores=desk.node.stores)
    except KeyError:
        raise Http404 from None


def _report_page(desk: Desk, known: Report, steps: list[tuple[str, DeskForm]]) -> HttpResponse:
    edition = known.in_edition()
    by: dict[str, Any] = {"actor": desk.actor, "stores": desk.node.stores}
    last = reporting.last_before(report=known, **by)
    checks = reporting.report_checks(name=known.name, **by, clock=desk.node.clock)
    scores = reporting.assess(known, reporting.published_scheme()) if known.form == reporting.NATIONAL else None
    return page(
        desk,
        "web/reports/report.html",
        422 if any(form.errors for _, form in steps) else 200,
        known=known,
        progress=known.progress(edition),
        sections=[_line(known, section, put) for section, put in known.sections(edition)],
        checks=checks,
        stopping=[each for each in checks if each.stops and each.finding.code != _UNCONFIRMED],
        unconfirmed=list(_unconfirmed(known, checks)),
        stops=sum(each.stops for each in checks),
        differing=[
            (each.question, _said(desk, each.question, each.was), _said(desk, each.question, each.now))
            for each in (reporting.differences(known, last) if last else [])
        ],
        assessment=scores,
        **(gaps_shown(desk, known) if scores else {}),
        steps=steps,
        languages=wording.LANGUAGES,
        kinds=list(TYPES),
    )


def _unconfirmed(known: Report, checks: Sequence[Check]) -> Iterator[tuple[Section, list[tuple[str, str]]]]:
    """Yield sections with answers that were carried over and not confirmed: their questions, and where they stand."""
    waiting = {each.question for each in checks if each.finding.code == _UNCONFIRMED}
    for section, put in known.sections(known.in_edition()):
        if found := [(name, _anchor(name)) for asked, _ in put if (name := asked.question.id) in waiting]:
            yield section, found


def _anchor(question: str) -> str:
    return question.replace(".", "-")


def _line(known: Report, section: Section, put: list[tuple[Asked, Answer | None]]) -> dict[str, Any]:
    done = sum(answer is not None and answer.origin is not Origin.CARRIED for _, answer in put)
    carried = sum(answer is not None and answer.origin is Origin.CARRIED for _, answer in put)
    owner = known.owners.get(section.id, "")
    return {"section": section, "done": done, "asked": len(put), "carried": carried, "owner": owner}


def _section_page(
    desk: Desk, known: Report, found: tuple[Section, list[tuple[Asked, Answer | None]]], sent: AnswerForm | None
) -> HttpResponse:
    section, put = found
    checks = reporting.report_checks(name=known.name, actor=desk.actor, stores=desk.node.stores, clock=desk.node.clock)
    writes = may(desk.actor, Permission.REPORT_WRITE) and known.open
    items = [
        {
            "asked": asked,
            "answer": answer,
            "lines": wording.answer_lines(asked.question, answer.value, to=spoken())
            if answer and _told(answer)
            else [],
            "table": wording.answer_table(asked.question, answer.value, desk.node.agency_names, to=spoken())
            if answer and _told(answer)
            else None,
            "files": asked.question.answer is AnswerKind.FILE,
            "findings": [each.finding for each in checks if each.question == asked.question.id],
            "comments": [each for each in known.comments if each.question == asked.question.id],
            "form": (sent if sent and sent.question.id == asked.question.id else _answer_form(known, asked, answer))
            if writes
            else None,
            "anchor": _anchor(asked.question.id),
        }
        for asked, answer in put
    ]
    wrong = bool(sent and sent.errors)
    return page(desk, "web/reports/section.html", 422 if wrong else 200, known=known, section=section, items=items)


def _told(answer: Answer | None) -> bool:
    return answer is not None and answer.value is not None


def _answer_form(known: Report, asked: Asked, answer: Answer | None) -> AnswerForm:
    return AnswerForm(question=asked.question, period=known.period, answer=answer)


def _answered(desk: Desk, known: Report, put: list[tuple[Asked, Answer | None]]) -> AnswerForm:
    """Keep the answer that was sent, and return its form; one with errors where it was refused."""
    name = desk.POST.get("question", "")
    asked = next((each.question for each, _ in put if each.question.id == name), None)
    if asked is None:
        raise Http404
    form = AnswerForm(desk.POST, desk.FILES, question=asked, period=known.period)
    if form.is_valid():
        file = form.cleaned_data.get("file")
        attached = [desk.node.keep_attachment(file.read(), desk.actor)] if file else []
        try:
            reporting.answer_question(report=known.name, answer=form.answer(attached), **_by(desk))
        except Refused as refused:
            form.refuse(refused)
    return form


def _form(desk: Desk, name: str, step: str, known: Report) -> DeskForm:
    sent = desk.POST if name == step else None
    if name == "assign":
        return AssignForm(sent, prefix=name, edition=known.in_edition())
    if name == "propose":
        return ProposePublicationForm(sent, prefix=name)
    if name in ("comment", "withdraw", "take_back"):
        return ReportTextForm(sent, prefix=name)
    return (DeskForm if name in ("confirm", "draw") else ReportNoteForm)(sent, prefix=name)


def _take(desk: Desk, known: Report, step: str, given: dict[str, Any]) -> None:
    by = {"report": known.name, **_by(desk)}
    if step == "draw":
        with drawing(desk.node, known.period, desk.actor) as opened:
            reporting.draw_again(drawing=opened, **by)
    elif step == "confirm":
        reporting.confirm_answers(questions=list(known.answers), **by)
    elif step == "comment":
        reporting.comment_on_report(text=given["note"], **by)
    elif step == "withdraw":
        reporting.withdraw_report(reason=given["note"], **by)
    elif step == "take_back":
        reporting.take_back_report(reason=given["note"], **by)
    else:
        _PLAIN[step](**given, **by)
    tell(desk, f"web.reports.done_{step}", report=known.name)


_PLAIN: dict[str, Callable[..., None]] = {
    "assign": reporting.assign_section,
    "sign_off": reporting.sign_off_report,
    "submit": reporting.submit_report,
    "propose": reporting.propose_report_publication,
    "publish": reporting.publish_report,
}


def _said(desk: Desk, question: reporting.Question, value: Plain) -> str:
    return wording.answer_text(question, value, desk.node.agency_names, to=spoken())


def file_answer(content: bytes, kind: str, name: str) -> HttpResponse:
    """Give a file to be kept, which nobody between keeps."""
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    answer["Cache-Control"] = "no-store"
    return answer


def _by(desk: Desk) -> dict[str, Any]:
    return {"actor": desk.actor, "stores": desk.node.stores, "clock": desk.node.clock}
