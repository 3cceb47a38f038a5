from collections.abc import Iterable, Iterator

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_FIRST = ("event", "tile", "checkpoint", "proposal", "decision", "person_read")
"""Those of them that stand when migration 0002 installs the guards; later ones bring theirs along."""

_WITNESSED = ("seen_head", "cosignature", "private_question")
_BESIDE = ("marking_profile", "account_change", "mark_search", "verification", "inbox_rejection")

APPEND_ONLY = (*_FIRST, *_BESIDE, *_WITNESSED)
"""Tables that only grow: UPDATE and DELETE are refused whoever asks. A correction is a new event."""

NEVER_CHANGED = ("person", "inbox_message")
"""Tables whose rows are never updated; personal data in them may be erased whole, lawfully."""

_MESSAGE = "the record only grows"
_REPLACED = {
    "event": "position = NEW.position",
    "tile": 'level = NEW.level AND "index" = NEW."index"',
    "checkpoint": "size = NEW.size",
    "proposal": "id = NEW.id",
    "decision": "proposal_id = NEW.proposal_id",
    "person_read": "id = NEW.id",
    "marking_profile": "id = NEW.id OR (name = NEW.name AND valid_from = NEW.valid_from)",
    "account_change": "position = NEW.position",
    "mark_search": "id = NEW.id",
    "verification": "id = NEW.id",
    **dict.fromkeys(_WITNESSED, "id = NEW.id"),
    "inbox_rejection": "id = NEW.id",
    "inbox_message": "id = NEW.id OR (sender = NEW.sender AND message = NEW.message)",
    # Kept again unchanged, a person's data are let be.
    "person": "commitment = NEW.commitment AND (salt <> NEW.salt OR body <> NEW.body)",
}
"""When an insert would take the place of a row that stands."""

_SQLITE = "CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{message}'); END"
# REPLACE deletes without firing a trigger for it, so an insert onto a row that stands is refused as well.
_SQLITE_REPLACE = (
    "CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
    "WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) BEGIN SELECT RAISE(ABORT, '{message}'); END"
)
_POSTGRESQL_BODY = " BEGIN RAISE EXCEPTION '{message}' USING ERRCODE = 'restrict_violation'; END "
_POSTGRESQL_FUNCTION = f"CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $${_POSTGRESQL_BODY}$$"
_POSTGRESQL = (
    "CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
)

_CATALOGUES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
    # Asked for prettily, PostgreSQL names no schema that is searched anyway.
    "postgresql": (
        "SELECT tgname, pg_get_triggerdef(t.oid, true), prosrc, lanname, COALESCE(array_to_string(proconfig, ' '), '') "
        "FROM pg_trigger t JOIN pg_proc p ON p.oid = tgfoid JOIN pg_language l ON l.oid = prolang "
        "WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') AND pg_table_is_visible(tgrelid)"
    ),
}


def install(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Create the first triggers; what a migration runs. SQLite drops them with a table that a later one rebuilds."""
    if editor.connection.vendor == "postgresql":
        editor.execute(_POSTGRESQL_FUNCTION.format(message=_MESSAGE), params=None)
    guard((*_FIRST, "person"), editor)


def guard(tables: Iterable[str], editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers of these tables, in a migration after the first guards."""
    for table in tables:
        for statement in _triggers(table, editor.connection.vendor):
            editor.execute(statement, params=None)


def statements(vendor: str) -> Iterator[str]:
    """Yield the statements that create every trigger on `sqlite` or `postgresql`."""
    for table in (*APPEND_ONLY, *NEVER_CHANGED):
        yield from _triggers(table, vendor)


def _triggers(table: str, vendor: str) -> Iterator[str]:
    """Yield the statements that create a table's triggers on `sqlite` or `postgresql`."""
    grows = table in APPEND_ONLY
    if vendor == "postgresql":
        for verb in ("update", "delete", "truncate") if grows else ("update",):
            yield _POSTGRESQL.format(table=table, verb=verb)
        return
    for verb in ("update", "delete") if grows else ("update",):
        yield _SQLITE.format(table=table, verb=verb, message=_MESSAGE)
    yield _SQLITE_REPLACE.format(table=table, same=_REPLACED[table], message=_MESSAGE)


def missing(connection: BaseDatabaseWrapper) -> set[str]:
    """Return the names of triggers that the database ought to have and has not, or has and lets sleep."""
    return _asked(connection.vendor).keys() - _standing(connection).keys()


def altered(connection: BaseDatabaseWrapper) -> set[str]:
    """Return the names of triggers that stand, and do not what was installed under their name."""
    asked = _asked(connection.vendor)
    return {name for name, does in _standing(connection).items() if name in asked and does != asked[name]}


def _asked(vendor: str) -> dict[str, tuple[str, ...]]:
    """What each trigger is defined as, by name; on PostgreSQL followed by what the function does that it calls."""
    triggers = {each.split()[2]: each for each in statements(vendor)}
    if vendor == "postgresql":
        function = (_POSTGRESQL_BODY.format(message=_MESSAGE), "plpgsql", "")
        return {name: (each.casefold(), *function) for name, each in triggers.items()}
    return {name: (each,) for name, each in triggers.items()}


def _standing(connection: BaseDatabaseWrapper) -> dict[str, tuple[str, ...]]:
    """The same of the triggers that the database has, awake."""
    with connection.cursor() as cursor:
        cursor.execute(_CATALOGUES[connection.vendor])
        rows = cursor.fetchall()
    if connection.vendor == "postgresql":
        return {name: (each.casefold(), *function) for name, each, *function in rows}
    return {name: (each,) for name, each in rows}
