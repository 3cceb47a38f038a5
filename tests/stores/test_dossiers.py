"""What every store promises of dossiers: drawn from the record as it grows, found by name, and drawn again."""

import pytest

from tests.rooms import StillClock
from tests.stores.lives import Stores, happened, keep, registered
from tracemark.kernel import PartialDate, Plain
from tracemark.recordkeeping import Dossier, Event, EventKind, append
from tracemark.storage.relational.stores import RelationalStores
from tracemark.weapons import NO_WEAPON

CLOCK = StillClock()
OTHERS = "kind, standing, authority, opened, last, due"


def step(kind: str, dossier: str, authority: str = "XT-ARMY", **details: Plain) -> Event:
    told = {"dossier": dossier, **details}
    return Event(NO_WEAPON, EventKind(kind), PartialDate(2026, 5, 6), authority, "ana", told)


def site(number: int, authority: str = "XT-ARMY") -> Event:
    return step("site_listed", f"ST-2026-{number:06}", authority, place=f"Depot {number}")


def appended(stores: Stores, *events: Event) -> None:
    with stores.atomic():
        append(events=events, stores=stores, clock=CLOCK)


def names(found: list[Dossier]) -> list[str]:
    return [each.name for each in found]


def test_a_store_without_dossiers(stores: Stores) -> None:
    assert (stores.dossiers.page("site"), stores.dossiers.events("ST-2026-000001")) == ([], [])
    with pytest.raises(KeyError):
        stores.dossiers.dossier("ST-2026-000001")
    assert stores.dossiers.next_name("site", 2026) == "ST-2026-000001"


def test_pages_are_the_newest_first(stores: Stores) -> None:
    appended(stores, site(1), site(2, "XT-POL"), site(3), step("site_closed", "ST-2026-000001", reason="empty"))
    page = stores.dossiers.page
    assert names(page("site")) == ["ST-2026-000003", "ST-2026-000002", "ST-2026-000001"]
    assert names(page("site", limit=1, before=2)) == ["ST-2026-000002"]
    assert names(page("site", standings={"closed"})) == ["ST-2026-000001"]
    assert names(page("site", authorities=["XT-POL"])) == ["ST-2026-000002"]
    assert (page("site", authorities=[]), page("count"), page("site", due_before="2027-01-01")) == ([], [], [])
    assert stores.dossiers.next_name("site", 2026) == "ST-2026-000004"
    assert stores.dossiers.next_name("site", 2027) == "ST-2027-000001"


def test_events_of_weapons_that_name_a_dossier_are_its_own_too(stores: Stores) -> None:
    appended(stores, site(1), site(2))
    shipped = happened(1, "shipped", consignment="ST-2026-000002", to="XT-POL")
    kept = keep(stores, registered(1, "A1"), shipped)
    assert [each.position for each in stores.dossiers.events("ST-2026-000002")] == [1, 3]
    assert stores.dossiers.events("ST-2026-000002")[1] == kept[1]
    assert stores.dossiers.differing() == []


def test_a_transaction_that_fails_leaves_no_dossier(stores: Stores) -> None:
    def fails() -> None:
        with stores.atomic():
            append(events=[site(1)], stores=stores, clock=CLOCK)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert (stores.dossiers.page("site"), stores.dossiers.events("ST-2026-000001")) == ([], [])


@pytest.mark.parametrize(
    ("edit", "differing"),
    [
        ("UPDATE dossier SET standing = 'closed' WHERE name = 'ST-2026-000001'", ["ST-2026-000001"]),
        ("DELETE FROM dossier WHERE name = 'ST-2026-000002'", ["ST-2026-000002"]),
        ("DELETE FROM dossier_event WHERE position = 1", ["ST-2026-000002"]),
        ("INSERT INTO dossier_event (dossier, position) VALUES ('ST-2026-000009', 1)", ["ST-2026-000009"]),
        (f"INSERT INTO dossier SELECT 'ST-2026-000008', {OTHERS} FROM dossier WHERE opened = 0", ["ST-2026-000008"]),
    ],
)
def test_an_edit_of_the_tables_is_seen_and_mended(
    relational_stores: RelationalStores, edit: str, differing: list[str]
) -> None:
    stores = relational_stores
    appended(stores, site(1), site(2))
    stores._database.execute(edit)
    assert stores.dossiers.differing() == differing
    with stores.atomic():
        assert stores.dossiers.redraw() == 2
    assert (stores.dossiers.differing(), names(stores.dossiers.page("site"))) == (
        [],
        ["ST-2026-000002", "ST-2026-000001"],
    )
