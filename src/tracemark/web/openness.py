"""What everybody may read, where the State opens it, and in the six languages: published reports and figures."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from tracemark import assistance, participation, reporting, wording
from tracemark.node import ReportFile, SdmxForm, data_licence, is_public, takes_contributions, takes_tips, this_node
from tracemark.reporting import Publication, Report
from tracemark.web.access import public
from tracemark.web.pages import page
from tracemark.web.publications import shown_rows
from tracemark.web.published import published_trend, report_trends
from tracemark.web.said import spoken

_SDMX = ((SdmxForm.ML_2_1, "SDMX 2.1"), (SdmxForm.ML_3_0, "SDMX 3.0"), (SdmxForm.CSV, "SDMX-CSV"))
_TYPES: dict[ReportFile, str] = {"pdf": "application/pdf", "json": "application/json"}


def require_public() -> None:
    """Let pass where TRACEMARK_PUBLIC opens the pages for everybody; otherwise there is no such page."""
    if not is_public():
        raise Http404


@public
def public_site(request: HttpRequest) -> HttpResponse:
    """Show everybody what this State has published, where it opened this page."""
    require_public()
    node = this_node()
    return page(
        request,
        "web/public/site.html",
        reports=reporting.public_reports(node.stores, node.clock.now().date()),
        requests=assistance.public_requests(node.stores),
        found=[(each, shown_rows(each), published_trend(each)) for each in reporting.published(node.stores)],
        takes=takes_contributions(),
        asked=participation.public_consultations(node.stores) if takes_contributions() else (),
        takes_tips=takes_tips() and node.tips.desk_key is not None,
        licence=data_licence(),
        sdmx=_SDMX,
    )


@public
def public_request(request: HttpRequest, name: str) -> HttpResponse:
    """Show a request for assistance that this State published; none that it opened to chosen readers only."""
    require_public()
    try:
        record = assistance.public_request(name, this_node().stores)
    except KeyError:
        raise Http404 from None
    asked = record.request
    return page(request, "web/public/request.html", record=record, known=asked, asks=asked.asks, licence=data_licence())


@public
def public_figure(request: HttpRequest, name: str) -> HttpResponse:
    """Show a published figure, and apart from it what others say of it."""
    found = published_figure(name)
    return page(
        request,
        "web/public/figure.html",
        each=found,
        figure=reporting.figures()[found.table.figure],
        rows=shown_rows(found),
        trend=published_trend(found),
        sdmx=_SDMX,
        **_others(name),
    )


@public
def public_report(request: HttpRequest, name: str) -> HttpResponse:
    """Show a published report with its score, and apart from it what others say of it."""
    known = _known(name)
    scheme = reporting.published_scheme()
    words = this_node().papers.public_words(name, spoken())
    return page(
        request,
        "web/public/report.html",
        known=known,
        words=words,
        parts=list(zip(words.parts, report_trends(known), strict=True)),
        attached=reporting.attachments_of(known),
        scheme=scheme,
        assessment=reporting.assess(known, scheme) if known.form == reporting.NATIONAL else None,
        kinds=list(_TYPES),
        **_others(name),
    )


@public
def public_report_file(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """Give a published report as PDF or JSON, in one of the six languages."""
    require_public()
    kind: ReportFile | None = next((each for each in _TYPES if each == form), None)
    to = request.GET.get("language") or spoken()
    if kind is None or to not in [each.code for each in wording.LANGUAGES]:
        raise Http404
    try:
        content = this_node().papers.public_report(name, kind, to)
    except KeyError:
        raise Http404 from None
    answer = HttpResponse(content, content_type=_TYPES[kind])
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{name}-{to}.{kind}") or ""
    return answer


@public
def public_attachment(_: HttpRequest, name: str, fingerprint: str) -> HttpResponse:
    """Give a document that a published report names, to be kept rather than shown."""
    require_public()
    try:
        content = this_node().public_attachment(name, fingerprint)
    except KeyError:
        raise Http404 from None
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=fingerprint) or ""
    return answer


def published_figure(name: str) -> Publication:
    """Return a published figure.

    Raises:
        Http404: there is none of this name, or the public pages are closed.
    """
    require_public()
    found = next((each for each in reporting.published(this_node().stores) if each.name == name), None)
    if found is None:
        raise Http404
    return found


def _known(name: str) -> Report:
    require_public()
    node = this_node()
    try:
        return reporting.public_report_named(name, node.stores, node.clock.now().date())
    except KeyError:
        raise Http404 from None


def _others(about: str) -> dict[str, Any]:
    """What others said of something published: comments and numbers apart, and how many there are of each standing."""
    node = this_node()
    told = participation.shown_about(about, node.stores, node.clock.now().date())
    shadow = [each for each in told if each.contribution.sort is participation.ContributionSort.SHADOW]
    return {
        "about": about,
        "takes": takes_contributions(),
        "comments": [each for each in told if each not in shadow],
        "shadow": shadow,
        "tally": list(tallied(participation.tally_about(about, node.stores))),
    }


def tallied(tally: participation.ContributionTally) -> Iterator[tuple[str, int]]:
    """Yield how many contributions there are of each standing."""
    return ((each, tally.by_standing.get(each, 0)) for each in ("received", "accepted", "refused", "withdrawn"))
