"""A nomination goes to another node as a letter; names lie beside both records, and the State hears how it stands."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.fellowship.courses import SOURCE, call, nominee
from tests.node.two_nodes import MovedClock, Wire, introduce, note, post, state_node
from tests.rooms import officer
from tracemark import fellowship
from tracemark.authorities import Level, NotPermitted, Permission, Role, narrow
from tracemark.correspondence import Message, PostState
from tracemark.exchange import SignedRequest
from tracemark.fellowship import FellowshipRefused, Identity
from tracemark.kernel import Plain, Refused
from tracemark.node import (
    Node,
    nominate_elsewhere,
    send_waiting,
    take_letters,
    tell_nominations,
    withdraw_elsewhere,
    write_letters,
)
from tracemark.node.nominating import FELLOW_WITHDRAWAL

WHO = Identity("Somebody Invented", "Inspector")


def by(node: Node, role: Role = Role.POINT_OF_CONTACT) -> dict[str, Any]:
    return {"actor": officer(role, authority=f"{node.state}-REG"), "stores": node.stores, "clock": node.clock}


@pytest.fixture
def nodes() -> tuple[Node, Node, Wire, str]:
    """A State's node, a region's with an open call, and the wire between them."""
    clock = MovedClock()
    clock.moment = datetime(2026, 3, 1, 9, tzinfo=UTC)
    state, region = state_node("XA", clock), replace(state_node("XN", clock), level=Level.REGIONAL)
    introduce(state, region)
    introduce(region, state)
    fund = fellowship.open_fund(source=SOURCE, **by(region))
    cohort = fellowship.call_cohort(call=call(fund), **by(region))
    return state, region, Wire({each.letterbox.endpoint: each for each in (state, region)}), cohort


def test_a_nomination_arrives_is_forgotten_on_the_way_and_its_standing_comes_back(
    nodes: tuple[Node, Node, Wire, str],
) -> None:
    state, region, wire, cohort = nodes
    told = nominee("XA", until=date(2026, 6, 30))
    sent = nominate_elsewhere(state, region.key.name, cohort, told, WHO, by(state)["actor"])
    with pytest.raises(FellowshipRefused) as twice:
        nominate_elsewhere(state, region.key.name, cohort, told, WHO, by(state)["actor"])
    assert twice.value.findings[0].code == "fellowship.nominated_twice"
    assert send_waiting(state, wire).troubles() == set()
    [kept] = fellowship.nominations_by_letter(region.stores)
    assert (kept.nominee, kept.peer, kept.number, kept.cohort) == (told, state.key.name, sent, cohort)
    read = {"nomination": kept.name, "purpose": "visa", **by(region)}
    assert fellowship.nominee_identity(**read) == WHO
    assert [each["purpose"] for each in region.stores.reads.of(kept.person.removeprefix("person:"))] == ["visa"]
    for node in (state, region):
        assert all(b"Somebody" not in each.body for each in node.stores.records.all())
        posts = [*node.stores.outbox.page(), *node.stores.inbox.page()]
        assert all("Somebody" not in str(each) for each in posts)
    assert (tell_nominations(region), tell_nominations(region), send_waiting(region, wire).troubles()) == (1, 0, set())
    region.clock.move(days=40)  # type: ignore[attr-defined]
    fellowship.propose_selection(cohort=cohort, **by(region))
    fellowship.decide_selection(cohort=cohort, **by(region, Role.APPROVER))
    assert (tell_nominations(region), send_waiting(region, wire).troubles()) == (1, set())
    [heard] = fellowship.sent_nominations(actor=by(state)["actor"], stores=state.stores)
    assert (heard.name, heard.status, heard.number) == (sent, "selected", kept.name)
    region.clock.move(days=90)  # type: ignore[attr-defined]
    with pytest.raises(Refused) as past:
        fellowship.nominee_identity(**read)
    assert past.value.findings[0].code == "fellowship.identity_past"


def test_iti_15a_a_nominee_is_named_to_another_node_only_by_who_may_pass_personal_data_on(
    nodes: tuple[Node, Node, Wire, str],
) -> None:
    state, region, _, cohort = nodes
    contact = by(state)["actor"]
    for scopes in ({Permission.FELLOWSHIP_WRITE.value}, {Permission.PERSON_SHARE.value}):
        with pytest.raises(NotPermitted):
            nominate_elsewhere(state, region.key.name, cohort, nominee("XA"), WHO, narrow(contact, scopes))
    assert fellowship.sent_nominations(actor=contact, stores=state.stores) == []
    assert state.stores.outbox.page() == []
    both = narrow(contact, {Permission.FELLOWSHIP_WRITE, Permission.PERSON_SHARE})
    assert nominate_elsewhere(state, region.key.name, cohort, nominee("XA"), WHO, both).startswith("FS-")


def test_what_the_call_does_not_allow_is_refused_and_said_so(nodes: tuple[Node, Node, Wire, str]) -> None:
    state, region, wire, cohort = nodes
    contact = by(state)["actor"]
    for to, told, code in (
        ("nobody", nominee("XA"), "correspondence.recipient_unknown"),
        (region.key.name, nominee("XB"), "fellowship.not_our_state"),
    ):
        with pytest.raises(FellowshipRefused) as refused:
            nominate_elsewhere(state, to, cohort, told, WHO, contact)
        assert refused.value.findings[0].code == code
    nominate_elsewhere(state, region.key.name, "FC-2026-000099", nominee("XA"), WHO, contact)
    assert len(send_waiting(state, wire).refused) == 1
    [posted] = state.stores.outbox.page()
    assert (posted.trouble.startswith("fellowship.no_such_dossier"), posted.message.body) == (True, {})
    state.clock.move(days=60)  # type: ignore[attr-defined]
    nominate_elsewhere(state, region.key.name, cohort, nominee("XA"), WHO, contact)
    assert len(send_waiting(state, wire).refused) == 1
    assert fellowship.nominations_by_letter(region.stores) == []


def sent_and_kept(nodes: tuple[Node, Node, Wire, str]) -> tuple[str, str]:
    """Nominate by letter, and return the nomination's name at the State and at the region."""
    state, region, wire, cohort = nodes
    sent = nominate_elsewhere(state, region.key.name, cohort, nominee("XA"), WHO, by(state)["actor"])
    assert send_waiting(state, wire).troubles() == set()
    return sent, fellowship.nominations_by_letter(region.stores)[0].name


