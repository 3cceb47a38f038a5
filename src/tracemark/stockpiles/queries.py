from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from tracemark.authorities import Permission, may_see, require, require_sight
from tracemark.kernel import Actor, Clock
from tracemark.recordkeeping import (
    Dossier,
    DossierFilter,
    EventKind,
    Page,
    RecordkeepingStores,
    RegisterFilter,
    Sealed,
    Status,
    WeaponState,
    dossier_page,
    register_page,
)
from tracemark.stockpiles.counts import Count, count_of
from tracemark.stockpiles.destructions import Destruction, destruction_of, reappeared
from tracemark.stockpiles.investigations import Investigation, investigation_of
from tracemark.stockpiles.lots import Lot, lot_of
from tracemark.stockpiles.readings import site_paths
from tracemark.stockpiles.risks import SiteRisk, risk_of
from tracemark.stockpiles.sites import Site, site_of
from tracemark.stockpiles.surplus import Criteria, Surplus, identify_surplus
from tracemark.stockpiles.whereabouts import Whereabouts
from tracemark.weapons import NO_WEAPON, WeaponId

Noun = TypeVar("Noun")

_ANY = DossierFilter()
_MOST = 10_000
_BATCH = 500


@dataclass(frozen=True, slots=True)
class SiteRecord:
    """All the record says of a site: what is in it or issued from it, its counts, newest first, and its lots."""

    site: Site
    risk: SiteRisk
    weapons: tuple[tuple[WeaponState, Whereabouts], ...]
    counts: tuple[Count, ...]
    lots: tuple[Lot, ...]

    @property
    def present(self) -> int:
        """How many weapons the record has in the site now."""
        return sum(where.present for _, where in self.weapons)


@dataclass(frozen=True, slots=True)
class DestructionRecord:
    """A destruction with its weapons as they stand, and of each that came back the recovery."""

    destruction: Destruction
    weapons: tuple[WeaponState, ...]
    came_back: tuple[tuple[WeaponId, Sealed], ...]


def site_list(*, wanted: DossierFilter = _ANY, actor: Actor, stores: RecordkeepingStores) -> Page[Site]:
    """List the sites that the actor sees, the newest first.

    Raises:
        NotPermitted: the actor may not read the record.
    """
    return _page("site", wanted, actor, stores).each(_folded(site_of, stores))


