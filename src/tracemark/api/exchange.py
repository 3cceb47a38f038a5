from django.http import HttpResponse
from ninja import Router

from tracemark import node
from tracemark.api.access import Call, public, public_taking

LETTER = "application/jose"
_LETTER_BODY = {
    "requestBody": {
        "required": True,
        "content": {LETTER: {"schema": {"type": "string", "description": "An envelope: a JWE in compact form."}}},
    },
}
_SIGNED_ANSWER = {
    200: {
        "description": "A signed document: a JWS in compact form.",
        "content": {LETTER: {"schema": {"type": "string"}}},
    }
}

router = Router(tags=["exchange"])


@router.get("/keys", operation_id="read_own_card", openapi_extra={"responses": _SIGNED_ANSWER})
@public
def read_own_card(request: Call) -> HttpResponse:
    """Give this node's card: its keys, where letters go, and who answers, signed with its key."""
    return HttpResponse(node.signed_card(request.auth.node), content_type=LETTER)


@router.post("/inbox", operation_id="receive_envelope", openapi_extra={**_LETTER_BODY, "responses": _SIGNED_ANSWER})
@public_taking(LETTER)
def receive_envelope(request: Call) -> HttpResponse:
    """Let in an envelope of another node, whose request is signed (RFC 9421); give the signed receipt or refusal."""
    signed = node.SignedRequest("POST", f"https://node{request.path}", request.body, dict(request.headers))
    return HttpResponse(node.answer_request(request.auth.node, signed), content_type=LETTER)
