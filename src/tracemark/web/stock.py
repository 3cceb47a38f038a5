from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from tracemark import recordkeeping
from tracemark.authorities import Permission, may_see
from tracemark.kernel import PartialDate, Refused
from tracemark.recordkeeping import EventKind, KindTerms, RegisterFilter, Status, WeaponState
from tracemark.weapons import WeaponId, parse_weapon
from tracemark.web.access import Desk, needs
from tracemark.web.converters import number_of
from tracemark.web.dossier_steps import by
from tracemark.web.forms.events import EventForm
from tracemark.web.once import sealed_before, sealed_once
from tracemark.web.pages import page, tell, warn
from tracemark.web.record import offered_kinds
from tracemark.web.said import term

_PAGE = 100
_AT_ONCE = 500
_KINDS = (EventKind.COUNTED, EventKind.ISSUED, EventKind.RETURNED, EventKind.STORED)
"""What a store does with many weapons at once, the most frequent first."""

_STATES = (Status.HELD, Status.ISSUED)


@needs(Permission.RECORD_STOCK)
def stock(desk: Desk) -> HttpResponse:
    """List the weapons of a store, to count, issue, return or move several at once."""
    given = {name: desk.GET.get(name, "").strip() for name in ("holder", "status")}
    holder = given["holder"] or desk.actor.authority
    wanted = RegisterFilter(holder=holder, status=given["status"] if given["status"] in set(_STATES) else "")
    after = WeaponId(number_of(desk.GET.get("after", "")))
    found = recordkeeping.register_page(
        wanted=wanted, actor=desk.actor, stores=desk.node.stores, after=after, limit=_PAGE + 1
    )
    shown = found[:_PAGE]
    asked = {name: value for name, value in given.items() if value}
    return page(
        desk,
        "web/stock/list.html",
        found=shown,
        holder=holder,
        chosen_status=given["status"],
        states=_STATES,
        kinds=_KINDS,
        ticked="tick" in desk.GET,
        tick_all="?" + urlencode({**asked, "after": str(after), "tick": "all"}),
        more="?" + urlencode({**asked, "after": str(shown[-1].weapon)}) if len(found) > _PAGE else "",
        first="?" + urlencode(asked) if after else "",
    )


@needs(Permission.RECORD_STOCK)
@require_http_methods(["GET", "POST"])
def stock_event(desk: Desk, kind: str) -> HttpResponse:
    """Record one thing that happened to several weapons: to all of them, or to none."""
    if address := sealed_before(desk):
        warn(desk, "web.words.sealed_before")
        return redirect(address)
    states = _chosen(desk, (desk.POST or desk.GET).getlist("weapon"))
    if not states:
        warn(desk, "web.stock.none_chosen")
        return redirect("stock")
    terms, unfit = _terms(desk, kind, states)
    today = str(PartialDate.of(desk.node.clock.now().date()))
    agencies = {each.code for each in desk.node.stores.agencies.all()}
    form = EventForm(desk.POST or None, initial={"happened": today}, terms=terms, state=states[0], agencies=agencies)
    if desk.method == "POST" and form.is_valid() and not unfit and _recorded(desk, form, states):
        return redirect("stock")
    status = 422 if form.errors or (unfit and desk.method == "POST") else 200
    told = {"terms": terms, "states": states, "unfit": unfit, "form": form}
    return page(desk, "web/stock/event.html", status, **told)


def _chosen(desk: Desk, named: Iterable[str]) -> list[WeaponState]:
    """Return the weapons that were ticked, as far as this officer sees them."""
    try:
        weapons = [parse_weapon(each) for each in list(named)[:_AT_ONCE]]
    except ValueError as error:
        raise Http404 from error
    stores = desk.node.stores
    agencies = stores.agencies.all()
    found = stores.register.states(weapons)
    return [found[each] for each in weapons if each in found and may_see(desk.actor, found[each].holder, agencies)]


def _terms(desk: Desk, kind: str, states: Sequence[WeaponState]) -> tuple[KindTerms, list[WeaponState]]:
    """Return what the kind asks, and the weapons to which it cannot happen as they stand."""
    if kind not in set(_KINDS):
        raise Http404
    unfit = [each for each in states if kind not in {terms.kind for terms in offered_kinds(desk.actor, each)}]
    return recordkeeping.event_kinds()[EventKind(kind)], unfit


def _recorded(desk: Desk, form: EventForm, states: Sequence[WeaponState]) -> bool:
    """Seal the event for each weapon, once; what the record refuses stands in the form, and nothing is written."""
    event = form.event(desk.actor)

    def seal() -> str:
        events = [replace(event, weapon=each.weapon) for each in states]
        recordkeeping.record_events(events=events, **by(desk))
        tell(desk, "web.stock.recorded", kind=term(event.kind, "recordkeeping.kind"), count=len(states))
        return reverse("stock")

    try:
        sealed_once(desk, seal)
    except Refused as refused:
        form.refuse(refused)
        return False
    return True
