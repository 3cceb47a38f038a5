import hashlib
import json
from collections.abc import Mapping

from tracemark.intake.cells import Cells
from tracemark.intake.holders import RowPersons
from tracemark.intake.profiles import Profile


class RowIdentity:
    """Knows a row of a table again in a newer file, by the key that its profile names, and what the row said."""

    def __init__(self, profile: Profile, places: Mapping[str, int]) -> None:
        whole = bool(profile.key) and all(column in places for column in profile.key)
        self._series = json.dumps(profile.series)
        self._key = [places[column] for column in profile.key] if whole else []
        open_columns = {*profile.columns()} - profile.personal_columns()
        self._open = [(column, places[column]) for column in profile.columns() if column in open_columns & set(places)]

    def of(self, cells: Cells) -> str:
        """Return the SHA-256 of the row's whole key within the profile's series, "" where a part of it is empty."""
        key = [cells[place] for place in self._key]
        if not key or not all(key):
            return ""
        return hashlib.sha256(f"{self._series}{json.dumps(key)}".encode()).hexdigest()

    def cells(self, cells: Cells, persons: RowPersons) -> Mapping[str, str]:
        """Return what the row says by column, empty cells left out; a person stands there as a commitment."""
        if not self._key:
            return {}
        return {column: cells[place] for column, place in self._open if cells[place]} | persons.told
