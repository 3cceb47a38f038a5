from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from tracemark import reporting
from tracemark.authorities import Permission
from tracemark.kernel import Refused
from tracemark.node import drawing, this_node
from tracemark.reporting import SUM, Publication, PublishedTable
from tracemark.web.access import Desk, needs
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
    found = [(each, shown_rows(each)) for each in reporting.visible_publications(desk.actor, desk.node.stores)]
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


def _take(step: str, name: str, desk: Desk) -> None:
    node, reason = desk.node, desk.POST.get("reason", "")
    if step == "approve":
        reporting.approve_publication(name=name, actor=desk.actor, stores=node.stores, clock=node.clock)
    elif step == "decline":
        reporting.decline_publication(name=name, reason=reason, actor=desk.actor, stores=node.stores, clock=node.clock)
    else:
        reporting.withdraw_publication(name=name, reason=reason, actor=desk.actor, stores=node.stores, clock=node.clock)


def shown_rows(found: Publication) -> list[tuple[tuple[str, ...], Number]]:
    """Return the rows of a published table, sums last, in the reader's language."""
    agencies, table = this_node().agency_names, found.table
    ordered = sorted(table.numbers.items(), key=lambda each: tuple((part == SUM, part) for part in each[0]))
    return [(_names(table, key, agencies), number) for key, number in ordered]


def _names(table: PublishedTable, key: tuple[str, ...], agencies: dict[str, str]) -> tuple[str, ...]:
    return tuple(
        say("web.public.sum") if part == SUM else cell_name(by, part, agencies)
        for by, part in zip(table.by, key, strict=False)
    )


def _warn(desk: Desk, refused: Refused) -> None:
    for each in refused.findings:
        warn(desk, "web.publications.refused", why=finding_text(each, to=spoken()))
