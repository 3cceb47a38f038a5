from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

APPEND_ONLY = (
    *("event", "tile", "checkpoint", "proposal", "decision", "person_read", "number_block", "number_taken"),
    "verification",
)
"""Tables that only grow: UPDATE and DELETE are refused whoever asks. A correction is a new event."""

NEVER_CHANGED = ("person",)
"""Tables whose rows are never updated; a person's data may be erased whole, lawfully."""

_MESSAGE = "the record only grows"
_REPLACED = {
    "event": "position = NEW.position",
    "tile": 'level = NEW.level AND "index" = NEW."index"',
    "checkpoint": "size = NEW.size",
    "proposal": "id = NEW.id",
    "decision": "proposal_id = NEW.proposal_id",
    "person_read": "id = NEW.id",
    "number_block": (
        "id = NEW.id OR (prefix = NEW.prefix AND digits = NEW.digits "
        "AND check_system = NEW.check_system AND first = NEW.first)"
    ),
    "number_taken": "id = NEW.id",
    "verification": "id = NEW.id",
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
_POSTGRESQL_FUNCTION = (
    "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION '{message}' USING ERRCODE = 'restrict_violation'; END $$"
)
_POSTGRESQL = (
    "CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
)


def install(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers that are not there, of the tables that are; what each migration runs that makes tables.

    SQLite drops them with a table that a later migration rebuilds.
    """
    connection = editor.connection
    tables, lacking = set(connection.introspection.table_names()), missing(connection)
    for statement in statements(connection.vendor):
        trigger, table = _trigger_of(statement)
        if not trigger or (trigger in lacking and table in tables):
            editor.execute(statement, params=None)


def statements(vendor: str) -> Iterator[str]:
    """Yield the statements that create the triggers on `sqlite` or `postgresql`."""
    if vendor == "postgresql":
        yield _POSTGRESQL_FUNCTION.format(message=_MESSAGE)
        for table, verb in _refused(("update", "delete", "truncate")):
            yield _POSTGRESQL.format(table=table, verb=verb)
        return
    for table, verb in _refused(("update", "delete")):
        yield _SQLITE.format(table=table, verb=verb, message=_MESSAGE)
    for table, same in _REPLACED.items():
        yield _SQLITE_REPLACE.format(table=table, same=same, message=_MESSAGE)


def missing(connection: BaseDatabaseWrapper) -> set[str]:
    """Return the names of triggers that the database ought to have and has not, or has and lets sleep."""
    catalogue = (
        "pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
        if connection.vendor == "postgresql"
        else "sqlite_master WHERE type = 'trigger'"
    )
    name = "tgname" if connection.vendor == "postgresql" else "name"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {name} FROM {catalogue}")
        standing = {row[0] for row in cursor.fetchall()}
    wanted = (_trigger_of(each)[0] for each in statements(connection.vendor))
    return {each for each in wanted if each} - standing


def _trigger_of(statement: str) -> tuple[str, str]:
    """Return the trigger that a statement creates, and its table; ("", "") where it creates none."""
    words = statement.split()
    return (words[2], words[words.index("ON") + 1]) if words[1] == "TRIGGER" else ("", "")


def _refused(verbs: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for table in APPEND_ONLY:
        yield from ((table, verb) for verb in verbs)
    for table in NEVER_CHANGED:
        yield table, "update"
