"""What every store promises of proposals, persons, reads, agencies, cases and numbers."""

from dataclasses import replace
from datetime import date

import pytest

from tests.stores.lives import Stores
from tracemark.authorities import Agency, AgencyKind, Level
from tracemark.kernel import PartialDate, Plain
from tracemark.marking import Block, CheckSystem, ProfileVersion, Scheme, Span
from tracemark.recordkeeping import Decision, NumberBlock, Person, Proposal, Verified, draw_person
from tracemark.storage.relational.stores import RelationalStores
from tracemark.tracing import (
    CaseState,
    ComponentReading,
    Judgement,
    Outcome,
    Priority,
    TraceCase,
    TraceRequest,
    Verdict,
)
from tracemark.weapons import WeaponId

AT = "2026-01-01T00:00:00.000Z"
PROPOSAL = Proposal(
    0, "record.correct_approve", "4", {"corrects": 4, "reason": "слово", "void": True}, "wrong", "ana", AT
)
REQUEST = TraceRequest(
    recovered=WeaponId(9),
    readings=(ComponentReading("AB?0[0O]", "frame", "eye"), ComponentReading("*")),
    purpose="criminal investigation",
    illicit_because=("unmarked",),
    maker="ourmaker",
    year=1974,
    priority=Priority.URGENT,
)
VERIFIED = Verified(AT, "ana", "XT-REG", 12, "ab" * 32, 0)
CASE = TraceCase("T-12", REQUEST, CaseState.OPEN, AT, "ana", "XT-POL")


def test_a_proposal_is_open_until_it_is_decided(stores: Stores) -> None:
    first, second = stores.proposals.propose(PROPOSAL), stores.proposals.propose(PROPOSAL)
    assert stores.proposals.proposal(first.id) == first == replace(PROPOSAL, id=first.id)
    assert stores.proposals.open() == [first, second]
    decision = Decision(first.id, approved=False, decided_by="bela", at=AT, note="no paper")
    stores.proposals.decide(decision)
    assert stores.proposals.decision(first.id) == decision
    assert stores.proposals.decision(second.id) is None
    assert stores.proposals.open() == [second]


def test_decided_proposals_are_told_newest_first_and_page_by_page(stores: Stores) -> None:
    kept = [stores.proposals.propose(replace(PROPOSAL, proposed_by=name)) for name in ("Ana", "bela", "ana", "ana")]
    made = [Decision(each.id, approved=True, decided_by="chloe", at=AT) for each in kept[:3]]
    for decision in made:
        stores.proposals.decide(decision)
    told = list(zip(kept[:3], made, strict=True))[::-1]
    assert stores.proposals.decided() == told
    assert stores.proposals.decided(limit=1) == told[:1]
    assert stores.proposals.decided(before=kept[2].id) == told[1:]
    assert stores.proposals.decided(proposed_by="ana") == [told[0], told[2]]


def test_a_proposal_is_decided_once(stores: Stores) -> None:
    proposal = stores.proposals.propose(PROPOSAL)
    decision = Decision(proposal.id, approved=True, decided_by="bela", at=AT)
    stores.proposals.decide(decision)
    with pytest.raises(ValueError, match="decided before"):
        stores.proposals.decide(replace(decision, approved=False))
    assert stores.proposals.decision(proposal.id) == decision


def test_no_such_proposal(stores: Stores) -> None:
    with pytest.raises(KeyError):
        stores.proposals.proposal(1)
    with pytest.raises(KeyError):
        stores.proposals.decide(Decision(1, approved=True, decided_by="bela", at=AT))


def test_a_persons_data_are_kept_and_erased(stores: Stores) -> None:
    data: dict[str, Plain] = {
        "name": "Nobody, of nowhere",
        "permits": ["P1", 2, True, None],
        "at": {"town": "Глыбокае"},
    }
    stores.persons.put("c0ffee", b"\x00\xff" * 16, data)
    assert stores.persons.get("c0ffee") == (b"\x00\xff" * 16, data)
    stores.persons.erase("c0ffee")
    with pytest.raises(KeyError):
        stores.persons.get("c0ffee")
    with pytest.raises(KeyError):
        stores.persons.erase("c0ffee")


def cut_short(stores: Stores, drawn: list[Person]) -> None:
    with stores.atomic():
        stores.persons.put_new(drawn)
        raise ConnectionError


def test_many_persons_are_kept_at_once_and_with_all_else_or_not_at_all(stores: Stores) -> None:
    drawn = [draw_person({"name": f"Nobody {number}"}) for number in range(200)]
    with stores.atomic():
        stores.persons.put_new(drawn[:100])
    with pytest.raises(ConnectionError):
        cut_short(stores, drawn[100:])
    for each in drawn[:100]:
        assert stores.persons.get(each.commitment) == (each.salt, each.data)
    with pytest.raises(KeyError):
        stores.persons.get(drawn[100].commitment)


def test_reads_of_one_person_oldest_first(stores: Stores) -> None:
    for actor, commitment in (("ana", "c1"), ("bela", "c2"), ("cyn", "c1")):
        stores.reads.note(actor=actor, authority="XT-POL", commitment=commitment, purpose="a case", at=AT)
    read = {"authority": "XT-POL", "commitment": "c1", "purpose": "a case", "at": AT}
    assert stores.reads.of("c1") == [{"actor": "ana", **read}, {"actor": "cyn", **read}]
    assert stores.reads.newest(2) == [{"actor": "cyn", **read}, {"actor": "bela", **read, "commitment": "c2"}]


