"""What others told is kept once: a file that tells it again changes nothing, one that tells more changes only that."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from tests.assistance.asked import asked
from tests.assistance.given import activity
from tests.rooms import NOW, StillClock, clock, officer, stores
from tracemark.assistance import (
    AidRefused,
    AidSeries,
    Money,
    Payment,
    Received,
    Share,
    activity_of,
    aid_list,
    aid_record,
    coordination_board,
    follow_activities,
    for_the_record,
    keep_series,
    series_list,
)
from tracemark.authorities import NotPermitted, Role
from tracemark.storage.memory import MemoryStores

__all__ = ["clock", "stores"]
CONTACT = officer(Role.POINT_OF_CONTACT)
BEFORE = (NOW.date() - timedelta(days=1)).isoformat()


def test_the_same_file_twice_changes_nothing_and_another_only_what_it_changes(
    stores: MemoryStores, clock: StillClock
) -> None:
    by = {"actor": CONTACT, "stores": stores, "clock": clock}
    told = [activity("XX-1", "Small arms marking machines"), activity("XX-2")]
    first = follow_activities(activities=told, source="a.xml", fingerprint="f1", **by)  # type: ignore[arg-type]
    assert (len(first.new), first.revised, first.unchanged) == (2, (), 0)
    size = stores.records.size()
    again = follow_activities(activities=told, source="a.xml", fingerprint="f1", **by)  # type: ignore[arg-type]
    assert (again.new, again.revised, again.unchanged, stores.records.size()) == ((), (), 2, size)
    later = [replace(told[0], status="4"), told[1]]
    changed = follow_activities(activities=later, source="b.xml", fingerprint="f2", **by)  # type: ignore[arg-type]
    assert (changed.new, changed.revised, changed.unchanged) == ((), (first.new[0],), 1)
    known = aid_record(aid=first.new[0], actor=CONTACT, stores=stores)
    assert (known.aid.activity, known.tellings, known.source) == (later[0], 2, "b.xml")
    assert known.aid.themes == ("marking",)
    assert [each.aid.name for each in aid_list(actor=CONTACT, stores=stores)] == [*reversed(first.new)]


def test_an_activity_told_twice_in_one_file_is_refused_and_nothing_is_kept(
    stores: MemoryStores, clock: StillClock
) -> None:
    twice = [activity("XX-1"), activity("XX-1", "Another")]
    with pytest.raises(AidRefused) as refused:
        follow_activities(activities=twice, source="a.xml", fingerprint="f", actor=CONTACT, stores=stores, clock=clock)
    assert [(each.code, each.facts["identifier"]) for each in refused.value.findings] == [
        ("assistance.activity_twice", "XX-1")
    ]
    assert stores.records.size() == 0


def test_who_may_not_write_on_assistance_takes_nothing_in(stores: MemoryStores, clock: StillClock) -> None:
    auditor = officer(Role.AUDITOR)
    with pytest.raises(NotPermitted):
        follow_activities(activities=[], source="a", fingerprint="f", actor=auditor, stores=stores, clock=clock)


def test_an_open_request_of_the_record_is_an_orphan_until_an_activity_serves_one_of_its_themes(
    stores: MemoryStores, clock: StillClock
) -> None:
    by = {"actor": CONTACT, "stores": stores, "clock": clock}
    name = asked(stores, clock)
    board = coordination_board(first="XT", **by)  # type: ignore[arg-type]
    assert [each.request for each in board.orphans] == [name]
    assert [(each.country, each.theme) for each in board.gaps] == [("XT", "marking"), ("XT", "stockpiles")]
    served = activity("XX-1", "Small arms marking machines", countries=(Share("XT"),))
    follow_activities(activities=[served], source="a.xml", fingerprint="f", **by)  # type: ignore[arg-type]
    board = coordination_board(first="XT", **by)  # type: ignore[arg-type]
    assert (board.orphans, [each.theme for each in board.gaps]) == ((), ["stockpiles"])


def test_many_payments_are_added_up_by_year_before_one_event_holds_them() -> None:
    pay = [Payment("3", NOW.date().replace(day=1 + turn % 28), Money(Decimal(2), "USD")) for turn in range(150)]
    kept = for_the_record(replace(activity("XX-1"), payments=tuple(pay)))
    assert [(each.money.value, each.on.month, each.on.day) for each in kept.payments] == [(Decimal(300), 12, 31)]
    assert kept.summed
    assert activity_of(kept.plain()) == kept


def test_a_series_is_kept_year_by_year_and_what_is_known_stays(stores: MemoryStores, clock: StillClock) -> None:
    by = {"actor": CONTACT, "stores": stores, "clock": clock}
    years = {year: (Received("Togo", "283", {"15240": Decimal(year)}),) for year in (2016, 2017)}
    series = AidSeries("CRS", "OECD", BEFORE, years)
    first = keep_series(series=series, fingerprint="f1", **by)  # type: ignore[arg-type]
    assert (first.years, first.unchanged) == ((2016, 2017), 0)
    again = keep_series(series=series, fingerprint="f1", **by)  # type: ignore[arg-type]
    assert (again.name, again.years, again.unchanged) == (first.name, (), 2)
    more = replace(series, years={2017: (), 2018: years[2016]})
    assert keep_series(series=more, fingerprint="f2", **by).years == (2017, 2018)  # type: ignore[arg-type]
    [kept] = series_list(actor=CONTACT, stores=stores)
    assert kept.series == replace(series, years={2016: years[2016], 2017: (), 2018: years[2016]})


@pytest.mark.parametrize(
    ("series", "code"),
    [
        (AidSeries("", "OECD", BEFORE, {}), "assistance.series_unnamed"),
        (AidSeries("CRS", " ", BEFORE, {}), "assistance.series_unnamed"),
        (AidSeries("CRS", "OECD", "2999-01-01", {}), "assistance.series_of_the_future"),
    ],
)
def test_a_series_of_nobody_or_of_the_future_is_refused(
    series: AidSeries, code: str, stores: MemoryStores, clock: StillClock
) -> None:
    with pytest.raises(AidRefused) as refused:
        keep_series(series=series, fingerprint="f", actor=CONTACT, stores=stores, clock=clock)
    assert [each.code for each in refused.value.findings] == [code]
