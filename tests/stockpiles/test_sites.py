from datetime import date

import pytest

from tests.rooms import StillClock, officer
from tests.stockpiles.depots import COUNTER, KEEPER, depot, stored
from tracemark.authorities import NotPermitted, Role
from tracemark.kernel import Refused
from tracemark.stockpiles import (
    NO,
    YES,
    Function,
    SiteTold,
    close_site,
    list_site,
    revise_site,
    risk_of,
    risk_questions,
    site_list,
    site_record,
)
from tracemark.storage.memory import MemoryStores

CLOCK = StillClock()


def test_a_site_is_what_was_said_of_it_last(stores: MemoryStores) -> None:
    site = depot(stores)
    told = SiteTold(
        "Amberly, new hall", "XT-ARMY", "other", Function.EVIDENCE_ROOM, ["A", "C"], 7, "moved", {"locks": NO}
    )
    revise_site(name=site, site=told, actor=COUNTER, stores=stores, clock=CLOCK)
    (known,) = site_list(actor=KEEPER, stores=stores)
    assert (known.name, known.authority, known.place, known.office) == (site, "XT-ARMY", "Amberly, new hall", "XT-ARMY")
    assert (known.keeper, known.function, known.racks) == ("other", Function.EVIDENCE_ROOM, ("A", "C"))
    assert (known.every_days, known.due, known.answers, known.open) == (7, "2026-05-13", {"locks": NO}, True)
    assert (known.late(date(2026, 5, 13)), known.late(date(2026, 5, 14))) == (False, True)


def test_a_site_of_which_nobody_says_how_often_is_never_late(stores: MemoryStores) -> None:
    site = depot(stores)
    revise_site(name=site, site=SiteTold("Amberly"), actor=KEEPER, stores=stores, clock=CLOCK)
    assert not site_record(site=site, actor=KEEPER, stores=stores).site.late(date(2030, 1, 1))


def test_a_site_with_weapons_is_not_closed(stores: MemoryStores) -> None:
    full, empty = depot(stores), depot(stores)
    stored(stores, full, "A")
    with pytest.raises(Refused) as found:
        close_site(name=full, reason="sold", actor=KEEPER, stores=stores, clock=CLOCK)
    assert [each.code for each in found.value.findings] == ["stockpiles.site_not_empty"]
    close_site(name=empty, reason="sold", actor=KEEPER, stores=stores, clock=CLOCK)
    with pytest.raises(Refused) as found:
        close_site(name=empty, reason="sold", actor=KEEPER, stores=stores, clock=CLOCK)
    assert [each.code for each in found.value.findings] == ["stockpiles.site_closed"]


@pytest.mark.parametrize(
    ("told", "code"),
    [
        (SiteTold(" "), "stockpiles.place_missing"),
        (SiteTold("Amberly", "Colonel Somebody"), "stockpiles.office_unknown"),
        (SiteTold("Amberly", answers={"locks": "maybe"}), "stockpiles.answer_unfit"),
        (SiteTold("Amberly", answers={"moat": YES}), "stockpiles.answer_unfit"),
    ],
)
def test_a_site_that_cannot_be(stores: MemoryStores, told: SiteTold, code: str) -> None:
    with pytest.raises(Refused) as found:
        list_site(site=told, actor=KEEPER, stores=stores, clock=CLOCK)
    assert [each.code for each in found.value.findings] == [code]


def test_sites_are_seen_by_their_own_agency_and_by_those_above(stores: MemoryStores) -> None:
    depot(stores)
    seers = {
        (role, agency): len(site_list(actor=officer(role, "x", agency), stores=stores))
        for role in (Role.STOREKEEPER, Role.AUDITOR)
        for agency in ("XT-ARMY", "XT-ARMY-1", "XT-POL")
    }
    assert [key for key, number in seers.items() if not number] == [
        (Role.STOREKEEPER, "XT-ARMY-1"),
        (Role.STOREKEEPER, "XT-POL"),
    ]
    with pytest.raises(NotPermitted):
        list_site(site=SiteTold("x"), actor=officer(Role.AUDITOR), stores=stores, clock=CLOCK)


def test_risk_is_what_is_lacking_of_what_was_answered() -> None:
    first, second, *others = risk_questions()
    assert risk_of({}).score is None
    assert risk_of({each.code: YES for each in risk_questions()}).score == 0
    half = risk_of({first.code: NO, second.code: YES})
    assert (half.score, half.lacking, half.unanswered) == (50, (first,), tuple(others))
