import csv
import io
from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods

from tracemark import node, reporting
from tracemark.authorities import Permission, may, require
from tracemark.kernel import Refused
from tracemark.reporting import STATISTICS_COLUMNS, Statement, StatementRecord, StatisticsRefused, statistics
from tracemark.web.access import Desk, needs
from tracemark.web.cells import cell_name
from tracemark.web.forms.desk import DeskForm
from tracemark.web.forms.statistics import DeclineForm, SeriesForm, StatementForm, StatisticsFileForm, WithdrawForm
from tracemark.web.once import sealed_once, ticket_of
from tracemark.web.pages import page, tell
from tracemark.web.steps import say_refused, step_of

_MOST_YEARS = 12
_STEPS = {
    "withdraw": Permission.STATISTICS_WRITE,
    "approve": Permission.STATISTICS_APPROVE,
    "decline": Permission.STATISTICS_APPROVE,
}
_DECIDES = frozenset({"approve", "decline"})


@needs(Permission.FIGURE_READ)
def statements(desk: Desk) -> HttpResponse:
    """List what is stated: a line for each series, a column for each of the last years."""
    found = {(each.statement.series, each.statement.year): each for each in _all(desk)}
    years = sorted({year for _, year in found})[-_MOST_YEARS:]
    lines = [(each, [(year, found.get((each.id, year))) for year in years]) for each in statistics().values()]
    waiting = [each for each in found.values() if each.waiting]
    return page(desk, "web/statistics/list.html", years=years, lines=lines, waiting=waiting)


@needs(Permission.STATISTICS_WRITE)
@require_http_methods(["GET", "POST"])
def upload_statistics(desk: Desk) -> HttpResponse:
    """State the statistics of a table, all or none; each fault names row and field."""
    form = StatisticsFileForm(desk.POST or None, desk.FILES or None)
    if desk.method == "POST" and form.is_valid():
        given = form.cleaned_data
        file = given["file"]
        try:
            stated = node.state_file(desk.node, file.name, file.read(), given["document"], given["note"], desk.actor)
        except Refused as refused:
            form.refuse(refused)
        else:
            tell(
                desk, "cli.statistics_stated",
                new=len(stated.new), proposed=len(stated.proposed), unchanged=len(stated.unchanged),
            )  # fmt: skip
            return redirect("statements")
    shown = 422 if form.errors else 200
    return page(desk, "web/statistics/upload.html", shown, form=form, columns=STATISTICS_COLUMNS)


