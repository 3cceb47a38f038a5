from collections.abc import Sequence
from dataclasses import dataclass

from tracemark.kernel import Actor, Clock, PartialDate, Plain
from tracemark.recordkeeping import (
    Event,
    EventKind,
    RecordkeepingStores,
    WeaponState,
    append,
    event_kinds,
    require_step,
)
from tracemark.stockpiles.actions.telling import (
    open_site,
    refuse,
    require_other_than_keeper,
    seen_site,
    told,
)
from tracemark.stockpiles.counts import Count, Covers, count_of
from tracemark.stockpiles.readings import paths_of, site_paths, tell_lines
from tracemark.stockpiles.reconciliation import Reconciled, Verdict, reconcile
from tracemark.stockpiles.sites import Site
from tracemark.weapons import WeaponId

MOST_LINES = 3_000
"""How many weapons one pass may tell of: an event of the record has room for no more."""

_INVESTIGATED_WITHIN_DAYS = 30


@dataclass(frozen=True, slots=True)
class Sighted:
    """What became of a counter's lines: weapons of this site, weapons that belong elsewhere, and lines unread."""

    seen: tuple[WeaponId, ...]
    extra: tuple[WeaponId, ...]
    unread: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """What a counter saw in one pass, each weapon a line, and where: the whole site, a rack, or nothing whole.

    `since` is the position of the record's last event when the pass began, None for where the count was opened: what
    was given out or taken back meanwhile is then no loss and hides none.
    """

    lines: Sequence[str]
    covers: Covers = Covers.SITE
    rack: str = ""
    since: int | None = None


