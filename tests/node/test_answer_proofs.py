"""An answer is shown to stand in its State's record: the proof follows it, and a lie in it is named."""

import base64
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.node.between_desks import analyst, answers, asks, by, carry, inquiry_of, request_of, with_police
from tests.node.two_nodes import Pair, introduce, post, state_node
from tests.rooms import officer
from tracemark import correspondence, recordkeeping, tracing
from tracemark.authorities import Role
from tracemark.correspondence import Message
from tracemark.exchange import FileSigner
from tracemark.kernel import canonical_bytes, instant_text
from tracemark.node import Node, own_card, send_proofs, send_waiting
from tracemark.recordkeeping import CarriedProof, Cosigned, Neighbour, cosign_checkpoint


def witness(found: Pair) -> Node:
    """A third node that theirs chose as a witness and that ours knows."""
    third = state_node("XW", found.our_clock)
    introduce(found.ours, third)
    with found.theirs.stores.atomic():
        found.theirs.stores.witnesses.put_neighbour(Neighbour(third.key, cosigns=True))
    return third


def cosign(found: Pair, third: Node) -> None:
    head = found.theirs.stores.records.head()
    assert head is not None
    line = str(cosign_checkpoint(head, third.stores.signer, at=1_790_000_000)).splitlines(keepends=True)[-1]
    with found.theirs.stores.atomic():
        at = instant_text(found.their_clock.now())
        found.theirs.stores.witnesses.keep_cosigned(Cosigned(head.size, third.key.name, line, at))


def test_the_proof_follows_once_a_witness_has_seen_it_and_shows_the_signed_answer() -> None:
    found = with_police()
    third, request = witness(found), asks(found)
    answers(found)
    assert send_proofs(found.theirs) == 0
    cosign(found, third)
    assert (send_proofs(found.theirs), send_proofs(found.theirs)) == (1, 0)
    carry(found)
    evidence = tracing.answer_evidence(request=request, **by(found.ours))
    assert evidence is not None
    assert evidence.witnesses == ("xw/tracemark/record",)
    payload = evidence.document.split(".")[1]
    told = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    event = recordkeeping.read_event(0, CarriedProof.parse(evidence.proof).body).event
    assert event.details == {
        "dossier": inquiry_of(found),
        "about": told["id"],
        "fingerprint": tracing.fingerprint_of(told["body"]),
    }
    assert b"analyst" not in CarriedProof.parse(evidence.proof).body


def test_without_witnesses_or_with_silent_ones_it_goes_with_the_records_own_signature() -> None:
    found = with_police()
    witness(found)
    request = asks(found)
    answers(found)
    found.move(days=8)
    assert send_proofs(found.theirs) == 1
    carry(found)
    [heard] = request_of(found, request).answers
    assert (heard.proof != "", heard.witnesses) == (True, ())


def test_a_proof_waits_for_its_answer_to_arrive() -> None:
    found = with_police()
    asks(found)
    found.wire.down = {"https://xa.example"}
    answer = tracing.StateAnswer(tracing.Result.NOT_FOUND, reasons="Never made or registered here.")
    found.theirs.trace(tracing.query_of(request_in(found)), analyst(found.theirs), case=inquiry_of(found))
    tracing.answer_inquiry(inquiry=inquiry_of(found), answer=answer, **by(found.theirs))
    send_waiting(found.theirs, found.wire)
    assert send_proofs(found.theirs) == 0


def request_in(found: Pair) -> tracing.TraceRequest:
    purpose = tracing.Purpose.TRACING
    return tracing.inquiry_shown(inquiry=inquiry_of(found), purpose=purpose, **by(found.theirs)).request


def of_another_event(proof: CarriedProof, found: Pair) -> CarriedProof:
    """The proof of an event that stands in the record and is not that answer's."""
    return found.theirs.own_proof(proof.index - 1, witnessed=False)


def of_a_changed_event(proof: CarriedProof, _: Pair) -> CarriedProof:
    told: dict[str, Any] = json.loads(proof.body)
    told["details"]["fingerprint"] = "0" * 64
    return replace(proof, body=canonical_bytes(told))


def of_another_record(proof: CarriedProof, found: Pair) -> CarriedProof:
    """Ours, which says it is theirs: the head is not signed with their key."""
    head = recordkeeping.sign_checkpoint(
        replace(proof.head, signatures=()), state_node("XB", found.our_clock).stores.signer
    )
    return replace(proof, head=head)


