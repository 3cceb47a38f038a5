from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from tracemark import diversion, recordkeeping, wording
from tracemark.authorities import Permission, may, require
from tracemark.diversion import PointOfDiversion, RaisedSignal, SignalFilter, SignalRecord, Standing
from tracemark.kernel import Refused
from tracemark.recordkeeping import EventKind, Sealed
from tracemark.web.access import Desk, needs
from tracemark.web.charts import alarms_chart, case_network, life_flow, state_flow, timeline_chart
from tracemark.web.dossier_steps import by, taken
from tracemark.web.forms import DeskForm
from tracemark.web.forms.triage import (
    ConfirmForm,
    DismissForm,
    EscalateForm,
    MergeForm,
    PointForm,
    QueueForm,
    ShareForm,
    weapons_text,
)
from tracemark.web.lists import PAGE
from tracemark.web.notices import sending
from tracemark.web.once import sealed_once
from tracemark.web.pages import notice_file, page, tell
from tracemark.web.said import spoken

_SHOWN = 40
_WAITING = (Standing.OPEN, Standing.ESCALATED)
_EVERY = frozenset(Standing)


@needs(Permission.SIGNAL_READ)
def signals(desk: Desk) -> HttpResponse:
    """List signals, the strongest first and of equal ones the oldest: those that wait, or those judged."""
    form = QueueForm(desk.GET or None)
    wanted, after = form.wanted(), desk.GET.get("after", "")
    try:
        found = diversion.signal_queue(
            wanted=wanted, actor=desk.actor, stores=desk.node.stores, limit=PAGE + 1, after=after
        )
    except KeyError:
        raise Http404 from None
    given = {name: value for name in form.fields if (value := desk.GET.get(name, ""))}
    shown = found[:PAGE]
    return page(
        desk,
        "web/signals/list.html",
        form=form,
        found=[(each, _told(desk, each)) for each in shown],
        more=f"?{urlencode({**given, 'after': shown[-1].name})}" if len(found) > PAGE else "",
        first=f"?{urlencode(given)}" if after else "",
    )


@needs(Permission.SIGNAL_READ)
def signal(desk: Desk, name: str) -> HttpResponse:
    """Show a signal: what was found, in which events, what else may be behind it, and what may be done."""
    return _signal_page(desk, _record(desk, name))


@needs(Permission.SIGNAL_JUDGE, Permission.SIGNAL_CONFIRM)
@require_POST
def judge_signal(desk: Desk, name: str, step: str) -> HttpResponse:
    """Merge, dismiss, escalate or confirm a signal."""
    record = _record(desk, name)
    if step not in _STEPS:
        raise Http404
    require(desk.actor, _asks(step))
    form_class, _, _ = _STEPS[step]
    form = form_class(desk.POST, auto_id=f"id_{step}_%s")
    if form.is_valid():
        try:
            sealed_once(desk, lambda: _judged(desk, name, step, form))
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect("signal", name)
    return _signal_page(desk, record, {step: form})


@needs(Permission.SIGNAL_SHARE)
@require_POST
def share_signal(desk: Desk, name: str) -> HttpResponse:
    """Give a signal as a signed notice for another State; that it was given is sealed."""
    record, form = _record(desk, name), ShareForm(desk.POST, auto_id="id_share_%s")
    if not form.is_valid():
        return _signal_page(desk, record, {"share": form})
    text = diversion.share_signal(
        signal=name,
        to_state=form.cleaned_data["to_state"],
        state=desk.node.state,
        **by(desk),
    )
    return notice_file(text, name)


@needs(Permission.SIGNAL_JUDGE)
@require_http_methods(["GET", "POST"])
def point_of_diversion(desk: Desk) -> HttpResponse:
    """Code where, when and how weapons, one or a batch, left lawful hands."""
    initial = {name: desk.GET.get(name, "") for name in ("weapons", "signal", "case", "stage", "place")}
    form = PointForm(desk.POST or None, initial=initial)
    if points := taken(
        desk, form, lambda: diversion.establish_diversion(weapons=form.weapon_list(), found=form.found(), **by(desk))
    ):
        tell(desk, "web.signals.established", count=len(points))
        return redirect("weapon", points[0].weapon)
    return page(desk, "web/signals/point.html", 422 if form.errors else 200, form=form)


@needs(Permission.SIGNAL_READ)
def signal_precision(desk: Desk) -> HttpResponse:
    """Show how often each rule was right, as officers found."""
    found = diversion.precision_by_rule(actor=desk.actor, stores=desk.node.stores)
    shares = [tuple(wording.chance_text(part, to=spoken()) for part in (each.share, *each.between))
              if each.share is not None and each.between else ()
              for each in found]  # fmt: skip
    return page(desk, "web/signals/precision.html", found=list(zip(found, shares, strict=True)))


