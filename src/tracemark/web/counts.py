from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods

from tracemark import stockpiles
from tracemark.authorities import Permission, may, may_see
from tracemark.kernel import Refused
from tracemark.stockpiles import Count, Site
from tracemark.web.access import Desk, needs
from tracemark.web.dossier_steps import by
from tracemark.web.forms.stockpiles import LookForm, NoteForm, ReasonForm
from tracemark.web.lists import listing
from tracemark.web.once import sealed_once
from tracemark.web.pages import page, tell, warn
from tracemark.web.said import spoken
from tracemark.web.steps import say_refused, step_of

_BEGUN = "looks_begun"
_REMEMBERED = 20


@needs(Permission.RECORD_READ)
def counts(desk: Desk) -> HttpResponse:
    """List the counts of sites, newest first."""
    return page(desk, "web/counts/list.html", listed=listing(desk, "count", stockpiles.count_list))


@needs(Permission.RECORD_READ)
@require_http_methods(["GET", "POST"])
def count(desk: Desk, name: str) -> HttpResponse:
    """Show a count; to its counter while it goes on, only what was entered. By POST, enter a pass, close, give up."""
    known, site = stockpiles.count_and_site(count=name, actor=desk.actor, stores=desk.node.stores)
    step = step_of(desk, {"enter", "close", "cancel"})
    looking = LookForm(desk.POST if step == "enter" else None, racks=site.racks)
    closing = NoteForm(desk.POST if step == "close" else None, prefix="close")
    cancelling = ReasonForm(desk.POST if step == "cancel" else None, prefix="cancel")
    forms = {"enter": looking, "close": closing, "cancel": cancelling}
    begun = _begun(desk, name)
    if step and forms[step].is_valid():
        try:
            sealed_once(desk, lambda: _take(desk, name, begun, looking, closing, cancelling))
        except Refused as refused:
            say_refused(forms[step], refused, offered=_counts(desk, known, site))
        else:
            return redirect("count", name)
    return page(
        desk,
        "web/counts/count.html",
        422 if any(each.errors for each in forms.values()) else 200,
        count=known,
        site=site,
        looking=looking,
        closing=closing,
        cancelling=cancelling,
        counts=_counts(desk, known, site),
        extra=_named(desk, known),
    )


@needs(Permission.RECORD_READ)
def count_sheet(desk: Desk, name: str) -> HttpResponse:
    """Give the paper on which a site is counted, as a PDF."""
    answer = HttpResponse(desk.node.papers.count_sheet(name, desk.actor, spoken()), content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{name}.pdf")
    answer["Cache-Control"] = "no-store"
    return answer


def _take(desk: Desk, name: str, begun: int, looking: LookForm, closing: NoteForm, cancelling: ReasonForm) -> None:
    step = desk.POST["step"]
    if step == "enter":
        entered = stockpiles.enter_count(count=name, look=looking.look(begun), **by(desk))
        _forget(desk, name)
        tell(desk, "web.counts.entered", count=len(entered.seen) + len(entered.extra))
        for weapon in entered.extra:
            warn(desk, "stockpiles.weapon_elsewhere", weapon=weapon)
        if entered.unread:
            warn(desk, "web.counts.unread", lines=list(entered.unread))
    elif step == "close":
        note = closing.cleaned_data["note"]
        stockpiles.close_count(count=name, note=note, **by(desk))
        tell(desk, "web.counts.closed", count=name)
    else:
        reason = cancelling.cleaned_data["reason"]
        stockpiles.cancel_count(count=name, reason=reason, **by(desk))
        tell(desk, "web.counts.cancelled", count=name)


def _begun(desk: Desk, name: str) -> int:
    """Return where the record stood when the counter opened the page; it is remembered until the pass is sent."""
    known: dict[str, int] = desk.session.get(_BEGUN, {})
    if name not in known:
        head = desk.node.stores.records.head()
        known = dict([*known.items(), (name, head.size - 1 if head else 0)][-_REMEMBERED:])
        desk.session[_BEGUN] = known
    return known[name]


def _forget(desk: Desk, name: str) -> None:
    desk.session[_BEGUN] = {each: at for each, at in desk.session.get(_BEGUN, {}).items() if each != name}


def _counts(desk: Desk, count: Count, site: Site) -> bool:
    """Whether the reader may count here: with the permission, and not the custodian."""
    keeper = site.keeper.strip().casefold() == desk.actor.name.strip().casefold()
    return count.open and may(desk.actor, Permission.RECORD_STOCK) and not keeper


def _named(desk: Desk, count: Count) -> list[tuple[int, bool]]:
    """Return the extra weapons, and whether the reader may look at each."""
    stores = desk.node.stores
    states, agencies = stores.register.states(count.extra), stores.agencies.all()
    return [(each, each in states and may_see(desk.actor, states[each].holder, agencies)) for each in count.extra]
