from contextlib import AbstractContextManager
from pathlib import Path

from tracemark.kernel import Signer
from tracemark.storage.relational.accounts import RelationalAccounts
from tracemark.storage.relational.agencies import RelationalAgencies
from tracemark.storage.relational.cases import RelationalCases
from tracemark.storage.relational.changes import RelationalChanges
from tracemark.storage.relational.correspondence import RelationalInbox, RelationalOutbox
from tracemark.storage.relational.dossiers import RelationalDossiers
from tracemark.storage.relational.intake_stores import RelationalIntake
from tracemark.storage.relational.mark_index import FileMarkIndex
from tracemark.storage.relational.numbers import RelationalNumbers
from tracemark.storage.relational.persons import RelationalPersons, RelationalReads
from tracemark.storage.relational.profiles import RelationalProfiles
from tracemark.storage.relational.proposals import RelationalProposals
from tracemark.storage.relational.questions import RelationalQuestions
from tracemark.storage.relational.records import RelationalRecords
from tracemark.storage.relational.register import RelationalRegister
from tracemark.storage.relational.searches import RelationalSearches
from tracemark.storage.relational.segments import SegmentFolder
from tracemark.storage.relational.sql import Database, Row
from tracemark.storage.relational.streams import EventStreams
from tracemark.storage.relational.tips import RelationalTips
from tracemark.storage.relational.tokens import RelationalTokens
from tracemark.storage.relational.verifications import RelationalVerifications
from tracemark.storage.relational.witnesses import RelationalWitnesses


class RelationalStores:
    """Every port of the rooms, plugged into one database. Threads may share it; each has a connection of its own."""

    def __init__(self, alias: str, signer: Signer, segments: Path | None) -> None:
        database = Database(alias)
        self._database = database
        self.signer = signer
        self.records = RelationalRecords(database)
        self.register = RelationalRegister(database)
        self.proposals = RelationalProposals(database)
        self.persons = RelationalPersons(database)
        self.reads = RelationalReads(database)
        self.agencies = RelationalAgencies(database)
        self.cases = RelationalCases(database)
        self.numbers = RelationalNumbers(database)
        self.dossiers = RelationalDossiers(database)
        self.profiles = RelationalProfiles(database)
        self.intake = RelationalIntake(database)
        self.accounts = RelationalAccounts(database)
        self.verifications = RelationalVerifications(database)
        self.tokens = RelationalTokens(database)
        self.changes = RelationalChanges(database)
        self.searches = RelationalSearches(database)
        self.witnesses = RelationalWitnesses(database)
        self.questions = RelationalQuestions(database)
        self.tips = RelationalTips(database)
        self.outbox = RelationalOutbox(database)
        self.inbox = RelationalInbox(database)
        self.marks = FileMarkIndex(database, SegmentFolder(segments) if segments else None)

    def atomic(self) -> AbstractContextManager[None]:
        """One transaction of the one writer: all or nothing."""
        return self._database.atomic()

    def snapshot(self) -> AbstractContextManager[None]:
        """One view of the record while others go on writing, as verification needs it. Nothing is written inside."""
        return self._database.snapshot()

    def event_streams(self) -> EventStreams | None:
        """Open a second connection to PostgreSQL, on which the record's events are read as columns; None on SQLite.

        A second copy of SQLite in this process, as ADBC brings it, takes this one's locks with it when it lets go of
        the file (https://sqlite.org/howtocorrupt.html, 2.2.1). The next program to end would then take the register
        for unused and throw its log away, with all that is written to it afterwards.
        """
        return EventStreams(self._database) if self._database.on_postgresql else None

    def event_rows(self, first: int, end: int) -> list[Row]:
        """Return position and body of the events from `first` to before `end`, read on this thread's connection."""
        return self._database.rows(
            "SELECT position, body FROM event WHERE position >= %s AND position < %s", first, end
        )

    def analyse(self) -> None:
        """Let the database count its rows anew, after many came at once: it plans its searches by what it counted."""
        if not self._database.on_postgresql:
            self._database.execute("PRAGMA analysis_limit = 1000")
        self._database.execute("ANALYZE")

    def close(self) -> None:
        """Close this thread's connection."""
        self._database.connection.close()
