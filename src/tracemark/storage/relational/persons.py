import json
from collections.abc import Iterator, Mapping, Sequence

from tracemark.kernel import Plain
from tracemark.recordkeeping import Person
from tracemark.storage.relational.codec import write_plain
from tracemark.storage.relational.sql import Database

_COLUMNS = ("actor", "authority", "commitment", "purpose", "at")
_AT_ONCE = 4096
_READ = f"SELECT {', '.join(_COLUMNS)} FROM person_read"


class RelationalPersons:
    """Personal data in SQL: the only table from which a row may be deleted."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, commitment: str, salt: bytes, data: Mapping[str, Plain]) -> None:
        """Keep data. The same commitment again stands for the same data, and changes nothing."""
        self._database.execute(
            "INSERT INTO person (commitment, salt, body) VALUES (%s, %s, %s) ON CONFLICT (commitment) DO NOTHING",
            commitment,
            salt,
            write_plain(data),
        )

    def put_new(self, persons: Sequence[Person]) -> None:
        rows = [(each.commitment, each.salt, write_plain(each.data)) for each in persons]
        self._database.insert("person", ("commitment", "salt", "body"), rows)

    def get(self, commitment: str) -> tuple[bytes, Mapping[str, Plain]]:
        row = self._database.row("SELECT salt, body FROM person WHERE commitment = %s", commitment)
        if row is None:
            raise KeyError(commitment)
        return bytes(row[0]), json.loads(row[1])

    def all(self) -> Iterator[Person]:
        """Stream in pages, so that no server keeps a cursor."""
        after = ""
        while page := self._database.rows(
            "SELECT commitment, salt, body FROM person WHERE commitment > %s ORDER BY commitment LIMIT %s",
            after,
            _AT_ONCE,
        ):
            yield from (Person(commitment, bytes(salt), _data(body)) for commitment, salt, body in page)
            after = page[-1][0]

    def erase(self, commitment: str) -> None:
        if not self._database.execute("DELETE FROM person WHERE commitment = %s", commitment):
            raise KeyError(commitment)


class RelationalReads:
    """The log of reads of personal data in SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, *, actor: str, authority: str, commitment: str, purpose: str, at: str) -> None:
        self._database.insert("person_read", _COLUMNS, [(actor, authority, commitment, purpose, at)])

    def of(self, commitment: str) -> list[Mapping[str, Plain]]:
        found = self._database.rows(f"{_READ} WHERE commitment = %s ORDER BY id", commitment)
        return [dict(zip(_COLUMNS, row, strict=True)) for row in found]

    def newest(self, count: int) -> list[Mapping[str, Plain]]:
        found = self._database.rows(f"{_READ} ORDER BY id DESC LIMIT %s", count)
        return [dict(zip(_COLUMNS, row, strict=True)) for row in found]


def _data(body: str) -> Mapping[str, Plain]:
    """Read what is kept of a person; empty where somebody made it unreadable."""
    try:
        data = json.loads(body)
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}
