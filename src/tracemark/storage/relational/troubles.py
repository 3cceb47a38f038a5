"""What a database, or the file it lies in, answers, as what it means here."""

import sqlite3

from django.db import Error

from tracemark.kernel import Trouble, reason_of

_SQLITE = {
    "SQLITE_NOTADB": "trouble.database_none",
    "SQLITE_CORRUPT": "trouble.database_damaged",
    "SQLITE_BUSY": "trouble.database_busy",
    "SQLITE_LOCKED": "trouble.database_busy",
    "SQLITE_READONLY": "trouble.database_not_writable",
    "SQLITE_PERM": "trouble.database_not_writable",
    "SQLITE_CANTOPEN": "trouble.database_not_opened",
    "SQLITE_FULL": "trouble.database_full",
}
"""By the beginning of SQLite's own name for it."""

_DISK_FULL = "53100"
"""The state under which PostgreSQL says so."""


def trouble_in(error: Error | OSError, kind: type[Trouble] = Trouble) -> Trouble:
    """Return what an answer means, with the answer itself where only that says more."""
    if isinstance(error, OSError):
        return kind("cli.file_failed", file=error.filename or "", why=reason_of(error))
    cause, detail = error.__cause__, " ".join(str(error).split())
    if isinstance(cause, sqlite3.Error):
        name = getattr(cause, "sqlite_errorname", "")
        code = next((code for begins, code in _SQLITE.items() if name.startswith(begins)), "")
        return kind(code) if code else kind("trouble.database_answers", detail=detail)
    state = getattr(cause, "sqlstate", None)
    if state == _DISK_FULL:
        return kind("trouble.database_full")
    # The driver of PostgreSQL gives no state where no connection came about.
    if state is None and type(error).__name__ == "OperationalError":
        return kind("trouble.database_unreached", detail=detail)
    return kind("trouble.database_answers", detail=detail)
