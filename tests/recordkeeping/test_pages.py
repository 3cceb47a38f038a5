"""Lists of dossiers come in pages, the newest first, of what is asked for and of what the reader sees."""

import pytest

from tests.recordkeeping.test_dossiers import closed, listed, step
from tests.rooms import StillClock, officer
from tracemark.authorities import NotPermitted, Permission, Role
from tracemark.kernel import Actor
from tracemark.recordkeeping import Dossier, DossierFilter, Page, append, dossier_page, dossier_standings, every_dossier
from tracemark.storage.memory import MemoryStores

AUDITOR = officer(Role.AUDITOR)
KEEPER = officer(Role.STOREKEEPER, authority="XT-ARMY")
STRANGER = officer(Role.STOREKEEPER, authority="XT-DEALER")
NAMES = [f"ST-2026-{number:06}" for number in range(1, 8)]


@pytest.fixture(autouse=True)
def _seven_sites(stores: MemoryStores, clock: StillClock) -> None:
    days = {name: {"due": f"2026-0{number}-01"} for number, name in enumerate(NAMES, 1)}
    with stores.atomic():
        append(events=[listed(name, **days[name]) for name in NAMES], stores=stores, clock=clock)
        append(events=[closed(NAMES[0]), closed(NAMES[1])], stores=stores, clock=clock)


def read(stores: MemoryStores, wanted: DossierFilter, actor: Actor = AUDITOR) -> Page[Dossier]:
    return dossier_page(kind="site", permission=Permission.RECORD_READ, wanted=wanted, actor=actor, stores=stores)


def named(page: Page[Dossier]) -> list[str]:
    return [each.name for each in page]


def test_pages_follow_one_another_until_nothing_is_left(stores: MemoryStores) -> None:
    first = read(stores, DossierFilter(limit=3))
    second = read(stores, DossierFilter(limit=3, before=first.before))
    third = read(stores, DossierFilter(limit=3, before=second.before))
    assert named(first) + named(second) + named(third) == NAMES[::-1]
    assert (len(third), third.before) == (1, None)


def test_only_what_is_asked_for_is_listed(stores: MemoryStores) -> None:
    assert named(read(stores, DossierFilter(frozenset({"closed"})))) == [NAMES[1], NAMES[0]]
    assert named(read(stores, DossierFilter(due_before="2026-04-01"))) == NAMES[2::-1]
    assert named(read(stores, DossierFilter(authority="XT-ARMY", limit=1))) == [NAMES[6]]
    assert named(read(stores, DossierFilter(authority="XT-POL"))) == []


def test_nobody_is_shown_what_they_do_not_see(stores: MemoryStores) -> None:
    assert len(read(stores, DossierFilter(), KEEPER)) == 7
    assert named(read(stores, DossierFilter(), STRANGER)) == []
    assert named(read(stores, DossierFilter(authority="XT-ARMY"), STRANGER)) == []
    with pytest.raises(NotPermitted):
        read(stores, DossierFilter(), officer(Role.ADMINISTRATOR))


def test_a_page_is_filled_from_beyond_what_lies_out_of_sight(stores: MemoryStores, clock: StillClock) -> None:
    with stores.atomic():
        append(
            events=[step("count_opened", f"CT-2026-{n:06}", site=NAMES[3]) for n in (1, 2, 3)],
            stores=stores,
            clock=clock,
        )
    owners = {"CT-2026-000001": "XT-ARMY", "CT-2026-000002": "XT-DEALER", "CT-2026-000003": "XT-DEALER"}
    found = dossier_page(
        kind="count",
        permission=Permission.RECORD_READ,
        wanted=DossierFilter(limit=1),
        actor=KEEPER,
        stores=stores,
        whose=lambda dossier: owners[dossier.name],
    )
    assert (named(found), found.before) == (["CT-2026-000001"], None)


def test_something_is_read_for_each_that_stands_on_a_page(stores: MemoryStores) -> None:
    page = read(stores, DossierFilter(limit=2))
    assert page.each(lambda dossier: dossier.due) == Page(("2026-07-01", "2026-06-01"), page.before)


def test_every_dossier_is_walked_through_whoever_sees_it(stores: MemoryStores) -> None:
    assert [each.name for each in every_dossier("site", {"open"}, stores)] == NAMES[:1:-1]


def test_the_standings_of_a_kind_come_in_the_order_of_its_life() -> None:
    assert dossier_standings("destruction") == [
        "planned",
        "approved",
        "refused",
        "withdrawn",
        "carried_out",
        "certified",
    ]
