"""A dossier is its events in the order of the record: its steps follow one another as `kinds.toml` says."""

import pytest

from tests.rooms import StillClock
from tracemark.kernel import PartialDate, Plain
from tracemark.recordkeeping import (
    DOSSIER_DETAILS,
    Dossier,
    Event,
    EventKind,
    EventRefused,
    append,
    dossier_name,
    dossier_prefixes,
    dossiers_named,
    event_kinds,
    fold_dossiers,
)
from tracemark.storage.memory import MemoryStores
from tracemark.weapons import NO_WEAPON

SITE = "ST-2026-000001"


def step(kind: str, dossier: str = SITE, **details: Plain) -> Event:
    told = {"dossier": dossier, **details}
    return Event(NO_WEAPON, EventKind(kind), PartialDate(2026, 5, 6), "XT-ARMY", "ana", told)


def listed(dossier: str = SITE, **details: Plain) -> Event:
    return step("site_listed", dossier, place="Depot 3", **details)


def closed(dossier: str = SITE) -> Event:
    return step("site_closed", dossier, reason="empty")


def refusal(stores: MemoryStores, clock: StillClock, *events: Event) -> list[tuple[str, object]]:
    with pytest.raises(EventRefused) as refused, stores.atomic():
        append(events=events, stores=stores, clock=clock)
    return [(each.code, each.facts.get("standing")) for each in refused.value.findings]


def test_a_dossier_is_opened_goes_on_and_is_closed(stores: MemoryStores, clock: StillClock) -> None:
    with stores.atomic():
        append(events=[listed()], stores=stores, clock=clock)
    assert stores.dossiers.dossier(SITE) == Dossier(SITE, "site", "open", "XT-ARMY", 0, 0)
    with stores.atomic():
        append(events=[closed()], stores=stores, clock=clock)
    assert stores.dossiers.dossier(SITE) == Dossier(SITE, "site", "closed", "XT-ARMY", 0, 1)
    assert stores.dossiers.differing() == []


def test_events_appended_together_follow_one_another(stores: MemoryStores, clock: StillClock) -> None:
    with stores.atomic():
        append(events=[listed(), closed()], stores=stores, clock=clock)
    assert stores.dossiers.dossier(SITE).standing == "closed"


@pytest.mark.parametrize(
    ("events", "code", "standing"),
    [
        ([closed()], "recordkeeping.dossier_unknown", None),
        ([listed("EL-2026-000001")], "recordkeeping.dossier_unknown", None),
        ([listed("Depot 3")], "recordkeeping.dossier_unknown", None),
        ([listed(), listed()], "recordkeeping.dossier_known", None),
        ([listed(), closed(), closed()], "recordkeeping.dossier_step", "closed"),
    ],
)
def test_what_is_no_next_step_is_refused_and_nothing_kept(
    stores: MemoryStores, clock: StillClock, events: list[Event], code: str, standing: str | None
) -> None:
    assert refusal(stores, clock, *events) == [(code, standing)]
    assert (stores.records.size(), stores.dossiers.page("site")) == (0, [])


def test_a_name_says_kind_year_and_number() -> None:
    assert dossier_name("site", 2026, 17) == "ST-2026-000017"
    with pytest.raises(ValueError, match="no 0th site"):
        dossier_name("site", 2026, 0)
    with pytest.raises(ValueError, match="no 1000000th site"):
        dossier_name("site", 2026, 1_000_000)
    assert len(set(dossier_prefixes().values())) == len(dossier_prefixes())


def test_only_our_own_names_are_dossiers() -> None:
    details = {"licence": "EL-2026-000003", "consignment": "TRUCK 12", "certificate": "EL-2026-000003", "note": SITE}
    assert dossiers_named(details) == ["EL-2026-000003"]
    assert dossiers_named({"licence": 7, "place": SITE}) == []


def test_every_kind_of_a_dossier_is_whole() -> None:
    for terms in event_kinds().values():
        if terms.dossier:
            opens = bool(terms.first and terms.leads_to and not terms.follows)
            assert (terms.kind, opens) == (terms.kind, terms.first)
            assert {"dossier"} <= terms.requires
            assert (terms.concerns_no_weapon, terms.own_action, terms.dossier in dossier_prefixes()) == (True,) * 3
    assert "dossier" in DOSSIER_DETAILS


def test_events_of_no_dossier_are_let_be_in_folding(stores: MemoryStores, clock: StillClock) -> None:
    block: dict[str, Plain] = {"allocated": 1}
    other = Event(NO_WEAPON, EventKind.NUMBERS_CLOSED, PartialDate(2026, 5, 6), "XT-REG", "ana", block)
    with stores.atomic():
        append(events=[listed(), other], stores=stores, clock=clock)
    assert list(fold_dossiers(stores.records.all())) == [SITE]
