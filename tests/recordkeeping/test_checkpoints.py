import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.recordkeeping.sealed_logs import SeededSigner, verify_ed25519
from tracemark.recordkeeping.checkpoints import (
    COSIGNATURE,
    Attested,
    Checkpoint,
    NotACheckpoint,
    Note,
    Signature,
    SignatureRefused,
    VerifierKey,
    cosign_checkpoint,
    sign_checkpoint,
    verify_checkpoint,
    verify_note,
)

# The examples of C2SP signed-note, tlog-checkpoint and tlog-cosignature.
FOO_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
FOO_NOTE = (
    "This is an example message.\n\n— example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)
SOFA = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "— example.com/behind-the-sofa "
    "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
    "— witness.example.com/w1 "
    "jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
)
# From the tests of golang.org/x/mod/sumdb/note, which first wrote such notes.
PETER_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETER_NOTE = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)

ROOT = bytes(range(32))
LOG, WITNESS = SeededSigner(), SeededSigner("witness.example/one", 8)
LOG_KEY = VerifierKey(LOG.name, LOG.public_key)
WITNESS_KEY = VerifierKey(WITNESS.name, WITNESS.public_key, COSIGNATURE)


def signed() -> Checkpoint:
    return cosign_checkpoint(sign_checkpoint(Checkpoint(LOG.name, 12, ROOT), LOG), WITNESS, at=1_700_000_000)


@pytest.mark.parametrize(("key", "note"), [(FOO_KEY, FOO_NOTE), (PETER_KEY, PETER_NOTE)])
def test_notes_of_the_specifications_verify(key: str, note: str) -> None:
    known = VerifierKey.parse(key)
    assert str(known) == key
    assert str(Note.parse(note)) == note
    assert verify_note(Note.parse(note), [known], verify_ed25519) == (Attested(known, None),)


def test_a_note_changed_by_a_letter_is_refused() -> None:
    with pytest.raises(SignatureRefused, match="did not sign"):
        verify_note(Note.parse(FOO_NOTE.replace("is an", "is no")), [VerifierKey.parse(FOO_KEY)], verify_ed25519)


def test_checkpoint_of_the_specification_is_read_and_written() -> None:
    sofa = Checkpoint.parse(SOFA)
    assert (sofa.origin, sofa.size, sofa.root.hex()[:8]) == ("example.com/behind-the-sofa", 20_852_163, "0ac5186a")
    assert [each.name for each in sofa.signatures] == ["example.com/behind-the-sofa", "witness.example.com/w1"]
    assert int.from_bytes(sofa.signatures[1].signature[:8], "big") == 1_679_315_147
    assert str(sofa) == SOFA


def test_record_and_witness_both_attest() -> None:
    checkpoint = Checkpoint.parse(str(signed()))
    assert checkpoint == signed()
    assert verify_checkpoint(checkpoint, [LOG_KEY, WITNESS_KEY], verify_ed25519) == (
        Attested(LOG_KEY, None),
        Attested(WITNESS_KEY, 1_700_000_000),
    )
    assert verify_checkpoint(checkpoint, [WITNESS_KEY], verify_ed25519) == (Attested(WITNESS_KEY, 1_700_000_000),)


def test_a_cosignature_signs_the_time_as_well() -> None:
    message = b"cosignature/v1\ntime 1700000000\n" + signed().body.encode()
    assert verify_ed25519(WITNESS.public_key, message, signed().signatures[1].signature[8:])
    record, witness = signed().signatures
    later = Signature(witness.name, witness.key_id, (1_700_000_001).to_bytes(8, "big") + witness.signature[8:])
    with pytest.raises(SignatureRefused, match="did not sign"):
        verify_note(Note(signed().body, (record, later)), [LOG_KEY, WITNESS_KEY], verify_ed25519)


def test_one_key_signs_under_two_ids_as_record_and_as_witness() -> None:
    assert VerifierKey("a", LOG.public_key).key_id != VerifierKey("a", LOG.public_key, COSIGNATURE).key_id


