from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from tracemark.kernel import Trouble

# FULL: what was acknowledged outlives a power cut. Deleted personal data are overwritten, not just let go.
_SQLITE_PRAGMAS = (
    "PRAGMA journal_mode = WAL;"
    "PRAGMA synchronous = FULL;"
    "PRAGMA secure_delete = ON;"
    "PRAGMA temp_store = MEMORY;"
    "PRAGMA cache_size = -65536;"
    "PRAGMA mmap_size = 1073741824"
)
_LONGEST_WAIT_SECONDS = 60


class UnknownDatabase(Trouble):
    """A database URL that is neither `sqlite:///path` nor `postgresql://user@host/name`."""


def database(url: str) -> dict[str, Any]:
    """Return Django's settings for `sqlite:///path` (`sqlite:////path` from the root) or `postgresql://user@host/name`.

    Raises:
        UnknownDatabase: the URL is of another kind.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite" and not parts.netloc and len(parts.path) > 1:
        return _sqlite(Path(unquote(parts.path[1:])))
    if parts.scheme in {"postgresql", "postgres"} and len(parts.path) > 1:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path[1:]),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": _port(parts),
            "OPTIONS": dict(parse_qsl(parts.query)),
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
        }
    # The URL may hold a password, so it is not repeated.
    raise UnknownDatabase("trouble.database_address")


def _port(parts: SplitResult) -> str:
    try:
        return str(parts.port or "")
    except ValueError as error:
        raise UnknownDatabase("trouble.database_port") from error


def database_path(url: str) -> Path:
    """Return where a register lies, or would: the SQLite file itself, `var/<name>` for a database on a server.

    Raises:
        UnknownDatabase: the URL is of another kind.
    """
    name = str(database(url)["NAME"])
    return Path(name) if url.startswith("sqlite:") else Path("var") / name


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path.absolute()),
        "OPTIONS": {
            # One writer at a time: whoever writes waits at the beginning, and never fails in the middle.
            "transaction_mode": "IMMEDIATE",
            "timeout": _LONGEST_WAIT_SECONDS,
            "init_command": _SQLITE_PRAGMAS,
        },
        "CONN_MAX_AGE": None,
    }
