"""Taking what others told of aid into the record: activities and series. What is told again changes nothing."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tracemark.assistance.activities import AidActivity, for_the_record
from tracemark.assistance.followed import Followed, aid_list, series_list
from tracemark.assistance.recognition import GENERAL, recognise
from tracemark.assistance.series import AidSeries
from tracemark.kernel import Actor, Clock, Finding, PartialDate, Plain, Refused, cite
from tracemark.recordkeeping import EventKind, RecordkeepingStores, append, dossier_step, require_step

_MOST_NAMED = 20


class AidRefused(Refused):
    """What others told of aid cannot be taken as it stands."""


@dataclass(frozen=True, slots=True)
class AidKept:
    """What a file changed in the record: dossiers that are new, and those of which it told something new.

    `unchanged` counts the activities that it told as they were known.
    """

    new: tuple[str, ...]
    revised: tuple[str, ...]
    unchanged: int


@dataclass(frozen=True, slots=True)
class SeriesTold:
    """What a file changed of a series: its dossier, the years told anew, and how many it told as they were known.

    `left_out` counts the rows of the file that said nothing.
    """

    name: str
    years: tuple[int, ...]
    unchanged: int
    left_out: int = 0


def follow_activities(
    *,
    activities: Sequence[AidActivity],
    source: str,
    fingerprint: str,
    actor: Actor,
    stores: RecordkeepingStores,
    clock: Clock,
) -> AidKept:
    """Keep activities that a file told of, each in its dossier; nothing is written of what is known already.

    An activity is known by its identifier. One that nothing shows to be work on small arms is kept under the general
    theme, since whoever imports it chose it. What a file no longer tells of stays as it was.

    Raises:
        NotPermitted: the actor may not write on assistance.
        AidRefused: the file tells of an activity twice.

    Source: PoA III.2, PoA III.6.
    """
    require_step(EventKind.AID_IMPORTED, actor, stores)
    _require_once(activities, source)
    today = PartialDate.of(clock.now().date())
    new, revised, unchanged = list[str](), list[str](), 0
    with stores.atomic():
        known = {each.aid.activity.identifier: each for each in aid_list(actor=actor, stores=stores)}
        for each in activities:
            before = known.get(each.identifier)
            contents = _contents(each)
            if before is not None and _same(before, contents):
                unchanged += 1
                continue
            kind = EventKind.AID_IMPORTED if before is None else EventKind.AID_REVISED
            name = stores.dossiers.next_name("aid", clock.now().year) if before is None else before.aid.name
            details: dict[str, Plain] = {"contents": contents, "source": source, "fingerprint": fingerprint}
            if before is None:
                details["identity"] = each.identifier
            append(events=[dossier_step(kind, name, details, today, actor)], stores=stores, clock=clock)
            (new if before is None else revised).append(name)
    return AidKept(tuple(new), tuple(revised), unchanged)


def keep_series(
    *,
    series: AidSeries,
    fingerprint: str,
    actor: Actor,
    stores: RecordkeepingStores,
    clock: Clock,
) -> SeriesTold:
    """Keep a series that others published, year by year; nothing is written of years that are known as they are told.

    Raises:
        NotPermitted: the actor may not write on assistance.
        AidRefused: it has no name, names no source, or is from a day to come.
    """
    require_step(EventKind.AID_SERIES_OPENED, actor, stores)
    if lacking := [each for each in ("name", "source") if not getattr(series, each).strip()]:
        raise _refused("assistance.series_unnamed", field=lacking[0])
    if series.seen_on > clock.now().date().isoformat():
        raise _refused("assistance.series_of_the_future", field="seen_on", day=series.seen_on)
    today, told = PartialDate.of(clock.now().date()), list[int]()
    with stores.atomic():
        known = {each.series.name: each for each in series_list(actor=actor, stores=stores)}.get(series.name)
        dossier = known.name if known else stores.dossiers.next_name("aid_series", clock.now().year)
        if known is None:
            opened = dossier_step(EventKind.AID_SERIES_OPENED, dossier, {"name": series.name}, today, actor)
            append(events=[opened], stores=stores, clock=clock)
        for year, rows in series.years.items():
            if known and known.series.years.get(year) == rows:
                continue
            details: dict[str, Plain] = {
                "year": year,
                "contents": [each.plain() for each in rows],
                "source": series.source,
                "fingerprint": fingerprint,
                "seen_on": series.seen_on,
            }
            step = dossier_step(EventKind.AID_SERIES_TOLD, dossier, details, today, actor)
            append(events=[step], stores=stores, clock=clock)
            told.append(year)
    return SeriesTold(dossier, tuple(told), len(series.years) - len(told))


def _require_once(activities: Iterable[AidActivity], source: str) -> None:
    counts = Counter(each.identifier for each in activities)
    twice = [identifier for identifier, count in counts.items() if count > 1]
    if twice:
        raise AidRefused(
            [
                Finding("assistance.activity_twice", cite("PoA III.6"), {"file": source, "identifier": each})
                for each in twice[:_MOST_NAMED]
            ]
        )


def _contents(activity: AidActivity) -> dict[str, Plain]:
    found = recognise(activity)
    return {
        "activity": for_the_record(activity).plain(),
        "themes": list(found.themes) if found else [GENERAL],
        "reasons": [each.plain() for each in found.reasons] if found else [],
    }


def _same(known: Followed, contents: Mapping[str, Plain]) -> bool:
    return contents == {
        "activity": known.aid.activity.plain(),
        "themes": list(known.aid.themes),
        "reasons": [each.plain() for each in known.reasons],
    }


def _refused(code: str, /, **facts: str) -> AidRefused:
    return AidRefused([Finding(code, cite("PoA III.6"), facts)])
