import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from docs.generators.markdown import code, codes, table

_BEGINNING = """# The API

REST over JSON, described by `src/tracemark/api/openapi.json` (OpenAPI 3.1), which every node also serves. Give a
token as `Authorization: Bearer …`; its scopes are [permissions](permissions.md), and narrow what its owner's roles
grant. A refusal is `application/problem+json` (RFC 9457) with the code of the finding, the paragraph that asks, and
a sentence in the language of `Accept-Language`.
"""

_REFUSALS = """Every operation may refuse with these, each as far as it applies: a public one asks for no token.
"""


def api_page() -> str:
    """Describe every operation of the API, from the committed description."""
    rows = [
        (
            f"[`{method.upper()} {path}`](#{_anchor(method, path)})",
            _described(operation).partition(". ")[0].rstrip("."),
            codes(operation.get("x-permissions", ())),
        )
        for path, method, operation in operations()
    ]
    refusals = [
        (code(name), answer.get("description", ""))
        for name, answer in _document().get("components", {}).get("responses", {}).items()
    ]
    parts = [_BEGINNING, table(["operation", "what it does", "one of these permissions"], rows)]
    parts += ["\n## Refusals\n", _REFUSALS, table(["refusal", "meaning"], refusals)]
    parts += [_operation(*each) for each in operations()]
    return "\n".join(parts)


@cache
def _document() -> Mapping[str, Any]:
    """Return the committed description; an empty one where there is none yet."""
    described = files("tracemark.api") / "openapi.json"
    found: Mapping[str, Any] = json.loads(described.read_text("utf-8")) if described.is_file() else {}
    return found


def operations() -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Yield path, method and description of every operation."""
    for path, methods in _document().get("paths", {}).items():
        for method, operation in methods.items():
            yield path, method, operation


def _operation(path: str, method: str, operation: Mapping[str, Any]) -> str:
    taken = [
        (code(each["name"]), each["in"], "yes" if each.get("required") else "", _kind(each.get("schema", {})))
        for each in operation.get("parameters", ())
    ]
    parts = [f"\n## {method.upper()} {path}\n", _described(operation) + "\n"]
    if taken:
        parts.append(table(["parameter", "in", "required", "kind"], taken) + "\n")
    for media, body in operation.get("requestBody", {}).get("content", {}).items():
        parts.append(f"Takes {code(media)}: {_kind(body.get('schema', {}))}.\n")
    parts += [_answer(status, answer) for status, answer in operation["responses"].items() if "$ref" not in answer]
    return "\n".join(parts)


def _described(operation: Mapping[str, Any]) -> str:
    return str(operation.get("description") or operation.get("summary", ""))


def _answer(status: str, answer: Mapping[str, Any]) -> str:
    kinds = [_kind(body.get("schema", {})) for body in answer.get("content", {}).values()]
    return f"Answers {status}" + (f": {', '.join(kinds)}." if any(kinds) else ".")


def _anchor(method: str, path: str) -> str:
    """Return the name that readers of Markdown give to a heading."""
    return re.sub(r"[^a-z0-9_ -]", "", f"{method} {path}".lower()).replace(" ", "-")


def _kind(schema: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        return code(schema["$ref"].rpartition("/")[2])
    if "items" in schema:
        return f"list of {_kind(schema['items'])}"
    several = schema.get("anyOf", ())
    if several:
        return " or ".join(filter(None, map(_kind, several)))
    if "enum" in schema:
        return codes(map(str, schema["enum"]))
    return str(schema.get("format") or schema.get("type", ""))
