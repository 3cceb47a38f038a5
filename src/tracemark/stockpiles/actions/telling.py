"""What the actions of this room share: who may, in whose sight, and the event that tells it."""

from collections.abc import Mapping

from tracemark.authorities import require_second_person, require_sight
from tracemark.kernel import Actor, Citation, Clock, Finding, PartialDate, Plain, Refused, cite
from tracemark.recordkeeping import Event, EventKind, RecordkeepingStores, dossier_step
from tracemark.stockpiles.sites import Site, site_of

STOCK = cite("PoA II.17")


class StockRefused(Refused):
    """What was asked does not fit how the site, the count, the lot or the weapon stands."""


def refuse(code: str, source: Citation = STOCK, /, **facts: Plain) -> StockRefused:
    """Return what says why something is refused."""
    return StockRefused([Finding(code, source, facts)])


def told(
    kind: EventKind, actor: Actor, clock: Clock, details: Mapping[str, Plain], on: PartialDate | None = None
) -> Event:
    """Return a step of a dossier, whose details name it, as an event of today or of another day."""
    return dossier_step(kind, str(details["dossier"]), details, on or PartialDate.of(clock.now().date()), actor)


def open_site(name: str, actor: Actor, stores: RecordkeepingStores) -> Site:
    """Return a site that is open and that the actor sees.

    Raises:
        NotPermitted: the actor does not see it.
        StockRefused: there is none of this name, or it is closed.
    """
    site = seen_site(name, actor, stores)
    if not site.open:
        raise refuse("stockpiles.site_closed", site=name, place=site.place)
    return site


def seen_site(name: str, actor: Actor, stores: RecordkeepingStores) -> Site:
    """Return a site that the actor sees, open or closed.

    Raises:
        NotPermitted: the actor does not see it.
        StockRefused: there is none of this name.
    """
    try:
        site = site_of(name, stores.dossiers.events(name))
    except KeyError:
        raise refuse("stockpiles.site_unknown", site=name) from None
    require_sight(actor, site.authority, stores.agencies.all())
    return site


def require_other_than_keeper(site: Site, actor: Actor) -> None:
    """Let pass whoever is not the custodian of a site.

    Raises:
        NotPermitted: the actor is.

    Source: PoA II.17, MOSAIC 05.20.
    """
    if site.keeper:
        require_second_person(site.keeper, actor)
