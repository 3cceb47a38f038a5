from collections.abc import Sequence
from dataclasses import replace

from tracemark.tracing import Search, Searcher


class MemorySearches:
    """Who searched what, in memory; replaced, never changed."""

    def __init__(self) -> None:
        self.made: tuple[Search, ...] = ()

    def note(self, search: Search) -> None:
        self.made = (*self.made, replace(search, number=len(self.made) + 1))

    def page(self, *, actor: str = "", before: int | None = None, limit: int = 50) -> list[Search]:
        return [
            each for each in self.made[::-1] if actor in ("", each.actor) and (before is None or each.number < before)
        ][:limit]

    def made_for(self, case: str) -> bool:
        """Say whether anybody searched for a case."""
        return any(each.case == case for each in self.made)

    def searchers(self, since: str) -> list[Searcher]:
        found = [each for each in self.made if each.at >= since]
        counted = [_counted([each for each in found if each.actor == name]) for name in {each.actor for each in found}]
        return sorted(counted, key=lambda each: (-each.searches, each.actor))


def _counted(searches: Sequence[Search]) -> Searcher:
    without = sum(not each.case for each in searches)
    return Searcher(searches[0].actor, len(searches), without, max(each.at for each in searches))
