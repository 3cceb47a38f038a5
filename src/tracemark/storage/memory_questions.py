from tracemark.tracing import AskedPrivately


class MemoryQuestions:
    """Who asked privately and for how many keys, in memory; replaced, never changed."""

    def __init__(self) -> None:
        self.noted: tuple[AskedPrivately, ...] = ()

    def note(self, asked: AskedPrivately) -> None:
        self.noted = (*self.noted, asked)

    def spent(self, asker: str, since: str) -> int:
        return sum(each.keys for each in self.noted if each.asker == asker and each.at >= since)

    def newest(self, count: int) -> list[AskedPrivately]:
        return list(self.noted[::-1][:count])