def late_sites(*, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> list[Site]:
    """List the sites whose count is overdue, the longest overdue first.

    Raises:
        NotPermitted: the actor may not read the record.

    Source: PoA II.17, MOSAIC 05.20.
    """
    today = clock.now().date()
    wanted = DossierFilter(frozenset({"open"}), due_before=today.isoformat(), limit=_MOST)
    due = site_list(wanted=wanted, actor=actor, stores=stores)
    return sorted((each for each in due if each.late(today)), key=lambda each: each.due)


def site_record(*, site: str, actor: Actor, stores: RecordkeepingStores) -> SiteRecord:
    """Read what the record says of a site.

    Raises:
        NotPermitted: the actor may not read the record, or does not see the site.
        KeyError: there is none of this name.
    """
    require(actor, Permission.RECORD_READ)
    events = stores.dossiers.events(site)
    known = site_of(site, events)
    agencies = stores.agencies.all()
    require_sight(actor, known.authority, agencies)
    here = {each: path.now for each, path in site_paths(site, stores).items() if path.now.site == site}
    states = stores.register.states(here)
    seen = [(state, here[each]) for each, state in sorted(states.items()) if may_see(actor, state.holder, agencies)]
    opened = {EventKind.COUNT_OPENED: list[str](), EventKind.LOT_RECEIVED: list[str]()}
    for each in events:
        if each.event.kind in opened:
            opened[each.event.kind].append(str(each.event.details["dossier"]))
    counts = [count_of(name, stores.dossiers.events(name)) for name in reversed(opened[EventKind.COUNT_OPENED])]
    lots = [lot_of(name, stores.dossiers.events(name)) for name in opened[EventKind.LOT_RECEIVED]]
    seen.sort(key=lambda each: (each[1].rack, each[0].weapon))
    return SiteRecord(known, risk_of(known.answers), tuple(seen), tuple(counts), tuple(lots))


def count_list(*, wanted: DossierFilter = _ANY, actor: Actor, stores: RecordkeepingStores) -> Page[tuple[Count, Site]]:
    """List the counts of sites that the actor sees, the newest first.

    Raises:
        NotPermitted: the actor may not read the record.
    """
    counts = _page("count", wanted, actor, stores, _site_owner(stores))
    return counts.each(_folded(count_of, stores)).each(
        lambda count: (count, site_of(count.site, stores.dossiers.events(count.site)))
    )


def count_and_site(*, count: str, actor: Actor, stores: RecordkeepingStores) -> tuple[Count, Site]:
    """Read a count, and the site it is of. What is expected is not told while it goes on.

    Raises:
        NotPermitted: the actor may not read the record, or does not see the site.
        KeyError: there is none of this name.
    """
    require(actor, Permission.RECORD_READ)
    known = count_of(count, stores.dossiers.events(count))
    site = site_of(known.site, stores.dossiers.events(known.site))
    require_sight(actor, site.authority, stores.agencies.all())
    return known, site


def investigation_list(
    *, wanted: DossierFilter = _ANY, actor: Actor, stores: RecordkeepingStores
) -> Page[Investigation]:
    """List the investigations that the actor sees, the newest first.

    Raises:
        NotPermitted: the actor may not read the record.
    """
    found = _page("investigation", wanted, actor, stores, _site_owner(stores))
    return found.each(_folded(investigation_of, stores))


def investigation_record(
    *, investigation: str, actor: Actor, stores: RecordkeepingStores
) -> tuple[Investigation, list[WeaponState]]:
    """Read an investigation, and the missing weapons that it is about as they stand now.

    Raises:
        NotPermitted: the actor may not read the record, or does not see whose it is.
        KeyError: there is none of this name.
    """
    require(actor, Permission.RECORD_READ)
    known = investigation_of(investigation, stores.dossiers.events(investigation))
    whose = known.authority
    if known.site:
        whose = site_of(known.site, stores.dossiers.events(known.site)).authority
    require_sight(actor, whose, stores.agencies.all())
    return known, list(stores.register.states(known.missing).values())


def destruction_list(*, wanted: DossierFilter = _ANY, actor: Actor, stores: RecordkeepingStores) -> Page[Destruction]:
    """List the destructions that the actor sees, the newest first.

    Raises:
        NotPermitted: the actor may not read the record.
    """
    return _page("destruction", wanted, actor, stores).each(_folded(destruction_of, stores))


def destruction_record(*, destruction: str, actor: Actor, stores: RecordkeepingStores) -> DestructionRecord:
    """Read a destruction, its weapons as they stand, and which of them came back.

    Raises:
        NotPermitted: the actor may not read the record, or does not see whose weapons they are.
        KeyError: there is none of this name.

    Source: PoA II.19.
    """
    require(actor, Permission.RECORD_READ)
    known = destruction_of(destruction, stores.dossiers.events(destruction))
    require_sight(actor, known.authority, stores.agencies.all())
    states, histories = stores.register.states(known.weapons), stores.records.of_weapons(known.weapons)
    back = {each: reappeared(histories[each]) for each in known.weapons}
    came = tuple((each, recovery) for each, recovery in back.items() if recovery is not None)
    return DestructionRecord(known, tuple(states[each] for each in known.weapons if each in states), came)


def lot_list(*, wanted: DossierFilter = _ANY, actor: Actor, stores: RecordkeepingStores) -> Page[Lot]:
    """List the ammunition lots that the actor sees, the newest first.

    Raises:
        NotPermitted: the actor may not read the record.
    """
    return _page("lot", wanted, actor, stores).each(_folded(lot_of, stores))


def lot_record(*, lot: str, actor: Actor, stores: RecordkeepingStores) -> Lot:
    """Read an ammunition lot.

    Raises:
        NotPermitted: the actor may not read the record, or does not see whose lot it is.
        KeyError: there is none of this name.
    """
    require(actor, Permission.RECORD_READ)
    known = lot_of(lot, stores.dossiers.events(lot))
    require_sight(actor, known.authority, stores.agencies.all())
    return known


def surplus_weapons(*, holder: str, criteria: Criteria, actor: Actor, stores: RecordkeepingStores) -> list[Surplus]:
    """Identify what of a holder's weapons is surplus.

    Raises:
        NotPermitted: the actor may not read the record.

    Source: PoA II.18.
    """
    states = list(_register(RegisterFilter(holder=holder), actor, stores))
    histories = stores.records.of_weapons(each.weapon for each in states)
    return identify_surplus(states, histories, criteria)


def overdue_dispositions(
    *, days: int, actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> list[tuple[WeaponState, int]]:
    """List collected, seized, found and surrendered weapons on which nobody decided, with the days since they came.

    They are in custody for `days` or more. Given back, kept officially or destroyed is what they wait for.

    Raises:
        NotPermitted: the actor may not read the record.

    Source: PoA II.16.
    """
    today, latest = clock.now().date(), clock.now().date() - timedelta(days=days)
    waiting = _register(RegisterFilter(status=Status.IN_CUSTODY), actor, stores)
    overdue = [(each, _days(each.since.last, today)) for each in waiting if each.since and each.since.last <= latest]
    return sorted(overdue, key=lambda each: (-each[1], each[0].weapon))


def _days(since: date, today: date) -> int:
    return (today - since).days


def _register(wanted: RegisterFilter, actor: Actor, stores: RecordkeepingStores) -> Iterator[WeaponState]:
    after = NO_WEAPON
    while found := register_page(wanted=wanted, actor=actor, stores=stores, after=after, limit=_BATCH):
        yield from found
        after = found[-1].weapon


def _page(
    kind: str,
    wanted: DossierFilter,
    actor: Actor,
    stores: RecordkeepingStores,
    whose: Callable[[Dossier], str] | None = None,
) -> Page[Dossier]:
    return dossier_page(
        kind=kind,
        permission=Permission.RECORD_READ,
        wanted=wanted,
        actor=actor,
        stores=stores,
        whose=whose,
    )


def _folded(fold: Callable[[str, Sequence[Sealed]], Noun], stores: RecordkeepingStores) -> Callable[[Dossier], Noun]:
    return lambda dossier: fold(dossier.name, stores.dossiers.events(dossier.name))


def _site_owner(stores: RecordkeepingStores) -> Callable[[Dossier], str]:
    """Return who says whose site a count or an investigation is about; where about none, whose it is itself."""

    def owner(dossier: Dossier) -> str:
        site = stores.records.at(dossier.opened).event.details.get("site")
        return stores.dossiers.dossier(str(site)).authority if site else dossier.authority

    return owner
