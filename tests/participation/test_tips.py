"""A tip is sealed at once, looks like every other, opens to the desk's key alone, and leaves nothing in the record."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.rooms import NOW, StillClock, clock, officer, stores
from tracemark.authorities import NotPermitted, Role
from tracemark.exchange import TipBoxes
from tracemark.kernel import Clock
from tracemark.participation import (
    MOST_REPLY,
    MOST_TIP,
    MOST_TIPS_A_DAY,
    TIP_DAYS,
    TipRefused,
    TipTally,
    answer_tip,
    count_tips,
    kept_tips,
    read_tips,
    receive_tip,
    take_tip_back,
    tip_reply,
)
from tracemark.participation.tips import packed_reply, packed_tip, reply_secret, unpacked_reply
from tracemark.recordkeeping import EventKind
from tracemark.storage.memory import MemoryStores

__all__ = ["clock", "stores"]
CONTACT = officer(Role.POINT_OF_CONTACT)
BOXES = TipBoxes()
SECRET = bytes(range(32))
KEY = BOXES.reader_of(SECRET)
TEXT = "Twelve rifles leave the depot by night."


class LaterClock:
    """A clock that stands still where a tip has expired."""

    def now(self) -> datetime:
        return NOW + timedelta(days=TIP_DAYS + 1)


def sent(stores: MemoryStores, clock: Clock, text: str = TEXT) -> str:
    return receive_tip(text=text, desk_key=KEY, boxes=BOXES, stores=stores, clock=clock)


def replied(stores: MemoryStores, clock: Clock, name: str, text: str = "We look into it.") -> None:
    answer_tip(name=name, text=text, secret=SECRET, actor=CONTACT, boxes=BOXES, stores=stores, clock=clock)


def code_of(refused: Callable[[], object]) -> str:
    with pytest.raises(TipRefused) as error:
        refused()
    return error.value.findings[0].code.removeprefix("participation.")


def test_the_desk_reads_and_the_code_opens_the_reply(stores: MemoryStores, clock: StillClock) -> None:
    code = sent(stores, clock)
    assert tip_reply(code=f" {code.lower()} ", boxes=BOXES, stores=stores, clock=clock) is None
    [found], foreign = read_tips(secret=SECRET, actor=CONTACT, boxes=BOXES, stores=stores, clock=clock)
    assert (found.text, foreign) == (TEXT, 0)
    replied(stores, clock, found.tip.name)
    replied(stores, clock, found.tip.name, "It is seen to.")
    assert tip_reply(code=code, boxes=BOXES, stores=stores, clock=clock) == "It is seen to."
    assert stores.tips.tally() == TipTally(received=1, answered=1)
    assert read_tips(secret=bytes(32), actor=CONTACT, boxes=BOXES, stores=stores, clock=clock) == ([], 1)
    assert code_of(lambda: replied(stores, clock, "000000000000")) == "no_such_tip"


@given(text=some.text(min_size=1, max_size=MOST_TIP))
def test_every_tip_and_every_reply_has_one_length(text: str) -> None:
    def size(document: bytes) -> int:
        return len(BOXES.seal(document, KEY))

    assert len(packed_tip(text, KEY)) == len(packed_tip("", KEY))
    assert len(packed_reply(text[:MOST_REPLY])) == len(packed_reply(""))
    assert size(packed_reply("a")) == size(packed_reply("b" * MOST_REPLY))
    assert unpacked_reply(packed_reply(text)) == text


def test_the_longest_texts_fit() -> None:
    assert len(packed_tip("\x01" * MOST_TIP, KEY)) == len(packed_tip("", KEY))
    assert len(packed_reply("\U0001f52b" * MOST_REPLY)) == len(packed_reply(""))


def test_what_is_kept_tells_nothing(stores: MemoryStores, clock: StillClock) -> None:
    code = sent(stores, clock)
    [tip] = kept_tips(actor=CONTACT, stores=stores, clock=clock)
    assert (tip.received_on, tip.expires_on) == ("2026-05-06", "2026-08-04")
    kept = repr(tip).encode()
    assert [told for told in (TEXT.encode(), code.encode(), reply_secret(code).hex().encode()) if told in kept] == []
    assert stores.records.size() == 0


def test_only_counts_are_sealed(stores: MemoryStores, clock: StillClock) -> None:
    sent(stores, clock)
    take_tip_back(code=sent(stores, clock), stores=stores, clock=clock)
    assert count_tips(actor=CONTACT, stores=stores, clock=clock) == TipTally(received=2, gone=1)
    assert count_tips(actor=CONTACT, stores=stores, clock=LaterClock()) == TipTally(received=2, gone=2)
    event = stores.records.at(1).event
    assert (event.kind, event.details) == (
        EventKind.TIPS_COUNTED, {"contents": {"received": 2, "answered": 0, "gone": 2}},
    )  # fmt: skip
    assert stores.tips.all() == []


def test_what_expired_or_was_taken_back_is_gone(stores: MemoryStores, clock: StillClock) -> None:
    codes = [sent(stores, clock), sent(stores, clock)]
    take_tip_back(code=codes[0], stores=stores, clock=clock)
    for code, at in ((codes[0], clock), (codes[1], LaterClock()), ("", clock), ("TIP-AAAA-AAAA-AAAA-AAAA", clock)):
        with pytest.raises(KeyError):
            tip_reply(code=code, boxes=BOXES, stores=stores, clock=at)
    sent(stores, LaterClock())
    assert (len(stores.tips.all()), stores.tips.tally()) == (1, TipTally(received=3, gone=2))


def test_what_says_nothing_or_too_much_is_refused(stores: MemoryStores, clock: StillClock) -> None:
    assert code_of(lambda: sent(stores, clock, " \n")) == "tip_missing"
    assert code_of(lambda: sent(stores, clock, "x" * (MOST_TIP + 1))) == "text_long"
    assert code_of(lambda: replied(stores, clock, "x", "x" * (MOST_REPLY + 1))) == "text_long"


def test_a_days_tips_are_counted_for_everybody_together(stores: MemoryStores, clock: StillClock) -> None:
    for _ in range(MOST_TIPS_A_DAY):
        sent(stores, clock)
    assert code_of(lambda: sent(stores, clock)) == "tips_full_today"


def test_only_the_point_of_contact_reads(stores: MemoryStores, clock: StillClock) -> None:
    for role in set(Role) - {Role.POINT_OF_CONTACT}:
        with pytest.raises(NotPermitted):
            read_tips(secret=SECRET, actor=officer(role), boxes=BOXES, stores=stores, clock=clock)


def test_two_tips_of_one_text_share_nothing(stores: MemoryStores, clock: StillClock) -> None:
    codes = {sent(stores, clock), sent(stores, clock)}
    first, second = stores.tips.all()
    assert len(codes) == 2
    # What is sealed comes after the header, which names the desk's key and is not the same for two boxes either.
    sealed = [each.box.split(b".") for each in (first, second)]
    assert [left == right for left, right in zip(*sealed, strict=True)] == [False] * 5
    assert (first.lookup == second.lookup, len(first.box) == len(second.box)) == (False, True)
