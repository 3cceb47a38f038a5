"""Tips in each store: found by their digest, replaced, and gone when they expire."""

from dataclasses import replace

from tests.stores.lives import Stores
from tracemark.participation import Tip, TipTally

FIRST = Tip("b" * 64, "2026-05-06", "2026-08-04", b"box")
SECOND = Tip("a" * 64, "2026-05-07", "2026-08-05", b"another")


def test_tips_are_kept_replaced_and_deleted(stores: Stores) -> None:
    with stores.atomic():
        stores.tips.put(FIRST)
        stores.tips.put(SECOND)
        answered = replace(FIRST, reply=b"reply")
        stores.tips.put(answered)
    assert (stores.tips.find(FIRST.lookup), stores.tips.find("c" * 64)) == (answered, None)
    assert stores.tips.all() == [SECOND, answered]
    assert (stores.tips.received_on("2026-05-06"), stores.tips.received_on("2026-05-05")) == (1, 0)
    with stores.atomic():
        assert stores.tips.remove_expired("2026-08-05") == 1
        stores.tips.remove(SECOND.lookup)
    assert stores.tips.all() == []


def test_the_tally_is_one(stores: Stores) -> None:
    assert stores.tips.tally() == TipTally()
    with stores.atomic():
        stores.tips.keep_tally(TipTally(1))
        stores.tips.keep_tally(TipTally(3, 2, 1))
    assert stores.tips.tally() == TipTally(3, 2, 1)
