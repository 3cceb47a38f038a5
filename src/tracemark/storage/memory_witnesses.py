from tracemark.recordkeeping import Cosigned, Neighbour, SeenHead


class MemoryWitnesses:
    """Neighbours, their heads as they were seen, and cosignatures, in memory; replaced, never changed."""

    def __init__(self) -> None:
        self.known: tuple[Neighbour, ...] = ()
        self.heads: tuple[SeenHead, ...] = ()
        self.lines: tuple[Cosigned, ...] = ()

    def neighbours(self) -> list[Neighbour]:
        return list(self.known)

    def put_neighbour(self, neighbour: Neighbour) -> None:
        others = (each for each in self.known if each.name != neighbour.name)
        self.known = tuple(sorted((*others, neighbour), key=lambda each: each.name))

    def seen(self, origin: str) -> SeenHead | None:
        return next((each for each in reversed(self.heads) if each.head.origin == origin), None)

    def see(self, seen: SeenHead) -> None:
        self.heads = (*self.heads, seen)

    def cosigned(self, size: int) -> list[Cosigned]:
        newest = {each.witness: each for each in self.lines if each.size == size}
        return [newest[name] for name in sorted(newest)]

    def keep_cosigned(self, cosigned: Cosigned) -> None:
        self.lines = (*self.lines, cosigned)
