"""What every store promises of neighbours, heads seen, cosignatures, and private questions."""

from tests.recordkeeping.sealed_logs import SealedLog, SeededSigner
from tests.stores.lives import Stores
from tracemark.recordkeeping import Cosigned, Neighbour, SeenHead, VerifierKey
from tracemark.tracing import AskedPrivately

AT = "2026-01-01T00:00:00.000Z"
LOG = SealedLog([3, 2])


def key(name: str) -> VerifierKey:
    return VerifierKey(name, SeededSigner(name).public_key)


def test_neighbours_are_kept_by_name_and_replaced(stores: Stores) -> None:
    first, second = Neighbour(key("b/record")), Neighbour(key("a/record"), "https://a", 7, cosigns=True, may_ask=True)
    for each in (first, second, Neighbour(key("b/record"), "https://b")):
        stores.witnesses.put_neighbour(each)
    assert stores.witnesses.neighbours() == [second, Neighbour(key("b/record"), "https://b")]


def test_the_head_seen_last_is_told_and_the_others_stay(stores: Stores) -> None:
    assert stores.witnesses.seen(LOG.signer.name) is None
    for head in LOG.checkpoints:
        stores.witnesses.see(SeenHead(head, AT))
    assert stores.witnesses.seen(LOG.signer.name) == SeenHead(LOG.checkpoints[-1], AT)
    assert stores.witnesses.seen("another") is None


def test_each_witness_cosigns_a_size_with_its_newest_line(stores: Stores) -> None:
    kept = [Cosigned(5, "b", "one\n", AT), Cosigned(5, "a", "two\n", AT), Cosigned(5, "b", "three\n", AT)]
    for each in (*kept, Cosigned(6, "a", "four\n", AT)):
        stores.witnesses.keep_cosigned(each)
    assert stores.witnesses.cosigned(5) == [kept[1], kept[2]]
    assert stores.witnesses.cosigned(7) == []


def test_private_questions_are_counted_by_asker_and_time(stores: Stores) -> None:
    asked = [AskedPrivately("a", AT, 64), AskedPrivately("b", AT, 512), AskedPrivately("a", "2026-01-02", 64)]
    for each in asked:
        stores.questions.note(each)
    assert stores.questions.newest(2) == [asked[2], asked[1]]
    assert [stores.questions.spent(*each) for each in (("a", AT), ("a", "2026-01-02"), ("c", AT))] == [128, 64, 0]
