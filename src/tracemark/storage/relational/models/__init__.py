"""The tables of a register. Rows have no methods: what they mean lives in the rooms, and stores speak SQL to them."""

from tracemark.storage.relational.models.correspondence import InboxRow, NonceRow, OutboxRow, RejectionRow
from tracemark.storage.relational.models.decisions import DecisionRow, ProposalRow, VerificationRow
from tracemark.storage.relational.models.dossiers import DossierEventRow, DossierRow
from tracemark.storage.relational.models.intake import HeldRowRow, KnownRowRow, RunRow
from tracemark.storage.relational.models.numbering import BlockRow, TakenRow
from tracemark.storage.relational.models.oversight import ChangeRow, SearchRow
from tracemark.storage.relational.models.people import AccountRow, AgencyRow, PersonRow, ReadRow
from tracemark.storage.relational.models.profiles import ProfileRow
from tracemark.storage.relational.models.record import CheckpointRow, EventRow, TileRow
from tracemark.storage.relational.models.register import CaseRow, MarkRow, MovedComponentRow, RedrawnRow, WeaponRow
from tracemark.storage.relational.models.tips import TipRow, TipTallyRow
from tracemark.storage.relational.models.tokens import TokenRow
from tracemark.storage.relational.models.witnesses import CosignatureRow, NeighbourRow, PrivateQuestionRow, SeenHeadRow

__all__ = [
    "AccountRow",
    "AgencyRow",
    "BlockRow",
    "CaseRow",
    "ChangeRow",
    "CheckpointRow",
    "CosignatureRow",
    "DecisionRow",
    "DossierEventRow",
    "DossierRow",
    "EventRow",
    "HeldRowRow",
    "InboxRow",
    "KnownRowRow",
    "MarkRow",
    "MovedComponentRow",
    "NeighbourRow",
    "NonceRow",
    "OutboxRow",
    "PersonRow",
    "PrivateQuestionRow",
    "ProfileRow",
    "ProposalRow",
    "ReadRow",
    "RedrawnRow",
    "RejectionRow",
    "RunRow",
    "SearchRow",
    "SeenHeadRow",
    "TakenRow",
    "TileRow",
    "TipRow",
    "TipTallyRow",
    "TokenRow",
    "VerificationRow",
    "WeaponRow",
]
