from collections.abc import Sequence

from tracemark.marking import ProfileVersion


class MemoryProfiles:
    """The State's own marking profiles in memory. The list is replaced, never changed."""

    def __init__(self) -> None:
        self.kept: tuple[ProfileVersion, ...] = ()

    def versions(self, name: str = "") -> Sequence[ProfileVersion]:
        found = (each for each in self.kept if name in {"", each.name})
        return sorted(found, key=lambda each: (each.name, each.valid_from))

    def put(self, version: ProfileVersion) -> None:
        """Keep a new version.

        Raises:
            ValueError: one of this name begins on the same day.
        """
        if any((each.name, each.valid_from) == (version.name, version.valid_from) for each in self.kept):
            raise ValueError(f"{version.name} has a version of {version.valid_from} already")
        self.kept = (*self.kept, version)
