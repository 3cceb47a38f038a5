"""An answer of the size of a receipt to whatever is posted: what HTTP alone costs on the server that a node runs on."""

from collections.abc import Callable, Iterable
from typing import Any

_RECEIPT = b"." * 500


def application(environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
    """Read what was posted, and answer."""
    environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    start_response("200 OK", [("Content-Type", "application/jose"), ("Content-Length", str(len(_RECEIPT)))])
    return [_RECEIPT]
