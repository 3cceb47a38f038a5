import secrets

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tracemark import recordkeeping
from tracemark.authorities import Permission, may
from tracemark.kernel import Actor, PartialDate, Refused
from tracemark.recordkeeping import EventKind, KindTerms, Status, WeaponState
from tracemark.weapons import WeaponId
from tracemark.web.access import Desk, needs
from tracemark.web.forms.events import EventForm
from tracemark.web.once import sealed_before, sealed_once
from tracemark.web.pages import page, tell, warn
from tracemark.web.said import term

_WRITERS = (Permission.RECORD_WRITE, Permission.RECORD_STOCK)
_ELSEWHERE = frozenset({EventKind.MANUFACTURED, EventKind.REGISTERED})
"""Kinds that begin a record, and come by intake."""


@needs(*_WRITERS)
def record_kinds(desk: Desk, weapon: WeaponId) -> HttpResponse:
    """Offer the kinds of event that this officer may write and that can follow now."""
    record = recordkeeping.weapon_record(weapon=weapon, actor=desk.actor, stores=desk.node.stores)
    offered = offered_kinds(desk.actor, record.state)
    return page(desk, "web/record/kinds.html", weapon=weapon, state=record.state, offered=offered)


@needs(*_WRITERS)
@require_http_methods(["GET", "POST"])
def record_event(desk: Desk, weapon: WeaponId, kind: str) -> HttpResponse:
    """Record one event; what the record refuses stands beside the field it concerns."""
    if address := sealed_before(desk):
        warn(desk, "web.words.sealed_before")
        return redirect(address)
    record = recordkeeping.weapon_record(weapon=weapon, actor=desk.actor, stores=desk.node.stores)
    terms = next((each for each in offered_kinds(desk.actor, record.state) if each.kind == kind), None)
    if terms is None:
        raise Http404
    node = desk.node
    agencies = {each.code for each in node.stores.agencies.all()}
    today = str(PartialDate.of(node.clock.now().date()))
    form = EventForm(
        desk.POST or None,
        initial={"happened": today},
        terms=terms,
        state=record.state,
        agencies=agencies,
        persons=may(desk.actor, Permission.PERSON_WRITE),
    )
    if desk.method == "POST" and form.is_valid():
        try:
            return redirect(sealed_once(desk, lambda: _record(desk, form, record.state)))
        except Refused as refused:
            form.refuse(refused)
    status = 422 if form.errors else 200
    told = {"weapon": weapon, "state": record.state, "terms": terms, "form": form}
    return page(desk, "web/record/event.html", status, **told)


def _record(desk: Desk, form: EventForm, state: WeaponState) -> str:
    """Seal the event; a person entered as its holder is kept beside the record with it, or neither is."""
    actor, stores = desk.actor, desk.node.stores
    with stores.atomic():
        person, salt = form.person(), secrets.token_bytes(recordkeeping.SALT_BYTES)
        holder = recordkeeping.keep_person(data=person, salt=salt, actor=actor, stores=stores) if person else ""
        event = form.event(actor, holder)
        recordkeeping.record_events(events=[event], actor=actor, stores=stores, clock=desk.node.clock)
    tell(desk, "web.record.recorded", kind=term(event.kind, "recordkeeping.kind"))
    return reverse("weapon", args=[state.weapon])


def offered_kinds(actor: Actor, state: WeaponState) -> list[KindTerms]:
    """Return the kinds the actor may write here that can follow the weapon's status, in the order of a life."""
    return [
        each
        for each in recordkeeping.event_kinds().values()
        if each.permission in _WRITERS
        and may(actor, each.permission)
        and not each.concerns_no_weapon
        and each.kind not in _ELSEWHERE
        and state.status is not Status.UNRECORDED
        and (not each.after or state.status in each.after)
    ]