def deliver(nodes: tuple[Node, Node, Wire, str], *order: Node) -> None:
    """Let each of the nodes tell what others do not know, and send it."""
    for node in order:
        tell_nominations(node)
        assert send_waiting(node, nodes[2]).troubles() == set()


def kept(nodes: tuple[Node, Node, Wire, str], name: str) -> fellowship.Nomination:
    return fellowship.nomination_record(
        nomination=name, actor=by(nodes[1], Role.AUDITOR)["actor"], stores=nodes[1].stores
    )


def heard(nodes: tuple[Node, Node, Wire, str], sent: str) -> fellowship.SentNomination:
    return fellowship.sent_nomination(sent=sent, actor=by(nodes[0])["actor"], stores=nodes[0].stores)


def withdraw(nodes: tuple[Node, Node, Wire, str], sent: str, reason: str = "moved to another post") -> None:
    withdraw_elsewhere(nodes[0], sent, reason, by(nodes[0])["actor"])


def select(region: Node, cohort: str) -> None:
    region.clock.move(days=40)  # type: ignore[attr-defined]
    fellowship.propose_selection(cohort=cohort, **by(region))
    fellowship.decide_selection(cohort=cohort, **by(region, Role.APPROVER))


def test_a_nomination_is_withdrawn_by_letter_and_may_be_made_anew(nodes: tuple[Node, Node, Wire, str]) -> None:
    state, region, wire, cohort = nodes
    sent, name = sent_and_kept(nodes)
    with pytest.raises(NotPermitted):
        withdraw_elsewhere(state, sent, "why", by(state, Role.AUDITOR)["actor"])
    with pytest.raises(FellowshipRefused) as blank:
        withdraw(nodes, sent, " ")
    assert blank.value.findings[0].code == "fellowship.text_missing"
    withdraw(nodes, sent)
    assert (heard(nodes, sent).withdrawn_because, heard(nodes, sent).may_be_withdrawn) == (
        "moved to another post",
        False,
    )
    with pytest.raises(FellowshipRefused) as twice:
        withdraw(nodes, sent)
    assert twice.value.findings[0].code == "fellowship.wrong_standing"
    deliver(nodes, state)
    taken = kept(nodes, name)
    assert (taken.standing, taken.reason, taken.steps[-1].by) == (
        "withdrawn",
        "moved to another post",
        f"node:{state.key.name}",
    )
    assert tell_nominations(state) == 0
    deliver(nodes, region)
    assert heard(nodes, sent).status == "withdrawn"
    nominate_elsewhere(state, region.key.name, cohort, nominee("XA"), WHO, by(state)["actor"])
    assert send_waiting(state, wire).troubles() == set()
    assert [each.standing for each in fellowship.nominations_by_letter(region.stores)] == ["received", "withdrawn"]


