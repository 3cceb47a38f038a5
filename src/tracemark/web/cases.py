from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header, urlencode
from django.views.decorators.http import require_http_methods, require_POST

from tracemark import recordkeeping, tracing
from tracemark.authorities import Permission, may
from tracemark.kernel import Refused, findings
from tracemark.recordkeeping import WeaponRecord
from tracemark.tracing import (
    COMPLETENESS_RULES,
    GROUND_PARAGRAPHS,
    CaseState,
    Ground,
    Judgement,
    Outcome,
    Ranking,
    TraceCase,
    Verdict,
)
from tracemark.weapons import WeaponId, weapon_text
from tracemark.web.access import Desk, needs
from tracemark.web.candidates import Shown, asked, shown
from tracemark.web.forms.cases import AnswerForm, CaseForm, StateForm, VerdictForm
from tracemark.web.forms.readings import READINGS
from tracemark.web.naming import LISTS
from tracemark.web.pages import page, tell
from tracemark.web.recoveries import recovery_of
from tracemark.web.said import say, spoken
from tracemark.web.traces import described, known_names
from tracemark.web.weapon import lines_of

_PAGE = 50
_CANDIDATES = 10
_FROM_RECOVERY = ("legal_basis", "circumstances")


@needs(Permission.TRACE_READ)
def cases(desk: Desk) -> HttpResponse:
    """List the trace cases, newest first, of one state or of all."""
    form = StateForm(desk.GET or None)
    state = form.cleaned_data["state"] if form.is_valid() else ""
    after = desk.GET.get("after", "")
    found = tracing.case_page(actor=desk.actor, stores=desk.node.stores, state=state, after=after, limit=_PAGE + 1)
    given = {"state": state} if state else {}
    more = "?" + urlencode({**given, "after": found[_PAGE - 1].id}) if len(found) > _PAGE else ""
    first = "?" + urlencode(given) if after else ""
    return page(desk, "web/cases/list.html", form=form, found=found[:_PAGE], more=more, first=first)


