from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST

from tracemark import marking, recordkeeping
from tracemark.authorities import Permission, may_see
from tracemark.kernel import Finding, Refused, instant_text
from tracemark.marking import Circumstance, Grade, LotWeapon, Marked, MarkingPlan, PlanLine
from tracemark.recordkeeping import Event, EventKind, WeaponState
from tracemark.weapons import NO_WEAPON, WeaponId, weapon_text
from tracemark.web.access import Desk, needs
from tracemark.web.converters import number_of
from tracemark.web.forms.marking import MOST_LISTED, MOST_WEAPONS, CheckForm, PlanForm, StampedForm
from tracemark.web.naming import law_name
from tracemark.web.pages import page, tell
from tracemark.web.said import say, spoken
from tracemark.web.stamping import Session, Sessions, sees_session, session_row

_SHOWN = 50
_SESSIONS = 30
_READ_PAGES = 50
"""How many pages of the register are read for weapons of one year, which it cannot look for by itself."""
_NUMBER_TO_COME = "…"


@dataclass(frozen=True, slots=True)
class Graded:
    """Findings of one weight: what is required, advised, or was not looked at yet."""

    grade: Grade
    findings: tuple[Finding, ...]


@needs(Permission.MARKING_PLAN)
@require_http_methods(["GET", "POST"])
def marking_plan(desk: Desk) -> HttpResponse:
    """Plan a marking session: what each weapon lacks and what will be stamped where; by POST, also begin it."""
    blocks = desk.node.stores.numbers.blocks()
    form = PlanForm(desk.POST or None, initial=_initial(desk), blocks=blocks, stores=desk.node.stores)
    plan, states, needed = None, {}, 0
    if desk.method == "POST" and form.is_valid():
        try:
            lot = _lot(desk, form)
            if lot and "begin" in desk.POST and (begun := _begun(desk, form, lot)):
                return redirect("marking_session", begun.name)
            plan = _plan(desk, form, lot, _next_numbers(form, lot)) if lot else None
            needed = _needed(form, lot)
            states = {each.weapon: each.marked for each in lot}
        except Refused as refused:
            form.refuse(refused)
    return page(
        desk,
        "web/marking/plan.html",
        422 if form.errors else 200,
        form=form,
        plan=plan,
        lines=[(line, states[line.weapon]) for line in plan.lines[:_SHOWN]] if plan else [],
        to_stamp=sum(bool(line.marks) for line in plan.lines) if plan else 0,
        numbers_lacking=needed if form.is_bound and not form.errors and not form.numbers_from() else 0,
        last=max(states, default=NO_WEAPON) if form.is_bound and form.cleaned_data.get("holder") else NO_WEAPON,
        sessions=_sessions(desk).seen_by(desk.actor, _SESSIONS),
        has_blocks=bool(blocks),
    )


@needs(Permission.MARKING_PLAN)
def marking_session(desk: Desk, name: str) -> HttpResponse:
    """Show a session: what is to be stamped, what of it stands in the record already."""
    return _session_page(desk, _session(desk, name), StampedForm(initial=_today(desk)))


@needs(Permission.MARKING_PLAN)
def label_sheet(desk: Desk, name: str) -> HttpResponse:
    """Give the tags of a session as a PDF."""
    session = _session(desk, name)
    title = say("web.marking.session_title", name=session.name)
    answer = HttpResponse(
        desk.node.papers.label_sheet(session.plan, title, desk.actor, spoken()), content_type="application/pdf"
    )
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{session.name}.pdf")
    answer["Cache-Control"] = "no-store"
    return answer