def test_iti_15a_a_nomination_taken_back_before_it_left_names_nobody_to_the_other(
    nodes: tuple[Node, Node, Wire, str], tmp_path: Path
) -> None:
    state, region, wire, cohort = nodes
    wire.down = {region.letterbox.endpoint}
    sent = nominate_elsewhere(state, region.key.name, cohort, nominee("XA"), WHO, by(state)["actor"])
    assert len(send_waiting(state, wire).failed) == 1
    [file], _ = write_letters(state, tmp_path)
    withdraw(nodes, sent)
    [letter] = state.stores.outbox.page()
    assert (letter.state, letter.message.body, letter.trouble) == (PostState.TAKEN_BACK, {}, "")
    assert (state.stores.outbox.waiting_by_node(), tell_nominations(state)) == ({}, 0)
    assert (write_letters(state, tmp_path), file.exists()) == (([], {}), False)
    wire.down = set()
    state.clock.move(hours=7)  # type: ignore[attr-defined]
    deliver(nodes, state, region, state)
    assert (wire.passed, fellowship.nominations_by_letter(region.stores)) == ([], [])
    assert heard(nodes, sent).withdrawn_because == "moved to another post"
    again = nominate_elsewhere(state, region.key.name, cohort, nominee("XA"), WHO, by(state)["actor"])
    deliver(nodes, state)
    assert [each.number for each in fellowship.nominations_by_letter(region.stores)] == [again]


def test_what_is_taken_back_while_the_letters_before_it_are_sent_does_not_leave(
    nodes: tuple[Node, Node, Wire, str],
) -> None:
    state, region, wire, cohort = nodes
    post(state, note(region))
    sent = nominate_elsewhere(state, region.key.name, cohort, nominee("XA"), WHO, by(state)["actor"])

    def take_back(request: SignedRequest) -> SignedRequest:
        withdraw(nodes, sent)
        return request

    wire.spoil = take_back
    assert len(send_waiting(state, wire).delivered) == len(wire.passed) == 1
    assert fellowship.nominations_by_letter(region.stores) == []


def test_a_nomination_that_was_on_its_way_on_a_stick_is_withdrawn_once_its_receipt_is_back(
    nodes: tuple[Node, Node, Wire, str], tmp_path: Path
) -> None:
    state, region, _, cohort = nodes
    sent = nominate_elsewhere(state, region.key.name, cohort, nominee("XA"), WHO, by(state)["actor"])
    write_letters(state, tmp_path)
    withdraw(nodes, sent)
    take_letters(region, tmp_path)
    assert tell_nominations(state) == 0
    take_letters(state, tmp_path)
    deliver(nodes, state)
    assert [each.standing for each in fellowship.nominations_by_letter(region.stores)] == ["withdrawn"]


def test_a_withdrawal_follows_the_nomination_that_arrived_unheard_and_does_nothing_when_it_comes_again(
    nodes: tuple[Node, Node, Wire, str],
) -> None:
    state, region, wire, cohort = nodes
    wire.lose_answers = True
    sent = nominate_elsewhere(state, region.key.name, cohort, nominee("XA"), WHO, by(state)["actor"])
    assert len(send_waiting(state, wire).failed) == 1
    withdraw(nodes, sent)
    assert (tell_nominations(state), len(state.stores.outbox.page())) == (0, 1)
    [name] = [each.name for each in fellowship.nominations_by_letter(region.stores)]
    assert kept(nodes, name).standing == "received"
    wire.lose_answers = False
    deliver(nodes, region)
    [letter] = state.stores.outbox.page()
    assert (letter.state, letter.message.body) == (PostState.DELIVERED, {})
    wire.lose_answers = True
    assert (tell_nominations(state), len(send_waiting(state, wire).failed)) == (1, 1)
    steps = kept(nodes, name).steps
    assert kept(nodes, name).standing == "withdrawn"
    wire.lose_answers = False
    state.clock.move(hours=7)  # type: ignore[attr-defined]
    deliver(nodes, state)
    assert kept(nodes, name).steps == steps
    assert not state.stores.outbox.waiting()


