from collections.abc import Iterable

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods

from tracemark import instruments, node, reporting, wording
from tracemark.authorities import Permission
from tracemark.kernel import Refused
from tracemark.node import SdmxForm
from tracemark.reporting import Measured, Year
from tracemark.web.access import Desk, needs
from tracemark.web.forms.indicators import CompareForm, IndicatorForm
from tracemark.web.pages import page
from tracemark.web.said import spoken
from tracemark.web.shares import compared_chart, result_chart, result_keys, share_chart

_FILES = {
    SdmxForm.ML_2_1: ("SDMX 2.1", "xml", "application/xml"),
    SdmxForm.ML_3_0: ("SDMX 3.0", "xml", "application/xml"),
    SdmxForm.CSV: ("SDMX-CSV", "csv", "text/csv"),
}


@needs(Permission.FIGURE_READ)
@require_GET
def indicator(desk: Desk) -> HttpResponse:
    """Show the share of traced weapons by year, what came of tracing, and how a year was revised."""
    form = IndicatorForm(desk.GET)
    try:
        measured = _measured(desk, form)
    except Refused as refused:
        form.refuse(refused)
        return page(desk, "web/indicator/indicator.html", 422, form=form)
    mirrored = _mirrored()
    return page(
        desk,
        "web/indicator/indicator.html",
        form=form,
        measured=measured,
        terms=list(wording.terms_texts(measured.terms, to=spoken())),
        any_weapon=any(each.share.denominator or each.administrative or each.unsaid for each in measured.years),
        shares=share_chart(measured, mirrored=mirrored),
        results=result_chart(measured, mirrored=mirrored),
        keys=result_keys(),
        revised=_revisions(measured.years),
        goals=instruments.by_theme("SDG"),
        files=[(form.value, name) for form, (name, _, _) in _FILES.items()],
        query=desk.GET.urlencode(),
    )


@needs(Permission.FIGURE_READ)
@require_GET
def indicator_file(desk: Desk, form: str) -> HttpResponse:
    """Give the indicator as SDMX, with the terms that the page was shown under."""
    if form not in set(SdmxForm):
        raise Http404
    asked = SdmxForm(form)
    try:
        measured = _measured(desk, IndicatorForm(desk.GET))
    except Refused as refused:
        raise Http404 from refused
    _, ending, media = _FILES[asked]
    answer = HttpResponse(node.indicator_file(desk.node, measured, asked), content_type=f"{media}; charset=utf-8")
    name = f"sdg-16-4-2-{measured.state.lower()}-{asked}.{ending}"
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    answer["Cache-Control"] = "no-store"
    return answer


@needs(Permission.FIGURE_READ)
@require_http_methods(["GET", "POST"])
def indicator_compare(desk: Desk) -> HttpResponse:
    """Show what published values say of themselves, and what the questionnaire's counts give. Nothing is kept."""
    form = CompareForm(desk.POST or None, desk.FILES or None)
    if desk.method != "POST" or not form.is_valid():
        return page(desk, "web/indicator/compare.html", 422 if form.errors else 200, form=form)
    given = form.cleaned_data
    try:
        state = given["state"].upper()
        series = [each for each in reporting.read_published(given["published"]) if state in ("", each.state)]
        found = reporting.compare(series, reporting.read_questionnaire(given["questionnaire"]))
    except Refused as refused:
        form.refuse(refused)
        return page(desk, "web/indicator/compare.html", 422, form=form)
    rows = list(zip(reporting.remarked(series), found, strict=True))
    return page(
        desk,
        "web/indicator/compare.html",
        form=form,
        rows=rows,
        chart=compared_chart(found, mirrored=_mirrored()),
    )


def _measured(desk: Desk, form: IndicatorForm) -> Measured:
    given = form.cleaned_data if form.is_valid() else {}
    years = reporting.asked_years(given.get("since"), given.get("until"), desk.node.clock.now().date())
    return node.measure_indicator(desk.node, years, desk.actor, form.terms())


def _revisions(years: Iterable[Year]) -> tuple[list[int], list[tuple[int, list[object]]]]:
    """Return the ends of years, and each year's share as it was known then; None before it was, or without one."""
    listed = list(years)
    ends = sorted({end for each in listed for end in each.revisions})
    return ends, [(each.year, [each.revisions.get(end) for end in ends]) for each in listed]


def _mirrored() -> bool:
    return wording.language(spoken()).right_to_left
