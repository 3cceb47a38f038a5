from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from tracemark.marking.profiles import ProfileVersion


class ProfileStore(Protocol):
    """The State's own marking profiles, every version of each. It only ever grows."""

    def versions(self, name: str = "") -> Sequence[ProfileVersion]:
        """Every version of a profile, of all with "", by name and the day it begins."""
        ...

    def put(self, version: ProfileVersion) -> None:
        """Keep a new version. Raise ValueError where one of this name begins on the same day."""
        ...


class MarkingStores(Protocol):
    """What the room needs from outside."""

    @property
    def profiles(self) -> ProfileStore: ...

    def atomic(self) -> AbstractContextManager[object]:
        """One transaction: all that is written inside stands, or nothing does. It holds the writer's lock."""
        ...
