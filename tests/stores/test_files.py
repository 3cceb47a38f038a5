"""Files beside the register: kept under their fingerprint, private, and never passed off for what they are not."""

import hashlib
import stat
from pathlib import Path

import pytest

from tracemark.storage import Files


def test_what_is_kept_is_found_under_its_fingerprint(tmp_path: Path) -> None:
    files = Files(tmp_path / "photos")
    fingerprint = files.put(b"a picture")
    assert (fingerprint, files.get(fingerprint)) == (hashlib.sha256(b"a picture").hexdigest(), b"a picture")


def test_the_same_bytes_are_kept_once(tmp_path: Path) -> None:
    files = Files(tmp_path)
    assert files.put(b"x") == files.put(b"x")
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_nobody_else_may_read_them(tmp_path: Path) -> None:
    fingerprint = Files(tmp_path).put(b"x")
    kept = tmp_path / fingerprint[:2] / fingerprint
    assert [stat.S_IMODE(path.stat().st_mode) for path in (kept, kept.parent)] == [0o600, 0o700]


@pytest.mark.parametrize("fingerprint", ["0" * 64, "", "../secret", "0" * 63, "A" * 64])
def test_what_is_not_kept_is_not_found(fingerprint: str, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"key")
    with pytest.raises(KeyError):
        Files(tmp_path / "photos").get(fingerprint)


def test_bytes_that_were_changed_are_not_given(tmp_path: Path) -> None:
    files = Files(tmp_path)
    fingerprint = files.put(b"true")
    (tmp_path / fingerprint[:2] / fingerprint).write_bytes(b"false")
    with pytest.raises(KeyError):
        files.get(fingerprint)
