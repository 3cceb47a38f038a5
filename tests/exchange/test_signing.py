import stat
from pathlib import Path

import pytest

from tracemark.exchange import FileSigner, KeyUnusable, verify_signature


def test_a_key_is_made_once_and_found_again(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "record.key"
    made = FileSigner.load_or_create(path, "tv.example/record")
    found = FileSigner.load_or_create(path, "tv.example/record")
    assert (made.public_key, made.name, len(made.public_key)) == (found.public_key, "tv.example/record", 32)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["record.key"]


def test_a_signature_verifies_for_its_key_and_message_only(tmp_path: Path) -> None:
    signer, other = (FileSigner.load_or_create(tmp_path / name, name) for name in ("one", "two"))
    signature = signer.sign(b"head")
    assert len(signature) == 64
    assert verify_signature(signer.public_key, b"head", signature)
    assert not verify_signature(signer.public_key, b"heads", signature)
    assert not verify_signature(other.public_key, b"head", signature)
    assert not verify_signature(signer.public_key, b"head", signature[:-1])
    assert not verify_signature(b"short", b"head", signature)


def test_rfc_8032_first_test_vector() -> None:
    secret = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    public = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    signer = FileSigner(secret, "vector")
    assert signer.public_key == public
    assert signer.sign(b"").hex().startswith("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155")


def test_a_key_that_others_may_read_is_not_used(tmp_path: Path) -> None:
    path = tmp_path / "record.key"
    FileSigner.load_or_create(path, "x")
    path.chmod(0o640)
    with pytest.raises(KeyUnusable):
        FileSigner.load_or_create(path, "x")


def test_a_damaged_key_is_not_used_and_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "record.key"
    path.write_bytes(b"half a key")
    path.chmod(0o600)
    with pytest.raises(KeyUnusable):
        FileSigner.load_or_create(path, "x")
    assert path.read_bytes() == b"half a key"


def test_the_key_is_never_shown(tmp_path: Path) -> None:
    path = tmp_path / "record.key"
    signer = FileSigner.load_or_create(path, "x")
    assert repr(signer) == "FileSigner('x')"
    assert path.read_bytes().hex() not in repr(vars(signer))
