from typing import Any

from tests.recordkeeping.lives import WEAPON, event, imported, sealed
from tracemark.recordkeeping import check_event, fold, refusals, steps

_FROM: dict[str, Any] = {"from": "SOMEBODY"}
_COMPANY: dict[str, Any] = {"from": "Closed Arms Ltd"}


def codes(*events: object) -> list[list[str]]:
    return [[finding.code for finding in step.findings] for step in steps(WEAPON, sealed(events))]  # type: ignore[arg-type]


def test_a_sound_life_has_no_findings() -> None:
    assert codes(imported(), event("issued", "2003", to="XT-ARMY-2"), event("returned", "2004")) == [[], [], []]


def test_nothing_follows_destruction_but_what_was_seen_is_recorded_and_flagged() -> None:
    destroyed = fold(WEAPON, sealed([imported(), event("destroyed", "2010", method="melted")]))
    issued, seized = event("issued", "2011", to="X"), event("seized", "2011", place="Border")
    assert [finding.code for finding in refusals(issued, destroyed)] == ["recordkeeping.impossible_sequence"]
    assert refusals(seized, destroyed) == []
    assert [finding.code for finding in check_event(seized, destroyed)] == ["recordkeeping.impossible_sequence"]


def test_a_detail_its_kind_asks_for_must_be_there_and_no_other() -> None:
    state = fold(WEAPON, sealed([imported()]))
    found = refusals(event("issued", "2003", price="9"), state)
    assert [(finding.code, finding.facts["field"]) for finding in found] == [
        ("recordkeeping.detail_missing", "to"),
        ("recordkeeping.detail_unknown", "price"),
    ]


def test_iti_5_a_giver_who_was_not_the_holder_leaves_an_unknown_step() -> None:
    assert codes(imported(), event("transferred", "2010", holder="B", **_FROM)) == [
        [],
        ["recordkeeping.unknown_step"],
    ]


def test_a_weapon_event_names_its_weapon_and_a_node_event_names_none() -> None:
    state = fold(WEAPON, sealed([imported()]))
    nowhere = event("stored", "2003", of=0, place="Depot 1")
    taken = event("records_taken_over", "2003", **_COMPANY)
    assert [finding.code for finding in refusals(nowhere, state)] == ["recordkeeping.weapon_expected"]
    assert [finding.code for finding in refusals(taken, state)] == ["recordkeeping.no_weapon_expected"]


def test_a_weapon_is_with_its_holder_and_never_with_who_only_reported_an_event() -> None:
    life = [
        imported(),
        event("marked", "2002", marks=[]),
        event("issued", "2003", to="XT-ARMY/unit-2"),
        event("returned", "2004"),
        event("stolen", "2005"),
        event("seized", "2006", place="Border", custodian="XT-POL"),
    ]
    assert [step.who for step in steps(WEAPON, sealed(life))] == [
        "XT-ARMY", "XT-ARMY", "XT-ARMY/unit-2", "XT-ARMY", "", "XT-POL",
    ]  # fmt: skip
