"""The API door: REST over JSON for machines, one request to one call of a room; `openapi.json` (3.1) describes it.

How an operation is made. Keep to it, and it is denied by default, refuses what it does not know and is documented:

1. *View.* One small function in the file of its room (`weapons.py`, `tracing.py` ...), under `@router.get(...)` and
   `@needs(Permission.X)`, or `@public` where everybody may; a test lists the public ones, and without either nobody
   passes. `request.auth` holds the `actor` (narrowed to the token's scopes), the `node` and the reader's `language`.
2. *Schemas.* In `schemas/`, by room: what comes in refuses unknown fields and has a `noun()`, what goes out `of(...)`.
3. *Refusals.* A view catches nothing: `problems.py` turns what rooms raise into `application/problem+json` (RFC 9457),
   with the code, the paragraph that asks and a sentence in the language of `Accept-Language`.
4. *Document.* `python -m tracemark.api.openapi` writes `openapi.json` anew; a test compares it.
"""
