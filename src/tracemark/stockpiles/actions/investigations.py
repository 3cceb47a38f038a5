from collections.abc import Sequence
from dataclasses import dataclass

from tracemark.authorities import require_second_person, require_sight
from tracemark.kernel import Actor, Clock, PartialDate, Plain
from tracemark.recordkeeping import Event, EventKind, RecordkeepingStores, append, require_step
from tracemark.stockpiles.actions.telling import refuse, seen_site, told
from tracemark.stockpiles.investigations import (
    Conclusion,
    Investigation,
    Reason,
    accounted_for,
    investigation_of,
    seen_in,
)
from tracemark.weapons import WeaponId

_REPORTS = frozenset({EventKind.LOST, EventKind.STOLEN})


@dataclass(frozen=True, slots=True)
class Occasion:
    """What an investigation is opened for, where no count asked for it: the weapons that are looked for, and where.

    `site` is "" where it concerns none, `signal` the signal of diversion that it follows from, "" for none.
    """

    reason: Reason
    weapons: Sequence[WeaponId] = ()
    site: str = ""
    note: str = ""
    signal: str = ""


def open_investigation(*, occasion: Occasion, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> str:
    """Open an investigation that no count asked for, and return its name.

    Raises:
        NotPermitted: the actor may not open investigations, or does not see the site or a weapon.
        StockRefused: there is no such site or weapon.

    Source: PoA II.17.
    """
    require_step(EventKind.INVESTIGATION_OPENED, actor, stores)
    with stores.atomic():
        if occasion.site:
            seen_site(occasion.site, actor, stores)
        _require_weapons(occasion.weapons, actor, stores)
        name = stores.dossiers.next_name("investigation", clock.now().year)
        details: dict[str, Plain] = {each: getattr(occasion, each) for each in ("site", "note", "signal")}
        details |= {"dossier": name, "reason": occasion.reason.value, "absent": list(occasion.weapons)}
        append(events=[told(EventKind.INVESTIGATION_OPENED, actor, clock, details)], stores=stores, clock=clock)
    return name


def note_investigation(
    *, investigation: str, note: str, due: str, actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> None:
    """Note what an investigation brought out; `due` (ISO day, "" for as before) puts off its end.

    Raises:
        NotPermitted: the actor may not write stock, or does not see the site.
        StockRefused: there is no such investigation, or it is closed.
    """
    require_step(EventKind.INVESTIGATION_NOTED, actor, stores)
    with stores.atomic():
        _going_on(investigation, actor, stores)
        details = {"dossier": investigation, "note": note, "due": due}
        append(events=[told(EventKind.INVESTIGATION_NOTED, actor, clock, details)], stores=stores, clock=clock)


@dataclass(frozen=True, slots=True)
class MissingReport:
    """Which weapons are lost or stolen (`kind`), when and where they went, and when that was reported."""

    weapons: Sequence[WeaponId]
    kind: EventKind
    happened: PartialDate
    reported_on: PartialDate
    place: str = ""
    circumstances: str = ""


def report_missing(
    *,
    investigation: str,
    report: MissingReport,
    actor: Actor,
    stores: RecordkeepingStores,
    clock: Clock,
) -> None:
    """Report weapons of an investigation as lost or stolen, for all of them or for none.

    Raises:
        NotPermitted: the actor may not write stock, or does not see the site or a weapon.
        EventRefused: one of them cannot be lost or stolen as it stands.
        StockRefused: there is no such investigation, it is closed, it is not about one of the weapons, or one of them
            was seen after the day on which it is said to have gone.

    Source: PoA II.17.
    """
    require_step(report.kind, actor, stores)
    details: dict[str, Plain] = {
        "place": report.place,
        "circumstances": report.circumstances,
        "reported_on": str(report.reported_on),
        "investigation": investigation,
    }
    said = {name: value for name, value in details.items() if value}
    with stores.atomic():
        known = _going_on(investigation, actor, stores)
        strangers = [each for each in report.weapons if each not in known.missing]
        if strangers or report.kind not in _REPORTS:
            raise refuse("stockpiles.weapon_not_investigated", weapon=strangers[0] if strangers else 0)
        _require_weapons(report.weapons, actor, stores)
        _require_unseen_since(report, stores)
        events = [
            Event(each, report.kind, report.happened, actor.authority, actor.name, said) for each in report.weapons
        ]
        append(events=events, stores=stores, clock=clock)


def close_investigation(
    *,
    investigation: str,
    finding: Conclusion,
    note: str,
    actor: Actor,
    stores: RecordkeepingStores,
    clock: Clock,
) -> None:
    """Close an investigation with what it found. Each missing weapon has been seen since, or reported as gone.

    Raises:
        NotPermitted: the actor may not write stock, does not see the site, opened it, or is the site's custodian.
        StockRefused: there is no such investigation, it is closed, or a missing weapon is not accounted for.

    Source: PoA II.17.
    """
    require_step(EventKind.INVESTIGATION_CLOSED, actor, stores)
    with stores.atomic():
        known = _going_on(investigation, actor, stores)
        require_second_person(known.opened_by, actor)
        if known.site and (keeper := seen_site(known.site, actor, stores).keeper):
            require_second_person(keeper, actor)
        histories = stores.records.of_weapons(known.missing)
        open_ends = [each for each in known.missing if not accounted_for(histories[each], known.opened)]
        if open_ends:
            raise refuse("stockpiles.weapons_unaccounted", weapons=[f"W-{each}" for each in open_ends])
        details = {"dossier": investigation, "finding": finding.value, "note": note}
        append(events=[told(EventKind.INVESTIGATION_CLOSED, actor, clock, details)], stores=stores, clock=clock)


def _going_on(name: str, actor: Actor, stores: RecordkeepingStores) -> Investigation:
    try:
        found = investigation_of(name, stores.dossiers.events(name))
    except KeyError:
        raise refuse("stockpiles.investigation_unknown", investigation=name) from None
    if found.site:
        seen_site(found.site, actor, stores)
    else:
        require_sight(actor, found.authority, stores.agencies.all())
    if not found.open:
        raise refuse("stockpiles.investigation_over", investigation=name)
    return found


def _require_unseen_since(report: MissingReport, stores: RecordkeepingStores) -> None:
    for weapon, events in stores.records.of_weapons(report.weapons).items():
        later = [each.event for each in seen_in(events) if each.event.happened.first > report.happened.first]
        if later:
            facts: dict[str, Plain] = {"kind": later[-1].kind.value, "on": str(later[-1].happened)}
            raise refuse("stockpiles.seen_since", field="happened", weapon=weapon, **facts)


def _require_weapons(weapons: Sequence[WeaponId], actor: Actor, stores: RecordkeepingStores) -> None:
    states, agencies = stores.register.states(weapons), stores.agencies.all()
    for each in weapons:
        if each not in states:
            raise refuse("stockpiles.no_such_weapon", weapon=each)
        require_sight(actor, states[each].holder, agencies)