@needs(Permission.SIGNAL_READ)
def signal_views(desk: Desk) -> HttpResponse:
    """Show signals as drawings, each with its table: by stage and standing, between States, and by place."""
    actor, stores, mirrored = desk.actor, desk.node.stores, _mirrored()
    found = diversion.signal_queue(wanted=SignalFilter(_EVERY), actor=actor, stores=stores, limit=10_000)
    waiting = [each for each in found if each.standing in _WAITING]
    today = desk.node.clock.now().date()
    return page(
        desk,
        "web/signals/views.html",
        life=life_flow(diversion.stages_of(found), mirrored=mirrored),
        states=state_flow(diversion.flows_between(found, state=desk.node.state, stores=stores), mirrored=mirrored),
        alarms=alarms_chart(diversion.places_alarmed(waiting), mirrored=mirrored),
        points=diversion.points_of_diversion(since=date(today.year, 1, 1), until=today, actor=actor, stores=stores),
        year=today.year,
    )


def _record(desk: Desk, name: str) -> SignalRecord:
    try:
        return diversion.signal_record(name=name, actor=desk.actor, stores=desk.node.stores)
    except KeyError:
        raise Http404 from None


def _told(desk: Desk, raised: RaisedSignal) -> str:
    return wording.signal_text(raised.signal, desk.node.agency_names, to=spoken())


def _mirrored() -> bool:
    return wording.language(spoken()).right_to_left


def _signal_page(desk: Desk, record: SignalRecord, forms: dict[str, DeskForm] | None = None) -> HttpResponse:
    raised, stores = record.raised, desk.node.stores
    filled = forms or {}
    begun = {"stage": raised.signal.stage.value}
    shown = list(raised.signal.weapons[:_SHOWN])
    bearers = stores.register.states(shown)
    told = stores.records.of_weapons(shown) if shown else {}
    lives = {weapon: recordkeeping.current(events) for weapon, events in told.items()}
    return page(
        desk,
        "web/signals/signal.html",
        422 if any(each.errors for each in filled.values()) else 200,
        raised=raised,
        record=record,
        told=_told(desk, raised),
        innocent=wording.innocent_text(raised.signal, to=spoken()),
        joined=[(each, _told(desk, each)) for each in record.joined],
        weapons=[(each, bearers.get(each)) for each in shown],
        points=[point for each in lives.values() for point in _points(each, raised.name)],
        network=case_network(raised, bearers, mirrored=_mirrored()),
        timeline=timeline_chart(lives, frozenset(raised.signal.evidence), mirrored=_mirrored()),
        steps=[
            (step, filled.get(step) or form_class(initial=begun, auto_id=f"id_{step}_%s"))
            for step, (form_class, _, standings) in _STEPS.items()
            if raised.standing in standings and may(desk.actor, _asks(step))
        ],
        own=raised.escalated_by.casefold() == desk.actor.name.casefold(),
        sending=sending(desk, raised.name),
        sharing=filled.get("share") or ShareForm(auto_id="id_share_%s"),
        point=f"{reverse('point_of_diversion')}?"
        + urlencode(
            {
                "weapons": weapons_text(list(raised.signal.weapons)),
                "signal": raised.name,
                "stage": raised.signal.stage.value,
            }
        ),
    )


def _judged(desk: Desk, name: str, step: str, form: DeskForm) -> None:
    _, take, _ = _STEPS[step]
    take(desk, name, form)
    tell(desk, f"web.signals.done_{step}", signal=name)


def _points(life: Iterable[Sealed], signal: str) -> Iterator[PointOfDiversion]:
    """Yield the points of diversion of a weapon that were coded for a signal."""
    for each in life:
        if each.event.kind is EventKind.DIVERSION_ESTABLISHED and each.event.details.get("signal") == signal:
            yield diversion.point_of(each)


def _asks(step: str) -> Permission:
    return Permission.SIGNAL_CONFIRM if step == "confirm" else Permission.SIGNAL_JUDGE


def _dismiss(desk: Desk, name: str, form: DismissForm) -> None:
    note, readings = form.cleaned_data["note"], [diversion.Reading(each) for each in form.cleaned_data["readings"]]
    diversion.dismiss_signal(signal=name, readings=readings, note=note, **by(desk))


def _escalate(desk: Desk, name: str, form: EscalateForm) -> None:
    diversion.escalate_signal(signal=name, note=form.cleaned_data["note"], onward=form.onward(), **by(desk))


def _merge(desk: Desk, name: str, form: MergeForm) -> None:
    diversion.merge_signal(signal=name, **form.cleaned_data, **by(desk))


def _confirm(desk: Desk, name: str, form: ConfirmForm) -> None:
    diversion.confirm_signal(signal=name, note=form.cleaned_data["note"], found=form.found(), **by(desk))


_STEPS: dict[str, tuple[type[DeskForm], Callable[[Desk, str, Any], None], tuple[Standing, ...]]] = {
    "confirm": (ConfirmForm, _confirm, (Standing.ESCALATED,)),
    "escalate": (EscalateForm, _escalate, (Standing.OPEN,)),
    "dismiss": (DismissForm, _dismiss, _WAITING),
    "merge": (MergeForm, _merge, _WAITING),
}
"""What can be done to a signal: its form, the one call it makes, and the standings at which it can be done."""
