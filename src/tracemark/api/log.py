from django.http import HttpResponse
from ninja import Router

from tracemark.api.access import Call, public
from tracemark.api.problems import not_found
from tracemark.node import Node
from tracemark.recordkeeping import TILE_WIDTH, TileHashes, read_path

router = Router(tags=["log"])

_FOR_EVER = "public, max-age=31536000, immutable"


def _sent_as(media_type: str) -> dict[str, object]:
    schema = {"type": "string"}
    return {"responses": {200: {"description": "OK", "content": {media_type: {"schema": schema}}}}}


@router.get("/checkpoint", response={200: None}, operation_id="log_checkpoint", openapi_extra=_sent_as("text/plain"))
@public
def log_checkpoint(request: Call) -> HttpResponse:
    """Give the newest signed head, for anyone who mirrors or witnesses the record (C2SP tlog-tiles)."""
    head = request.auth.node.stores.records.head()
    if head is None:
        return not_found(request)
    answer = HttpResponse(str(head), content_type="text/plain; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer


@router.get(
    "/tile/{path:place}",
    response={200: None},
    operation_id="log_tile",
    openapi_extra=_sent_as("application/octet-stream"),
)
@public
def log_tile(request: Call, place: str) -> HttpResponse:
    """Give a tile of the record's tree: hashes, and nothing else (C2SP tlog-tiles). Entries are not published."""
    try:
        level, index, width = read_path(f"tile/{place}")
    except ValueError:
        return not_found(request)
    hashes = _hashes(request.auth.node, level, index, width)
    if not hashes:
        return not_found(request)
    answer = HttpResponse(hashes, content_type="application/octet-stream")
    answer["Cache-Control"] = _FOR_EVER if width == TILE_WIDTH else "no-cache"
    return answer


def _hashes(node: Node, level: int, index: int, width: int) -> bytes:
    """Return the hashes of a tile side by side, b"" where the record has not grown so far."""
    first = index * TILE_WIDTH
    with node.stores.snapshot():
        records = node.stores.records
        head = records.head()
        if head is None or first + width > head.size // TILE_WIDTH**level:
            return b""
        return b"".join(TileHashes(records.tiles()).hashes(level, first, width))
