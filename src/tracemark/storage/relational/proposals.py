from tracemark.recordkeeping import Decision, Proposal
from tracemark.storage.relational.codec import read_decision, read_proposal, write_plain
from tracemark.storage.relational.sql import Database

_PROPOSAL = "SELECT id, permission, subject, content, reason, proposed_by, at FROM proposal"
_BOTH = (
    "SELECT proposal.id, permission, subject, content, reason, proposed_by, proposal.at, "
    "proposal_id, approved, decided_by, decision.at, note FROM proposal JOIN decision ON proposal_id = proposal.id"
)
_WIDTH = 7


class RelationalProposals:
    """Proposals and decisions in SQL; neither is ever changed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def propose(self, proposal: Proposal) -> Proposal:
        row = self._database.row(
            "INSERT INTO proposal (permission, subject, content, reason, proposed_by, at) "
            "VALUES (%s, %s, %s, %s, %s, %s) RETURNING id, permission, subject, content, reason, proposed_by, at",
            proposal.permission,
            proposal.subject,
            write_plain(proposal.content),
            proposal.reason,
            proposal.proposed_by,
            proposal.at,
        )
        return read_proposal(row or ())

    def proposal(self, proposal: int) -> Proposal:
        row = self._database.row(f"{_PROPOSAL} WHERE id = %s", proposal)
        if row is None:
            raise KeyError(proposal)
        return read_proposal(row)

    def decision(self, proposal: int) -> Decision | None:
        row = self._database.row(
            "SELECT proposal_id, approved, decided_by, at, note FROM decision WHERE proposal_id = %s", proposal
        )
        return read_decision(row) if row else None

    def decide(self, decision: Decision) -> None:
        """Keep a decision.

        Raises:
            ValueError: the proposal was decided before.
            KeyError: there is no such proposal.
        """
        self.proposal(decision.proposal)
        if self.decision(decision.proposal):
            raise ValueError(f"proposal {decision.proposal} was decided before")
        self._database.execute(
            "INSERT INTO decision (proposal_id, approved, decided_by, at, note) VALUES (%s, %s, %s, %s, %s)",
            decision.proposal,
            decision.approved,
            decision.decided_by,
            decision.at,
            decision.note,
        )

    def decided(self, *, proposed_by: str = "", before: int = 0, limit: int = 50) -> list[tuple[Proposal, Decision]]:
        wanted = "(%s = '' OR lower(proposed_by) = lower(%s)) AND (%s = 0 OR proposal.id < %s)"
        asked = f"{_BOTH} WHERE {wanted} ORDER BY proposal.id DESC LIMIT %s"
        rows = self._database.rows(asked, proposed_by, proposed_by, before, before, limit)
        return [(read_proposal(row[:_WIDTH]), read_decision(row[_WIDTH:])) for row in rows]

    def open(self) -> list[Proposal]:
        undecided = "NOT EXISTS (SELECT 1 FROM decision WHERE proposal_id = proposal.id)"
        return [read_proposal(row) for row in self._database.rows(f"{_PROPOSAL} WHERE {undecided} ORDER BY id")]
