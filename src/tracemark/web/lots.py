from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tracemark import stockpiles
from tracemark.authorities import Permission
from tracemark.web.access import Desk, needs
from tracemark.web.dossier_steps import by, taken
from tracemark.web.forms.lots import LotForm, MoveForm
from tracemark.web.lists import listing
from tracemark.web.pages import page, tell


@needs(Permission.RECORD_READ)
def lots(desk: Desk) -> HttpResponse:
    """List the ammunition lots, newest first."""
    return page(desk, "web/lots/list.html", listed=listing(desk, "lot", stockpiles.lot_list))


@needs(Permission.RECORD_STOCK)
@require_http_methods(["GET", "POST"])
def new_lot(desk: Desk, name: str) -> HttpResponse:
    """Take an ammunition lot into a site."""
    site = stockpiles.site_record(site=name, actor=desk.actor, stores=desk.node.stores).site
    today = desk.node.clock.now().date().isoformat()
    form = LotForm(desk.POST or None, racks=site.racks, initial={"happened": today})
    if lot := taken(
        desk,
        form,
        lambda: stockpiles.receive_lot(lot=form.told(), site=name, happened=form.cleaned_data["happened"], **by(desk)),
    ):
        tell(desk, "web.lots.received", lot=lot)
        return redirect("lot", lot)
    return page(desk, "web/lots/new.html", 422 if form.errors else 200, form=form, site=site)


@needs(Permission.RECORD_READ)
@require_http_methods(["GET", "POST"])
def lot(desk: Desk, name: str) -> HttpResponse:
    """Show an ammunition lot with each of its steps; by POST, record one more."""
    known = stockpiles.lot_record(lot=name, actor=desk.actor, stores=desk.node.stores)
    today = desk.node.clock.now().date().isoformat()
    form = MoveForm(desk.POST or None, initial={"happened": today})

    def seal() -> str:
        stockpiles.move_lot(lot=name, move=form.move(), **by(desk))
        tell(desk, "web.lots.moved")
        return reverse("lot", args=[name])

    if address := taken(desk, form, seal):
        return redirect(address)
    status = 422 if form.errors else 200
    return page(desk, "web/lots/lot.html", status, known=known, form=form)
