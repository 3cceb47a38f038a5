from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tracemark.kernel import Actor, Clock, PartialDate, Plain, cite
from tracemark.recordkeeping import (
    Event,
    EventKind,
    RecordkeepingStores,
    append,
    is_known_holder,
    record_events,
    require_step,
)
from tracemark.stockpiles.actions.telling import open_site, refuse, told
from tracemark.stockpiles.readings import site_paths, tell_lines
from tracemark.stockpiles.risks import NO, YES, risk_questions
from tracemark.stockpiles.sites import Function, Site, site_of
from tracemark.weapons import WeaponId

_RISK = cite("MOSAIC 05.20")


@dataclass(frozen=True, slots=True)
class SiteTold:
    """What somebody says of a site: see `Site`."""

    place: str
    office: str = ""
    keeper: str = ""
    function: Function = Function.STORE
    racks: Sequence[str] = ()
    every_days: int = 0
    note: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)

    def plain(self) -> dict[str, Plain]:
        """Return what is said, as the record keeps it."""
        return {
            "place": self.place,
            "office": self.office,
            "keeper": self.keeper,
            "function": self.function.value,
            "racks": list(self.racks),
            "every_days": self.every_days,
            "note": self.note,
            "answers": dict(self.answers),
        }


def list_site(*, site: SiteTold, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> str:
    """List a site of the actor's own agency, and return its name.

    Raises:
        NotPermitted: the actor may not write stock.
        StockRefused: it has no place, an office that nobody knows, or an answer that is none.

    Source: PoA II.17, MOSAIC 05.20.
    """
    require_step(EventKind.SITE_LISTED, actor, stores)
    _require_sense(site, stores)
    now = clock.now().date()
    with stores.atomic():
        name = stores.dossiers.next_name("site", now.year)
        due = Site(name, "", every_days=site.every_days).next_due(now)
        details = {"dossier": name, "due": due, **site.plain()}
        append(events=[told(EventKind.SITE_LISTED, actor, clock, details)], stores=stores, clock=clock)
    return name


def revise_site(*, name: str, site: SiteTold, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> Site:
    """Say anew what a site is: racks, custodian, interval, answers to the questions of its risk.

    Raises:
        NotPermitted: the actor may not write stock, or does not see the site.
        StockRefused: the site is closed, or what is said of it makes no sense.

    Source: PoA II.17, MOSAIC 05.20.
    """
    require_step(EventKind.SITE_REVISED, actor, stores)
    _require_sense(site, stores)
    with stores.atomic():
        known = open_site(name, actor, stores)
        plain = site.plain()
        if site.every_days != known.every_days:
            plain["due"] = Site(name, "", every_days=site.every_days).next_due(clock.now().date())
        event = told(EventKind.SITE_REVISED, actor, clock, {"dossier": name, **plain})
        append(events=[event], stores=stores, clock=clock)
        return site_of(name, stores.dossiers.events(name))


def put_away(
    *, site: str, rack: str, lines: Sequence[str], actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> tuple[WeaponId, ...]:
    """Record that weapons are put into a site, all of them or none; each line names one. Return which they were.

    Raises:
        NotPermitted: the actor may not write stock, or does not see the site or a weapon.
        EventRefused: a weapon cannot be put away as it stands.
        StockRefused: the site is closed, has no such rack, or a line names no weapon for sure.

    Source: PoA II.17.
    """
    require_step(EventKind.STORED, actor, stores)
    with stores.atomic():
        known = open_site(site, actor, stores)
        if rack and rack not in known.racks:
            raise refuse("stockpiles.rack_unknown", field="rack", rack=rack, site=site)
        told_of = tell_lines(lines, site, stores)
        if told_of.unread or not told_of.weapons:
            raise refuse("stockpiles.lines_unread", field="lines", lines=list(told_of.unread))
        details: dict[str, Plain] = {"place": known.at(rack), "site": site, **({"rack": rack} if rack else {})}
        today = PartialDate.of(clock.now().date())
        events = [
            Event(each, EventKind.STORED, today, actor.authority, actor.name, details) for each in told_of.weapons
        ]
        record_events(events=events, actor=actor, stores=stores, clock=clock)
    return told_of.weapons


def close_site(*, name: str, reason: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> None:
    """Close a site in which the record has no weapon any more.

    Raises:
        NotPermitted: the actor may not write stock, or does not see the site.
        StockRefused: it is closed already, or weapons are in it or issued from it.

    Source: PoA II.17.
    """
    require_step(EventKind.SITE_CLOSED, actor, stores)
    with stores.atomic():
        site = open_site(name, actor, stores)
        left = sum(path.now.site == name for path in site_paths(name, stores).values())
        if left:
            raise refuse("stockpiles.site_not_empty", site=name, place=site.place, count=left)
        event = told(EventKind.SITE_CLOSED, actor, clock, {"dossier": name, "reason": reason})
        append(events=[event], stores=stores, clock=clock)


def _require_sense(site: SiteTold, stores: RecordkeepingStores) -> None:
    if not site.place.strip():
        raise refuse("stockpiles.place_missing", field="place")
    codes = {each.code for each in stores.agencies.all()}
    if site.office and not is_known_holder(site.office, codes):
        raise refuse("stockpiles.office_unknown", field="office", office=site.office)
    asked = {each.code for each in risk_questions()}
    unfit = [code for code, answer in site.answers.items() if code not in asked or answer not in {YES, NO}]
    if unfit:
        raise refuse("stockpiles.answer_unfit", _RISK, question=unfit[0])
