from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from tracemark import intake
from tracemark.authorities import Permission, may
from tracemark.intake import Considered
from tracemark.kernel import Refused
from tracemark.recordkeeping import EventKind
from tracemark.web.access import Desk, needs
from tracemark.web.forms.entries import FIRST_ROW, EntryForm
from tracemark.web.pages import page, tell, warn
from tracemark.web.traces import known_names


@needs(Permission.RECORD_WRITE)
@require_http_methods(["GET", "POST"])
def new_weapon(desk: Desk) -> HttpResponse:
    """Enter one weapon by hand: look it over first, or seal it; what may be on record already is held for judgement."""
    today = desk.node.clock.now().date().isoformat()
    initial = {"event": EventKind.REGISTERED.value, "happened": today, **FIRST_ROW}
    form = EntryForm(desk.POST or None, initial=initial)
    considered: Considered | None = None
    if desk.method == "POST" and form.is_valid():
        try:
            if "seal" in desk.POST:
                return _sealed(desk, form)
            considered = intake.consider_entry(
                entry=form.entry(), state=desk.node.state, actor=desk.actor, stores=desk.node.stores
            )
        except Refused as refused:
            form.refuse(refused)
    return page(
        desk,
        "web/register/new.html",
        422 if form.errors else 200,
        form=form,
        known=known_names(),
        agencies=desk.node.stores.agencies.all(),
        considered=considered,
        doubts=[each for each in form.understood() if not each.certain] if considered else [],
    )


def _sealed(desk: Desk, form: EntryForm) -> HttpResponse:
    node = desk.node
    entered = intake.register_weapon(
        entry=form.entry(), state=node.state, actor=desk.actor, stores=node.stores, clock=node.clock
    )
    if entered.held:
        warn(desk, "web.entry.held")
        judges = may(desk.actor, Permission.DUPLICATES_JUDGE)
        return redirect("held_row", entered.held.id) if judges else redirect("register")
    if entered.recorded is None:
        raise ValueError(entered)
    weapon = entered.recorded.states[0].weapon
    tell(desk, "web.entry.entered", weapon=weapon, findings=len(entered.findings))
    return redirect("weapon", weapon)
