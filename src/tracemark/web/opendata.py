"""What is published, as data: CSV, JSON and SDMX, with a catalogue that says what there is and under which licence."""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.http import content_disposition_header

from tracemark import assistance, reporting, wording
from tracemark.node import SdmxForm, data_licence, figure_file, published_structure, this_node
from tracemark.reporting import Publication
from tracemark.web.access import public
from tracemark.web.openness import published_figure, require_public
from tracemark.web.said import say, spoken

_TYPES = {
    "csv": "text/csv",
    "json": "application/json",
    "sdmx": "application/vnd.sdmx.structurespecificdata+xml;version=2.1",
    "sdmx-3": "application/vnd.sdmx.data+xml;version=3.0.0",
    "sdmx-csv": "application/vnd.sdmx.data+csv;version=2.0.0",
}

_COLUMNS = (
    *("name", "state", "asked_on", "title", "commitment", "themes", "helps", "stage", "need", "partner", "conditions"),
    *("amount", "granted", "lacking", "currency"),
)


@public
def open_data(_: HttpRequest, name: str, form: str) -> HttpResponse:
    """Answer with a published figure as JSON, CSV or SDMX."""
    found = published_figure(name)
    if form == "json":
        told = {**reporting.public_plain(found), "licence": data_licence()}
        return JsonResponse(told, json_dumps_params={"ensure_ascii": False})
    if form == "csv":
        return _file(_csv(found).encode(), f"{_TYPES['csv']}; charset=utf-8", f"{name}.csv")
    if form not in list(SdmxForm):
        raise Http404
    kind = SdmxForm(form)
    ending = "csv" if kind is SdmxForm.CSV else "xml"
    return _file(figure_file(this_node(), found, kind), _TYPES[form], f"{name}-{form}.{ending}")


@public
def open_requests(_: HttpRequest, form: str) -> HttpResponse:
    """Answer with the requests for assistance that are published, as JSON, or as CSV with a line for each."""
    require_public()
    told = [assistance.public_request_plain(each) for each in assistance.public_requests(this_node().stores)]
    if form == "json":
        whole = {"requests": told, "licence": data_licence()}
        return JsonResponse(whole, json_dumps_params={"ensure_ascii": False})
    if form != "csv":
        raise Http404
    return _file(_requests_csv(told).encode(), f"{_TYPES['csv']}; charset=utf-8", "assistance-requests.csv")


@public
def open_structure(_: HttpRequest) -> HttpResponse:
    """Answer with the structure of published figures: its dimensions and lists of codes, as SDMX 2.1."""
    require_public()
    return _file(
        published_structure(this_node()), "application/vnd.sdmx.structure+xml;version=2.1", "tracemark-figures.xml"
    )


@public
def open_catalogue(request: HttpRequest) -> HttpResponse:
    """Answer with a catalogue of what is published, as DCAT 3 in JSON-LD."""
    require_public()
    node = this_node()
    base = request.build_absolute_uri(reverse("public_site"))
    told: dict[str, Any] = {
        "@context": {"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/"},
        "@id": base,
        "@type": "dcat:Catalog",
        "dct:title": say("web.public.title"),
        "dct:publisher": wording.state_text(node.state, to=spoken()),
        "dct:language": spoken(),
        "dct:license": {"@id": data_licence()},
        "dct:conformsTo": {"@id": request.build_absolute_uri(reverse("open_structure"))},
        "dcat:dataset": [
            *(_of_figure(request, each) for each in reporting.published(node.stores)),
            *(_of_report(request, each) for each in reporting.public_reports(node.stores, node.clock.now().date())),
            *_of_requests(request, assistance.public_requests(node.stores)),
        ],
    }
    answer = JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Type"] = "application/ld+json"
    return answer


def _of_figure(request: HttpRequest, found: Publication) -> dict[str, Any]:
    table = found.table
    return _dataset(
        request,
        found.name,
        say(f"figures.{table.figure}"),
        (table.period.first.isoformat(), table.period.last.isoformat(), str(found.published_on or "")),
        [(reverse("open_data", args=[found.name, form]), kind) for form, kind in _TYPES.items()],
        reverse("public_figure", args=[found.name]),
    ) | {"dct:description": reporting.figures()[table.figure].question, "dct:provenance": found.head}


def _of_report(request: HttpRequest, known: reporting.Report) -> dict[str, Any]:
    files = [
        (f"{reverse('public_report_file', args=[known.name, form])}?language={each.code}", kind)
        for form, kind in (("pdf", "application/pdf"), ("json", "application/json"))
        for each in wording.LANGUAGES
    ]
    period = (known.period.first.isoformat(), known.period.last.isoformat(), known.published_on)
    title = say(f"reporting.form_{known.form}")
    page = reverse("public_report", args=[known.name])
    return _dataset(request, known.name, title, period, files, page) | {"dct:provenance": known.head}


def _of_requests(request: HttpRequest, found: Sequence[assistance.RequestRecord]) -> Iterator[dict[str, Any]]:
    days = sorted(each.request.asked_on.isoformat() for each in found if each.request.asked_on)
    if days:
        files = [(reverse("open_requests", args=[form]), _TYPES[form]) for form in ("csv", "json")]
        told = (days[0], days[-1], days[-1])
        title = say("web.public.requests")
        yield _dataset(request, "assistance", title, told, files, reverse("public_site"))


def _dataset(
    request: HttpRequest, name: str, title: str, days: tuple[str, str, str], files: list[tuple[str, str]], page: str
) -> dict[str, Any]:
    first, last, issued = days
    return {
        "@id": request.build_absolute_uri(page),
        "@type": "dcat:Dataset",
        "dct:identifier": name,
        "dct:title": title,
        "dct:temporal": {"dcat:startDate": first, "dcat:endDate": last},
        "dct:issued": issued,
        "dct:license": {"@id": data_licence()},
        "dcat:landingPage": {"@id": request.build_absolute_uri(page)},
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution",
                "dcat:downloadURL": {"@id": request.build_absolute_uri(address)},
                "dcat:mediaType": kind,
            }
            for address, kind in files
        ],
    }


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


def _requests_csv(told: Sequence[Mapping[str, Any]]) -> str:
    """Write a line for each request; what there are several of in one cell is parted by semicolons."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(_COLUMNS)
    for each in told:
        cells = ["; ".join(map(str, cell)) if isinstance(cell, list) else str(cell) for cell in map(each.get, _COLUMNS)]
        writer.writerow([_harmless("" if cell == "None" else cell) for cell in cells])
    return written.getvalue()


def _harmless(text: str) -> str:
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return answer
