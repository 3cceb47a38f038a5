import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import django
from django.apps import apps
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, Error, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from tracemark.kernel import Signer, Trouble
from tracemark.storage.relational.databases import database
from tracemark.storage.relational.records import RelationalRecords
from tracemark.storage.relational.sql import Database
from tracemark.storage.relational.stores import RelationalStores
from tracemark.storage.relational.troubles import trouble_in

_SETTINGS = "tracemark.settings"
_OPENING = 7_276_012
"""The number of the advisory lock on PostgreSQL under which an empty database is set up."""


_NO_FILES = "none"


class DatabaseNotReady(Trouble):
    """No register can be opened there: none stands, the database cannot be reached, or is not of this version."""


class NoRegister(DatabaseNotReady):
    """No register stands there."""

    def __init__(self, place: str) -> None:
        super().__init__("cli.no_register", place=place)


def open_stores(url: str, signer: Signer, *, segments: Path | None = None) -> RelationalStores:
    """Open a register. An empty database is set up first; Django is, where nobody did.

    `segments` is the folder of the search index: else what TRACEMARK_SEGMENTS_DIR names, else beside the SQLite file,
    else `segments` in the folder that TRACEMARK_VAR names (`var`). Where TRACEMARK_SEGMENTS_DIR is `none` it has no
    files, and each process draws it from the database.

    Raises:
        UnknownDatabase: the URL is of an unknown kind.
        DatabaseNotReady: the database cannot be reached, or is not empty and not of this version.
    """
    alias = _alias(url)
    with _told():
        _set_up(alias)
    return RelationalStores(alias, signer, segments or _segments(alias))


def record_size(url: str) -> int:
    """Return how many events the record at a URL holds. An empty database is set up first.

    Raises:
        UnknownDatabase: the URL is of an unknown kind.
        DatabaseNotReady: the database cannot be reached, or is not empty and not of this version.
    """
    alias = _alias(url)
    with _told():
        _set_up(alias)
        return RelationalRecords(Database(alias)).size()


def database_trouble(error: Exception) -> Trouble | None:
    """Return what a database answered, where an error is its answer; None where it is another's."""
    return trouble_in(error) if isinstance(error, Error) else None


def require_register(url: str) -> None:
    """Make sure that a register stands at a URL, and write nothing.

    Raises:
        UnknownDatabase: the URL is of an unknown kind.
        NoRegister: there is none.
        DatabaseNotReady: the database cannot be reached.
    """
    settings = database(url)
    with _told():
        stands = not _is_blank(settings) and _stands(connections[_alias(url)])
    if not stands:
        # The URL may hold a password, so it is not repeated.
        raise NoRegister(str(settings["NAME"]))


@contextmanager
def _told() -> Iterator[None]:
    """Tell what the database or its file answers as what it means here."""
    try:
        yield
    except (Error, OSError) as error:
        raise trouble_in(error, DatabaseNotReady) from error


def _alias(url: str) -> str:
    """Return the name under which Django knows the database, which may be a second one beside the default."""
    wanted = database(url)
    if not apps.ready:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", _SETTINGS)
        os.environ["TRACEMARK_DB"] = url
        django.setup()
    known = connections.settings
    for alias, settings in known.items():
        if all(settings.get(name, "") == wanted.get(name, "") for name in ("ENGINE", "NAME", "USER", "HOST", "PORT")):
            return str(alias)
    alias = f"register-{len(known)}"
    known.update(connections.configure_settings({DEFAULT_DB_ALIAS: known[DEFAULT_DB_ALIAS], alias: wanted}))
    return alias


def _is_blank(settings: Mapping[str, Any]) -> bool:
    """Whether it is a file, absent or empty. Such a file is not opened: that would write to it."""
    path = Path(settings["NAME"])
    return settings["ENGINE"].endswith("sqlite3") and not (path.is_file() and path.stat().st_size)


def _stands(connection: BaseDatabaseWrapper) -> bool:
    """Whether a database holds a table: one that was only looked into is a file of one page, and holds none."""
    return not _is_blank(connection.settings_dict) and bool(connection.introspection.table_names())


def _set_up(alias: str) -> None:
    connection = connections[alias]
    if connection.vendor == "sqlite" and not _stands(connection):
        _create_file(connection)
    if not _missing(connection):
        _refuse_newer(connection)
        return
    with transaction.atomic(using=alias):
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_OPENING])
        if connection.introspection.table_names():
            _refuse(connection)
        else:
            call_command("migrate", database=alias, verbosity=0, interactive=False)


def _create_file(connection: BaseDatabaseWrapper) -> None:
    """Make the database aside and put it in place when it is whole; of two processes that do so, the first wins."""
    path = Path(connection.settings_dict["NAME"])
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{uuid4().hex}")
    alias = f"new-{aside.name}"
    known = connections.settings
    known.update(
        connections.configure_settings(
            {DEFAULT_DB_ALIAS: known[DEFAULT_DB_ALIAS], alias: database(f"sqlite:///{aside.absolute()}")}
        )
    )
    try:
        call_command("migrate", database=alias, verbosity=0, interactive=False)
        connections[alias].close()
        if path.exists() and not _stands(connection):
            connection.close()  # the file is another one afterwards
            path.unlink()
        os.link(aside, path)
    except FileExistsError:
        pass
    finally:
        del connections[alias]
        del known[alias]
        for ending in ("", "-wal", "-shm"):
            aside.with_name(aside.name + ending).unlink(missing_ok=True)


def _missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of the migrations that the database lacks."""
    executor = MigrationExecutor(connection)
    return [str(migration) for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def _refuse(connection: BaseDatabaseWrapper) -> None:
    """Refuse a database that is not empty, unless another process has just set it up."""
    _refuse_newer(connection)
    if not _applied(connection):
        raise DatabaseNotReady("trouble.register_foreign")
    if missing := _missing(connection):
        raise DatabaseNotReady("trouble.register_older", migrations=missing)


def _refuse_newer(connection: BaseDatabaseWrapper) -> None:
    """Refuse a database that went through migrations of which this version knows nothing."""
    loader = MigrationLoader(connection)
    known = set(loader.disk_migrations or ())
    known |= {name for each in (loader.disk_migrations or {}).values() for name in each.replaces}
    if unknown := _applied(connection) - known:
        raise DatabaseNotReady(
            "trouble.register_newer", migrations=sorted(f"{label}.{name}" for label, name in unknown)
        )


def _applied(connection: BaseDatabaseWrapper) -> set[tuple[str, str]]:
    """Return the migrations of our own tables that the database went through."""
    own = {each.label for each in apps.get_app_configs() if each.name.startswith("tracemark.")}
    return {each for each in MigrationRecorder(connection).applied_migrations() if each[0] in own}


def _segments(alias: str) -> Path | None:
    if named := os.environ.get("TRACEMARK_SEGMENTS_DIR"):
        return None if named == _NO_FILES else Path(named)
    connection = connections[alias]
    database_name = Path(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return database_name.with_name(f"{database_name.name}.segments")
    return Path(os.environ.get("TRACEMARK_VAR", "var")) / "segments" / database_name
