from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header, urlencode
from django.views.decorators.http import require_http_methods, require_POST

from tracemark import tracing
from tracemark.authorities import Permission, may
from tracemark.kernel import Refused, findings
from tracemark.recordkeeping import WeaponRecord
from tracemark.tracing import (
    COMPLETENESS_RULES,
    GROUND_PARAGRAPHS,
    CaseState,
    Ground,
    Outcome,
    TraceCase,
    TraceRequest,
)
from tracemark.weapons import WeaponId
from tracemark.web.access import Desk, needs
from tracemark.web.answers import answer_of
from tracemark.web.candidates import foremost, shown
from tracemark.web.dossier_steps import by
from tracemark.web.forms.cases import AnswerForm, CaseForm, StateForm, WhichForm
from tracemark.web.forms.readings import asked_before
from tracemark.web.judging import ranking_of, readings_of
from tracemark.web.lists import PAGE
from tracemark.web.once import sealed_before, sealed_once
from tracemark.web.pages import page, tell, warn
from tracemark.web.recoveries import cases_on, recovery_of
from tracemark.web.said import spoken
from tracemark.web.traces import described, known_names
from tracemark.web.weapon import diverted, lines_of, record_of

_FROM_RECOVERY = ("legal_basis", "circumstances")


@needs(Permission.TRACE_READ)
def cases(desk: Desk) -> HttpResponse:
    """List the trace cases, newest first, of one state or of all."""
    form = StateForm(desk.GET or None)
    state = form.cleaned_data["state"] if form.is_valid() else ""
    after = desk.GET.get("after", "")
    found = tracing.case_page(actor=desk.actor, stores=desk.node.stores, state=state, after=after, limit=PAGE + 1)
    given = {"state": state} if state else {}
    more = "?" + urlencode({**given, "after": found[PAGE - 1].id}) if len(found) > PAGE else ""
    first = "?" + urlencode(given) if after else ""
    return page(desk, "web/cases/list.html", form=form, found=found[:PAGE], more=more, first=first)


@needs(Permission.TRACE_CASE)
@require_http_methods(["GET", "POST"])
def open_case(desk: Desk, weapon: WeaponId) -> HttpResponse:
    """Open a case on a recovered weapon, from what its recovery says and what the trace desk was asked."""
    if address := sealed_before(desk):
        warn(desk, "web.words.sealed_before")
        return redirect(address)
    record = record_of(desk, weapon)
    form = CaseForm(desk.POST or None, initial=_initial(record) | asked_before(desk.GET))
    if desk.method == "POST" and form.is_valid():
        try:
            return redirect(sealed_once(desk, lambda: _opened(desk, form.request(weapon))))
        except Refused as refused:
            form.refuse(refused)
    status = 422 if form.errors else 200
    return page(
        desk,
        "web/cases/new.html",
        status,
        form=form,
        weapon=weapon,
        state=record.state,
        known=known_names(),
        already=cases_on(record),
    )


def _opened(desk: Desk, request: TraceRequest) -> str:
    opened = tracing.open_trace(request=request, **by(desk))
    tell(desk, "web.cases.opened", case=opened.case.id)
    return reverse("case", args=[opened.case.id])


@needs(Permission.TRACE_READ)
def case(desk: Desk, number: str) -> HttpResponse:
    """Show a case: what is asked and what it lacks, candidates to be judged, and what came of it."""
    return _case_page(desk, tracing.trace_case(case=number, actor=desk.actor, stores=desk.node.stores))


@needs(Permission.TRACE_CASE)
@require_POST
def answer(desk: Desk, number: str) -> HttpResponse:
    """Close a case with what came of it."""
    standing = tracing.trace_case(case=number, actor=desk.actor, stores=desk.node.stores)
    form = AnswerForm(_heard(desk, standing), desk.POST)
    if form.is_valid():
        try:
            tracing.answer_trace(
                case=number,
                outcome=Outcome(form.cleaned_data["outcome"]),
                note=form.cleaned_data["answer"],
                rests_on=form.cleaned_data["rests_on"],
                actor=desk.actor,
                stores=desk.node.stores,
                clock=desk.node.clock,
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            tell(desk, "web.cases.answered", case=number)
            return redirect("case", number)
    return _case_page(desk, standing, answering=form)


@needs(Permission.TRACE_REPORT)
def case_report(desk: Desk, number: str) -> HttpResponse:
    """Give the report of a case as a PDF."""
    report = desk.node.papers.trace_report(number, desk.actor, spoken())
    found = HttpResponse(report, content_type="application/pdf")
    found["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{number}.pdf")
    found["Cache-Control"] = "no-store"
    return found


def _case_page(desk: Desk, standing: TraceCase, *, answering: AnswerForm | None = None) -> HttpResponse:
    request, identified = standing.request, standing.identified_as
    open_still = standing.state is not CaseState.ANSWERED
    record = record_of(desk, identified) if identified else None
    answers = may(desk.actor, Permission.TRACE_CASE)
    heard = _heard(desk, standing) if answers else []
    waits = standing.outcome is Outcome.ASK_ANOTHER_STATE and bool(heard)
    judged = desk.node.stores.register.states(each.other_weapon for each in standing.judgements)
    return page(
        desk,
        "web/cases/case.html",
        422 if answering and answering.errors else 200,
        case=standing,
        told=answer_of(standing, record, desk.node.agency_names, to=spoken()),
        request_made=request,
        readings=readings_of(standing),
        grounds=[(each, GROUND_PARAGRAPHS[Ground(each)]) for each in request.illicit_because],
        lacking=findings(COMPLETENESS_RULES, request),
        judgements=[(each, judged.get(each.other_weapon)) for each in standing.judgements],
        judges=open_still and not identified and may(desk.actor, Permission.TRACE_JUDGE),
        which=WhichForm(),
        answering=answering or AnswerForm(heard),
        heard=heard,
        answers=answers and (open_still or waits),
        weapon=identified,
        record=record,
        custody=record.custody if record else None,
        lines=list(lines_of(record)) if record else [],
        **(diverted(record) if record else {}),
        **_candidates(desk, standing),
    )


def _heard(desk: Desk, case: TraceCase) -> list[str]:
    """Name the requests about a case that other States answered."""
    made = tracing.requests_of_weapon(case.request.recovered, desk.node.stores)
    return [each.name for each in made if each.case == case.id and each.answers]


def _candidates(desk: Desk, standing: TraceCase) -> dict[str, object]:
    """Return the ranking as it is now, for who may search; of a case that is answered only what was judged remains."""
    if standing.state is CaseState.ANSWERED or not may(desk.actor, Permission.TRACE_SEARCH):
        return {}
    ranking = ranking_of(desk, standing)
    best, rest = foremost(shown(ranking, readings_of(standing), desk.node, without=standing.request.recovered))
    return {"ranking": ranking, "best": best, "rest": rest}


def _initial(record: WeaponRecord) -> dict[str, Any]:
    details = recovery_of(record).event.details
    told = {name: details.get(name, "") for name in _FROM_RECOVERY}
    return {**described(record), **told, "illicit_because": details.get("grounds", [])}
