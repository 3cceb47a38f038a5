from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tracemark.marking.profiles.reading import profile_of
from tracemark.marking.profiles.requirements import Profile


@dataclass(frozen=True, slots=True)
class ProfileVersion:
    """A State's own profile as it was added: the text, the days it holds (both included), and who added it when.

    A version holds until the day before the next one of its name begins, or until `valid_until`, None where open.
    `added_at` is RFC 3339, UTC.
    """

    name: str
    valid_from: date
    valid_until: date | None
    text: str
    added_by: str
    authority: str
    added_at: str

    @property
    def profile(self) -> Profile:
        """The law, read from the text."""
        return profile_of(self.text, self.name)


def version_on(versions: Iterable[ProfileVersion], day: date) -> ProfileVersion | None:
    """Return the version of one name that holds on a day; None where none does."""
    begun = [each for each in versions if each.valid_from <= day]
    newest = max(begun, key=lambda each: each.valid_from, default=None)
    ended = newest is not None and newest.valid_until is not None and newest.valid_until < day
    return None if ended else newest