def test_who_was_selected_at_the_same_moment_is_withdrawn_and_the_seat_is_free(
    nodes: tuple[Node, Node, Wire, str],
) -> None:
    state, region, wire, cohort = nodes
    sent, name = sent_and_kept(nodes)
    deliver(nodes, region)
    select(region, cohort)
    tell_nominations(region)
    withdraw(nodes, sent)
    wire.down = {state.letterbox.endpoint}
    assert len(send_waiting(region, wire).failed) == 1
    wire.down = set()
    deliver(nodes, state)
    record = fellowship.cohort_record(cohort=cohort, actor=by(region)["actor"], stores=region.stores)
    assert (kept(nodes, name).standing, record.free_seats) == ("withdrawn", 2)
    deliver(nodes, region)
    assert heard(nodes, sent).status == "withdrawn"
    region.clock.move(hours=7)  # type: ignore[attr-defined]
    assert send_waiting(region, wire).troubles() == set()
    assert [each.message.body["status"] for each in region.stores.outbox.page(about=name)] == [
        "withdrawn",
        "selected",
        "received",
    ]
    assert (heard(nodes, sent).status, heard(nodes, sent).note) == ("withdrawn", "moved to another post")


def test_too_late_or_unknown_is_refused_and_the_state_hears_how_it_stands(nodes: tuple[Node, Node, Wire, str]) -> None:
    state, region, wire, cohort = nodes
    sent, name = sent_and_kept(nodes)
    region.clock.move(days=40)  # type: ignore[attr-defined]
    fellowship.propose_selection(cohort=cohort, **by(region))
    declined: dict[str, Any] = {"departures": {name: "declined"}, "reason": "the course is full"}
    fellowship.decide_selection(cohort=cohort, **declined, **by(region, Role.APPROVER))
    withdraw(nodes, sent)
    assert len(send_waiting(state, wire).refused) == 1
    [told, _] = state.stores.outbox.page(about=sent)
    assert told.trouble.startswith(f"fellowship.wrong_standing: {name} is declined")
    deliver(nodes, region)
    assert (kept(nodes, name).standing, heard(nodes, sent).status) == ("declined", "declined")
    other = state_node("XB", state.clock)  # type: ignore[arg-type]
    introduce(other, region)
    introduce(region, other)
    body: dict[str, Plain] = {"number": sent, "reason": "not ours to take back"}
    for asked in (body, {"number": sent}, body | {"reason": ""}):
        post(other, Message(region.key.name, FELLOW_WITHDRAWAL, asked))
    wire.nodes[other.letterbox.endpoint] = other
    assert len(send_waiting(other, wire).refused) == 3
    assert [each.trouble.partition(":")[0] for each in other.stores.outbox.page()] == [
        "fellowship.text_missing",
        "fellowship.letter_unfit",
        "fellowship.never_came",
    ]


def test_what_the_other_told_the_end_of_is_withdrawn_no_more(nodes: tuple[Node, Node, Wire, str]) -> None:
    state, region, wire, _ = nodes
    sent, name = sent_and_kept(nodes)
    fellowship.withdraw_nomination(nomination=name, reason="asked for by telephone", **by(region))
    deliver(nodes, region)
    with pytest.raises(FellowshipRefused) as over:
        withdraw(nodes, sent)
    assert over.value.findings[0].code == "fellowship.over_there"
    refused = nominate_elsewhere(state, region.key.name, "FC-2026-000099", nominee("XA"), WHO, by(state)["actor"])
    assert len(send_waiting(state, wire).refused) == 1
    withdraw(nodes, refused)
    assert tell_nominations(state) == 0
