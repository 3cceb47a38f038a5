from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from tracemark.authorities import Permission, require
from tracemark.kernel import Actor
from tracemark.practices.entries import Holding, LibraryEntry, own_entry, shipped_practices
from tracemark.practices.records import Practice, practice_of
from tracemark.recordkeeping import RecordkeepingStores, every_folded
from tracemark.targets import Plan

_MOST = 1_000


@dataclass(frozen=True, slots=True)
class PracticeUse:
    """An activity of a plan that follows a practice: which plan, which activity, which version, and how it stands."""

    plan: str
    code: str
    title: str
    number: int
    status: str


def practice_list(stores: RecordkeepingStores) -> tuple[Practice, ...]:
    """Return every practice of this node, the newest first; who may see it, the caller decides."""
    return tuple(islice(every_folded("practice", practice_of, stores), _MOST))


def practice_record(*, name: str, actor: Actor, stores: RecordkeepingStores) -> Practice:
    """Read a practice of this node.

    Raises:
        NotPermitted: the actor may not see practices.
        KeyError: there is none of this name.
    """
    require(actor, Permission.PRACTICE_READ)
    return practice_of(name, stores.dossiers.events(name))


def library(
    *, actor: Actor, stores: RecordkeepingStores, received: Iterable[LibraryEntry] = ()
) -> tuple[LibraryEntry, ...]:
    """Return all that can be looked up: our own practices, what others sent, what ships; none withdrawn.

    Raises:
        NotPermitted: the actor may not see practices.
    """
    require(actor, Permission.PRACTICE_READ)
    own = (own_entry(each) for each in practice_list(stores) if each.standing != "withdrawn")
    return (*own, *(each for each in received if each.standing == "published"), *shipped_practices())


def entry_named(key: str, entries: Iterable[LibraryEntry]) -> LibraryEntry:
    """Return an entry of a library by its key.

    Raises:
        KeyError: there is none.
    """
    found = next((each for each in entries if each.key == key), None)
    if found is None:
        raise KeyError(key)
    return found


def uses_of(key: str, plans: Sequence[Plan]) -> list[PracticeUse]:
    """Return the activities of plans that follow a practice, whatever its version."""
    return [
        PracticeUse(plan.name, work.activity.code, work.activity.title, int(number), work.status.value)
        for plan in plans
        for work in plan.works.values()
        for cited, _, number in (each.rpartition("@") for each in work.activity.practices)
        if cited == key and number.isdecimal()
    ]


def counts_for_document(entry: LibraryEntry) -> bool:
    """Whether a practice goes into the document of good practice: ours once published, and what ships.

    What others sent goes in once it was reviewed here, and is then one of ours that names whose it is.
    """
    return entry.holding is not Holding.RECEIVED and entry.number > 0
