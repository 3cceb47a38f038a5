"""What a company that closes leaves to the State."""

from dataclasses import replace

import pytest

from tests.rooms import StillClock, officer
from tracemark.authorities import NotPermitted, Role
from tracemark.kernel import Actor, PartialDate
from tracemark.recordkeeping import Sealed, TakeOverRefused, take_over_records
from tracemark.storage.memory import MemoryStores

ENDED = PartialDate.parse("2026-04-17")
REGISTRY = officer(Role.REGISTRY_OFFICER)


def taken_over(
    stores: MemoryStores, clock: StillClock, agency: str = "XT-DEALER", ended: PartialDate = ENDED,
    actor: Actor = REGISTRY, weapons: int | None = 1204,
) -> Sealed:  # fmt: skip
    return take_over_records(
        agency=agency, ended=ended, weapons=weapons, note="31 boxes", actor=actor, stores=stores, clock=clock
    )


def last_days(stores: MemoryStores) -> dict[str, PartialDate]:
    return {each.code: each.active_until for each in stores.agencies.all() if each.active_until}


def test_iti_13_the_taking_over_is_sealed_and_the_company_ends(stores: MemoryStores, clock: StillClock) -> None:
    event = taken_over(stores, clock).event
    assert (event.kind, event.happened, event.details) == (
        "records_taken_over", ENDED, {"from": "XT-DEALER", "weapons": 1204, "note": "31 boxes"},
    )  # fmt: skip
    assert last_days(stores) == {"XT-DEALER": ENDED}


def test_iti_13_records_nobody_has_counted_are_taken_over_too(stores: MemoryStores, clock: StillClock) -> None:
    assert "weapons" not in taken_over(stores, clock, weapons=None).event.details


def test_iti_13_more_records_of_the_same_company_may_turn_up(stores: MemoryStores, clock: StillClock) -> None:
    assert [taken_over(stores, clock).position for _ in range(2)] == [0, 1]


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR, Role.STOREKEEPER, Role.LICENSING_OFFICER])
def test_who_may_not_write_or_does_not_see_the_company_takes_nothing_over(
    role: Role, stores: MemoryStores, clock: StillClock
) -> None:
    with pytest.raises(NotPermitted):
        taken_over(stores, clock, actor=officer(role, authority="XT-POL"))
    assert (stores.records.size(), last_days(stores)) == (0, {})


@pytest.mark.parametrize(
    ("agency", "ended", "code"),
    [
        ("XT-GONE", "2026-04-17", "recordkeeping.no_such_agency"),
        ("XT-DEALER", "2026-04-18", "recordkeeping.agency_ended_already"),
        ("XT-ARMY", "2019", "recordkeeping.agency_ends_before_it_began"),
    ],
)
def test_what_cannot_have_ended_so_is_refused_whole(
    agency: str, ended: str, code: str, stores: MemoryStores, clock: StillClock
) -> None:
    known = {each.code: each for each in stores.agencies.all()}
    stores.agencies.put(replace(known["XT-DEALER"], active_until=ENDED))
    stores.agencies.put(replace(known["XT-ARMY"], active_from=PartialDate.parse("2020-02")))
    with pytest.raises(TakeOverRefused) as refused:
        taken_over(stores, clock, agency, PartialDate.parse(ended))
    assert [finding.code for finding in refused.value.findings] == [code]
    assert (stores.records.size(), last_days(stores)) == (0, {"XT-DEALER": ENDED})
