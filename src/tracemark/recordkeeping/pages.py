from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from tracemark.authorities import Permission, require, sees_node, visible_agencies
from tracemark.kernel import Actor
from tracemark.recordkeeping.dossiers import Dossier
from tracemark.recordkeeping.events import Sealed
from tracemark.recordkeeping.kinds import event_kinds
from tracemark.recordkeeping.ports import RecordkeepingStores

Noun = TypeVar("Noun")
Other = TypeVar("Other")
Whose = Callable[[Dossier], str]
"""The agency in whose sight a dossier lies, where that is not the one which opened it."""

_BATCH = 200


@dataclass(frozen=True, slots=True)
class DossierFilter:
    """Which dossiers are looked for, and how many; "" and an empty set ask for nothing.

    `due_before` is an ISO day; `before` the position of the record before which they were opened, None for the newest.
    """

    standings: frozenset[str] = frozenset()
    authority: str = ""
    due_before: str = ""
    before: int | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Page(Generic[Noun]):
    """Some of many, the newest first; `before` asks for what follows, None where nothing does."""

    items: tuple[Noun, ...]
    before: int | None = None

    def __iter__(self) -> Iterator[Noun]:
        """Yield what stands on the page."""
        return iter(self.items)

    def __len__(self) -> int:
        """How many stand on the page."""
        return len(self.items)

    def each(self, read: Callable[[Noun], Other]) -> "Page[Other]":
        """Return the page with something read for each that stands on it."""
        return Page(tuple(map(read, self.items)), self.before)


def dossier_page(
    *,
    kind: str,
    permission: Permission,
    wanted: DossierFilter,
    actor: Actor,
    stores: RecordkeepingStores,
    whose: Whose | None = None,
    kept: Callable[[Dossier], bool] | None = None,
) -> Page[Dossier]:
    """Return dossiers of a kind that the actor sees, the newest first; `kept` leaves out what no column tells of.

    Raises:
        NotPermitted: the actor lacks the permission.
    """
    require(actor, permission)
    seen = None if sees_node(actor) else visible_agencies(actor, stores.agencies.all())
    if wanted.authority:
        seen = frozenset({wanted.authority}) if seen is None or wanted.authority in seen else frozenset()
    found, before, limit = list[Dossier](), wanted.before, wanted.limit
    while len(found) <= limit:
        some = stores.dossiers.page(
            kind,
            standings=wanted.standings or None,
            authorities=None if whose else seen,
            due_before=wanted.due_before,
            before=before,
            limit=limit + 1,
        )
        in_sight = [each for each in some if whose is None or seen is None or whose(each) in seen]
        found += [each for each in in_sight if kept is None or kept(each)]
        if len(some) <= limit:
            break
        before = some[-1].opened
    return Page(tuple(found[:limit]), found[limit - 1].opened if len(found) > limit else None)


def every_dossier(kind: str, standings: Collection[str] | None, stores: RecordkeepingStores) -> Iterator[Dossier]:
    """Yield every dossier of a kind, of these standings only or of all, whoever may see it, the newest first."""
    before: int | None = None
    while page := stores.dossiers.page(kind, standings=standings, before=before, limit=_BATCH):
        yield from page
        before = page[-1].opened


def every_folded(
    kind: str,
    fold: Callable[[str, list[Sealed]], Noun],
    stores: RecordkeepingStores,
    standings: Collection[str] | None = None,
) -> Iterator[Noun]:
    """Yield what `fold` makes of the name and the events of each dossier that `every_dossier` yields."""
    return (fold(each.name, stores.dossiers.events(each.name)) for each in every_dossier(kind, standings, stores))


def dossier_standings(kind: str) -> list[str]:
    """Return where dossiers of a kind may stand, in the order of their lives."""
    leads = (each.leads_to for each in event_kinds().values() if each.dossier == kind and each.leads_to)
    return list(dict.fromkeys(leads))
