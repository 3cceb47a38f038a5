"""Aid activities and series of others as the record keeps them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tracemark.assistance.activities import activity_of
from tracemark.assistance.coordination import Aid, Board, coordinate
from tracemark.assistance.needs import Need
from tracemark.assistance.queries import request_list
from tracemark.assistance.recognition import Reason, Recognition, Where
from tracemark.assistance.rounds import need_of
from tracemark.assistance.series import AidSeries, Received, received_of
from tracemark.authorities import Permission, require
from tracemark.kernel import Actor, Clock
from tracemark.recordkeeping import EventKind, RecordkeepingStores, Sealed, every_folded, fold_steps


@dataclass(frozen=True, slots=True)
class Followed:
    """An activity with its dossier: what the newest file told of it, why it was taken, and from which file, when.

    `reasons` are empty where a person took it though nothing in it speaks of small arms. `tellings` counts the files
    that told something new of it.
    """

    aid: Aid
    reasons: tuple[Reason, ...]
    source: str
    told_on: str
    tellings: int = 1

    @property
    def by_text_only(self) -> bool:
        """Whether words alone speak for it and no sector, so that a person ought to look."""
        return bool(self.reasons) and Recognition(self.reasons).by_text_only


@dataclass(frozen=True, slots=True)
class SeriesKept:
    """A series with its dossier."""

    name: str
    series: AidSeries


def followed_of(name: str, events: Iterable[Sealed]) -> Followed:
    """Fold an activity's steps: what was told last holds.

    Raises:
        KeyError: none of the events is its own.
    """
    return fold_steps(name, events, _told, lambda known, sealed, told: replace(
        _told(sealed, told), tellings=known.tellings + 1
    ))  # fmt: skip


def series_of(name: str, events: Iterable[Sealed]) -> SeriesKept:
    """Fold a series' steps: of each year, what was told last holds.

    Raises:
        KeyError: none of the events is its own.
    """
    return fold_steps(name, events, _opened, _year_told)


def aid_list(*, actor: Actor, stores: RecordkeepingStores) -> list[Followed]:
    """List the activities that are followed, the newest first.

    Raises:
        NotPermitted: the actor may not see assistance.
    """
    require(actor, Permission.ASSISTANCE_READ)
    return list(_followed(stores))


def aid_record(*, aid: str, actor: Actor, stores: RecordkeepingStores) -> Followed:
    """Read an activity.

    Raises:
        NotPermitted: the actor may not see assistance.
        KeyError: there is none of this name.
    """
    require(actor, Permission.ASSISTANCE_READ)
    return followed_of(aid, stores.dossiers.events(aid))


def series_list(*, actor: Actor, stores: RecordkeepingStores) -> list[SeriesKept]:
    """List the series that are kept, the newest first.

    Raises:
        NotPermitted: the actor may not see assistance.
    """
    require(actor, Permission.ASSISTANCE_READ)
    return list(_series(stores))


def coordination_board(
    *, first: str, actor: Actor, stores: RecordkeepingStores, clock: Clock, needs: Iterable[Need] = ()
) -> Board:
    """Lay out who does what where today, beside open requests that lack money; `first` is the country that leads.

    `needs` are requests of others that the record does not have.

    Raises:
        NotPermitted: the actor may not see assistance.
    """
    aids = [each.aid for each in aid_list(actor=actor, stores=stores)]
    today = clock.now().date()
    asked = request_list(stores, today)
    waiting = [need_of(each, asked, today) for each in asked if each.request.is_open and each.lacking]
    return coordinate(aids=aids, needs=[*waiting, *needs], on=today, first=first)


def _followed(stores: RecordkeepingStores) -> Iterator[Followed]:
    return every_folded("aid", followed_of, stores)


def _series(stores: RecordkeepingStores) -> Iterator[SeriesKept]:
    return every_folded("aid_series", series_of, stores)


def _told(sealed: Sealed, told: Mapping[str, Any]) -> Followed:
    contents = told["contents"]
    reasons = (Reason(each["theme"], Where(each["where"]), each["words"]) for each in contents["reasons"])
    aid = Aid(told["dossier"], activity_of(contents["activity"]), tuple(contents["themes"]))
    return Followed(aid, tuple(reasons), told["source"], str(sealed.event.happened))


def _opened(_sealed: Sealed, told: Mapping[str, Any]) -> SeriesKept:
    return SeriesKept(told["dossier"], AidSeries(told["name"], "", "", {}))


def _year_told(known: SeriesKept, sealed: Sealed, told: Mapping[str, Any]) -> SeriesKept:
    if sealed.event.kind is not EventKind.AID_SERIES_TOLD:
        return known
    rows: tuple[Received, ...] = tuple(received_of(each) for each in told["contents"])
    series = replace(
        known.series,
        source=told["source"],
        seen_on=told["seen_on"],
        years={**known.series.years, told["year"]: rows},
    )
    return replace(known, series=series)
