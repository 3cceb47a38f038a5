"""What the rooms' ports are plugged into: `memory` for tests and demonstrations, `relational` for a node's register.

Both keep every port in one object; one suite of tests holds them to the same promises. `Files` keeps pictures beside.
"""

from tracemark.storage.files import Files
from tracemark.storage.memory import MemoryStores
from tracemark.storage.relational import (
    DatabaseNotReady,
    NoRegister,
    UnknownDatabase,
    database_path,
    database_trouble,
    open_stores,
    record_size,
    require_register,
)

__all__ = [
    "DatabaseNotReady",
    "Files",
    "MemoryStores",
    "NoRegister",
    "UnknownDatabase",
    "database_path",
    "database_trouble",
    "open_stores",
    "record_size",
    "require_register",
]
