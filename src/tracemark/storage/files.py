import hashlib
import os
import re
import tempfile
from pathlib import Path

_FINGERPRINT = re.compile(r"[0-9a-f]{64}")


class Files:
    """Files kept beside the register, each under the SHA-256 of its bytes: what a fingerprint in the record stands for.

    Nobody but the node's own account may read them.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, content: bytes) -> str:
        """Keep bytes and return their fingerprint in hexadecimal. The same bytes are kept once."""
        fingerprint = hashlib.sha256(content).hexdigest()
        path = self._path(fingerprint)
        if not path.exists():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, unfinished = tempfile.mkstemp(dir=path.parent)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(unfinished).replace(path)
        return fingerprint

    def get(self, fingerprint: str) -> bytes:
        """Return the bytes of a fingerprint. Raise KeyError where they are not kept, or are not what it says."""
        if not _FINGERPRINT.fullmatch(fingerprint) or not self._path(fingerprint).is_file():
            raise KeyError(fingerprint)
        content = self._path(fingerprint).read_bytes()
        if hashlib.sha256(content).hexdigest() != fingerprint:
            raise KeyError(fingerprint)
        return content

    def altered(self, fingerprint: str) -> bool:
        """Say whether the bytes kept are other than the fingerprint says. Raise KeyError where none are kept."""
        if not _FINGERPRINT.fullmatch(fingerprint) or not self._path(fingerprint).is_file():
            raise KeyError(fingerprint)
        with self._path(fingerprint).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() != fingerprint

    def _path(self, fingerprint: str) -> Path:
        return self._folder / fingerprint[:2] / fingerprint
