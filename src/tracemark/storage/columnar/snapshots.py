"""A folder that holds the record as Parquet: which files it has, and the log head that each snapshot is bound to."""

import json
import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tracemark.kernel import Trouble
from tracemark.recordkeeping import columnar_version, record_tables
from tracemark.storage.disk import bring_folder_to_disk, digest_of

MANIFEST = "manifest.json"


class SnapshotDamaged(Trouble):
    """The folder holds no snapshot, one of another version, or files that are not what its manifest says."""


@dataclass(frozen=True, slots=True)
class SnapshotFile:
    """A Parquet file: of which table, whether of events put right, its rows, bytes and SHA-256."""

    table: str
    rows: int
    bytes: int
    sha256: str
    amended: bool = False


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What one export added: the record's size and signed head at that moment, and the files by their names.

    `agencies` names the file that says which agencies the register listed.
    """

    size: int
    head: str
    root: str
    taken_at: str
    files: Mapping[str, SnapshotFile]
    agencies: str


@dataclass(frozen=True, slots=True)
class SnapshotFolder:
    """All snapshots of one record, each adding to those before."""

    folder: Path
    state: str = ""
    snapshots: tuple[Snapshot, ...] = field(default=())

    @classmethod
    def open(cls, folder: Path) -> "SnapshotFolder":
        """Read the manifest of a folder; one without is empty.

        Raises:
            SnapshotDamaged: the manifest cannot be read, or is of another version.
        """
        try:
            told = json.loads((folder / MANIFEST).read_text("utf-8"))
        except FileNotFoundError:
            return cls(folder)
        except ValueError as error:
            raise SnapshotDamaged("trouble.manifest_damaged", file=MANIFEST) from error
        if not isinstance(told, dict) or told.get("version") != columnar_version():
            raise SnapshotDamaged("trouble.manifest_version", file=MANIFEST, version=columnar_version())
        try:
            return cls(folder, told["state"], tuple(map(_snapshot, told["snapshots"])))
        except (KeyError, TypeError) as error:
            raise SnapshotDamaged("trouble.manifest_damaged", file=MANIFEST) from error

    @property
    def size(self) -> int:
        """How many events it holds."""
        return self.snapshots[-1].size if self.snapshots else 0

    @property
    def newest(self) -> Snapshot | None:
        """The last snapshot."""
        return self.snapshots[-1] if self.snapshots else None

    def ends_at(self, size: int) -> bool:
        """Whether a snapshot was taken when the record had so many events."""
        return any(each.size == size for each in self.snapshots)

    def until(self, size: int) -> "SnapshotFolder":
        """Return the folder as it was when the record had so many events, which it `ends_at`."""
        kept = tuple(each for each in self.snapshots if each.size <= size)
        return SnapshotFolder(self.folder, self.state, kept)

    def files(self) -> Iterator[tuple[str, SnapshotFile]]:
        """Yield every file that counts: of the lists of agencies only the newest."""
        for each in self.snapshots:
            for name, file in each.files.items():
                if file.table != "agencies" or each is self.snapshots[-1]:
                    yield name, file

    def paths(self, table: str, *, amended: bool = False) -> list[Path]:
        """Return the files of one table, in the order of the record."""
        return [self.folder / name for name, file in self.files() if (file.table, file.amended) == (table, amended)]

    def rows(self, table: str) -> int:
        """How many rows a table has, those of events put right left out."""
        return sum(file.rows for _, file in self.files() if file.table == table and not file.amended)

    def require_whole(self) -> None:
        """Hold every file against its checksum.

        Raises:
            SnapshotDamaged: there is no snapshot, or a file is gone or another by now; the message names it.
        """
        if not self.snapshots:
            raise SnapshotDamaged("trouble.manifest_missing", file=MANIFEST)
        # Digesting lets other threads run, so every processor helps.
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            listed = list(self.files())
            found = pool.map(lambda each: _digest(self.folder / each[0]), listed)
            for (name, file), known in zip(listed, found, strict=True):
                if known != file.sha256:
                    raise SnapshotDamaged("trouble.columns_changed", file=name)

    def with_snapshot(self, state: str, snapshot: Snapshot) -> "SnapshotFolder":
        """Add a snapshot and put the manifest in place: from then on its files count."""
        added = SnapshotFolder(self.folder, state, (*self.snapshots, snapshot))
        told = {
            "version": columnar_version(),
            "state": state,
            "tables": sorted(record_tables()),
            "snapshots": [asdict(each) for each in added.snapshots],
        }
        aside = self.folder / f".{MANIFEST}"
        with aside.open("w", encoding="utf-8") as file:
            json.dump(told, file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(self.folder / MANIFEST)
        bring_folder_to_disk(self.folder)
        return added


def _digest(path: Path) -> str:
    """Return the SHA-256 of a file; "" where there is none."""
    return digest_of(path) if path.is_file() else ""


def _snapshot(told: Mapping[str, object]) -> Snapshot:
    files = {name: SnapshotFile(**file) for name, file in told["files"].items()}  # type: ignore[attr-defined]
    return Snapshot(**{**told, "files": files})  # type: ignore[arg-type]
