from django.http import FileResponse, HttpResponse
from ninja import Router

from tracemark.api.access import Call, public, public_text
from tracemark.api.limits import JSON
from tracemark.api.problems import not_found
from tracemark.node import SignedRequest

router = Router(tags=["exchange"])

_BYTES = "application/octet-stream"
_STRING = {"schema": {"type": "string"}}


@router.post(
    "/question",
    response={200: None},
    operation_id="answer_question",
    openapi_extra={
        "requestBody": {"required": True, "content": {"text/plain": _STRING}},
        "responses": {200: {"description": "OK", "content": {_BYTES: _STRING}}},
    },
)
@public_text
def answer_question(request: Call) -> HttpResponse:
    """Answer a private question of another node: blinded keys of marks, in a file signed by it.

    A node of the directory signs the request as well (RFC 9421); each question is answered once.

    The answer is the proof (64 bytes) and the evaluated elements (32 bytes each) of RFC 9497. It says nothing by
    itself: only who drew the blinds can tell whether the tags of this register hold one of the marks.
    """
    signed = SignedRequest("POST", f"https://node{request.path}", request.body, dict(request.headers))
    return HttpResponse(request.auth.node.questioning.answer_request(signed), content_type=_BYTES)


@router.get(
    "/question/tags",
    response={200: None},
    operation_id="tag_statement",
    openapi_extra={"responses": {200: {"description": "OK", "content": {JSON: {"schema": {"type": "object"}}}}}},
)
@public
def tag_statement(request: Call) -> HttpResponse:
    """Say, signed, under which key this register's tags stand, and which file they are. 404 before any are built."""
    text = request.auth.node.questioning.statement()
    return HttpResponse(text, content_type=JSON) if text else not_found(request)


@router.get(
    "/question/tags/{digest}",
    response={200: None},
    operation_id="tag_set",
    openapi_extra={"responses": {200: {"description": "OK", "content": {_BYTES: _STRING}}}},
)
@public
def tag_set(request: Call, digest: str) -> HttpResponse | FileResponse:
    """Give the tags of this register, by the SHA-256 of the file: six bytes each, sorted. They tell nothing alone."""
    kept = request.auth.node.questioning.tags.kept()
    if kept is None or kept.digest != digest:
        return not_found(request)
    return FileResponse(kept.tags.path.open("rb"), content_type=_BYTES)
