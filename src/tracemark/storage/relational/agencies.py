from tracemark.authorities import Agency
from tracemark.storage.relational.codec import AGENCY_COLUMNS, agency_row, read_agency
from tracemark.storage.relational.sql import Database

_SELECT = f"SELECT {', '.join(AGENCY_COLUMNS)} FROM agency"


class RelationalAgencies:
    """The agencies in SQL, by code."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Agency]:
        return sorted(map(read_agency, self._database.rows(_SELECT)), key=lambda agency: agency.code)

    def find(self, code: str) -> Agency | None:
        found = self._database.row(f"{_SELECT} WHERE code = %s", code)
        return read_agency(found) if found else None

    def put(self, agency: Agency) -> None:
        self._database.replace("agency", AGENCY_COLUMNS, [agency_row(agency)])
