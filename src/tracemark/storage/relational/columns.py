from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BigIntegerField, F, Field, Func, TextField
from django.db.models.sql.compiler import SQLCompiler

SQLParts = tuple[str, Any]


class Identity(BigIntegerField):  # type: ignore[type-arg] # Django has no such arguments when it runs
    """A number that we give ourselves. On SQLite it is the row's own number, which needs no second index."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        return "integer" if connection.vendor == "sqlite" else super().db_type(connection)


class _OfBody(Func):
    """A column that the database computes from an event's canonical bytes, so that it cannot say anything else."""

    sqlite = ""
    postgresql = ""

    def __init__(self, *expressions: object, output_field: "Field[Any, Any] | None" = None) -> None:
        super().__init__(*(expressions or [F("body")]), output_field=output_field)

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_context: str) -> SQLParts:
        return self.as_sql(compiler, connection, template=self.sqlite)

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> SQLParts:
        return self.as_sql(compiler, connection, template=self.postgresql)


class WeaponOfBody(_OfBody):
    """The weapon an event concerns.

    PostgreSQL would need as long to parse the JSON as for all the rest of the row. The names of the canonical form are
    sorted, and `weapon` is the last.
    """

    sqlite = "JSON_EXTRACT(%(expressions)s, '$.weapon')"
    postgresql = "RTRIM(SPLIT_PART(RIGHT(%(expressions)s, 26), ':', -1), '}')::bigint"
    output_field = BigIntegerField()


class KindOfBody(_OfBody):
    """The kind of an event: in the canonical form the last `kind`, behind all that people write."""

    sqlite = "JSON_EXTRACT(%(expressions)s, '$.kind')"
    postgresql = "SPLIT_PART(SPLIT_PART(RIGHT(%(expressions)s, 90), '\"kind\":\"', -1), '\"', 1)"
    output_field = TextField()
