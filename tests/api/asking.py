"""How the tests of the API ask: JSON to an address under the first version, and what they read of the answer."""

from typing import Any, Protocol, cast

from django.test import Client


class Response(Protocol):
    """What is looked at of an answer."""

    status_code: int
    content: bytes

    def json(self) -> Any: ...  # noqa: ANN401 - whatever JSON holds

    def __getitem__(self, header: str) -> str: ...


def post(client: Client, path: str, body: object = None) -> Response:
    """Send a body as JSON; {} where there is none."""
    answer = client.post(f"/api/v1{path}", {} if body is None else body, content_type="application/json")
    return cast("Response", answer)
