"""Files that officers hand in for import, each kept by the SHA-256 of its bytes until it is imported or forgotten."""

import fcntl
import hashlib
import json
import re
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from tracemark import intake
from tracemark.intake import Intake
from tracemark.node import Node

LARGEST_BYTES = 32 * 1024 * 1024
"""A larger file is imported from the command line, which no browser can interrupt."""

_KEPT_SECONDS = 14 * 24 * 3600
_OWN = re.compile(r"own-[0-9a-f]{12}")
_PLACE = "place"
_FINGERPRINT = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Upload:
    """One file that was handed in, in a folder of its own."""

    fingerprint: str
    path: Path

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def folder(self) -> Path:
        return self.path.parent.parent

    def own_profile(self, text: str) -> str:
        """Keep a profile that came with the file and return the name under which it is found again."""
        name = f"own-{hashlib.sha256(text.encode()).hexdigest()[:12]}"
        (self.folder / f"{name}.toml").write_text(text, "utf-8")
        return name

    def profile(self, name: str) -> str:
        """Return what the node takes for a profile: a shipped name, or the path of the file's own.

        Raises:
            FileNotFoundError: there is no profile of this name.
        """
        if name in intake.shipped_profiles():
            return name
        path = self.folder / f"{name}.toml"
        if not _OWN.fullmatch(name) or not path.is_file():
            raise FileNotFoundError(name)
        return str(path)

    def read_at(self, sheet: str, heading_row: int) -> None:
        """Keep where the table stands, "" and 0 where that is to be found; reports of another place are dropped."""
        place = {"sheet": sheet, "heading_row": heading_row}
        if place != self._place():
            (self.folder / _PLACE).write_text(json.dumps(place), "utf-8")
            for report in self.folder.glob("*.json"):
                report.unlink()

    def ready(self, profile: str, node: Node) -> Intake:
        """Make the file ready to be imported, read where the table stands.

        Raises:
            FileNotFoundError: there is no profile of this name.
            Refused: it is no table that can be read, or the profile is not well formed.
        """
        return node.intake_of(self.path, self.profile(profile), **self._place())

    def profiles(self) -> Iterator[str]:
        """Yield the names of all profiles the file can be read with, its own first."""
        yield from sorted(path.stem for path in self.folder.glob("own-*.toml"))
        yield from intake.shipped_profiles()

    def report(self, profile: str) -> Mapping[str, Any] | None:
        """Return the report that was kept of a dry run, None where there was none."""
        path = self._report(profile)
        found: Mapping[str, Any] | None = json.loads(path.read_text("utf-8")) if path.is_file() else None
        return found

    def keep_report(self, profile: str, report: Mapping[str, Any]) -> None:
        """Keep a dry run's report, so that its pages can be turned without another run."""
        self._report(profile).write_text(json.dumps(report, ensure_ascii=False), "utf-8")

    def forget_report(self, profile: str) -> None:
        """Drop a kept report, so that the next look is a new run."""
        self._report(profile).unlink(missing_ok=True)

    @contextmanager
    def held(self) -> Iterator[bool]:
        """Hold the file for an import, over all processes of this machine; yield whether nobody else does."""
        with (self.folder / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True

    @property
    def busy(self) -> bool:
        """Whether an import of the file goes on."""
        with self.held() as free:
            return not free

    def forget(self) -> None:
        """Remove the file and all that came with it."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _place(self) -> dict[str, Any]:
        path = self.folder / _PLACE
        found: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.is_file() else {}
        return found

    def _report(self, profile: str) -> Path:
        return self.folder / f"{profile}.json"


class Uploads:
    """The files that were handed in, under one private folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, file: "UploadedFile[bytes]") -> Upload:
        """Keep a file. The same bytes under the same name are kept once; what nobody wants any more is removed."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._forget_old()
        unfinished = Path(tempfile.mkdtemp(dir=self._folder))
        name = _safe(file.name or "")
        (unfinished / "table").mkdir()
        fingerprint = _written(file.chunks(), unfinished / "table" / name)
        target = self._folder / fingerprint
        if target.exists():
            shutil.rmtree(unfinished)
        else:
            unfinished.rename(target)
        return self.find(fingerprint)

    def find(self, fingerprint: str) -> Upload:
        """Return the file with this fingerprint.

        Raises:
            FileNotFoundError: there is none, or no longer.
        """
        if not _FINGERPRINT.fullmatch(fingerprint):
            raise FileNotFoundError(fingerprint)
        table = next((self._folder / fingerprint / "table").glob("*"), None)
        if table is None:
            raise FileNotFoundError(fingerprint)
        return Upload(fingerprint, table)

    def _forget_old(self) -> None:
        for path in self._folder.iterdir():
            if time.time() - path.stat().st_mtime > _KEPT_SECONDS:
                shutil.rmtree(path, ignore_errors=True)


def _safe(name: str) -> str:
    """Return a file name that means nothing to the file system: no folders, no leading dot, not too long."""
    plain = re.sub(r"[^\w .()\-]", "_", name).lstrip(". ")
    return plain[-100:] or "table"


def _written(chunks: Iterable[bytes], path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("wb") as file:
        for chunk in chunks:
            digest.update(chunk)
            file.write(chunk)
    return digest.hexdigest()
