from typing import Annotated, Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from ninja import Path, Query, Router

from tracemark.api.access import Call, needs
from tracemark.api.reports import EditionName
from tracemark.api.schemas.papers import Language, PlanForm, ReportForm
from tracemark.api.schemas.stockpiles import DossierName
from tracemark.authorities import Permission

router = Router(tags=["reports"])

_OFFICE = "application/vnd.openxmlformats-officedocument"
_MEDIA = {
    "pdf": "application/pdf",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "json": "application/json",
}


def _sent(*forms: str) -> dict[str, Any]:
    """What the document says of a file that is sent, by the forms there are of it."""
    content = {_MEDIA[each]: {"schema": {"type": "string", "format": "binary"}} for each in forms}
    return {"responses": {200: {"description": "OK", "content": content}}}


@router.get(
    "/reports/{report}/files/{form}",
    response={200: None},
    operation_id="read_report_file",
    openapi_extra=_sent("pdf", "docx", "xlsx", "json"),
)
@needs(Permission.REPORT_READ)
def read_report_file(
    request: Call,
    report: DossierName,
    form: ReportForm,
    language: Annotated[Language, Query()] = Language.EN,
    edition: EditionName = "",
) -> HttpResponse:
    """Give a report as a file, in a language and laid out in its own edition of the form or in another."""
    caller = request.auth
    content = caller.node.papers.report(report, form.value, caller.actor, language.value, edition)
    return _file(content, form.value, f"{report}-{language.value}")


@router.get(
    "/plans/{plan}/years/{year}/files/{form}",
    response={200: None},
    operation_id="read_plan_year_file",
    openapi_extra=_sent("pdf", "docx", "xlsx"),
)
@needs(Permission.TARGET_READ)
def read_plan_year_file(
    request: Call,
    plan: DossierName,
    year: Annotated[int, Path(ge=1990, le=2100)],
    form: PlanForm,
    language: Annotated[Language, Query()] = Language.EN,
) -> HttpResponse:
    """Give a plan's report on a year as a file, with the targets that its activities serve."""
    caller = request.auth
    content = caller.node.papers.plan_year(plan, year, form.value, caller.actor, language.value)
    return _file(content, form.value, f"{plan}-{year}-{language.value}")


@router.get(
    "/fellowship-nominations/{nomination}/certificate/pdf",
    response={200: None},
    operation_id="read_fellow_certificate_file",
    openapi_extra=_sent("pdf"),
)
@needs(Permission.FELLOWSHIP_WRITE)
def read_fellow_certificate_file(
    request: Call, nomination: DossierName, language: Annotated[Language, Query()] = Language.EN
) -> HttpResponse:
    """Give a certified fellow's certificate as a PDF; its caller reads personal data too, and that is noted."""
    caller = request.auth
    content = caller.node.papers.fellow_certificate(nomination, caller.actor, language.value)
    return _file(content, "pdf", f"{nomination}-{language.value}")


def _file(content: bytes, form: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=_MEDIA[form])
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{name}.{form}") or ""
    answer["Cache-Control"] = "no-store"
    return answer
