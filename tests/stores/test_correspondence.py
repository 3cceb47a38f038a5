"""Outbox and inbox: what is sent waits with its event, what comes is kept once."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.stores.lives import Stores, keep, registered
from tracemark.correspondence import Message, PostState, Received, Rejection
from tracemark.storage.relational.stores import RelationalStores

AT = datetime(2026, 5, 6, 7, 8, 9, tzinfo=UTC)
TEXT = "2026-05-06T07:08:09.000Z"
MESSAGE = Message("xb/tracemark/record", "tracemark.note/1", {"said": "héllo", "n": 1}, "NR-2026-000001")
RECEIVED = Received(
    *("0f", "xb/tracemark/record", "tracemark.note/1", {"said": "héllo"}, "TR-1", "0e", TEXT, TEXT),
    handling={"purpose": "tracing"},
    digest="d1",
)
REJECTION = Rejection(TEXT, "xb/tracemark/record", "correspondence.signature_wrong", "d2", {"key": "00"})


def later(days: int) -> datetime:
    return AT + timedelta(days=days)


def test_a_message_stands_with_its_event_or_not_at_all(stores: Stores) -> None:
    def post_and_fail() -> None:
        with stores.atomic():
            keep(stores, registered(1, "A1"))
            stores.outbox.post(MESSAGE, at=AT)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        post_and_fail()
    assert (stores.records.size(), stores.outbox.waiting()) == (0, [])
    with stores.atomic():
        keep(stores, registered(1, "A1"))
        post_id = stores.outbox.post(MESSAGE, at=AT)
    [posted] = stores.outbox.waiting()
    assert (stores.records.size(), posted.id, posted.message, posted.posted_at) == (1, post_id, MESSAGE, TEXT)
    assert posted == stores.outbox.posted(post_id)


def test_what_waits_comes_when_it_is_due_the_oldest_first(stores: Stores) -> None:
    first = stores.outbox.post(MESSAGE, at=AT)
    second = stores.outbox.post(replace(MESSAGE, to="xc/tracemark/record"), at=later(1))
    stores.outbox.note_failed(first, trouble="correspondence.unreachable", due=later(2))
    assert [each.id for each in stores.outbox.waiting()] == [first, second]
    assert [each.id for each in stores.outbox.waiting(at=later(1))] == [second]
    assert [each.id for each in stores.outbox.waiting(at=later(2), limit=1)] == [first]
    assert [each.id for each in stores.outbox.waiting(to="xc/tracemark/record")] == [second]
    assert stores.outbox.waiting_by_node() == {MESSAGE.to: 1, "xc/tracemark/record": 1}
    failed = stores.outbox.posted(first)
    assert (failed.attempts, failed.trouble) == (1, "correspondence.unreachable")


def test_what_a_message_said_is_forgotten_and_that_it_was_sent_is_not(stores: Stores) -> None:
    post_id = stores.outbox.post(MESSAGE, at=AT)
    stores.outbox.note_delivered(post_id, at=later(1))
    stores.outbox.forget_body(post_id)
    kept = stores.outbox.posted(post_id)
    assert (kept.message, kept.state) == (replace(MESSAGE, body={}), PostState.DELIVERED)


def test_what_was_delivered_stays_so(stores: Stores) -> None:
    post_id = stores.outbox.post(MESSAGE, at=AT)
    for day in (1, 2):
        stores.outbox.note_delivered(post_id, at=later(day))
    stores.outbox.note_failed(post_id, trouble="correspondence.unreachable", due=later(3))
    stores.outbox.note_refused(post_id, trouble="correspondence.unreachable", at=later(3))
    posted = stores.outbox.posted(post_id)
    assert (posted.state, posted.done_at, posted.attempts, posted.trouble) == (
        *(PostState.DELIVERED, "2026-05-07T07:08:09.000Z", 0, ""),
    )
    assert (stores.outbox.waiting(), stores.outbox.waiting_by_node()) == ([], {})


def test_what_was_refused_is_not_sent_again_unless_it_had_arrived(stores: Stores) -> None:
    post_id = stores.outbox.post(MESSAGE, at=AT)
    stores.outbox.note_refused(post_id, trouble="correspondence.key_revoked", at=later(1))
    stores.outbox.note_failed(post_id, trouble="correspondence.unreachable", due=later(2))
    refused = stores.outbox.posted(post_id)
    assert (refused.state, refused.attempts, refused.trouble) == (PostState.REFUSED, 1, "correspondence.key_revoked")
    stores.outbox.note_delivered(post_id, at=later(2))
    assert stores.outbox.posted(post_id).state is PostState.DELIVERED


def test_what_is_taken_back_is_forgotten_and_not_sent_unless_it_was_on_its_way(stores: Stores) -> None:
    ids = [stores.outbox.post(MESSAGE, at=AT) for _ in range(3)]
    stores.outbox.note_failed(ids[0], trouble="correspondence.unreachable", due=later(1))
    stores.outbox.note_delivered(ids[1], at=later(1))
    stores.outbox.note_refused(ids[2], trouble="correspondence.key_revoked", at=later(1))
    others = [stores.outbox.posted(each) for each in ids[1:]]
    for each in ids:
        stores.outbox.take_back(each, at=later(2))
    assert [stores.outbox.posted(each) for each in ids[1:]] == others
    taken = stores.outbox.posted(ids[0])
    assert (taken.state, taken.message, taken.trouble, taken.done_at) == (
        *(PostState.TAKEN_BACK, replace(MESSAGE, body={}), "", "2026-05-08T07:08:09.000Z"),
    )
    stores.outbox.note_failed(ids[0], trouble="correspondence.unreachable", due=later(3))
    stores.outbox.note_refused(ids[0], trouble="correspondence.key_revoked", at=later(3))
    assert (stores.outbox.posted(ids[0]), stores.outbox.waiting()) == (taken, [])
    stores.outbox.note_delivered(ids[0], at=later(3))
    assert stores.outbox.posted(ids[0]).state is PostState.DELIVERED


def test_a_message_nobody_posted_is_unknown(stores: Stores) -> None:
    for ask in (
        lambda: stores.outbox.posted("00"),
        lambda: stores.outbox.note_delivered("00", at=AT),
        lambda: stores.outbox.note_failed("00", trouble="x", due=AT),
        lambda: stores.outbox.note_refused("00", trouble="x", at=AT),
        lambda: stores.outbox.take_back("00", at=AT),
        lambda: stores.inbox.received(1),
    ):
        with pytest.raises(KeyError):
            ask()


def test_the_outbox_has_pages(stores: Stores) -> None:
    ids = [stores.outbox.post(MESSAGE, at=later(day)) for day in range(3)]
    stores.outbox.note_delivered(ids[0], at=AT)
    newest = stores.outbox.page(limit=2)
    assert [each.id for each in newest] == [ids[2], ids[1]]
    assert [each.id for each in stores.outbox.page(before=newest[-1].number)] == [ids[0]]
    assert [each.id for each in stores.outbox.page(state=PostState.WAITING, to=MESSAGE.to)] == [ids[2], ids[1]]
    assert stores.outbox.page(to="xc/tracemark/record") == []
    told = stores.outbox.post(replace(MESSAGE, about='SG-"1"'), at=AT)
    stores.outbox.post(replace(MESSAGE, about='SG-"1"2'), at=AT)
    assert [each.id for each in stores.outbox.page(about='SG-"1"')] == [told]


def test_letters_about_a_dossier_are_found_without_reading_the_others(sqlite_stores: RelationalStores) -> None:
    database, plans = sqlite_stores._database, list[str]()

    def explain(run: Callable[..., Iterable[tuple[object, ...]]], sql: str, *rest: object) -> object:
        plans.extend(str(row[3]) for row in run(f"EXPLAIN QUERY PLAN {sql}", *rest))
        return run(sql, *rest)

    with database.connection.execute_wrapper(explain):
        sqlite_stores.outbox.page(about="SG-2026-000001")
    assert plans == ["SEARCH outbox_message USING INDEX outbox_about (about=?)"]


def test_what_comes_in_is_kept_once(stores: Stores) -> None:
    kept = stores.inbox.keep(RECEIVED)
    assert replace(kept, number=0) == RECEIVED
    with pytest.raises(ValueError, match="came before"):
        stores.inbox.keep(replace(RECEIVED, digest="d9"))
    assert stores.inbox.seen(RECEIVED.sender, "0f") == "d1"
    assert (stores.inbox.seen("xc/tracemark/record", "0f"), stores.inbox.seen(RECEIVED.sender, "0e")) == (None, None)
    of_another = stores.inbox.keep(replace(RECEIVED, sender="xc/tracemark/record", type="tracemark.ask/1"))
    assert stores.inbox.page() == [of_another, kept]
    assert stores.inbox.page(before=of_another.number) == stores.inbox.page(sender=RECEIVED.sender) == [kept]
    assert stores.inbox.page(message_type="tracemark.ask/1") == [of_another]
    assert stores.inbox.received(kept.number) == kept


def test_a_word_serves_once_until_it_ends(stores: Stores) -> None:
    def use(sender: str, at: datetime) -> bool:
        return stores.inbox.first_use(sender, "n1", until=at + timedelta(days=1), at=at)

    assert [use("xb", AT), use("xb", AT), use("xc", AT), use("xb", later(1)), use("xb", later(2))] == [
        *(True, False, True, False, True),
    ]


def test_what_was_not_let_in_is_listed(stores: Stores) -> None:
    stores.inbox.reject(REJECTION)
    stores.inbox.reject(replace(REJECTION, sender="", code="correspondence.envelope_unreadable"))
    second, first = stores.inbox.rejections()
    assert (replace(first, number=0), second.sender) == (REJECTION, "")
    assert stores.inbox.rejections(before=second.number) == stores.inbox.rejections(sender=REJECTION.sender) == [first]


def test_personal_data_in_what_came_may_be_erased_whole(relational_stores: Stores) -> None:
    kept = relational_stores.inbox.keep(RECEIVED)
    erased = relational_stores._database.execute(  # type: ignore[union-attr]
        "DELETE FROM inbox_message WHERE id = %s", kept.number
    )
    assert (erased, relational_stores.inbox.page()) == (1, [])
