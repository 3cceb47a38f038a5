import csv
import io
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods

from tracemark import node, reporting
from tracemark.authorities import Permission, may, require
from tracemark.kernel import Refused
from tracemark.reporting import STATISTICS_COLUMNS, StatementRecord, StatisticsRefused, statistics
from tracemark.web.access import Desk, needs
from tracemark.web.cells import cell_name
from tracemark.web.forms.statistics import SeriesForm, StatementForm, StatisticsFileForm, WithdrawForm
from tracemark.web.pages import page, tell

_MOST_YEARS = 12


@needs(Permission.FIGURE_READ)
def statements(desk: Desk) -> HttpResponse:
    """List what is stated: a line for each series, a column for each of the last years."""
    found = {(each.statement.series, each.statement.year): each for each in _all(desk)}
    years = sorted({year for _, year in found})[-_MOST_YEARS:]
    lines = [(each, [(year, found.get((each.id, year))) for year in years]) for each in statistics().values()]
    return page(desk, "web/statistics/list.html", years=years, lines=lines)


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
                new=len(stated.new), revised=len(stated.revised), unchanged=len(stated.unchanged),
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
            (name,) = (*stated.new, *stated.revised, *stated.unchanged)
            tell(desk, "web.statistics.stated", statement=name)
            return redirect("statement", name)
    shown = 422 if form.errors else 200
    return page(
        desk, "web/statistics/new.html", shown, form=form, series=series, year=of_year, known=known, whole=whole
    )


@needs(Permission.FIGURE_READ)
@require_http_methods(["GET", "POST"])
def statement(desk: Desk, name: str) -> HttpResponse:
    """Show a statement with every version of it; by POST, withdraw it."""
    known = _known(desk, name)
    form = WithdrawForm(desk.POST or None) if may(desk.actor, Permission.STATISTICS_WRITE) else None
    if desk.method == "POST":
        require(desk.actor, Permission.STATISTICS_WRITE)
        if form and form.is_valid():
            try:
                reporting.withdraw_statistics(name=name, note=form.cleaned_data["note"], **_by(desk))
            except Refused as refused:
                form.refuse(refused)
            else:
                tell(desk, "web.statistics.withdrawn", statement=name)
                return redirect("statement", name)
    shown = 422 if form and form.errors else 200
    return page(
        desk, "web/statistics/statement.html", shown,
        known=known, series=statistics()[known.statement.series], form=form,
        versions=[_version(known, place) for place in reversed(range(len(known.versions)))],
    )  # fmt: skip


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
    """A version of a statement as the page shows it: each number with what it is told by."""
    told, (source, note) = known.versions[place][1], known.sources[place]
    series = statistics()[told.series]
    splits = [each for each in series.splits if each in series.needs or any(each in cell.splits for cell in told.cells)]
    lines = [
        ([(each, cell_name(each, cell.splits.get(each, ""), {})) for each in splits], cell.number, cell.reason)
        for cell in told.cells
    ]
    return {"number": place + 1, "total": told.total, "source": source, "note": note, "splits": splits, "lines": lines}


def _all(desk: Desk) -> list[StatementRecord]:
    return reporting.statement_list(actor=desk.actor, stores=desk.node.stores)


def _known(desk: Desk, name: str) -> StatementRecord:
    try:
        return reporting.statement_record(name=name, actor=desk.actor, stores=desk.node.stores)
    except StatisticsRefused:
        raise Http404 from None


def _by(desk: Desk) -> dict[str, Any]:
    return {"actor": desk.actor, "stores": desk.node.stores, "clock": desk.node.clock}
