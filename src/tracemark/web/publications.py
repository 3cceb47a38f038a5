import csv
import io
import json
import os

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from tracemark import reporting
from tracemark.authorities import Permission
from tracemark.kernel import Refused
from tracemark.node import drawing, this_node
from tracemark.reporting import SUM, Publication, PublishedTable
from tracemark.web.access import Desk, needs, public
from tracemark.web.cells import cell_name
from tracemark.web.figures import known_figure
from tracemark.web.forms.figures import BreakdownForm
from tracemark.web.forms.publications import ReasonForm
from tracemark.web.pages import page, tell, warn
from tracemark.web.said import say, spoken
from tracemark.web.trends import Number
from tracemark.wording import finding_text

_STEPS = frozenset({"approve", "decline", "withdraw"})


@needs(Permission.FIGURE_READ)
def publications(desk: Desk) -> HttpResponse:
    """List publications, the newest first, with the steps that may follow."""
    found = [(each, _shown(each)) for each in reporting.visible_publications(desk.actor, desk.node.stores)]
    return page(desk, "web/publications/list.html", found=found, form=ReasonForm(), least=reporting.LEAST)


@needs(Permission.REPORT_WRITE)
@require_POST
def propose_publication(desk: Desk, name: str) -> HttpResponse:
    """Draw a figure as it stands on its page, and propose to publish it."""
    known = known_figure(name)
    form = BreakdownForm(desk.POST, today=desk.node.clock.now().date(), by=reporting.breakdowns(known))
    with drawing(desk.node, form.period(), desk.actor) as opened:
        drawn = opened.draw(name, form.breakdown())
    try:
        publication = reporting.propose_publication(
            drawn=drawn,
            actor=desk.actor,
            stores=desk.node.stores,
            clock=desk.node.clock,
            reason=desk.POST.get("reason", ""),
        )
    except Refused as refused:
        _warn(desk, refused)
        return redirect("figure", name)
    tell(desk, "web.publications.done", publication=publication)
    return redirect("publications")


@needs(Permission.FIGURE_PUBLISH)
@require_POST
def publication_step(desk: Desk, name: str, step: str) -> HttpResponse:
    """Publish what another proposed, decline it, or take a published figure back."""
    if step not in _STEPS:
        raise Http404
    try:
        _take(step, name, desk)
    except Refused as refused:
        _warn(desk, refused)
    else:
        tell(desk, "web.publications.done", publication=name)
    return redirect("publications")


@public
def public_figures(request: HttpRequest) -> HttpResponse:
    """Show everybody what this State has published, where it opened this page."""
    found = [(each, _shown(each)) for each in _published()]
    return page(request, "web/publications/public.html", found=found)


@public
def open_data(_: HttpRequest, name: str, form: str) -> HttpResponse:
    """Answer with a published figure as JSON or CSV."""
    found = next((each for each in _published() if each.name == name), None)
    if found is None:
        raise Http404
    if form == "json":
        return JsonResponse(reporting.public_plain(found), json_dumps_params={"ensure_ascii": False})
    answer = HttpResponse(_csv(found), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{name}.csv") or ""
    return answer


def _take(step: str, name: str, desk: Desk) -> None:
    node, reason = desk.node, desk.POST.get("reason", "")
    if step == "approve":
        reporting.approve_publication(name=name, actor=desk.actor, stores=node.stores, clock=node.clock)
    elif step == "decline":
        reporting.decline_publication(name=name, reason=reason, actor=desk.actor, stores=node.stores, clock=node.clock)
    else:
        reporting.withdraw_publication(name=name, reason=reason, actor=desk.actor, stores=node.stores, clock=node.clock)


def _published() -> list[Publication]:
    """What stands published, where TRACEMARK_PUBLIC opens it; otherwise there is no such page."""
    if os.environ.get("TRACEMARK_PUBLIC") != "1":
        raise Http404
    return reporting.published(this_node().stores)


def _shown(found: Publication) -> list[tuple[tuple[str, ...], Number]]:
    """The rows of a published table, sums last, in the reader's language."""
    agencies, table = this_node().agency_names, found.table
    ordered = sorted(table.numbers.items(), key=lambda each: tuple((part == SUM, part) for part in each[0]))
    return [(_names(table, key, agencies), number) for key, number in ordered]


def _names(table: PublishedTable, key: tuple[str, ...], agencies: dict[str, str]) -> tuple[str, ...]:
    return tuple(
        say("web.public.sum") if part == SUM else cell_name(by, part, agencies)
        for by, part in zip(table.by, key, strict=False)
    )


def _csv(found: Publication) -> str:
    """Write a table; a cell that a spreadsheet would take for a formula is kept from being one."""
    told, plain = io.StringIO(), json.loads(json.dumps(reporting.public_plain(found)))
    writer = csv.writer(told)
    writer.writerow([*plain["by"], "number", "figure", "unit", "first", "last", "head"])
    for row in plain["rows"]:
        cells = [_harmless(row.get(by, "")) for by in plain["by"]]
        number = "" if row["number"] is None else row["number"]
        writer.writerow([*cells, number, *(plain[each] for each in ("figure", "unit", "first", "last", "head"))])
    return told.getvalue()


def _harmless(text: str) -> str:
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text


def _warn(desk: Desk, refused: Refused) -> None:
    for each in refused.findings:
        warn(desk, "web.publications.refused", why=finding_text(each, to=spoken()))