def test_agencies_are_put_and_replaced(stores: Stores) -> None:
    police = Agency("XT-POL", "Police", AgencyKind.POLICE, "XT", active_from=PartialDate(1991, 5), competent=True)
    court = Agency("XT-CRT", "Court", AgencyKind.COURT, parent="XT-POL", level=Level.REGIONAL, contact_point=True)
    stores.agencies.put(police)
    stores.agencies.put(court)
    assert stores.agencies.all() == [court, police]
    closed = replace(police, active_until=PartialDate(2020))
    stores.agencies.put(closed)
    assert stores.agencies.all() == [court, closed]
    assert [stores.agencies.find(code) for code in ("XT-POL", "XT-CRT", "XT", "")] == [closed, court, None, None]


def test_a_case_as_it_stands(stores: Stores) -> None:
    judgement = Judgement(WeaponId(3), Verdict.SAME, "bela", "0.9731", "v1", "frame and slide agree")
    answered = replace(
        CASE,
        state=CaseState.ANSWERED,
        judgements=(judgement, replace(judgement, verdict=Verdict.UNSURE)),
        outcome=Outcome.TRACED,
        answer={"holder": "XT-ARMY", "other_weapon": 3},
    )
    stores.cases.put([CASE])
    assert stores.cases.get("T-12") == CASE
    stores.cases.put([answered])
    assert stores.cases.get("T-12") == answered
    with pytest.raises(KeyError):
        stores.cases.get("T-13")


def test_cases_newest_first(stores: Stores) -> None:
    cases = {number: replace(CASE, id=f"T-{number}") for number in (9, 12, 100)}
    cases[12] = replace(cases[12], state=CaseState.JUDGED)
    stores.cases.put(list(cases.values()))
    assert stores.cases.page() == [cases[100], cases[12], cases[9]]
    assert stores.cases.page(limit=1) == [cases[100]]
    assert stores.cases.page(after="T-100") == [cases[12], cases[9]]
    assert stores.cases.page(state="open", after="T-100") == [cases[9]]
    assert stores.cases.page(state="answered") == []


def test_blocks_of_numbers_and_their_use(stores: Stores) -> None:
    scheme = Scheme("XT26-", 7, CheckSystem.MOD_37_36)
    block = NumberBlock(7, Block("XT-MINT", scheme, 100, 999, date(2026, 3, 1), "army stock"))
    other = replace(block, allocated=9, block=replace(block.block, first=1000, last=1999))
    before = replace(block, allocated=None, block=replace(block.block, first=1, last=9), used=(Span(1, 2),))
    for each in (before, block, other):
        stores.numbers.put(each)
    assert list(stores.numbers.blocks()) == [block, other, before]
    for span in (Span(110, 119), Span(100, 104), Span(105, 109)):
        stores.numbers.use(block, span)
    stores.numbers.close(9, PartialDate(2026, 5, 1))
    assert stores.numbers.block(7) == replace(block, used=(Span(100, 119),))
    assert stores.numbers.block(9) == replace(other, closed_on=PartialDate(2026, 5, 1))
    with pytest.raises(KeyError):
        stores.numbers.block(8)


def test_a_block_is_kept_once_and_used_where_kept(stores: Stores) -> None:
    block = NumberBlock(3, Block("XT-MINT", Scheme("XT"), 1, 9, date(2026, 3, 1)))
    with pytest.raises(KeyError):
        stores.numbers.use(block, Span(1, 1))
    stores.numbers.put(block)
    with pytest.raises(ValueError, match="already"):
        stores.numbers.put(replace(block, allocated=4, block=replace(block.block, holder="XT-OTHER")))


def test_versions_of_a_profile_by_name_and_first_day(stores: Stores) -> None:
    later = ProfileVersion("xt", date(2027, 1, 1), date(2028, 1, 1), "title = 'Ж'\n", "ana", "XT-REG", AT)
    earlier = replace(later, valid_from=date(2026, 1, 1), valid_until=None)
    other = replace(later, name="at")
    for each in (later, earlier, other):
        stores.profiles.put(each)
    assert list(stores.profiles.versions()) == [other, earlier, later]
    assert list(stores.profiles.versions("xt")) == [earlier, later]
    with pytest.raises(ValueError, match="already"):
        stores.profiles.put(replace(later, text="another"))


def test_verifications_are_kept_newest_first(stores: Stores) -> None:
    again = replace(VERIFIED, actor="bela", faults=2)
    stores.verifications.note(VERIFIED)
    stores.verifications.note(again)
    assert (stores.verifications.newest(5), stores.verifications.newest(1)) == ([again, VERIFIED], [again])


def test_all_persons_come_in_the_order_of_their_commitments(stores: Stores) -> None:
    kept = [draw_person({"name": name}) for name in ("Adela", "Bruno", "Clara")]
    stores.persons.put_new(kept)
    assert list(stores.persons.all()) == sorted(kept, key=lambda each: each.commitment)


def test_data_of_a_person_that_somebody_made_unreadable_come_empty(relational_stores: RelationalStores) -> None:
    for commitment, body in (("ab" * 32, "x"), ("cd" * 32, "[1]")):
        relational_stores._database.insert("person", ("commitment", "salt", "body"), [(commitment, bytes(32), body)])
    assert [(each.commitment[:2], each.data) for each in relational_stores.persons.all()] == [("ab", {}), ("cd", {})]
