from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tracemark import stockpiles
from tracemark.authorities import Permission, may
from tracemark.kernel import Refused
from tracemark.web.access import Desk, needs
from tracemark.web.dossier_steps import by, taken
from tracemark.web.forms.stockpiles import CountForm, PutForm, ReasonForm, SiteForm
from tracemark.web.lists import listing
from tracemark.web.once import sealed_once
from tracemark.web.pages import page, tell
from tracemark.web.steps import say_refused, step_of

_SHOWN = 200


@needs(Permission.RECORD_READ)
def sites(desk: Desk) -> HttpResponse:
    """List the sites, newest first, and say of how many the count is overdue."""
    today = desk.node.clock.now().date()
    listed = listing(desk, "site", stockpiles.site_list)
    rows = [(each, each.late(today), stockpiles.risk_of(each.answers)) for each in listed]
    late = stockpiles.late_sites(**by(desk))
    return page(desk, "web/sites/list.html", listed=listed, rows=rows, late=len(late))


@needs(Permission.RECORD_STOCK)
@require_http_methods(["GET", "POST"])
def new_site(desk: Desk) -> HttpResponse:
    """List a site of the officer's own agency."""
    form = SiteForm(desk.POST or None)
    if name := taken(
        desk,
        form,
        lambda: stockpiles.list_site(site=form.told(), **by(desk)),
    ):
        tell(desk, "web.sites.listed", site=name)
        return redirect("site", name)
    return page(desk, "web/sites/edit.html", 422 if form.errors else 200, form=form, site=None)


@needs(Permission.RECORD_READ)
@require_http_methods(["GET", "POST"])
def site(desk: Desk, name: str) -> HttpResponse:
    """Show a site: what is in it, its counts, its ammunition; by POST, put weapons into it, count it, or close it."""
    record = stockpiles.site_record(site=name, actor=desk.actor, stores=desk.node.stores)
    step = step_of(desk, {"put", "count", "close"})
    putting = PutForm(desk.POST if step == "put" else None, racks=record.site.racks, prefix="put")
    counting = CountForm(desk.POST if step == "count" else None, prefix="count")
    closing = ReasonForm(desk.POST if step == "close" else None, prefix="close")
    forms = {"put": putting, "count": counting, "close": closing}
    if step and forms[step].is_valid():
        try:
            return redirect(sealed_once(desk, lambda: _taken(desk, name, step, putting, counting, closing)))
        except Refused as refused:
            offered = record.site.open and may(desk.actor, Permission.RECORD_STOCK)
            say_refused(forms[step], refused, offered=offered)
    return page(
        desk,
        "web/sites/site.html",
        422 if any(each.errors for each in forms.values()) else 200,
        site=record.site,
        record=record,
        late=record.site.late(desk.node.clock.now().date()),
        shown=record.weapons[:_SHOWN],
        putting=putting,
        counting=counting,
        closing=closing,
        open_count=next((each for each in record.counts if each.open), None),
    )


def _taken(desk: Desk, name: str, step: str, putting: PutForm, counting: CountForm, closing: ReasonForm) -> str:
    """Take the step that was sent, and return where to look at what came of it."""
    if step == "count":
        due, reason = counting.due_text(), counting.cleaned_data["reason"]
        count = stockpiles.open_count(site=name, reason=reason, due=due, **by(desk))
        tell(desk, "web.counts.opened", count=count)
        return reverse("count", args=[count])
    if step == "put":
        given = putting.cleaned_data
        weapons = stockpiles.put_away(site=name, rack=given["rack"], lines=given["lines"], **by(desk))
        tell(desk, "web.sites.put", count=len(weapons))
    else:
        reason = closing.cleaned_data["reason"]
        stockpiles.close_site(name=name, reason=reason, **by(desk))
        tell(desk, "web.sites.closed", site=name)
    return reverse("site", args=[name])


@needs(Permission.RECORD_STOCK)
@require_http_methods(["GET", "POST"])
def revise_site(desk: Desk, name: str) -> HttpResponse:
    """Describe a site anew: racks, custodian, interval, answers to the questions of its risk."""
    known = stockpiles.site_record(site=name, actor=desk.actor, stores=desk.node.stores).site
    form = SiteForm(desk.POST or None, site=known)
    if taken(
        desk,
        form,
        lambda: stockpiles.revise_site(name=name, site=form.told(), **by(desk)),
    ):
        tell(desk, "web.sites.revised", site=name)
        return redirect("site", name)
    return page(desk, "web/sites/edit.html", 422 if form.errors else 200, form=form, site=known)
