"""What a witness cosigns, and what it refuses: C2SP tlog-witness, status by status, and the example of its text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.recordkeeping.sealed_logs import SealedLog, SeededSigner, verify_ed25519
from tracemark.recordkeeping import (
    AlarmKind,
    Checkpoint,
    HeadRefused,
    NotACheckpoint,
    Refusal,
    Submission,
    TileHashes,
    VerifierKey,
    alarm_of,
    check_submission,
    consistency_proof,
    cosign_checkpoint,
    parse_signatures,
    quorum,
    sign_checkpoint,
)

EXAMPLE = """old 20852014
PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

\u2014 example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
\u2014 example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=
"""  # noqa: E501 - Source: C2SP tlog-witness, the example of `add-checkpoint`.

LOG = SealedLog([3, 2, 8, 300])
FORKED = SealedLog([3, 2, 9, 300])
HEADS = {each.size: each for each in LOG.checkpoints}
KEY = VerifierKey(LOG.signer.name, LOG.signer.public_key)


def submitted(old: int, new: int) -> Submission:
    proof = consistency_proof(old, new, TileHashes(LOG.seal)) if 0 < old < new else []
    return Submission(old, tuple(proof), HEADS[new])


def refusal(submission: Submission, seen: Checkpoint | None, key: VerifierKey | None = KEY) -> tuple[Refusal, int]:
    with pytest.raises(HeadRefused) as refused:
        check_submission(submission, seen, key, verify_ed25519)
    return refused.value.refusal, refused.value.size


def test_the_example_of_the_text_is_read_and_written_as_it_stands() -> None:
    read = Submission.parse(EXAMPLE)
    assert (read.old_size, len(read.proof), read.head.size) == (20852014, 4, 20852163)
    assert str(read) == EXAMPLE


@pytest.mark.parametrize(
    "text",
    [
        EXAMPLE.replace("old ", "old 0"),
        EXAMPLE.replace("old 20852014", "old"),
        EXAMPLE.replace("old 20852014\n", ""),
        EXAMPLE.replace("PlRN", "PlR"),
        EXAMPLE.replace("\n\nexample", "\nexample"),
        "old 0\n" + 64 * f"{EXAMPLE.splitlines()[1]}\n" + "\n" + EXAMPLE.partition("\n\n")[2],
        "",
    ],
)
def test_another_shape_is_no_request(text: str) -> None:
    with pytest.raises(NotACheckpoint):
        Submission.parse(text)


@pytest.mark.parametrize(("old", "new"), [(0, 3), (0, 313), (3, 5), (5, 313), (13, 313), (313, 313), (3, 3)])
def test_a_head_that_grew_is_cosigned(old: int, new: int) -> None:
    check_submission(submitted(old, new), HEADS.get(old), KEY, verify_ed25519)


def test_each_refusal_of_the_protocol() -> None:
    known = submitted(3, 5)
    other = VerifierKey(KEY.name, SeededSigner(seed=9).public_key)
    unproved = Submission(3, (), HEADS[5])
    assert refusal(known, HEADS[3], None) == (Refusal.ORIGIN_UNKNOWN, 0)
    assert refusal(known, HEADS[3], other) == (Refusal.NOT_SIGNED, 0)
    assert refusal(Submission(6, (), HEADS[5]), HEADS[5]) == (Refusal.SIZES_CROSSED, 0)
    assert refusal(known, HEADS[5]) == (Refusal.OUT_OF_STEP, 5)
    assert refusal(known, None) == (Refusal.OUT_OF_STEP, 0)
    assert refusal(unproved, HEADS[3]) == (Refusal.INCONSISTENT, 3)
    assert refusal(Submission(0, known.proof, HEADS[5]), None) == (Refusal.INCONSISTENT, 0)
    assert refusal(Submission(13, (), HEADS[13]), FORKED.checkpoints[2])[0] is Refusal.OUT_OF_STEP


def test_an_empty_record_has_one_root() -> None:
    forged = sign_checkpoint(Checkpoint(KEY.name, 0, bytes(32)), LOG.signer)
    assert refusal(Submission(0, (), forged), None) == (Refusal.INCONSISTENT, 0)


def test_two_heads_of_one_size_are_a_split_view() -> None:
    forged = sign_checkpoint(Checkpoint(KEY.name, 5, bytes(32)), LOG.signer)
    assert refusal(Submission(5, (), forged), HEADS[5]) == (Refusal.INCONSISTENT, 5)
    assert alarm_of(HEADS[5], forged, None) is AlarmKind.SPLIT_VIEW
    assert alarm_of(HEADS[5], HEADS[3], None) is AlarmKind.ROLLED_BACK
    assert alarm_of(HEADS[5], HEADS[13], ()) is AlarmKind.GROWTH_NOT_SHOWN
    assert [alarm_of(HEADS[5], HEADS[5], ()), alarm_of(None, HEADS[5], ())] == [None, None]


@given(st.integers(0, 3), st.integers(0, 3), st.binary(min_size=32, max_size=32), st.integers(0, 20))
def test_a_proof_that_was_changed_shows_no_growth(one: int, other: int, forged: bytes, place: int) -> None:
    sizes = sorted(HEADS)
    old, new = min(sizes[one], sizes[other]), max(sizes[one], sizes[other])
    proof = list(submitted(old, new).proof)
    changed = [*proof[: place % (len(proof) + 1)], forged, *proof[place % (len(proof) + 1) + 1 :]]
    if changed != proof:
        assert alarm_of(HEADS[old], HEADS[new], changed) is (AlarmKind.GROWTH_NOT_SHOWN if old < new else None)


def test_only_chosen_witnesses_count() -> None:
    one, two = SeededSigner("w.example/1", 3), SeededSigner("w.example/2", 4)
    head = cosign_checkpoint(cosign_checkpoint(HEADS[5], one, at=1_700_000_000), two, at=1_700_000_000)
    keys = [VerifierKey(each.name, each.public_key, 4) for each in (one, two)]
    assert quorum(head, keys, verify_ed25519) == {"w.example/1", "w.example/2"}
    assert quorum(head, keys[:1], verify_ed25519) == {"w.example/1"}
    assert quorum(HEADS[5], keys, verify_ed25519) == frozenset()
    assert parse_signatures(f"{head.signatures[-1]}\n") == head.signatures[-1:]
