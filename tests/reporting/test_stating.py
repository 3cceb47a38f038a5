"""Stating statistics: what supersedes what, and what stays to be seen."""

from functools import partial

import pytest

from tests.rooms import StillClock, clock, officer, stores
from tracemark.authorities import NotPermitted, Role
from tracemark.kernel import Actor, Refused
from tracemark.reporting import (
    Revision,
    Stated,
    StatedNumber,
    Statement,
    approve_statistics,
    decline_statistics,
    state_statistics,
    statement_list,
    statement_record,
    withdraw_statistics,
)
from tracemark.storage.memory import MemoryStores

__all__ = ["clock", "stores"]
CONTACT, AUDITOR = officer(Role.POINT_OF_CONTACT), officer(Role.AUDITOR)
APPROVER = officer(Role.APPROVER)


def statement(number: int, year: int = 2024) -> Statement:
    return Statement(
        "people.trainees", year, (StatedNumber(number, {"sex": "female"}), StatedNumber(2, {}, "not asked"))
    )


def state(stores: MemoryStores, clock: StillClock, *told: Statement, note: str = "") -> Stated:
    return state_statistics(
        statements=told, document="Ministry, table 3", note=note, actor=CONTACT, stores=stores, clock=clock
    )


def refused(call: object) -> list[str]:
    with pytest.raises(Refused) as found:
        call()  # type: ignore[operator]
    return [each.code for each in found.value.findings]


def approve(stores: MemoryStores, clock: StillClock, name: str, actor: Actor = APPROVER) -> None:
    approve_statistics(name=name, actor=actor, stores=stores, clock=clock)


def test_what_a_second_person_approves_supersedes_and_the_older_stays(stores: MemoryStores, clock: StillClock) -> None:
    first = state(stores, clock, statement(3), statement(4, 2025))
    assert first == Stated(new=["SX-2026-000001", "SX-2026-000002"])
    again = state(stores, clock, statement(3), statement(5, 2025), note="recounted")
    assert again == Stated(proposed=["SX-2026-000002"], unchanged=["SX-2026-000001"])
    waiting = statement_record(name="SX-2026-000002", actor=AUDITOR, stores=stores)
    assert (waiting.statement, waiting.waiting) == (
        statement(4, 2025), Revision(statement(5, 2025), "Ministry, table 3", "recounted", CONTACT.name),
    )  # fmt: skip
    approve(stores, clock, "SX-2026-000002")
    record = statement_record(name="SX-2026-000002", actor=AUDITOR, stores=stores)
    assert [told for _, told in record.versions] == [statement(4, 2025), statement(5, 2025)]
    assert (record.sources[1], record.waiting) == (("Ministry, table 3", "recounted"), None)
    assert record.revisions[0].decided_by == APPROVER.name
    assert [each.dossier for each in statement_list(actor=AUDITOR, stores=stores)] == first.new
    assert refused(lambda: approve(stores, clock, "SX-2026-000002")) == ["reporting.statistics_nothing_waits"]


def test_who_proposed_a_revision_does_not_approve_it(stores: MemoryStores, clock: StillClock) -> None:
    (name,) = state(stores, clock, statement(3)).new
    withdraw_statistics(name=name, note="wrong table", actor=CONTACT, stores=stores, clock=clock)
    both = Actor(CONTACT.name, CONTACT.authority, frozenset({"point_of_contact", "approver"}))
    assert refused(lambda: approve(stores, clock, name, both)) == ["authorities.same_person"]
    assert refused(lambda: approve(stores, clock, name, CONTACT)) == ["authorities.not_permitted"]
    assert not statement_record(name=name, actor=AUDITOR, stores=stores).withdrawn


def test_one_revision_waits_at_a_time_until_it_is_declined_with_a_reason(
    stores: MemoryStores, clock: StillClock
) -> None:
    (name,) = state(stores, clock, statement(3)).new
    state(stores, clock, statement(4), note="recounted")
    size = stores.records.size()
    assert state(stores, clock, statement(4), note="sent twice").proposed == [name]
    assert refused(lambda: state(stores, clock, statement(5), note="again")) == ["reporting.statistics_revision_waits"]
    decline = partial(decline_statistics, name=name, actor=APPROVER, stores=stores, clock=clock)
    assert refused(lambda: decline(reason=" ")) == ["reporting.reason_missing"]
    assert stores.records.size() == size
    decline(reason="The first count stands.")
    record = statement_record(name=name, actor=AUDITOR, stores=stores)
    assert (record.statement, record.waiting, record.revisions[0].declined_because) == (
        statement(3), None, "The first count stands.",
    )  # fmt: skip
    assert state(stores, clock, statement(5), note="again").proposed == [name]


def test_superseding_needs_a_reason_and_nothing_is_written_without(stores: MemoryStores, clock: StillClock) -> None:
    state(stores, clock, statement(3))
    size = stores.records.size()
    codes = refused(lambda: state(stores, clock, statement(9, 2023), statement(4)))
    assert codes == ["reporting.statistics_superseded_unexplained"]
    assert stores.records.size() == size


def test_what_is_withdrawn_can_be_stated_anew(stores: MemoryStores, clock: StillClock) -> None:
    (name,) = state(stores, clock, statement(3)).new
    withdraw_statistics(name=name, note="wrong table", actor=CONTACT, stores=stores, clock=clock)
    approve(stores, clock, name)
    assert statement_record(name=name, actor=AUDITOR, stores=stores).withdrawn
    assert refused(lambda: withdraw_statistics(name=name, note="again", actor=CONTACT, stores=stores, clock=clock)) == [
        "reporting.statistics_withdrawn_before"
    ]
    assert state(stores, clock, statement(3), note="right table").proposed == [name]
    approve(stores, clock, name)
    assert not statement_record(name=name, actor=AUDITOR, stores=stores).withdrawn


def test_a_source_and_reasons_are_asked_for(stores: MemoryStores, clock: StillClock) -> None:
    assert refused(
        lambda: state_statistics(
            statements=[statement(1)], document=" ", note="", actor=CONTACT, stores=stores, clock=clock
        )
    ) == ["reporting.statistics_unsourced"]
    (name,) = state(stores, clock, statement(3)).new
    assert refused(lambda: withdraw_statistics(name=name, note=" ", actor=CONTACT, stores=stores, clock=clock)) == [
        "reporting.statistics_withdrawn_unexplained"
    ]
    assert refused(lambda: statement_record(name="SX-2026-000009", actor=AUDITOR, stores=stores)) == [
        "reporting.statistics_unknown"
    ]


def test_who_may_not_state_states_nothing(stores: MemoryStores, clock: StillClock) -> None:
    keeper = officer(Role.STOREKEEPER)
    with pytest.raises(NotPermitted):
        state_statistics(statements=[statement(1)], document="x", note="", actor=keeper, stores=stores, clock=clock)
    with pytest.raises(NotPermitted):
        statement_list(actor=keeper, stores=stores)
