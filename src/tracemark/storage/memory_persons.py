from collections.abc import Iterator, Mapping, Sequence

from tracemark.kernel import Plain
from tracemark.recordkeeping import Person


class MemoryPersons:
    """Personal data in memory. They are replaced, never changed, so that a shallow copy puts them back."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[bytes, Mapping[str, Plain]]] = {}

    def put(self, commitment: str, salt: bytes, data: Mapping[str, Plain]) -> None:
        self.kept = {commitment: (salt, data), **self.kept}

    def put_new(self, persons: Sequence[Person]) -> None:
        self.kept = self.kept | {each.commitment: (each.salt, each.data) for each in persons}

    def get(self, commitment: str) -> tuple[bytes, Mapping[str, Plain]]:
        return self.kept[commitment]

    def all(self) -> Iterator[Person]:
        return (Person(commitment, *self.kept[commitment]) for commitment in sorted(self.kept))

    def erase(self, commitment: str) -> None:
        if commitment not in self.kept:
            raise KeyError(commitment)
        self.kept = {known: data for known, data in self.kept.items() if known != commitment}
