from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from tracemark import recordkeeping, stockpiles
from tracemark.authorities import Permission
from tracemark.kernel import PartialDate
from tracemark.recordkeeping import Event, EventKind
from tracemark.weapons import WeaponId, parse_weapon, weapon_text
from tracemark.web.access import Desk, needs
from tracemark.web.converters import number_of
from tracemark.web.dossier_steps import by
from tracemark.web.forms.stockpiles import SurplusForm
from tracemark.web.lists import PAGE
from tracemark.web.pages import page, tell, warn

_SHOWN = 500
_DAYS = 180


@needs(Permission.RECORD_READ)
@require_http_methods(["GET", "POST"])
def surplus(desk: Desk) -> HttpResponse:
    """Identify surplus by criteria; by POST, declare those that are ticked, or carry them over into a plan."""
    if desk.method == "POST":
        return _declared(desk)
    form = SurplusForm(desk.GET if "holder" in desk.GET else None, initial={"holder": desk.actor.authority})
    found = []
    if form.is_valid():
        holder = form.cleaned_data["holder"] or desk.actor.authority
        found = stockpiles.surplus_weapons(
            holder=holder, criteria=form.criteria(), actor=desk.actor, stores=desk.node.stores
        )
    status = 422 if form.errors else 200
    return page(desk, "web/surplus/surplus.html", status, form=form, found=found[:_SHOWN], count=len(found))


@needs(Permission.RECORD_READ)
def dispositions(desk: Desk) -> HttpResponse:
    """List weapons in custody on which nobody has decided for too long: give back, keep officially, or destroy."""
    days = number_of(desk.GET.get("days", "")) or _DAYS
    found = stockpiles.overdue_dispositions(days=days, **by(desk))
    start = number_of(desk.GET.get("after", ""))
    following = start + PAGE
    return page(
        desk,
        "web/surplus/dispositions.html",
        found=found[start:following],
        count=len(found),
        days=days,
        more=f"?{urlencode({'days': days, 'after': following})}" if following < len(found) else "",
        first=f"?{urlencode({'days': days})}" if start else "",
    )


def _declared(desk: Desk) -> HttpResponse:
    chosen = _ticked(desk)
    if not chosen:
        warn(desk, "web.stock.none_chosen")
        return redirect("surplus")
    if "plan" in desk.POST:
        names = urlencode([("weapon", weapon_text(each.weapon)) for each in chosen])
        return redirect(f"{reverse('new_destruction')}?{names}")
    today = PartialDate.of(desk.node.clock.now().date())
    told = (desk.actor.authority, desk.actor.name)
    events = [Event(each.weapon, EventKind.DECLARED_SURPLUS, today, *told, {"reason": each.ground}) for each in chosen]
    recordkeeping.record_events(events=events, **by(desk))
    tell(desk, "web.surplus.declared", count=len(events))
    return redirect("surplus")


@dataclass(frozen=True, slots=True)
class _Ticked:
    weapon: WeaponId
    ground: str


def _ticked(desk: Desk) -> list[_Ticked]:
    found = []
    for text in desk.POST.getlist("weapon")[:_SHOWN]:
        weapon, _, ground = text.partition(":")
        try:
            found.append(_Ticked(parse_weapon(weapon), ground or "-"))
        except ValueError:
            continue
    return found