def test_signatures_of_strangers_are_passed_over() -> None:
    checkpoint = sign_checkpoint(signed(), SeededSigner("stranger.example", 9))
    assert verify_checkpoint(checkpoint, [LOG_KEY], verify_ed25519) == (Attested(LOG_KEY, None),)


@pytest.mark.parametrize(
    "keys", [[], [VerifierKey("another.example", LOG.public_key)], [VerifierKey(LOG.name, WITNESS.public_key)]]
)
def test_a_checkpoint_that_no_known_key_signed_is_refused(keys: list[VerifierKey]) -> None:
    with pytest.raises(SignatureRefused, match="no known key"):
        verify_checkpoint(signed(), keys, verify_ed25519)


def test_a_signature_of_another_length_is_refused() -> None:
    note = Note(signed().body, (Signature(LOG.name, LOG_KEY.key_id, bytes(63)),))
    with pytest.raises(SignatureRefused):
        verify_note(note, [LOG_KEY], lambda *_: True)


def test_a_time_beyond_all_times_is_refused() -> None:
    note = Note(signed().body, (Signature(WITNESS.name, WITNESS_KEY.key_id, b"\xff" * 72),))
    with pytest.raises(SignatureRefused, match="beyond all times"):
        verify_note(note, [WITNESS_KEY], lambda *_: True)


def test_extensions_are_signed_and_kept() -> None:
    checkpoint = sign_checkpoint(Checkpoint(LOG.name, 0, ROOT, extensions=("one", "two")), LOG)
    assert checkpoint.body.splitlines()[3:] == ["one", "two"]
    assert Checkpoint.parse(str(checkpoint)) == checkpoint


SIGNATURE_LINE = f"{signed().signatures[0]}\n"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a\n1\n",
        "a\n1\nAAAA\n\n",
        signed().body,
        str(signed())[:-1],
        str(signed()).replace("\n12\n", "\n012\n"),
        str(signed()).replace("\n12\n", "\n-12\n"),
        str(signed()).replace("\n12\n", "\n١٢\n"),
        str(signed()).replace("\n12\n", "\n" + "9" * 5000 + "\n"),
        str(signed()).replace("\n12\n", "\n12\r\n"),
        str(signed()).replace("AAEC", "AAE="),
        str(signed()).replace("Hh8=", "Hh9="),
        str(signed()).replace("— ", "- "),
        str(signed()).replace("— tv", "—  tv"),
        "a\n1\n\n" + SIGNATURE_LINE,
        signed().body + "\n" + SIGNATURE_LINE * 65,
        signed().body + "\n— tv.example+record AAAAAAAA\n",
        signed().body + "\n— tv.example AAAA\n",
    ],
)
def test_what_is_not_a_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(NotACheckpoint):
        Checkpoint.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "example.com/foo+530d903a",
        FOO_KEY.replace("530d903a", "530d903b"),
        FOO_KEY.replace("530d903a", "530D903A"),
        FOO_KEY.replace("+Aeky", "+Auky"),
        FOO_KEY[:-4],
        FOO_KEY.replace("example.com/foo", "example.com/bar"),
        FOO_KEY.replace("example.com/foo", ""),
        FOO_KEY + "\n",
    ],
)
def test_what_is_not_a_verifier_key_is_refused(text: str) -> None:
    with pytest.raises(NotACheckpoint):
        VerifierKey.parse(text)


@given(st.text())
def test_no_text_does_worse_than_be_refused(text: str) -> None:
    for read in (Checkpoint.parse, VerifierKey.parse):
        try:
            assert str(read(text)) == text
        except NotACheckpoint:
            continue


@given(st.integers(0, 2**63 - 1), st.binary(min_size=32, max_size=32))
def test_checkpoints_round_trip(size: int, root: bytes) -> None:
    checkpoint = sign_checkpoint(Checkpoint(LOG.name, size, root), LOG)
    assert Checkpoint.parse(str(checkpoint)) == checkpoint
