import os
import stat
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tracemark.kernel import Trouble

KEY_BYTES = 32


class KeyUnusable(Trouble):
    """A key file is damaged, or others may read it."""


class FileSigner:
    """A node's Ed25519 key, kept as 32 raw bytes in a file that its owner alone may read. It is never shown."""

    def __init__(self, key: bytes, name: str) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(key)
        self._name = name

    @classmethod
    def load_or_create(cls, path: Path, name: str) -> "FileSigner":
        """Read the key at `path`, or make one there that outlives a crash.

        Raises:
            KeyUnusable: the file has another length, or others may read it.
        """
        return cls(cls.key_at(path), name)

    @staticmethod
    def key_at(path: Path) -> bytes:
        """Return the 32 secret bytes at `path`, or draw them there so that they outlive a crash.

        Raises:
            KeyUnusable: the file has another length, or others may read it.
        """
        try:
            return _read(path)
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            key = os.urandom(KEY_BYTES)
            return key if _written(path, key) else _read(path)

    @staticmethod
    def secret_at(path: Path) -> bytes:
        """Return the 32 secret bytes at `path`, which must be there.

        Raises:
            KeyUnusable: the file has another length, or others may read it.
            FileNotFoundError: there is no such file.
        """
        return _read(path)

    @classmethod
    def load(cls, path: Path, name: str) -> "FileSigner":
        """Read the key at `path`.

        Raises:
            KeyUnusable: the file has another length, or others may read it.
            FileNotFoundError: there is no such file.
        """
        return cls(_read(path), name)

    @classmethod
    def fleeting(cls, name: str) -> "FileSigner":
        """Draw a key that is kept in no file and ends with the process."""
        return cls(os.urandom(KEY_BYTES), name)

    def __repr__(self) -> str:
        return f"FileSigner({self._name!r})"

    @property
    def name(self) -> str:
        """The key's name in a C2SP signed note."""
        return self._name

    @property
    def public_key(self) -> bytes:
        """The public key, 32 bytes."""
        return self._key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    def sign(self, message: bytes) -> bytes:
        """Return the signature of `message`, 64 bytes."""
        return self._key.sign(message)


def verify_signature(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Say whether `signature` is that key's Ed25519 signature of `message`; a malformed key or signature is not.

    Source: RFC 8032.
    """
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _read(path: Path) -> bytes:
    if stat.S_IMODE(path.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO):
        raise KeyUnusable("trouble.key_open", file=str(path))
    key = path.read_bytes()
    if len(key) != KEY_BYTES:
        raise KeyUnusable("trouble.key_length", file=str(path), bytes=len(key), needed=KEY_BYTES)
    return key


def _written(path: Path, key: bytes) -> bool:
    """Write the key whole or not at all; False where another process was first.

    The file is written under another name and linked, so that nobody ever reads half a key.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            return False
    finally:
        draft.unlink(missing_ok=True)
    _sync_folder(path.parent)
    return True


def _sync_folder(folder: Path) -> None:
    """Make the new name itself outlive a crash."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
