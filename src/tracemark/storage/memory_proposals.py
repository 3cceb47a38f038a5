from dataclasses import replace

from tracemark.recordkeeping import Decision, Proposal


class MemoryProposals:
    """Proposals and decisions, in memory; both are replaced, never changed, so that a shallow copy puts them back."""

    def __init__(self) -> None:
        self.made: tuple[Proposal, ...] = ()
        self.decisions: dict[int, Decision] = {}

    def propose(self, proposal: Proposal) -> Proposal:
        kept = replace(proposal, id=len(self.made) + 1)
        self.made = (*self.made, kept)
        return kept

    def proposal(self, proposal: int) -> Proposal:
        if not 0 < proposal <= len(self.made):
            raise KeyError(proposal)
        return self.made[proposal - 1]

    def decision(self, proposal: int) -> Decision | None:
        return self.decisions.get(proposal)

    def decide(self, decision: Decision) -> None:
        """Keep a decision.

        Raises:
            ValueError: the proposal was decided before.
            KeyError: there is no such proposal.
        """
        self.proposal(decision.proposal)
        if decision.proposal in self.decisions:
            raise ValueError(f"proposal {decision.proposal} was decided before")
        self.decisions = {**self.decisions, decision.proposal: decision}

    def open(self) -> list[Proposal]:
        return [each for each in self.made if each.id not in self.decisions]

    def decided(self, *, proposed_by: str = "", before: int = 0, limit: int = 50) -> list[tuple[Proposal, Decision]]:
        found = [
            (each, self.decisions[each.id])
            for each in reversed(self.made)
            if each.id in self.decisions
            and (not proposed_by or each.proposed_by.casefold() == proposed_by.casefold())
            and (not before or each.id < before)
        ]
        return found[:limit]
