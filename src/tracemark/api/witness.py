from http import HTTPStatus

from django.http import HttpResponse
from ninja import Router

from tracemark.api.access import Call, public, public_text
from tracemark.api.problems import not_found, problem
from tracemark.recordkeeping import Checkpoint, HeadRefused, NotACheckpoint, Refusal

router = Router(tags=["exchange"])

_TEXT = "text/plain; charset=utf-8"
_STRING = {"schema": {"type": "string"}}
_SENDS = {"responses": {200: {"description": "OK", "content": {"text/plain": _STRING}}}}
_TAKES = {"requestBody": {"required": True, "content": {"text/plain": _STRING}}}
_CONFLICT = {409: {"description": "Conflict", "content": {"text/x.tlog.size": _STRING}}}
_STATUS = {
    Refusal.ORIGIN_UNKNOWN: HTTPStatus.NOT_FOUND,
    Refusal.NOT_SIGNED: HTTPStatus.FORBIDDEN,
    Refusal.SIZES_CROSSED: HTTPStatus.BAD_REQUEST,
    Refusal.INCONSISTENT: HTTPStatus.UNPROCESSABLE_ENTITY,
}


@router.post(
    "/witness/add-checkpoint",
    response={200: None},
    operation_id="add_checkpoint",
    openapi_extra={**_TAKES, "responses": {**_SENDS["responses"], **_CONFLICT}},
)
@public_text
def add_checkpoint(request: Call) -> HttpResponse:
    """Cosign the head of a record this node watches (C2SP tlog-witness): an old size, a proof, and the head below."""
    try:
        lines = request.auth.node.witnessing.add_checkpoint(request.body.decode("utf-8"))
    except (NotACheckpoint, UnicodeDecodeError):
        return problem(request, HTTPStatus.BAD_REQUEST, "api.not_a_submission")
    except HeadRefused as refused:
        if refused.refusal is Refusal.OUT_OF_STEP:
            return HttpResponse(f"{refused.size}\n", content_type="text/x.tlog.size", status=HTTPStatus.CONFLICT)
        code = f"recordkeeping.head_{refused.refusal.value}"
        return problem(request, _STATUS[refused.refusal], code)
    return HttpResponse(lines, content_type=_TEXT)


@router.get("/witness/{digest}/checkpoint", response={200: None}, operation_id="seen_head", openapi_extra=_SENDS)
@public
def seen_head(request: Call, digest: str) -> HttpResponse:
    """Give the head this node cosigned last of a record, by the SHA-256 of its origin (C2SP tlog-witness)."""
    return _head(request, request.auth.node.witnessing.seen_head(digest))


@router.get("/checkpoint", response={200: None}, operation_id="cosigned_head", openapi_extra=_SENDS)
@public
def cosigned_head(request: Call) -> HttpResponse:
    """Give this node's own newest head with the signatures of its witnesses below its own."""
    return _head(request, request.auth.node.witnessing.own_head())


def _head(request: Call, head: Checkpoint | None) -> HttpResponse:
    if head is None:
        return not_found(request)
    answer = HttpResponse(str(head), content_type=_TEXT)
    answer["Cache-Control"] = "no-cache"
    return answer
