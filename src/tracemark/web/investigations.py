from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from tracemark import stockpiles
from tracemark.authorities import Permission, may
from tracemark.kernel import Refused
from tracemark.recordkeeping import Status
from tracemark.stockpiles import Conclusion
from tracemark.web.access import Desk, needs
from tracemark.web.dossier_steps import by, taken
from tracemark.web.forms.stockpiles import ConclusionForm, FindingNoteForm, InvestigationForm, MissingForm
from tracemark.web.lists import listing
from tracemark.web.once import sealed_once
from tracemark.web.pages import page, tell
from tracemark.web.steps import say_refused, step_of

_GONE = frozenset({Status.LOST, Status.STOLEN})


@needs(Permission.RECORD_READ)
def investigations(desk: Desk) -> HttpResponse:
    """List the investigations, newest first."""
    listed = listing(desk, "investigation", stockpiles.investigation_list)
    today = desk.node.clock.now().date().isoformat()
    rows = [(each, each.open and "" < each.due < today) for each in listed]
    return page(desk, "web/investigations/list.html", listed=listed, rows=rows)


@needs(Permission.INVESTIGATION_OPEN)
@require_http_methods(["GET", "POST"])
def new_investigation(desk: Desk) -> HttpResponse:
    """Open an investigation that no count asked for."""
    form = InvestigationForm(desk.POST or None, initial={"site": desk.GET.get("site", "")})
    if name := taken(desk, form, lambda: stockpiles.open_investigation(occasion=form.occasion(), **by(desk))):
        tell(desk, "web.investigations.opened", investigation=name)
        return redirect("investigation", name)
    return page(desk, "web/investigations/new.html", 422 if form.errors else 200, form=form)


@needs(Permission.RECORD_READ)
@require_http_methods(["GET", "POST"])
def investigation(desk: Desk, name: str) -> HttpResponse:
    """Show an investigation; by POST, note what came out, report weapons lost or stolen, or close it."""
    known, weapons = stockpiles.investigation_record(investigation=name, actor=desk.actor, stores=desk.node.stores)
    step = step_of(desk, {"note", "report", "close"})
    today = desk.node.clock.now().date().isoformat()
    noting = FindingNoteForm(desk.POST if step == "note" else None, prefix="note")
    reporting = MissingForm(
        desk.POST if step == "report" else None,
        weapons=[each.weapon for each in weapons if each.status not in _GONE],
        prefix="report",
        initial={"reported_on": today},
    )
    closing = ConclusionForm(desk.POST if step == "close" else None, prefix="close")
    forms = {"note": noting, "report": reporting, "close": closing}
    if step and forms[step].is_valid():
        try:
            sealed_once(desk, lambda: _take(desk, name, noting, reporting, closing))
        except Refused as refused:
            offered = known.open and may(desk.actor, Permission.RECORD_STOCK)
            say_refused(forms[step], refused, offered=offered)
        else:
            return redirect("investigation", name)
    return page(
        desk,
        "web/investigations/investigation.html",
        422 if any(each.errors for each in forms.values()) else 200,
        known=known,
        weapons=weapons,
        noting=noting,
        reporting=reporting,
        closing=closing,
    )


def _take(desk: Desk, name: str, noting: FindingNoteForm, reporting: MissingForm, closing: ConclusionForm) -> None:
    acting = by(desk)
    step = desk.POST["step"]
    if step == "note":
        note, due = noting.cleaned_data["note"], noting.due_text()
        stockpiles.note_investigation(investigation=name, note=note, due=due, **acting)
        tell(desk, "web.investigations.noted")
    elif step == "report":
        report = reporting.report()
        stockpiles.report_missing(investigation=name, report=report, **acting)
        tell(desk, "web.investigations.reported", count=len(report.weapons))
    else:
        given = closing.cleaned_data
        finding = Conclusion(given["finding"])
        stockpiles.close_investigation(investigation=name, finding=finding, note=given["note"], **acting)
        tell(desk, "web.investigations.closed", investigation=name)