def open_count(*, site: str, reason: str, due: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> str:
    """Open a blind count of a site, and return its name. What the record has there now is what is expected.

    `due` is the day (ISO) by which it ought to be done, "" for none.

    Raises:
        NotPermitted: the actor may not write stock, or does not see the site.
        StockRefused: there is no such site, it is closed, or a count of it goes on.

    Source: PoA II.17, MOSAIC 05.20.
    """
    require_step(EventKind.COUNT_OPENED, actor, stores)
    with stores.atomic():
        open_site(site, actor, stores)
        going_on = stores.dossiers.page("count", standings={"open"}, limit=MOST_LINES)
        for each in going_on:
            if count_of(each.name, stores.dossiers.events(each.name)).site == site:
                raise refuse("stockpiles.count_going_on", site=site, count=each.name)
        name = stores.dossiers.next_name("count", clock.now().year)
        details: dict[str, Plain] = {"dossier": name, "site": site, "reason": reason, "due": due}
        append(events=[told(EventKind.COUNT_OPENED, actor, clock, details)], stores=stores, clock=clock)
    return name


def enter_count(
    *,
    count: str,
    look: Look,
    actor: Actor,
    stores: RecordkeepingStores,
    clock: Clock,
) -> Sighted:
    """Enter what was seen in one pass of a count, each weapon a line, and give each weapon of the site its event.

    Raises:
        NotPermitted: the actor may not write stock, does not see the site, or is its custodian.
        StockRefused: there is no such count, it is over, it began later than it says, or it tells of too many at once.

    Source: PoA II.17, MOSAIC 05.20.
    """
    require_step(EventKind.COUNT_ENTERED, actor, stores)
    if len(look.lines) > MOST_LINES:
        raise refuse("stockpiles.too_many_lines", count=len(look.lines), most=MOST_LINES)
    with stores.atomic():
        known, site = _going_on(count, actor, stores)
        begun = known.opened if look.since is None else look.since
        if not known.opened <= begun < stores.records.size():
            raise refuse("stockpiles.pass_unfit", count=count)
        if look.covers is Covers.RACK and look.rack and look.rack not in site.racks:
            raise refuse("stockpiles.rack_unknown", field="rack", rack=look.rack, site=site.name)
        told_of = tell_lines(look.lines, site.name, stores)
        paths = paths_of(told_of.weapons, stores)
        seen = tuple(each for each in told_of.weapons if paths[each].now.site == site.name)
        extra = tuple(each for each in told_of.weapons if each not in set(seen))
        details: dict[str, Plain] = {
            "dossier": count,
            "since": begun,
            "covers": look.covers.value,
            "rack": look.rack if look.covers is Covers.RACK else "",
            "seen": list(seen),
            "extra": list(extra),
            "unread": list(told_of.unread),
        }
        entered = told(EventKind.COUNT_ENTERED, actor, clock, details)
        states = stores.register.states(each for each in seen if paths[each].now.present)
        places = {each: site.at(paths[each].now.rack) for each in states}
        shown = [_counted(entered, each, places[each.weapon], count) for each in states.values() if _countable(each)]
        append(events=[entered, *shown], stores=stores, clock=clock)
    return Sighted(seen, extra, told_of.unread)


def close_count(*, count: str, note: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> Reconciled:
    """Close a count: reconcile it weapon by weapon, and open an investigation of what does not agree.

    Raises:
        NotPermitted: the actor may not write stock, does not see the site, or is its custodian.
        StockRefused: there is no such count, it is over, or racks have to be looked at again.

    Source: PoA II.17, MOSAIC 05.20.
    """
    require_step(EventKind.COUNT_CLOSED, actor, stores)
    with stores.atomic():
        known, site = _going_on(count, actor, stores)
        result = reconciled(known, stores)
        unsettled = result.of(Verdict.UNSETTLED)
        if unsettled:
            racks: list[Plain] = [each or "—" for each in result.racks]
            raise refuse("stockpiles.count_unsettled", count=len(unsettled), racks=racks)
        events = [
            *_outcome(known, site, result, note, actor, clock),
            *_investigation(known, result, actor, stores, clock),
        ]
        append(events=events, stores=stores, clock=clock)
    return result


def cancel_count(*, count: str, reason: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> None:
    """Give a count up, with the reason. What was seen stays in the record.

    Raises:
        NotPermitted: the actor may not write stock, does not see the site, or is its custodian.
        StockRefused: there is no such count, or it is over.
    """
    require_step(EventKind.COUNT_CANCELLED, actor, stores)
    with stores.atomic():
        _going_on(count, actor, stores)
        event = told(EventKind.COUNT_CANCELLED, actor, clock, {"dossier": count, "reason": reason})
        append(events=[event], stores=stores, clock=clock)


def reconciled(count: Count, stores: RecordkeepingStores) -> Reconciled:
    """Reconcile a count as far as it has come. Nobody who still counts is shown it."""
    seen = {weapon for each in count.passes for weapon in each.seen}
    paths = site_paths(count.site, stores, seen).values()
    return reconcile(count.site, count.opened, count.passes, paths)


def _going_on(name: str, actor: Actor, stores: RecordkeepingStores) -> tuple[Count, Site]:
    """Return a count that goes on, and its site, to somebody who is not the custodian."""
    try:
        count = count_of(name, stores.dossiers.events(name))
    except KeyError:
        raise refuse("stockpiles.count_unknown", count=name) from None
    site = seen_site(count.site, actor, stores)
    if not count.open:
        raise refuse("stockpiles.count_over", count=name, standing=count.standing)
    require_other_than_keeper(site, actor)
    return count, site


def _counted(entered: Event, state: WeaponState, place: str, count: str) -> Event:
    details: dict[str, Plain] = {"place": place, "count": count}
    return Event(state.weapon, EventKind.COUNTED, entered.happened, entered.authority, entered.by, details)


def _countable(state: WeaponState) -> bool:
    return state.status in event_kinds()[EventKind.COUNTED].after


def _outcome(count: Count, site: Site, result: Reconciled, note: str, actor: Actor, clock: Clock) -> list[Event]:
    details: dict[str, Plain] = {
        "dossier": count.name,
        "found": len(result.of(Verdict.FOUND)),
        "absent": list(result.of(Verdict.MISSING)),
        "extra": list(result.of(Verdict.EXTRA)),
        "unread": list(unread_of(count)),
        "note": note,
    }
    due = site.next_due(clock.now().date())
    counted: dict[str, Plain] = {"dossier": site.name, "count": count.name, "due": due}
    return [told(EventKind.COUNT_CLOSED, actor, clock, details), told(EventKind.SITE_COUNTED, actor, clock, counted)]


def unread_of(count: Count) -> list[str]:
    """Return the lines that no pass could tell, each once."""
    return list(dict.fromkeys(line for each in count.passes for line in each.unread))


def _investigation(
    count: Count, result: Reconciled, actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> list[Event]:
    missing, extra = result.of(Verdict.MISSING), result.of(Verdict.EXTRA)
    if not missing and not extra:
        return []
    today = clock.now().date()
    due = PartialDate.of(today.fromordinal(today.toordinal() + _INVESTIGATED_WITHIN_DAYS))
    details: dict[str, Plain] = {
        "dossier": stores.dossiers.next_name("investigation", today.year),
        "reason": "variance",
        "site": count.site,
        "count": count.name,
        "absent": list(missing),
        "extra": list(extra),
        "due": str(due),
    }
    return [told(EventKind.INVESTIGATION_OPENED, actor, clock, details)]