@needs(Permission.RECORD_WRITE)
@require_POST
def record_marks(desk: Desk, name: str) -> HttpResponse:
    """Show what would be sealed of the chosen weapons; once confirmed, record their marks: all of them, or none."""
    session = _session(desk, name)
    form = StampedForm(desk.POST)
    chosen = set(desk.POST.getlist("stamped"))
    lines = [line for line in session.lines if line.marks and weapon_text(line.weapon) in chosen]
    if "tick" in desk.POST or "change" in desk.POST:
        return _session_page(desk, session, StampedForm(initial=desk.POST.dict()), chosen)
    if not lines:
        form.add_error(None, say("web.marking.none_chosen"))
    elif form.is_valid():
        if "confirm" not in desk.POST:
            return _review(desk, session, form, lines)
        try:
            recordkeeping.record_events(
                events=[_marked(line, session, form.cleaned_data, desk) for line in lines],
                actor=desk.actor,
                stores=desk.node.stores,
                clock=desk.node.clock,
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            _sessions(desk).keep(replace(session, done=session.done + len(lines)))
            tell(desk, "web.marking.recorded", count=len(lines))
            return redirect("marking_session", session.name)
    return _session_page(desk, session, form, chosen)


@needs(Permission.RECORD_READ)
def marks_check(desk: Desk, weapon: WeaponId) -> HttpResponse:
    """Hold a weapon's marks against the instruments and, where one is chosen, a national law."""
    state = recordkeeping.weapon_record(weapon=weapon, actor=desk.actor, stores=desk.node.stores).state
    today = desk.node.clock.now().date().isoformat()
    asked = {"circumstance": Circumstance.MANUFACTURE.value, "state": desk.node.state, "on": today, "profile": ""}
    form = CheckForm(asked | desk.GET.dict(), stores=desk.node.stores)
    law = None
    graded: list[Graded] = []
    by_law: list[Graded] = []
    if form.is_valid():
        given = form.cleaned_data
        marked = _as_marked(state, Circumstance(given["circumstance"]), given["on"], given["state"])
        graded = _graded(marking.check_marked(marked), marking.grade_of)
        if law := form.law(given["on"]):
            by_law = _graded(marking.check_profile(law, marked), law.grade_of)
    return page(
        desk,
        "web/marking/check.html",
        422 if form.errors else 200,
        weapon=weapon,
        state=state,
        form=form,
        graded=graded,
        law=law_name(law) if law else "",
        by_law=by_law,
    )


def _initial(desk: Desk) -> dict[str, object]:
    today = desk.node.clock.now().date()
    return {
        "weapons": desk.GET.get("weapons", ""),
        "holder": desk.GET.get("holder", ""),
        "circumstance": Circumstance.IMPORT.value,
        "state": desk.node.state,
        "year": today.year,
        "most": MOST_LISTED,
        "instruments": sorted(marking.DEFAULT_INSTRUMENTS),
    }


def _today(desk: Desk) -> dict[str, object]:
    return {"happened": desk.node.clock.now().date().isoformat()}


def _lot(desk: Desk, form: PlanForm) -> list[LotWeapon]:
    """Return the weapons that were named or filtered, as far as the actor sees them; what is wrong goes to the form."""
    given = form.cleaned_data
    states = _named(desk, form, given["weapons"]) if given["weapons"] else []
    if given["holder"]:
        states += _of_holder(desk, form)
    if len(states) > MOST_WEAPONS:
        form.add_error("holder", say("web.marking.too_many", most=MOST_WEAPONS))
    elif not states and not form.errors:
        form.add_error("holder", say("web.marking.nothing_found"))
    if form.errors:
        return []
    circumstance, on, crowded = Circumstance(given["circumstance"]), desk.node.clock.now().date(), set(given["crowded"])
    distinct = {each.weapon: each for each in states}.values()
    return [
        LotWeapon(each.weapon, _as_marked(each, circumstance, on, given["state"]), each.weapon not in crowded)
        for each in distinct
    ]


def _of_holder(desk: Desk, form: PlanForm) -> list[WeaponState]:
    """Return the first weapons of a holder that are meant, by identity, as many as one session takes."""
    given, found = form.cleaned_data, list[WeaponState]()
    most, after = given["most"] or MOST_LISTED, given["after"] or NO_WEAPON
    for _ in range(_READ_PAGES):
        read = recordkeeping.register_page(
            wanted=form.wanted(), actor=desk.actor, stores=desk.node.stores, after=after, limit=MOST_WEAPONS
        )
        found += [each for each in read if given["made"] in (None, each.description.year)]
        if len(read) < MOST_WEAPONS or len(found) >= most:
            break
        after = read[-1].weapon
    return found[:most]


def _named(desk: Desk, form: PlanForm, weapons: Sequence[WeaponId]) -> list[WeaponState]:
    found = desk.node.stores.register.states(weapons)
    agencies = desk.node.stores.agencies.all()
    seen = [state for weapon in weapons if (state := found.get(weapon)) and may_see(desk.actor, state.holder, agencies)]
    if absent := set(weapons) - {each.weapon for each in seen}:
        named = ", ".join(weapon_text(each) for each in sorted(absent)[:10])
        form.add_error("weapons", say("web.marking.not_on_record", count=len(absent), weapons=named))
    return seen


def _as_marked(state: WeaponState, circumstance: Circumstance, on: Any, asking: str) -> Marked:  # noqa: ANN401 - a date
    return Marked(state.description, state.components, state.marks, circumstance, on, asking)


def _needed(form: PlanForm, lot: Sequence[LotWeapon]) -> int:
    given = form.cleaned_data
    return marking.numbers_needed(lot, state=given["state"], instruments=frozenset(given["instruments"]))


def _next_numbers(form: PlanForm, lot: Sequence[LotWeapon]) -> Sequence[str]:
    """Return the numbers that would be taken now, none of them reserved; a sign in their place without a block."""
    needed, block = _needed(form, lot), form.numbers_from()
    if not needed or not block:
        return [_NUMBER_TO_COME] * needed
    span = marking.take_numbers(block.block, block.used, needed)
    return [block.block.scheme.write(number) for number in span]


def _plan(desk: Desk, form: PlanForm, lot: Sequence[LotWeapon], numbers: Sequence[str]) -> MarkingPlan:
    given = form.cleaned_data
    return marking.plan_marks(
        lot,
        state=given["state"],
        year=given["year"],
        numbers=numbers,
        profile=form.law(desk.node.clock.now().date()),
        instruments=frozenset(given["instruments"]),
    )


def _begun(desk: Desk, form: PlanForm, lot: Sequence[LotWeapon]) -> Session | None:
    """Reserve the numbers and keep the plan; None where numbers are needed and no block was chosen."""
    needed, block, numbers = _needed(form, lot), form.numbers_from(), tuple[str, ...]()
    if needed and block is None:
        form.add_error("block", say("web.marking.block_needed", count=needed))
        return None
    sessions, given, now = _sessions(desk), form.cleaned_data, desk.node.clock.now()
    name = sessions.new_name(now.date().isoformat())
    if block and block.allocated is not None:
        numbers = recordkeeping.reserve_numbers(
            block=block.allocated, count=needed, plan=name, actor=desk.actor, stores=desk.node.stores,
            clock=desk.node.clock,
        )  # fmt: skip
    session = Session(
        name=name,
        by=desk.actor.name,
        authority=desk.actor.authority,
        at=instant_text(now),
        circumstance=given["circumstance"],
        state=given["state"],
        profile=given["profile"],
        lines=tuple(line for line in _plan(desk, form, lot, numbers).lines if line.marks),
    )
    sessions.keep(session)
    tell(desk, "web.marking.begun", count=len(session.lines))
    return session


def _marked(line: PlanLine, session: Session, given: dict[str, Any], desk: Desk) -> Event:
    sizes = {name: given[name] for name in ("depth_mm", "height_mm") if given[name] is not None}
    details: dict[str, Any] = {
        "marks": [replace(each.mark, **sizes).plain() for each in line.marks],
        "plan": session.name,
    }
    if given["place"]:
        details["place"] = given["place"]
    actor = desk.actor
    return Event(
        line.weapon, EventKind.MARKED, given["happened"], actor.authority, actor.name, details, given["document"]
    )


def _session_page(desk: Desk, session: Session, form: StampedForm, chosen: set[str] | None = None) -> HttpResponse:
    at = number_of(desk.GET.get("from", ""))
    following = at + _SHOWN
    states = desk.node.stores.register.states(line.weapon for line in session.lines)
    rows = [session_row(line, states.get(line.weapon)) for line in session.lines]
    return page(
        desk,
        "web/marking/session.html",
        422 if form.errors else 200,
        session=session,
        rows=rows[at:following],
        done=sum(each.done for each in rows),
        at=at,
        more=f"?from={following}" if len(rows) > following else "",
        first="?" if at else "",
        form=form,
        chosen={each.text for each in rows[at:following]} if "tick" in desk.POST else chosen or set(),
    )


def _review(desk: Desk, session: Session, form: StampedForm, lines: Sequence[PlanLine]) -> HttpResponse:
    """Show what one more click would seal for ever, and what was typed, to be sent once more."""
    states = desk.node.stores.register.states(line.weapon for line in lines)
    return page(
        desk,
        "web/marking/review.html",
        session=session,
        rows=[session_row(line, states.get(line.weapon)) for line in lines],
        form=form,
        at=number_of(desk.GET.get("from", "")),
    )


def _session(desk: Desk, name: str) -> Session:
    try:
        session = _sessions(desk).get(name)
    except FileNotFoundError as error:
        raise Http404 from error
    if not sees_session(desk.actor, session):
        raise Http404
    return session


def _sessions(desk: Desk) -> Sessions:
    return Sessions(desk.node.folder / "marking")


def _graded(findings: Sequence[Finding], grade_of: Any) -> list[Graded]:  # noqa: ANN401 - a code's Grade
    return [
        Graded(grade, found)
        for grade in Grade
        if (found := tuple(each for each in findings if grade_of(each.code) is grade))
    ]
