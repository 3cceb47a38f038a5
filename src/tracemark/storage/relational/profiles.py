from collections.abc import Sequence
from datetime import date

from tracemark.marking import ProfileVersion
from tracemark.storage.relational.sql import Database, Row

_COLUMNS = ("name", "valid_from", "valid_until", "body", "added_by", "authority", "added_at")
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM marking_profile"


class RelationalProfiles:
    """The State's own marking profiles in SQL, a row for each version."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def versions(self, name: str = "") -> Sequence[ProfileVersion]:
        order = "ORDER BY name, valid_from"
        if name:
            return [_version(row) for row in self._database.rows(f"{_SELECT} WHERE name = %s {order}", name)]
        return [_version(row) for row in self._database.rows(f"{_SELECT} {order}")]

    def put(self, version: ProfileVersion) -> None:
        """Keep a new version.

        Raises:
            ValueError: one of this name begins on the same day.
        """
        if any(each.valid_from == version.valid_from for each in self.versions(version.name)):
            raise ValueError(f"{version.name} has a version of {version.valid_from} already")
        until = version.valid_until.isoformat() if version.valid_until else ""
        days = version.valid_from.isoformat(), until
        row = (version.name, *days, version.text, version.added_by, version.authority, version.added_at)
        self._database.insert("marking_profile", _COLUMNS, [row])


def _version(row: Row) -> ProfileVersion:
    name, begins, ends, text, added_by, authority, added_at = row
    until = date.fromisoformat(ends) if ends else None
    return ProfileVersion(name, date.fromisoformat(begins), until, text, added_by, authority, added_at)
