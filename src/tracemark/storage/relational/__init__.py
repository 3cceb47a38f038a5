"""A register in SQLite or PostgreSQL: one Django app that holds every table, and stores that speak SQL to them.

`open_stores` is the way in: it sets Django up, and an empty database, and returns every port in one object.
"""

from tracemark.storage.relational.databases import UnknownDatabase, database_path
from tracemark.storage.relational.opening import (
    DatabaseNotReady,
    NoRegister,
    database_trouble,
    open_stores,
    record_size,
    require_register,
)
from tracemark.storage.relational.stores import RelationalStores
from tracemark.storage.relational.streams import EventStreams

__all__ = [
    "DatabaseNotReady",
    "EventStreams",
    "NoRegister",
    "RelationalStores",
    "UnknownDatabase",
    "database_path",
    "database_trouble",
    "open_stores",
    "record_size",
    "require_register",
]
