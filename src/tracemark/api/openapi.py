import json
from collections.abc import Mapping
from copy import deepcopy
from http import HTTPStatus
from pathlib import Path
from typing import Any

from tracemark.api.limits import MULTIPART
from tracemark.api.problems import MEDIA_TYPE

_PROBLEM = "#/components/schemas/Problem"
_ALWAYS = (HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.TOO_MANY_REQUESTS)
_WITH_TOKEN = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
_WITH_BODY = (
    HTTPStatus.NOT_FOUND,
    HTTPStatus.CONFLICT,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
)
_MAY_BE_ABSENT = frozenset(
    {
        *("cosigned_head", "list_early_warnings", "list_signals", "log_checkpoint", "prove_growth", "read_head"),
        *("read_paragraph", "read_regional_indicator", "tag_statement"),
    }
)
"""Operations that look for one thing without naming it in the path."""

_MAY_BE_FORBIDDEN = frozenset({"add_checkpoint"})
"""Operations without a token that ask for another's signature."""

_TOLD = {
    HTTPStatus.BAD_REQUEST: "The request is no JSON, or no form, that can be read.",
    HTTPStatus.UNAUTHORIZED: "There is no token, or it is unknown, expired or revoked.",
    HTTPStatus.FORBIDDEN: "The token's owner or its scopes do not permit this, or the weapon is out of their sight.",
    HTTPStatus.NOT_FOUND: "There is no such thing.",
    HTTPStatus.CONFLICT: "It may be asked, but not as things stand now; nothing was written.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "The body is too large.",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "The body is of another type than the operation takes.",
    HTTPStatus.UNPROCESSABLE_ENTITY: "A field is missing, unknown or unfit, or a rule is not met; nothing was written.",
    HTTPStatus.TOO_MANY_REQUESTS: "Asked too often; `Retry-After` says in how many seconds to ask again.",
}
_FOUND = {
    "type": "object",
    "required": ["code", "source", "detail"],
    "properties": {"code": {"type": "string"}, "source": {"type": "string"}, "detail": {"type": "string"}},
}
_SCHEMA = {
    "title": "Problem",
    "type": "object",
    "description": "What is wrong (RFC 9457): a stable `code`, the paragraph (`source`), a sentence (`detail`).",
    "required": ["type", "title", "status", "code", "source", "detail", "findings", "fields"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "source": {"type": "string"},
        "detail": {"type": "string"},
        "findings": {"type": "array", "items": _FOUND},
        "fields": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "code", "detail"],
                "properties": {"field": {"type": "string"}, "code": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}


def document() -> dict[str, Any]:
    """Describe the API as OpenAPI 3.1, every refusal included, in an order that only changes when the API does."""
    from tracemark.api.door import api  # noqa: PLC0415 - the door needs Django's settings, this module's other names do not

    plain: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix="")))
    for path, operations in plain["paths"].items():
        for method, operation in operations.items():
            _describe_refusals(path, method, operation)
    components = plain["components"]
    components["schemas"]["Problem"] = deepcopy(_SCHEMA)
    components["schemas"] = dict(sorted(components["schemas"].items()))
    components["responses"] = {_name(status): _response(status) for status in _TOLD}
    plain["paths"] = dict(sorted(plain["paths"].items()))
    return plain


def text_of(plain: Mapping[str, Any]) -> str:
    """Write the description as it is committed."""
    return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"


def _describe_refusals(path: str, method: str, operation: dict[str, Any]) -> None:
    statuses = set(_ALWAYS)
    if operation["x-permissions"] != ["public"]:
        statuses.update(_WITH_TOKEN)
    elif operation["operationId"] in _MAY_BE_FORBIDDEN:
        statuses.add(HTTPStatus.FORBIDDEN)
    if method == "post":
        statuses.update(_WITH_BODY)
        for media_type, body in operation.get("requestBody", {}).get("content", {}).items():
            if media_type == MULTIPART:
                body["schema"]["additionalProperties"] = False
    if "{" in path or "public" in operation["tags"] or operation["operationId"] in _MAY_BE_ABSENT:
        statuses.add(HTTPStatus.NOT_FOUND)
    for status in sorted(statuses):
        operation["responses"].setdefault(str(int(status)), {"$ref": f"#/components/responses/{_name(status)}"})


def _name(status: HTTPStatus) -> str:
    return status.name.title().replace("_", "")


def _response(status: HTTPStatus) -> dict[str, Any]:
    described: dict[str, Any] = {
        "description": _TOLD[status],
        "content": {MEDIA_TYPE: {"schema": {"$ref": _PROBLEM}}},
    }
    if status is HTTPStatus.TOO_MANY_REQUESTS:
        described["headers"] = {"Retry-After": {"required": True, "schema": {"type": "string"}}}
    if status is HTTPStatus.UNAUTHORIZED:
        described["headers"] = {"WWW-Authenticate": {"required": True, "schema": {"type": "string"}}}
    return described


def _write() -> None:
    import django  # noqa: PLC0415 - only when run by hand

    django.setup()
    Path(__file__).with_name("openapi.json").write_text(text_of(document()), "utf-8")


if __name__ == "__main__":
    _write()
