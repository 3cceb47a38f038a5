from tracemark.participation import Tip, TipTally


class MemoryTips:
    """Sealed tips and their tally, in memory; replaced, never changed."""

    def __init__(self) -> None:
        self._kept: dict[str, Tip] = {}
        self._tally = TipTally()

    def put(self, tip: Tip) -> None:
        self._kept = {**self._kept, tip.lookup: tip}

    def find(self, lookup: str) -> Tip | None:
        return self._kept.get(lookup)

    def all(self) -> list[Tip]:
        return sorted(self._kept.values(), key=lambda each: each.lookup)

    def received_on(self, day: str) -> int:
        return sum(each.received_on == day for each in self._kept.values())

    def remove(self, lookup: str) -> None:
        self._kept = {name: each for name, each in self._kept.items() if name != lookup}

    def remove_expired(self, today: str) -> int:
        before = len(self._kept)
        self._kept = {name: each for name, each in self._kept.items() if each.expires_on >= today}
        return before - len(self._kept)

    def tally(self) -> TipTally:
        return self._tally

    def keep_tally(self, tally: TipTally) -> None:
        self._tally = tally