@pytest.mark.parametrize("lie", [of_another_event, of_a_changed_event, of_another_record], ids=lambda lie: lie.__name__)
def test_a_proof_of_anything_else_is_named(lie: Callable[[CarriedProof, Pair], CarriedProof]) -> None:
    found = with_police()
    request = asks(found)
    answers(found)
    [unproved] = tracing.unproved_answers(found.theirs.bureau)
    proof = found.theirs.own_proof(unproved.position, witnessed=False)
    body: dict[str, Any] = {"request": request, "answer": unproved.message, "proof": str(lie(proof, found))}
    post(found.theirs, Message(found.ours.key.name, tracing.PROVEN, body))
    assert len(send_waiting(found.theirs, found.wire).refused) == 1
    assert found.ours.stores.inbox.rejections(limit=1)[0].code == "tracing.proof_wrong"
    assert request_of(found, request).answers[0].proof == ""


def test_a_forged_answer_is_named_when_its_proof_comes() -> None:
    """A node that tells another answer than the one it sealed: its own proof gives it away."""
    found = with_police()
    request = asks(found)
    answers(found)
    inquiry = tracing.state_inquiry(name=inquiry_of(found), actor=analyst(found.theirs), stores=found.theirs.stores)
    forged: dict[str, Any] = {
        "request": request, "reference": inquiry.name, "answer": {"result": "not_found", "reasons": "Lost in a fire."},
    }  # fmt: skip
    post(found.theirs, Message(found.ours.key.name, "tracemark.trace-answer/1", forged))
    carry(found)
    last = request_of(found, request).answers[-1]
    [sealed] = tracing.unproved_answers(found.theirs.bureau)
    body: dict[str, Any] = {"request": request, "answer": last.message}
    body["proof"] = str(found.theirs.own_proof(sealed.position, witnessed=False))
    post(found.theirs, Message(found.ours.key.name, tracing.PROVEN, body))
    assert len(send_waiting(found.theirs, found.wire).refused) == 1
    assert found.ours.stores.inbox.rejections(limit=1)[0].code == "tracing.proof_wrong"


def test_an_answer_that_is_withheld_is_late_and_chased() -> None:
    found = with_police()
    request = asks(found)
    found.move(days=400)
    late = tracing.overdue(actor=analyst(found.ours), bureau=found.ours.bureau)
    assert [each.name for each in late.requests] == [request]
    assert request_of(found, request).late(found.our_clock.now().date() - timedelta(days=1))


def test_two_nodes_that_answer_at_once_are_heard_each_for_its_own_request() -> None:
    """Both ask each other of the same weapon, and answers cross: nothing is lost, nothing is taken for another's."""
    found = with_police()
    ours = asks(found)
    turned = Pair(found.theirs, found.ours, found.their_clock, found.our_clock, found.wire)
    theirs = asks(turned)
    for pair_ in (found, turned):
        answer = tracing.StateAnswer(tracing.Result.NOT_FOUND, reasons="Never made or registered here.")
        pair_.theirs.trace(tracing.query_of(request_in(pair_)), analyst(pair_.theirs), case=inquiry_of(pair_))
        tracing.answer_inquiry(inquiry=inquiry_of(pair_), answer=answer, **by(pair_.theirs))
    carry(found)
    assert [len(request_of(found, ours).answers), len(request_of(turned, theirs).answers)] == [1, 1]
    assert [request_of(found, ours).reference, request_of(turned, theirs).reference] == [
        inquiry_of(found), inquiry_of(turned),
    ]  # fmt: skip


def test_a_key_revoked_in_the_middle_of_a_chain_stops_the_answer_until_a_new_key_is_confirmed() -> None:
    found = with_police()
    request = asks(found)
    peer = found.ours.directory.find(found.theirs.key.name)
    assert peer is not None
    told: dict[str, Any] = {"stores": found.ours.stores, "clock": found.ours.clock}
    contact = officer(Role.POINT_OF_CONTACT, authority="XA-REG")
    now = found.our_clock.now()
    correspondence.revoke_key(peer=peer.dossier, since=now, reason="a disk was copied", actor=contact, **told)
    answer = tracing.StateAnswer(tracing.Result.NOT_FOUND, reasons="Never made or registered here.")
    found.theirs.trace(tracing.query_of(request_in(found)), analyst(found.theirs), case=inquiry_of(found))
    tracing.answer_inquiry(inquiry=inquiry_of(found), answer=answer, **by(found.theirs))
    assert set(send_waiting(found.theirs, found.wire).failed.values()) == {"correspondence.turned_away"}
    assert found.ours.stores.inbox.rejections(limit=1)[0].code == "correspondence.key_revoked"
    assert request_of(found, request).answers == ()
    found.theirs.stores.signer = FileSigner.fleeting(found.theirs.key.name)  # type: ignore[misc]
    card = own_card(found.theirs)
    correspondence.propose_key(peer=peer.dossier, card=card, actor=contact, **told)
    approver = officer(Role.APPROVER, authority="XA-REG")
    correspondence.list_peer(peer=peer.dossier, spoken=card.spoken, actor=approver, **told)
    found.move(hours=1)
    carry(found)
    assert [each.result.value for each in request_of(found, request).answers] == ["not_found"]
