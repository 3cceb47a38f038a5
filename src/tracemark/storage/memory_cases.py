from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from tracemark.recordkeeping import Sealed
from tracemark.tracing import TraceCase, fold_cases
from tracemark.weapons import WeaponId


class Held(Protocol):
    """What is held now: a transaction that fails puts another in its place."""

    cases: dict[str, TraceCase]
    of_weapons: dict[WeaponId, tuple[Sealed, ...]]


class MemoryCases:
    """Trace cases in memory."""

    def __init__(self, held: Callable[[], Held]) -> None:
        self._now = held

    @property
    def _held(self) -> Held:
        return self._now()

    def put(self, cases: Sequence[TraceCase]) -> None:
        self._held.cases.update({case.id: case for case in cases})

    def get(self, case: str) -> TraceCase:
        return self._held.cases[case]

    def page(self, *, state: str = "", after: str = "", limit: int = 50) -> list[TraceCase]:
        newest = sorted(self._held.cases.values(), key=_opened_by_event, reverse=True)
        found = [case for case in newest if not state or case.state == state]
        if after:
            found = [case for case in found if _opened_by_event(case) < _opened_by_event(self.get(after))]
        return found[:limit]

    def differing(self) -> Iterator[tuple[str, int | None]]:
        drawn, held = self._drawn(), self._held.cases
        for case in sorted({*drawn, *held}, key=lambda each: int(each.removeprefix("T-"))):
            if held.get(case) != drawn.get(case):
                yield case, _opened_by_event(drawn[case]) if case in drawn else None

    def redraw(self) -> int:
        self._held.cases = self._drawn()
        return len(self._held.cases)

    def _drawn(self) -> dict[str, TraceCase]:
        return {case: each for events in self._held.of_weapons.values() for case, each in fold_cases(events).items()}


def _opened_by_event(case: TraceCase) -> int:
    return int(case.id.removeprefix("T-"))
