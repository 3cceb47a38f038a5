"""What passes between two nodes arrives once, whatever goes wrong on the way; and each lie is named."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.node.two_nodes import MovedClock, Pair, introduce, note, pair, post, said, state_node
from tests.rooms import officer
from tracemark import correspondence, tracing
from tracemark.authorities import Role
from tracemark.correspondence import EnvelopeRefused, Message, PostState, Received
from tracemark.exchange import SignedRequest, seal_envelope, sign_refusal, sign_request
from tracemark.node import ask_stale, note_receipt, receive, receive_request, seal_posted, send_waiting

CONTACT = officer(Role.POINT_OF_CONTACT, authority="XB-REG")


def send(two: Pair) -> list[str]:
    """Send what is due, and return what kept letters back."""
    sent = send_waiting(two.ours, two.wire, jitter=lambda: 0.0)
    return sorted([*sent.failed.values(), *("correspondence.letter_refused" for _ in sent.refused)])


def envelope(two: Pair, text: str = "hello") -> bytes:
    post_id = post(two.ours, note(two.theirs, text))
    return seal_posted(two.ours, two.ours.stores.outbox.posted(post_id))


def code_of(two: Pair, letter: bytes) -> str:
    """Return why a letter is not let in; the inbox notes the same."""
    with pytest.raises(EnvelopeRefused) as refused:
        receive(two.theirs, letter)
    [noted] = two.theirs.stores.inbox.rejections(limit=1)
    assert noted.code == refused.value.findings[0].code
    return noted.code


def test_a_message_arrives_with_its_receipt() -> None:
    two = pair()
    post_id = post(two.ours, replace(note(two.theirs), about="TR-1", handling={"purpose": "tracing"}))
    sent = send_waiting(two.ours, two.wire)
    [received] = two.theirs.stores.inbox.page()
    assert (sent.delivered, sent.troubles()) == ((post_id,), set())
    assert (received.id, received.sender, received.about, received.handling) == (
        *(post_id, "xa/tracemark/record", "TR-1", {"purpose": "tracing"}),
    )
    assert two.ours.stores.outbox.posted(post_id).state is PostState.DELIVERED


def test_what_the_wire_carries_cannot_be_read() -> None:
    two = pair()
    post(two.ours, note(two.theirs, "a secret word"))
    send(two)
    [request] = two.wire.passed
    assert b"secret" not in request.body
    with pytest.raises(EnvelopeRefused):
        receive(state_node("XC", two.our_clock), request.body)


def test_a_lost_request_is_sent_again_later_each_time() -> None:
    two = pair()
    two.wire.down = {"https://xb.example"}
    post(two.ours, note(two.theirs))
    waits = list[timedelta]()
    for _ in range(12):
        assert send(two) == ["correspondence.unreachable"]
        [waiting] = two.ours.stores.outbox.waiting()
        two.our_clock.move(seconds=1)
        assert send(two) == []
        two.our_clock.move(seconds=-1)
        before = two.our_clock.now()
        while not two.ours.stores.outbox.waiting(at=two.our_clock.now()):
            two.move(minutes=1)
        waits.append(two.our_clock.now() - before)
    assert waits[:3] == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
    assert (waits[-1], waiting.attempts) == (timedelta(hours=6), 12)
    two.wire.down = set()
    assert (send(two), said(two.theirs)) == ([], ["hello"])


def test_a_node_down_for_a_week_gets_everything_in_order() -> None:
    two = pair()
    two.wire.down = {"https://xb.example"}
    for day in range(7):
        post(two.ours, note(two.theirs, str(day)))
        send(two)
        two.move(days=1)
    two.wire.down = set()
    two.move(days=1)
    assert (send(two), said(two.theirs)) == ([], ["0", "1", "2", "3", "4", "5", "6"])


def test_a_lost_answer_makes_nothing_twice() -> None:
    two = pair()
    post(two.ours, note(two.theirs))
    two.wire.lose_answers = True
    assert send(two) == ["correspondence.unreachable"]
    two.wire.lose_answers = False
    two.move(hours=1)
    assert (send(two), said(two.theirs)) == ([], ["hello"])
    assert two.ours.stores.outbox.waiting() == []


@given(st.permutations(range(4)), st.lists(st.integers(0, 3), max_size=4))
def test_letters_in_any_order_and_any_number_arrive_once_each(order: list[int], again: list[int]) -> None:
    two = pair()
    letters = [envelope(two, str(number)) for number in range(4)]
    for number in [*order, *again]:
        receive(two.theirs, letters[number])
    assert said(two.theirs) == [str(number) for number in order]


def test_a_request_that_is_replayed_is_named() -> None:
    two = pair()
    post(two.ours, note(two.theirs))
    send(two)
    with pytest.raises(EnvelopeRefused):
        receive_request(two.theirs, two.wire.passed[0])
    assert [each.code for each in two.theirs.stores.inbox.rejections()] == ["correspondence.request_repeated"]
    assert said(two.theirs) == ["hello"]


@given(st.integers(0, 999), st.booleans())
def test_a_letter_that_was_cut_or_changed_anywhere_is_named(thousandth: int, cut: bool) -> None:
    two = pair()
    letter = envelope(two)
    at = thousandth * len(letter) // 1000
    other = b"A" if letter[at : at + 1] != b"A" else b"-"
    spoilt = letter[:at] if cut else letter[:at] + other + letter[at + 1 :]
    assert (code_of(two, spoilt), said(two.theirs)) == ("correspondence.envelope_damaged", [])


def test_a_request_that_was_changed_is_named_and_the_letter_sent_again() -> None:
    two = pair()
    post(two.ours, note(two.theirs))
    two.wire.spoil = lambda request: replace(request, body=request.body[:-9])
    assert send(two) == ["correspondence.turned_away"]
    [noted] = two.theirs.stores.inbox.rejections()
    assert (noted.code, said(two.theirs)) == ("correspondence.request_unsigned", [])
    two.wire.spoil = lambda request: request
    two.move(hours=1)
    assert (send(two), said(two.theirs)) == ([], ["hello"])


@pytest.mark.parametrize("hours", [-23, 23])
def test_a_clock_wrong_by_a_day_stops_nothing(hours: int) -> None:
    two = pair(timedelta(hours=hours))
    post(two.ours, note(two.theirs))
    assert (send(two), said(two.theirs)) == ([], ["hello"])


def test_a_clock_wrong_by_more_is_named() -> None:
    early, late = pair(timedelta(days=-2)), pair(timedelta(days=60))
    assert code_of(early, envelope(early)) == "correspondence.from_the_future"
    assert code_of(late, envelope(late)) == "correspondence.too_old"
    post(late.ours, note(late.theirs))
    assert send(late) == ["correspondence.turned_away", "correspondence.turned_away"]
    assert late.theirs.stores.inbox.rejections()[0].code == "correspondence.request_out_of_time"


def test_a_letter_of_a_stranger_is_named() -> None:
    two = pair()
    stranger = state_node("XC", MovedClock())
    introduce(stranger, two.theirs)
    letter = seal_posted(stranger, stranger.stores.outbox.posted(post(stranger, note(two.theirs))))
    assert code_of(two, letter) == "correspondence.sender_unknown"


def test_a_letter_in_anothers_name_is_named() -> None:
    two = pair()
    liar = state_node("XA", MovedClock())
    introduce(liar, two.theirs)
    letter = seal_posted(liar, liar.stores.outbox.posted(post(liar, note(two.theirs))))
    assert code_of(two, letter) == "correspondence.key_unknown"


def test_a_letter_passed_on_by_its_reader_is_named() -> None:
    """Who received a letter seals the same signed document to a third."""
    two = pair()
    meant_for_us = Message("xa/tracemark/record", "tracemark.note/1", {"said": "hello"})
    peer = two.ours.directory.find("xb/tracemark/record")
    letter = seal_envelope(meant_for_us, "1", peer, two.ours.stores.signer, two.our_clock.now())  # type: ignore[arg-type]
    assert code_of(two, letter) == "correspondence.not_for_us"


def test_an_id_used_again_for_something_else_is_named() -> None:
    two = pair()
    peer = two.ours.directory.find(two.theirs.key.name)
    for text in ("hello", "hello"):
        letter = seal_envelope(note(two.theirs, text), "1", peer, two.ours.stores.signer, two.our_clock.now())  # type: ignore[arg-type]
        receive(two.theirs, letter)
        two.move(hours=1)
    other = seal_envelope(note(two.theirs, "bye"), "1", peer, two.ours.stores.signer, two.our_clock.now())  # type: ignore[arg-type]
    assert (code_of(two, other), said(two.theirs)) == ("correspondence.id_reused", ["hello"])


def test_a_letter_that_is_refused_waits_no_longer_and_its_sender_is_told_why() -> None:
    two = pair()
    post_id = post(two.ours, Message(two.theirs.key.name, "vendor.other/1", {}))
    sent = send_waiting(two.ours, two.wire)
    assert two.theirs.stores.inbox.rejections()[0].code == "correspondence.type_unknown"
    assert (two.ours.stores.outbox.waiting(), two.theirs.stores.inbox.page()) == ([], [])
    kept = two.ours.stores.outbox.posted(post_id)
    assert (kept.state, kept.trouble.partition(": ")[0]) == (PostState.REFUSED, "correspondence.type_unknown")
    assert (sent.delivered, sent.failed, sent.refused) == ((), {}, {post_id: kept.trouble})
    dossier = two.ours.directory.find(two.theirs.key.name).dossier  # type: ignore[union-attr]
    auditor = officer(Role.AUDITOR, authority="XA-REG")
    [letter] = correspondence.letters_with(peer=dossier, actor=auditor, stores=two.ours.stores)
    assert (letter.trouble, letter.facts) == ("correspondence.letter_refused", {"why": kept.trouble})


def test_a_refusal_that_another_signed_is_not_believed() -> None:
    two = pair()
    third = state_node("XC", two.our_clock)
    introduce(two.ours, third)
    post_id = post(two.ours, Message(two.theirs.key.name, "vendor.other/1", {}))
    received = Received(post_id, "xa/tracemark/record", "vendor.other/1", {}, "", "", "", "")
    forged = sign_refusal(received, "a.code", "", third.stores.signer, two.our_clock.now())
    with pytest.raises(EnvelopeRefused):
        note_receipt(two.ours, forged)
    assert len(two.ours.stores.outbox.waiting()) == 1


def test_what_a_letter_tells_in_confidence_is_kept_by_the_record_only() -> None:
    two = pair()
    body: dict[str, Any] = {
        "list": "LL-2026-000001", "issued_at": "", "form": "full", "salt": "", "part": 1, "parts": 1,
        "entries": [{"serial": "AB123", "how": "lost"}],
    }  # fmt: skip
    post_id = post(two.ours, Message(two.theirs.key.name, tracing.LOST_LIST, body))
    assert send(two) == []
    assert (two.ours.stores.outbox.posted(post_id).message.body, two.theirs.stores.inbox.page()[0].body) == ({}, {})
    [kept] = tracing.lost_lists(actor=officer(Role.AUDITOR, authority="XB-REG"), stores=two.theirs.stores)
    assert kept.size == 1


def test_a_request_carried_by_another_than_its_writer_is_named() -> None:
    two = pair()
    third = state_node("XC", MovedClock())
    introduce(two.theirs, third)
    request = SignedRequest(
        "POST", "https://xb.example/exchange/inbox", envelope(two), {"Content-Type": "application/jose"}
    )
    sign_request(request, two.theirs.key.name, third.stores.signer, two.our_clock.now(), "n1")
    with pytest.raises(EnvelopeRefused):
        receive_request(two.theirs, request)
    assert two.theirs.stores.inbox.rejections()[0].code == "correspondence.sender_differs"


def test_what_was_let_in_before_a_key_was_revoked_stays_and_nothing_comes_after() -> None:
    two = pair()
    dossier = two.theirs.directory.find("xa/tracemark/record").dossier  # type: ignore[union-attr]
    by: dict[str, Any] = {"actor": CONTACT, "stores": two.theirs.stores, "clock": two.their_clock}
    for text in ("one", "two"):
        post(two.ours, note(two.theirs, text))
        send(two)
        two.move(days=1)
    under_way = envelope(two, "three")
    since = two.their_clock.now() - timedelta(days=1, hours=1)
    correspondence.revoke_key(peer=dossier, since=since, reason="the disk was copied", **by)
    assert code_of(two, under_way) == "correspondence.key_revoked"
    assert send(two) == ["correspondence.turned_away"]
    assert said(two.theirs) == ["one", "two"]
    doubtful = correspondence.since_revocation(
        peer=dossier, actor=officer(Role.AUDITOR, authority="XB-REG"), stores=two.theirs.stores
    )
    assert [each.body for each in doubtful] == [{"said": "two"}]
    answer = post(two.theirs, note(two.ours))
    assert send_waiting(two.theirs, two.wire).failed == {answer: "correspondence.recipient_unknown"}


def test_who_is_silent_too_long_is_asked_and_answers() -> None:
    two = pair()
    assert ask_stale(two.ours) == []
    two.move(days=181)
    assert ask_stale(two.ours) == ["xb/tracemark/record"]
    assert ask_stale(two.ours) == []
    send(two)
    send_waiting(two.theirs, two.wire)
    peer = two.ours.directory.find("xb/tracemark/record")
    assert peer is not None
    assert (peer.due, correspondence.is_stale(peer, two.our_clock.now().date())) == ("2027-05-02", False)
    last = two.ours.stores.dossiers.events(peer.dossier)[-1].event
    assert (last.kind.value, last.by) == ("peer_confirmed", "node:xb/tracemark/record")
