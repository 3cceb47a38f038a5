from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods

from tracemark import stockpiles
from tracemark.authorities import Permission, may
from tracemark.kernel import Refused
from tracemark.stockpiles import Deed
from tracemark.web.access import Desk, needs
from tracemark.web.dossier_steps import by, taken
from tracemark.web.forms.desk import DeskForm
from tracemark.web.forms.recoveries import picture_type
from tracemark.web.forms.stockpiles import DeedForm, NoteForm, PlanForm, ReasonForm
from tracemark.web.lists import listing
from tracemark.web.once import sealed_once
from tracemark.web.pages import page, tell
from tracemark.web.said import spoken
from tracemark.web.steps import say_refused, step_of

_STEPS = {
    "approve": (Permission.DESTRUCTION_APPROVE, {"planned"}),
    "refuse": (Permission.DESTRUCTION_APPROVE, {"planned"}),
    "carry_out": (Permission.RECORD_STOCK, {"approved"}),
    "witness": (Permission.DESTRUCTION_WITNESS, {"carried_out"}),
    "certify": (Permission.RECORD_STOCK, {"carried_out"}),
    "withdraw": (Permission.RECORD_STOCK, {"planned", "approved", "carried_out"}),
}
"""What each step asks of the actor, and how the destruction stands when the page offers it."""


@needs(Permission.RECORD_READ)
def destructions(desk: Desk) -> HttpResponse:
    """List the destructions, newest first."""
    return page(desk, "web/destructions/list.html", listed=listing(desk, "destruction", stockpiles.destruction_list))


@needs(Permission.RECORD_STOCK)
@require_http_methods(["GET", "POST"])
def new_destruction(desk: Desk) -> HttpResponse:
    """Plan to destroy weapons; a second person approves it."""
    form = PlanForm(desk.POST or None, initial={"weapons": " ".join(desk.GET.getlist("weapon"))})
    if name := taken(desk, form, lambda: stockpiles.plan_destruction(plan=form.plan(), **by(desk))):
        tell(desk, "web.destructions.planned", destruction=name)
        return redirect("destruction", name)
    return page(desk, "web/destructions/new.html", 422 if form.errors else 200, form=form)


@needs(Permission.RECORD_READ)
@require_http_methods(["GET", "POST"])
def destruction(desk: Desk, name: str) -> HttpResponse:
    """Show a destruction from plan to certificate, and what came back of it; by POST, take the next step."""
    record = stockpiles.destruction_record(destruction=name, actor=desk.actor, stores=desk.node.stores)
    step = step_of(desk, _STEPS)
    forms: dict[str, DeskForm] = {each: _form(desk, each, step, record.destruction.place) for each in _STEPS}
    standing = record.destruction.standing
    offered = [each for each, (asked, after) in _STEPS.items() if may(desk.actor, asked) and standing in after]
    if step and forms[step].is_valid():
        try:
            sealed_once(desk, lambda: _take(desk, name, step, forms[step].cleaned_data))
        except Refused as refused:
            say_refused(forms[step], refused, offered=step in offered)
        else:
            return redirect("destruction", name)
    return page(
        desk,
        "web/destructions/destruction.html",
        422 if any(each.errors for each in forms.values()) else 200,
        known=record.destruction,
        record=record,
        came_back=[stockpiles.reappearance_finding(*each) for each in record.came_back],
        steps=[(each, forms[each]) for each in offered],
    )


@needs(Permission.RECORD_READ)
def destruction_certificate(desk: Desk, name: str) -> HttpResponse:
    """Give the certificate of a destruction as a PDF."""
    content = desk.node.papers.destruction_certificate(name, desk.actor, spoken())
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{name}.pdf")
    answer["Cache-Control"] = "no-store"
    return answer


@needs(Permission.RECORD_READ)
def destruction_photo(desk: Desk, name: str, fingerprint: str) -> HttpResponse:
    """Give a picture that a destruction names."""
    record = stockpiles.destruction_record(destruction=name, actor=desk.actor, stores=desk.node.stores)
    if fingerprint not in record.destruction.photos:
        raise Http404
    content = desk.node.photo(fingerprint, desk.actor)
    answer = HttpResponse(content, content_type=picture_type(content))
    answer["Cache-Control"] = "no-store"
    return answer


def _form(desk: Desk, name: str, step: str, place: str) -> DeskForm:
    sent, files = (desk.POST, desk.FILES) if name == step else (None, None)
    if name == "carry_out":
        today = desk.node.clock.now().date().isoformat()
        return DeedForm(sent, files, prefix=name, initial={"happened": today, "place": place})
    return (ReasonForm if name in {"refuse", "withdraw"} else NoteForm)(sent, prefix=name)


def _take(desk: Desk, name: str, step: str, given: dict[str, Any]) -> None:
    acting = by(desk)
    if step == "approve":
        stockpiles.decide_destruction(destruction=name, approve=True, note=given["note"], **acting)
    elif step == "refuse":
        stockpiles.decide_destruction(destruction=name, approve=False, note=given["reason"], **acting)
    elif step == "withdraw":
        stockpiles.withdraw_destruction(destruction=name, reason=given["reason"], **acting)
    elif step == "carry_out":
        photos = [*given["kept"], *(desk.node.keep_photo(content, desk.actor) for content in given["photos"])]
        deed = Deed(given["happened"], given["place"], photos, given["note"])
        stockpiles.carry_out_destruction(destruction=name, deed=deed, **acting)
    elif step == "witness":
        stockpiles.witness_destruction(destruction=name, note=given["note"], **acting)
    else:
        stockpiles.certify_destruction(destruction=name, **acting)
    tell(desk, f"web.destructions.done_{step}", destruction=name)
