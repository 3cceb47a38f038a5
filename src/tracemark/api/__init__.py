"""The API door: REST over JSON for machines, one request to one call of a room, described by `openapi.json` (OpenAPI 3.1).

How an operation is made. Keep to it, and a new one is denied by default, refuses what it does not know and is documented:

1. *View.* One small function in the file of its room (`weapons.py`, `tracing.py` ...), under `@router.get(..., response=...)` and
   `@needs(Permission.X)`, or `@public` where everybody may; a test lists the public ones, and an operation without either is
   denied. `request.auth` holds the `actor` (narrowed to the token's scopes), the `node` and the reader's `language`.
2. *Schemas.* In `schemas/`, by room: what comes in refuses unknown fields and has a `noun()`; what goes out has an `of(...)`.
3. *Refusals.* A view catches nothing: `problems.py` turns what rooms raise into `application/problem+json` (RFC 9457), with the
   code, the paragraph that asks and a sentence in the language of `Accept-Language`.
4. *Document.* `python -m tracemark.api.openapi` writes `openapi.json` anew; a test compares it.
"""
