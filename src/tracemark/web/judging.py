from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from tracemark import tracing, wording
from tracemark.authorities import Permission
from tracemark.kernel import Refused
from tracemark.marking import import_country
from tracemark.node import Node
from tracemark.recordkeeping import WeaponState
from tracemark.tracing import NOTE_BELOW, Judgement, Ranking, TraceCase, Verdict
from tracemark.weapons import WeaponId, weapon_text
from tracemark.web.access import Desk, needs
from tracemark.web.candidates import Asked, Shown, asked, shown
from tracemark.web.forms.cases import VerdictForm, WhichForm
from tracemark.web.naming import NAMED, name_of
from tracemark.web.pages import page, tell
from tracemark.web.recoveries import recovery_of
from tracemark.web.said import say, spoken, term
from tracemark.web.weapon import record_of

_CANDIDATES = 10
_FIELDS = {
    "kind": "web.register.kind",
    "maker": "web.register.maker",
    "model": "web.register.model",
    "calibre": "web.register.calibre",
    "country": "web.weapon.country",
    "import_country": "web.traces.import_country",
    "year": "web.weapon.year",
}


@dataclass(frozen=True, slots=True)
class Compared:
    """One thing said of both weapons, named by the sentence `code`; `how` is same, differs or open."""

    code: str
    recovered: str
    candidate: str
    how: str


@needs(Permission.TRACE_JUDGE)
@require_http_methods(["GET", "POST"])
def judge(desk: Desk, number: str) -> HttpResponse:
    """Lay a candidate beside the recovered weapon with what a judgement would change; by POST, record the judgement."""
    standing = tracing.trace_case(case=number, actor=desk.actor, stores=desk.node.stores)
    posted = desk.method == "POST"
    form = VerdictForm(desk.POST) if posted else None
    which = WhichForm(desk.POST if posted else desk.GET or None)
    states = desk.node.stores.register.states([which.cleaned_data["weapon"]]) if which.is_valid() else {}
    if not states:
        if which.is_bound and not which.errors:
            which.add_error("weapon", say("web.cases.no_such_weapon"))
        return page(desk, "web/cases/which.html", 422 if which.errors else 200, case=standing, form=which)
    state = next(iter(states.values()))
    ranking = ranking_of(desk, standing)
    if form is not None and form.is_valid():
        try:
            _record(desk, number, state.weapon, form, ranking)
        except Refused as refused:
            form.refuse(refused)
        else:
            tell(desk, "web.cases.judged", weapon=weapon_text(state.weapon))
            return redirect("case", number)
    return _side_by_side(desk, standing, state, ranking, form)


def ranking_of(desk: Desk, standing: TraceCase) -> Ranking:
    """Search anew for what a case asks."""
    return desk.node.trace(tracing.query_of(standing.request), desk.actor, _CANDIDATES, standing.id)


def readings_of(standing: TraceCase) -> list[Asked]:
    """Return the readings of a case as they were understood."""
    return asked([(each.text, each.part) for each in standing.request.readings])


def _record(desk: Desk, number: str, weapon: WeaponId, form: VerdictForm, ranking: Ranking) -> None:
    chances = {each.weapon: f"{each.posterior:.4f}" for each in ranking.candidates}
    judgement = Judgement(
        other_weapon=weapon,
        verdict=Verdict(form.cleaned_data["verdict"]),
        by=desk.actor.name,
        posterior=chances.get(weapon, ""),
        weights=ranking.weights_version,
        note=form.cleaned_data["note"],
    )
    tracing.judge_candidate(
        case=number, judgement=judgement, actor=desk.actor, stores=desk.node.stores, clock=desk.node.clock
    )


def _side_by_side(
    desk: Desk, standing: TraceCase, state: WeaponState, ranking: Ranking, form: VerdictForm | None
) -> HttpResponse:
    recovered = record_of(desk, standing.request.recovered)
    return page(
        desk,
        "web/cases/judge.html",
        422 if form is not None and form.errors else 200,
        case=standing,
        readings=readings_of(standing),
        recovery=recovery_of(recovered),
        candidate=record_of(desk, state.weapon),
        row=_row(ranking, standing, state.weapon, desk.node),
        compared=_compared(standing, state),
        form=form or VerdictForm(initial={"weapon": weapon_text(state.weapon)}),
        below=wording.chance_text(NOTE_BELOW, to=spoken()),
    )


def _row(ranking: Ranking, standing: TraceCase, weapon: WeaponId, node: Node) -> Shown | None:
    rows = shown(ranking, readings_of(standing), node, without=standing.request.recovered)
    return next((each for each in rows if each.weapon == weapon), None)


def _compared(standing: TraceCase, state: WeaponState) -> list[Compared]:
    found = []
    for name, code in _FIELDS.items():
        asked_for = getattr(standing.request, name) or ""
        recorded = import_country(state.marks) if name == "import_country" else getattr(state.description, name) or ""
        how = "open" if not asked_for or not recorded else "same" if asked_for == recorded else "differs"
        found.append(Compared(code, _said(name, asked_for), _said(name, recorded), how))
    return found


def _said(name: str, value: object) -> str:
    if name == "kind":
        return term(value, "weapons.kind") if value else ""
    return name_of(name, str(value)) if name in NAMED else str(value)
