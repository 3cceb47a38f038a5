from typing import Protocol

from tracemark.storage.memory_accounts import MemoryAccounts, MemoryChanges, MemoryTokens
from tracemark.storage.memory_correspondence import MemoryInbox, MemoryOutbox
from tracemark.storage.memory_intake import MemoryIntake
from tracemark.storage.memory_persons import MemoryPersons
from tracemark.storage.memory_profiles import MemoryProfiles
from tracemark.storage.memory_proposals import MemoryProposals
from tracemark.storage.memory_questions import MemoryQuestions
from tracemark.storage.memory_searches import MemorySearches
from tracemark.storage.memory_tips import MemoryTips
from tracemark.storage.memory_verifications import MemoryVerifications
from tracemark.storage.memory_witnesses import MemoryWitnesses


class Beside(Protocol):
    """Where the ports beside the record stand. Each replaces what it holds and never changes it in place."""

    proposals: MemoryProposals
    verifications: MemoryVerifications
    persons: MemoryPersons
    intake: MemoryIntake
    profiles: MemoryProfiles
    accounts: MemoryAccounts
    tokens: MemoryTokens
    changes: MemoryChanges
    searches: MemorySearches
    witnesses: MemoryWitnesses
    questions: MemoryQuestions
    tips: MemoryTips
    outbox: MemoryOutbox
    inbox: MemoryInbox


class BesideStores:
    """The ports of a store in memory that are put back whole by a shallow copy of them."""

    held: Beside

    @property
    def proposals(self) -> MemoryProposals:
        return self.held.proposals

    @property
    def verifications(self) -> MemoryVerifications:
        return self.held.verifications

    @property
    def persons(self) -> MemoryPersons:
        return self.held.persons

    @property
    def intake(self) -> MemoryIntake:
        return self.held.intake

    @property
    def profiles(self) -> MemoryProfiles:
        return self.held.profiles

    @property
    def accounts(self) -> MemoryAccounts:
        return self.held.accounts

    @property
    def tokens(self) -> MemoryTokens:
        return self.held.tokens

    @property
    def changes(self) -> MemoryChanges:
        return self.held.changes

    @property
    def searches(self) -> MemorySearches:
        return self.held.searches

    @property
    def witnesses(self) -> MemoryWitnesses:
        return self.held.witnesses

    @property
    def questions(self) -> MemoryQuestions:
        return self.held.questions

    @property
    def tips(self) -> MemoryTips:
        return self.held.tips

    @property
    def outbox(self) -> MemoryOutbox:
        return self.held.outbox

    @property
    def inbox(self) -> MemoryInbox:
        return self.held.inbox
