"""A campaign is held against the record: what it claims, what is shown, when it ends, and what runs short."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.rooms import NOW, StillClock, clock, officer, stores
from tracemark import assistance, stockpiles
from tracemark.assistance import (
    Campaign,
    CampaignDraft,
    CampaignKind,
    CampaignRefused,
    CampaignReturn,
    Counted,
    Machine,
    Supply,
    outlook_of,
)
from tracemark.authorities import NotPermitted, Role
from tracemark.kernel import Clock, cite
from tracemark.stockpiles import SiteTold
from tracemark.storage.memory import MemoryStores

__all__ = ["clock", "stores"]
CONTACT = officer(Role.POINT_OF_CONTACT)
TODAY = NOW.date()
FIRST = TODAY - timedelta(days=40)
DRAFT = CampaignDraft(
    kind=CampaignKind.MARKING, title="Mark the depots", places=("XT-ARMY-1",), quantity=100, first=FIRST,
    last=TODAY + timedelta(days=30), responsible="XT-ARMY", commitment=cite("ITI 8(d)"),
    machines=(Machine("dot peen", 10),), supplies=(Supply("diesel", "litre", Decimal(100)),), cost=Decimal(1000),
    currency="EUR",
)  # fmt: skip
TOLD = CampaignReturn(
    FIRST, FIRST + timedelta(days=19), 50, 5, Decimal(400), {"diesel": Decimal(40)}, note="two machines"
)


def by(stores: MemoryStores, clock: Clock) -> dict[str, Any]:
    return {"actor": CONTACT, "stores": stores, "clock": clock}


@pytest.fixture
def started(stores: MemoryStores, clock: StillClock) -> Campaign:
    known = assistance.plan_campaign(draft=DRAFT, **by(stores, clock))
    return assistance.start_campaign(campaign=known.name, on=FIRST, **by(stores, clock))


def codes_of(refused: Callable[[], object]) -> list[str]:
    with pytest.raises(CampaignRefused) as error:
        refused()
    return [each.code.removeprefix("assistance.campaign_") for each in error.value.findings]


def alarms(known: Campaign, today: date = TODAY) -> list[str]:
    return [each.code.removeprefix("assistance.campaign_") for each in outlook_of(known, today).alarms]


def test_a_campaign_runs_and_its_claims_stand_beside_the_record(
    stores: MemoryStores, clock: StillClock, started: Campaign
) -> None:
    step: dict[str, Any] = {"campaign": started.name, **by(stores, clock)}
    assert (started.name, started.draft, started.started_on) == ("LC-2026-000001", DRAFT, FIRST)
    told = assistance.return_campaign(told=TOLD, **step)
    assert (told.returns, told.claimed, told.left(DRAFT.supplies[0])) == ((TOLD,), 50, Decimal(60))
    counted = assistance.note_counted(counted=Counted((44,), 44, "9.abc"), **step)
    found = outlook_of(counted, TODAY)
    assert (found.done, found.remaining, found.ends_on) == (44, 56, FIRST + timedelta(days=19 + 26))
    assert [(line.told.done, line.shown, line.differs) for line in found.lines] == [(50, 44, 6)]
    assert [each.lasts_for for each in found.supplies] == [75]
    [finding] = found.alarms
    assert (finding.code, finding.facts["difference"]) == ("assistance.campaign_claims_more", 6)
    closed = assistance.close_campaign(reason="Done.", **step)
    assert (closed.standing, closed.reason) == ("closed", "Done.")
    [record] = assistance.campaign_list(**by(stores, clock))
    assert record == assistance.campaign_record(campaign=started.name, **by(stores, clock))
    assert (record.plain()["done"], record.plain()["claimed"]) == (44, 50)
    assert codes_of(lambda: assistance.close_campaign(reason="again", **step)) == ["step"]


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        (replace(DRAFT, title=" ", last=FIRST - timedelta(days=1)), ["text_missing", "days"]),
        (replace(DRAFT, quantity=0, every_days=0), ["number", "number"]),
        (replace(DRAFT, commitment=cite("PoA X.1"), target="TG-2026-000009"), ["commitment", "target"]),
        (replace(DRAFT, cost=Decimal(5), currency=""), ["cost"]),
        (replace(DRAFT, responsible="Ana", places=("XT-NONE",)), ["place", "neither"]),
        (replace(DRAFT, places=()), ["text_missing"]),
        (replace(DRAFT, kind=CampaignKind.UPGRADE), ["site", "more_than_sites"]),
        (replace(DRAFT, supplies=(*DRAFT.supplies, Supply("Diesel", "l", Decimal(-1)))), ["supply_names", "number"]),
        (replace(DRAFT, machines=(Machine("", 0),)), ["number"]),
    ],
)
def test_what_cannot_be_planned_is_refused(
    draft: CampaignDraft, expected: list[str], stores: MemoryStores, clock: StillClock
) -> None:
    assert codes_of(lambda: assistance.plan_campaign(draft=draft, **by(stores, clock))) == expected


def test_a_campaign_is_revised_with_its_reason_and_its_former_plan_stays(
    stores: MemoryStores, clock: StillClock, started: Campaign
) -> None:
    step: dict[str, Any] = {"campaign": started.name, "reason": "A machine came late.", **by(stores, clock)}
    told: dict[str, Any] = {"campaign": started.name, **by(stores, clock)}
    assistance.return_campaign(told=TOLD, **told)
    assistance.note_counted(counted=Counted((44,), 44, "9.abc"), **told)
    more = replace(DRAFT, quantity=200, last=DRAFT.last + timedelta(days=60))
    known = assistance.revise_campaign(draft=more, **step)
    assert (known.draft, known.standing, known.counted is not None) == (more, "started", True)
    assert [(each.reason, each.before) for each in known.revisions] == [("A machine came late.", DRAFT)]
    elsewhere = assistance.revise_campaign(draft=replace(more, places=("XT-REG",)), **step)
    assert (elsewhere.counted, elsewhere.returns) == (None, (TOLD,))
    unfit = replace(more, kind=CampaignKind.DESTRUCTION, supplies=(), quantity=0)
    assert codes_of(lambda: assistance.revise_campaign(draft=unfit, **step)) == ["kind_fixed", "supply_used", "number"]
    same = replace(more, places=("XT-REG",))
    assert codes_of(lambda: assistance.revise_campaign(draft=same, **{**step, "reason": " "})) == [
        "text_missing", "unchanged",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (replace(TOLD, first=FIRST - timedelta(days=1)), ["return_days"]),
        (replace(TOLD, last=TODAY + timedelta(days=1)), ["return_days"]),
        (replace(TOLD, first=TOLD.last + timedelta(days=1)), ["return_days", "days_worked"]),
        (replace(TOLD, done=-1, spent=Decimal(-1)), ["number", "number"]),
        (replace(TOLD, days_worked=21), ["days_worked"]),
        (replace(TOLD, used={"petrol": Decimal(1)}), ["supply_unknown"]),
        (replace(TOLD, used={"diesel": Decimal(101)}), ["used_more"]),
        (replace(TOLD, used={"diesel": Decimal(-1)}), ["number"]),
    ],
)
def test_a_return_that_cannot_be_is_refused(
    told: CampaignReturn, expected: list[str], stores: MemoryStores, clock: StillClock, started: Campaign
) -> None:
    step = by(stores, clock)
    assert codes_of(lambda: assistance.return_campaign(campaign=started.name, told=told, **step)) == expected


def test_the_same_days_are_told_once_and_supplies_come_anew(
    stores: MemoryStores, clock: StillClock, started: Campaign
) -> None:
    step: dict[str, Any] = {"campaign": started.name, **by(stores, clock)}
    assistance.return_campaign(told=TOLD, **step)
    assert codes_of(lambda: assistance.return_campaign(told=TOLD, **step)) == ["return_twice"]
    later = replace(
        TOLD, first=TOLD.last + timedelta(days=1), last=TODAY, used={"diesel": Decimal(70)},
        received={"diesel": Decimal(20)},
    )  # fmt: skip
    assert assistance.return_campaign(told=later, **step).left(DRAFT.supplies[0]) == Decimal(10)


def test_steps_need_a_campaign_that_stands_so(stores: MemoryStores, clock: StillClock) -> None:
    step = by(stores, clock)
    name = assistance.plan_campaign(draft=DRAFT, **step).name
    ahead = TODAY + timedelta(days=1)
    assert [
        codes_of(lambda: assistance.return_campaign(campaign=name, told=TOLD, **step)),
        codes_of(lambda: assistance.start_campaign(campaign=name, on=ahead, **step)),
        codes_of(lambda: assistance.start_campaign(campaign="LC-2026-000009", on=FIRST, **step)),
        codes_of(lambda: assistance.close_campaign(campaign=name, reason=" ", **step)),
    ] == [["step"], ["day_ahead"], ["unknown"], ["text_missing"]]
    with pytest.raises(NotPermitted):
        assistance.plan_campaign(draft=DRAFT, **{**step, "actor": officer(Role.STOREKEEPER)})


BEGUN = Campaign("LC-2026-000001", "XT-REG", DRAFT, "started", FIRST)


@pytest.mark.parametrize(
    ("known", "today", "expected"),
    [
        (replace(BEGUN, standing="planned", started_on=None), TODAY, ["not_started"]),
        (replace(BEGUN, standing="planned", started_on=None), FIRST, []),
        (BEGUN, FIRST + timedelta(days=31), ["silent"]),
        (BEGUN, FIRST + timedelta(days=30), []),
        (replace(BEGUN, returns=(TOLD,)), TOLD.last, []),
        (replace(BEGUN, returns=(replace(TOLD, done=4),)), TOLD.last, ["runs_out", "will_be_late", "will_overspend",
                                                                       "output_short"]),
        (replace(BEGUN, returns=(replace(TOLD, spent=Decimal(1001)),)), TOLD.last, ["overspent"]),
        (replace(BEGUN, returns=(TOLD,)), DRAFT.last + timedelta(days=1), ["silent", "late"]),
        (replace(BEGUN, returns=(TOLD,), counted=Counted((55,), 55, "1.a")), TOLD.last, ["claims_less"]),
        (replace(BEGUN, returns=(replace(TOLD, done=4),), standing="closed"), TODAY, []),
    ],
)  # fmt: skip
def test_alarms_name_what_is_wrong(known: Campaign, today: date, expected: list[str]) -> None:
    assert alarms(known, today) == expected


@given(done=some.integers(0, 300), shown=some.none() | some.integers(0, 300))
def test_what_remains_is_never_negative_and_an_end_never_before_the_last_return(done: int, shown: int | None) -> None:
    counted = None if shown is None else Counted((shown,), shown, "1.a")
    found = outlook_of(replace(BEGUN, returns=(replace(TOLD, done=done),), counted=counted), TODAY)
    assert found.done == (done if shown is None else shown)
    assert found.remaining == max(0, 100 - found.done)
    assert found.ends_on is None or found.ends_on >= TOLD.last
    assert [line.differs for line in found.lines] == [None if shown is None else done - shown]


class DayClock:
    """A clock that stands still on a day."""

    def __init__(self, day: date) -> None:
        self._day = day

    def now(self) -> datetime:
        return NOW.replace(year=self._day.year, month=self._day.month, day=self._day.day)


def test_a_site_is_upgraded_when_its_risk_fell_within_the_days(stores: MemoryStores) -> None:
    storekeeper = officer(Role.STOREKEEPER, authority="XT-ARMY")
    codes = [each.code for each in stockpiles.risk_questions()]
    unsafe, safe = dict.fromkeys(codes, stockpiles.NO), dict.fromkeys(codes, stockpiles.YES)

    def listed(answers: dict[str, str], day: date) -> str:
        told = SiteTold("Depot", answers=answers)
        return stockpiles.list_site(site=told, actor=storekeeper, stores=stores, clock=DayClock(day))

    before, within = date(2026, 1, 10), date(2026, 3, 10)
    improved, same, fresh = listed(unsafe, before), listed(unsafe, before), listed(safe, within)
    told = SiteTold("Depot", answers=safe)
    stockpiles.revise_site(name=improved, site=told, actor=storekeeper, stores=stores, clock=DayClock(within))
    sites = [improved, same, fresh]
    assert assistance.sites_upgraded(sites, date(2026, 2, 1), date(2026, 4, 1), stores) == [improved, fresh]
    assert assistance.sites_upgraded(sites, date(2026, 4, 1), date(2026, 5, 1), stores) == []
