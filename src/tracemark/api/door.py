from importlib.resources import files
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Router

from tracemark import __version__
from tracemark.api import (
    aid,
    assistance,
    audit,
    campaigns,
    certificates,
    consignments,
    decisions,
    destructions,
    exchange,
    fellowships,
    figures,
    indicators,
    inquiries,
    intake,
    interstate,
    investigations,
    licences,
    log,
    lost,
    lots,
    marking,
    notices,
    openness,
    papers,
    peers,
    persons,
    plans,
    practices,
    problems,
    questions,
    record,
    reference,
    region,
    reports,
    review,
    screening,
    sites,
    statistics,
    targets,
    tracing,
    triage,
    weapons,
    witness,
)
from tracemark.api.access import Call, Denied, public
from tracemark.api.languages import language_of
from tracemark.api.limits import JSON
from tracemark.api.parsing import StrictParser

PREFIX = "/api/v1"
DOCUMENT = "openapi.json"


class Api(NinjaAPI):
    """The API of a node. What may stand in the record is never kept by a browser or a proxy."""

    def create_temporal_response(self, request: HttpRequest) -> HttpResponse:
        """Begin an answer."""
        answer = super().create_temporal_response(request)
        answer["Cache-Control"] = "no-store"
        answer["Content-Language"] = language_of(request)
        return answer


document = Router(tags=["reference"])


@document.get(f"/{DOCUMENT}", response=dict[str, Any], operation_id="read_document")
@public
def read_document(request: Call) -> HttpResponse:  # noqa: ARG001 - django-ninja hands it to every view
    """Give this description of the API (OpenAPI 3.1)."""
    text = (files("tracemark.api") / DOCUMENT).read_bytes()
    return HttpResponse(text, content_type=JSON)


api = Api(
    title="Tracemark",
    version=__version__,
    description="Marking, record-keeping and tracing of small arms: one node's register, sealed record and traces.",
    urls_namespace="api",
    openapi_url=None,
    docs_url=None,
    auth=Denied(JSON),
    parser=StrictParser(),
)
problems.speak_of(api)
_ROOMS = (
    *(weapons, record, tracing, licences, consignments, certificates, screening, sites, destructions, lots, intake),
    *(investigations, triage, marking, decisions, persons, reports, reference, audit, indicators, targets, plans),
    practices,
    *(figures, openness, statistics, peers, interstate, inquiries, papers),
    *(review, fellowships, assistance, aid, campaigns),
    *(lost, notices, region),
)
for room in _ROOMS:
    api.add_router(PREFIX, room.router)
api.add_router(PREFIX, document)
api.add_router("/log", log.router)
api.add_router("/exchange", witness.router)
api.add_router("/exchange", questions.router)
api.add_router("/exchange", exchange.router)
