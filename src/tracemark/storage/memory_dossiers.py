from collections.abc import Callable, Collection, Sequence
from typing import Protocol

from tracemark.recordkeeping import Dossier, Sealed, dossier_name, dossiers_named, fold_dossiers


class Holding(Protocol):
    """What of all that is held concerns dossiers."""

    dossiers: dict[str, Dossier]
    events: list[Sealed]


class MemoryDossiers:
    """Dossiers in memory."""

    def __init__(self, held: Callable[[], Holding]) -> None:
        self._all = held

    @property
    def _held(self) -> Holding:
        return self._all()

    def dossier(self, name: str) -> Dossier:
        return self._held.dossiers[name]

    def events(self, name: str) -> list[Sealed]:
        return [each for each in self._held.events if name in dossiers_named(each.event.details)]

    def page(
        self,
        kind: str,
        *,
        standings: Collection[str] | None = None,
        authorities: Collection[str] | None = None,
        due_before: str = "",
        before: int | None = None,
        limit: int = 50,
    ) -> list[Dossier]:
        found = sorted(self._held.dossiers.values(), key=lambda each: -each.opened)
        return [
            each
            for each in found
            if each.kind == kind
            and (standings is None or each.standing in standings)
            and (authorities is None or each.authority in authorities)
            and (not due_before or "" < each.due < due_before)
            and (before is None or each.opened < before)
        ][:limit]

    def next_name(self, kind: str, year: int) -> str:
        begins = dossier_name(kind, year, 1)[:-6]
        return dossier_name(kind, year, sum(name.startswith(begins) for name in self._held.dossiers) + 1)

    def put(self, dossiers: Sequence[Dossier]) -> None:
        self._held.dossiers.update({each.name: each for each in dossiers})

    def differing(self) -> Sequence[str]:
        drawn, held = fold_dossiers(self._held.events), self._held.dossiers
        return sorted(name for name in drawn.keys() | held.keys() if drawn.get(name) != held.get(name))

    def redraw(self) -> int:
        self._held.dossiers = fold_dossiers(self._held.events)
        return len(self._held.dossiers)
