from django.http import HttpResponse
from ninja import Query, Router

from tracemark import node, reporting
from tracemark.api.access import Call, needs
from tracemark.api.schemas.indicators import IndicatorOut, IndicatorQuery
from tracemark.authorities import Permission
from tracemark.node import SdmxForm
from tracemark.reporting import Measured

router = Router(tags=["reporting"])

MEDIA = {
    SdmxForm.ML_2_1: "application/vnd.sdmx.structurespecificdata+xml; version=2.1; charset=utf-8",
    SdmxForm.ML_3_0: "application/vnd.sdmx.data+xml; version=3.0.0; charset=utf-8",
    SdmxForm.CSV: "application/vnd.sdmx.data+csv; version=2.0.0; charset=utf-8",
}
_SENT = {
    "responses": {
        200: {
            "description": "OK",
            "content": {media.partition(";")[0]: {"schema": {"type": "string"}} for media in MEDIA.values()},
        }
    }
}


@router.get("/indicators/16.4.2", response=IndicatorOut, operation_id="read_indicator")
@needs(Permission.FIGURE_READ)
def read_indicator(request: Call, wanted: Query[IndicatorQuery]) -> IndicatorOut:
    """Give the share of traced weapons for each year, drawn from the record."""
    return IndicatorOut.of(_measured(request, wanted))


@router.get("/indicators/16.4.2/{form}", response={200: None}, operation_id="read_indicator_file", openapi_extra=_SENT)
@needs(Permission.FIGURE_READ)
def read_indicator_file(request: Call, form: SdmxForm, wanted: Query[IndicatorQuery]) -> HttpResponse:
    """Give the same as SDMX of version 2.1 or 3.0, or as SDMX-CSV, in the structure of the goals' global database."""
    content = node.indicator_file(request.auth.node, _measured(request, wanted), form)
    return HttpResponse(content, content_type=MEDIA[form])


def _measured(request: Call, wanted: IndicatorQuery) -> Measured:
    caller = request.auth
    years = reporting.asked_years(wanted.first, wanted.last, caller.node.clock.now().date())
    return node.measure_indicator(caller.node, years, caller.actor, wanted.terms())