@needs(Permission.STATISTICS_WRITE)
@require_http_methods(["GET", "POST"])
def new_statement(desk: Desk) -> HttpResponse:
    """State one series for one year: first which, then its numbers."""
    year = desk.node.clock.now().year
    chosen = SeriesForm(desk.GET or None, initial={"year": year - 1})
    if not chosen.is_valid():
        return page(desk, "web/statistics/choose.html", 422 if chosen.errors else 200, form=chosen)
    series, of_year = chosen.cleaned_data["series"], chosen.cleaned_data["year"]
    stated_before = {(each.statement.series, each.statement.year): each for each in _all(desk)}
    known = stated_before.get((series.id, of_year))
    before = known.statement if known else None
    whole = before is None or all(set(cell.splits) <= set(series.needs) for cell in before.cells)
    form = StatementForm(desk.POST or None, series=series, year=of_year, before=before)
    if desk.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            told = reporting.read_statistics(STATISTICS_COLUMNS, form.rows(), this_year=year)
            stated = reporting.state_statistics(
                statements=told, document=given["document"], note=given.get("note", ""), **_by(desk)
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            (name,) = (*stated.new, *stated.proposed, *stated.unchanged)
            tell(desk, "web.statistics.proposed" if stated.proposed else "web.statistics.stated", statement=name)
            return redirect("statement", name)
    shown = 422 if form.errors else 200
    return page(
        desk, "web/statistics/new.html", shown, form=form, series=series, year=of_year, known=known, whole=whole
    )


@needs(Permission.FIGURE_READ)
@require_http_methods(["GET", "POST"])
def statement(desk: Desk, name: str) -> HttpResponse:
    """Show a statement with every version of it; by POST, propose to withdraw it, or decide on what is proposed."""
    known = _known(desk, name)
    step = step_of(desk, _STEPS)
    if desk.method == "POST":
        require(desk.actor, _STEPS.get(step, Permission.STATISTICS_WRITE))
    forms = {each: form(desk.POST if step == each else None, prefix=each) for each, form in _forms(desk, known).items()}
    if step and (step not in forms or forms[step].is_valid()):
        try:
            sealed_once(desk, lambda: _take(desk, name, step, forms))
        except Refused as refused:
            say_refused(forms.get(step) or DeskForm({}), refused, offered=step in forms)
        else:
            tell(desk, f"web.statistics.done_{step}" if step in _DECIDES else "web.statistics.proposed", statement=name)
            return redirect("statement", name)
    shown = 422 if any(form.errors for form in forms.values()) else 200
    return page(
        desk, "web/statistics/statement.html", shown, known=known, series=statistics()[known.statement.series],
        forms=forms, once=ticket_of(desk), writes=may(desk.actor, Permission.STATISTICS_WRITE), waiting=known.waiting,
        proposed=_proposed(known), declined=[each for each in reversed(known.revisions) if each.declined_because],
        versions=[_version(known, place) for place in reversed(range(len(known.versions)))],
    )  # fmt: skip


def _forms(desk: Desk, known: StatementRecord) -> dict[str, type[DeskForm]]:
    """Return the form of each step that this reader may take as things stand; none decides on their own proposal."""
    if waiting := known.waiting:
        decides = may(desk.actor, Permission.STATISTICS_APPROVE) and waiting.proposed_by != desk.actor.name
        return {"approve": DeskForm, "decline": DeclineForm} if decides else {}
    return {"withdraw": WithdrawForm} if may(desk.actor, Permission.STATISTICS_WRITE) and not known.withdrawn else {}


def _take(desk: Desk, name: str, step: str, forms: Mapping[str, DeskForm]) -> None:
    told = forms[step].cleaned_data if step in forms else {}
    if step == "approve":
        reporting.approve_statistics(name=name, **_by(desk))
    elif step == "decline":
        reporting.decline_statistics(name=name, reason=told.get("reason", ""), **_by(desk))
    else:
        reporting.withdraw_statistics(name=name, note=told.get("note", ""), **_by(desk))


@needs(Permission.FIGURE_READ)
def statement_table(desk: Desk, name: str) -> HttpResponse:
    """Give what a statement says as a table that can be corrected and handed in again."""
    told = _known(desk, name).statement
    written = io.StringIO()
    lines = csv.writer(written)
    lines.writerow(STATISTICS_COLUMNS)
    for cell in told.cells:
        row = {**cell.splits, "series": told.series, "year": told.year, "number": cell.number, "reason": cell.reason}
        lines.writerow([row.get(each, "") for each in STATISTICS_COLUMNS])
    answer = HttpResponse(written.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{name}.csv") or ""
    answer["Cache-Control"] = "no-store"
    return answer


def _version(known: StatementRecord, place: int) -> dict[str, Any]:
    """A version of a statement as the page shows it."""
    source, note = known.sources[place]
    return {"number": place + 1, "source": source, "note": note, **_numbers(known.versions[place][1])}


def _proposed(known: StatementRecord) -> dict[str, Any]:
    """What is proposed in the place of a statement as the page shows it; nothing where it is to be withdrawn."""
    told = known.waiting and known.waiting.statement
    return _numbers(told) if told else {}


def _numbers(told: Statement) -> dict[str, Any]:
    """Each number of a statement with what it is told by."""
    series = statistics()[told.series]
    splits = [each for each in series.splits if each in series.needs or any(each in cell.splits for cell in told.cells)]
    lines = [
        ([(each, cell_name(each, cell.splits.get(each, ""), {})) for each in splits], cell.number, cell.reason)
        for cell in told.cells
    ]
    return {"total": told.total, "splits": splits, "lines": lines}


def _all(desk: Desk) -> list[StatementRecord]:
    return reporting.statement_list(actor=desk.actor, stores=desk.node.stores)


def _known(desk: Desk, name: str) -> StatementRecord:
    try:
        return reporting.statement_record(name=name, actor=desk.actor, stores=desk.node.stores)
    except StatisticsRefused:
        raise Http404 from None


def _by(desk: Desk) -> dict[str, Any]:
    return {"actor": desk.actor, "stores": desk.node.stores, "clock": desk.node.clock}
