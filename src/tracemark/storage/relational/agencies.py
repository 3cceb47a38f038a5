from tracemark.authorities import Agency
from tracemark.storage.relational.codec import AGENCY_COLUMNS, agency_row, read_agency
from tracemark.storage.relational.sql import Database


class RelationalAgencies:
    """The agencies in SQL, by code."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Agency]:
        found = self._database.rows(f"SELECT {', '.join(AGENCY_COLUMNS)} FROM agency")
        return sorted(map(read_agency, found), key=lambda agency: agency.code)

    def put(self, agency: Agency) -> None:
        self._database.replace("agency", AGENCY_COLUMNS, [agency_row(agency)])