@needs(Permission.TRACE_CASE)
@require_http_methods(["GET", "POST"])
def open_case(desk: Desk, weapon: WeaponId) -> HttpResponse:
    """Open a case on a recovered weapon, from what its recovery says and what the trace desk was asked."""
    record = recordkeeping.weapon_record(weapon=weapon, actor=desk.actor, stores=desk.node.stores)
    form = CaseForm(desk.POST or None, initial=_initial(record) | _asked_at_desk(desk))
    if desk.method == "POST" and form.is_valid():
        try:
            opened = tracing.open_trace(
                request=form.request(weapon), actor=desk.actor, stores=desk.node.stores, clock=desk.node.clock
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            tell(desk, "web.cases.opened", case=opened.case.id)
            return redirect("case", opened.case.id)
    status = 422 if form.errors else 200
    return page(desk, "web/cases/new.html", status, form=form, weapon=weapon, state=record.state, known=known_names())


@needs(Permission.TRACE_READ)
def case(desk: Desk, number: str) -> HttpResponse:
    """Show a case: what is asked and what it lacks, candidates to be judged, and what came of it."""
    return _case_page(desk, tracing.trace_case(case=number, actor=desk.actor, stores=desk.node.stores))


@needs(Permission.TRACE_JUDGE)
@require_POST
def judge(desk: Desk, number: str) -> HttpResponse:
    """Record what an officer finds of a candidate, with the chance that the search gives it and by which weights."""
    standing = tracing.trace_case(case=number, actor=desk.actor, stores=desk.node.stores)
    form = VerdictForm(desk.POST, prefix=desk.POST.get("prefix", ""))
    if form.is_valid():
        given = form.cleaned_data
        ranking = _ranking(desk, standing)
        chances = {each.weapon: f"{each.posterior:.4f}" for each in ranking.candidates}
        judgement = Judgement(
            other_weapon=given["weapon"],
            verdict=Verdict(given["verdict"]),
            by=desk.actor.name,
            posterior=chances.get(given["weapon"], ""),
            weights=ranking.weights_version,
            note=given["note"],
        )
        try:
            tracing.judge_candidate(
                case=number, judgement=judgement, actor=desk.actor, stores=desk.node.stores, clock=desk.node.clock
            )
        except Refused as refused:
            form.refuse(refused)
        except KeyError:
            form.add_error("weapon", say("web.cases.no_such_weapon"))
        else:
            tell(desk, "web.cases.judged", weapon=weapon_text(given["weapon"]))
            return redirect("case", number)
    return _case_page(desk, standing, verdict=form)


@needs(Permission.TRACE_CASE)
@require_POST
def answer(desk: Desk, number: str) -> HttpResponse:
    """Close a case with what came of it."""
    standing = tracing.trace_case(case=number, actor=desk.actor, stores=desk.node.stores)
    form = AnswerForm(desk.POST)
    if form.is_valid():
        try:
            tracing.answer_trace(
                case=number,
                outcome=Outcome(form.cleaned_data["outcome"]),
                note=form.cleaned_data["answer"],
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
    report = desk.node.trace_report(number, desk.actor, spoken())
    found = HttpResponse(report, content_type="application/pdf")
    found["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{number}.pdf")
    found["Cache-Control"] = "no-store"
    return found


def _case_page(
    desk: Desk, standing: TraceCase, *, verdict: VerdictForm | None = None, answering: AnswerForm | None = None
) -> HttpResponse:
    request, identified = standing.request, standing.identified_as
    open_still = standing.state is not CaseState.ANSWERED
    searches = open_still and not identified and may(desk.actor, Permission.TRACE_SEARCH)
    readings = asked([(each.text, each.part) for each in request.readings])
    ranking = _ranking(desk, standing) if searches else None
    rows = shown(ranking, readings, desk.node, without=request.recovered) if ranking else []
    record = _record(desk, identified) if identified else None
    wrong = bool((verdict and verdict.errors) or (answering and answering.errors))
    return page(
        desk,
        "web/cases/case.html",
        422 if wrong else 200,
        case=standing,
        request_made=request,
        readings=readings,
        grounds=[(each, GROUND_PARAGRAPHS[Ground(each)]) for each in request.illicit_because],
        lacking=findings(COMPLETENESS_RULES, request),
        ranking=ranking,
        rows=[(row, _verdict_form(row, verdict)) for row in rows],
        other=verdict if verdict is not None and not verdict.prefix else VerdictForm(auto_id="other_%s"),
        wrong=verdict if verdict is not None and verdict.errors else None,
        judges=open_still and may(desk.actor, Permission.TRACE_JUDGE),
        answering=answering or AnswerForm(),
        answers=open_still and may(desk.actor, Permission.TRACE_CASE),
        weapon=identified,
        record=record,
        custody=record.custody if record else None,
        lines=list(lines_of(record)) if record else [],
    )


def _verdict_form(row: Shown, posted: VerdictForm | None) -> VerdictForm | None:
    """Return the form of a candidate: the one that was just sent where it concerned this weapon."""
    if row.kind != "candidate":
        return None
    prefix = f"w{row.weapon}"
    return posted if posted and posted.prefix == prefix else VerdictForm(prefix=prefix)


def _ranking(desk: Desk, standing: TraceCase) -> Ranking:
    return desk.node.trace(tracing.query_of(standing.request), desk.actor, _CANDIDATES, standing.id)


def _record(desk: Desk, weapon: WeaponId) -> WeaponRecord:
    return recordkeeping.weapon_record(weapon=weapon, actor=desk.actor, stores=desk.node.stores)


def _initial(record: WeaponRecord) -> dict[str, Any]:
    details = recovery_of(record).event.details
    told = {name: details.get(name, "") for name in _FROM_RECOVERY}
    return {**described(record), **told, "illicit_because": details.get("grounds", [])}


def _asked_at_desk(desk: Desk) -> dict[str, Any]:
    names = ["kind", "year", *LISTS]
    names += [f"{name}_{number}" for name in ("reading", "part") for number in range(1, READINGS + 1)]
    return {name: desk.GET[name] for name in names if desk.GET.get(name)}
