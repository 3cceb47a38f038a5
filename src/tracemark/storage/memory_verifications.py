from tracemark.recordkeeping import Verified


class MemoryVerifications:
    """Who verified the record and what was found, in memory; replaced, never changed."""

    def __init__(self) -> None:
        self.noted: tuple[Verified, ...] = ()

    def note(self, verified: Verified) -> None:
        self.noted = (*self.noted, verified)

    def newest(self, count: int) -> list[Verified]:
        return list(self.noted[::-1][:count])
