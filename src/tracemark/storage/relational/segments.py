import fcntl
import itertools
import json
import math
import mmap
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
from numpy.typing import DTypeLike, NDArray

from tracemark.storage.disk import bring_folder_to_disk, digest_of
from tracemark.tracing import Segment, merge_segments

_MANIFEST = "manifest.json"
_CURRENT = "current"
_VERSION = 6


class SegmentDamaged(Exception):
    """The files of a segment are missing, of another version, or not what the manifest says."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a segment covers: the marks of the first `events` events of the record whose root then was `root` (hex).

    `redrawn` is the number of rows of that table which were taken into account. `codes` are the catalogue codes by
    column, each at the place of its number; `files` the SHA-256 of each file.
    """

    events: int
    root: str
    redrawn: int
    codes: Mapping[str, Sequence[str]]
    files: Mapping[str, str]
    version: int = _VERSION


class SegmentFolder:
    """A segment as files that are mapped into memory: written aside, brought to the disk, and put in place at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def in_place(self) -> str:
        """Return the name of the segment that is in place, "" where there is none."""
        try:
            return (self.folder / _CURRENT).readlink().name
        except OSError:
            return ""

    def load(self) -> tuple[Segment, Manifest, str]:
        """Read the segment that is in place, every byte checked against the manifest, and return its name too.

        Raises:
            SegmentDamaged: there is none, or it is not what was written.
        """
        name = self.in_place()
        try:
            return *self._load(self.folder / name), name
        except (OSError, ValueError, TypeError, KeyError) as error:
            # Another process may have put one in its place, and swept this one away.
            if name and self.in_place() != name:
                return self.load()
            raise SegmentDamaged(str(error)) from error

    def _load(self, place: Path) -> tuple[Segment, Manifest]:
        manifest = Manifest(**json.loads((place / _MANIFEST).read_text("utf-8")))
        if manifest.version != _VERSION:
            raise ValueError(f"version {manifest.version}")
        found = _digests(place, manifest.files)
        damaged = [name for name, digest in manifest.files.items() if found[name] != digest]
        if damaged:
            raise ValueError(", ".join(damaged))
        return _to_search(place, manifest.files), manifest

    def save(self, parts: Sequence[Segment], manifest: Manifest) -> tuple[Segment, str]:
        """Merge segments into files, put these in place of those before, and return them mapped, with their name.

        Readers see one or the other. What was left half written is swept away by whoever writes next.

        Raises:
            OSError: there is no room, or nothing can be written.
        """
        name = f"segment-{uuid4().hex}"
        place = self.folder / name
        space = FileSpace(place)
        merge_segments(parts, space)
        files = space.brought_to_disk()
        with (place / _MANIFEST).open("w", encoding="utf-8") as file:
            json.dump({**asdict(manifest), "files": files}, file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        bring_folder_to_disk(place)
        link = self.folder / f".{name}"
        link.symlink_to(name)
        link.rename(self.folder / _CURRENT)
        bring_folder_to_disk(self.folder)
        self._sweep(name)
        return _to_search(place, files), name

    @contextmanager
    def aside(self) -> Iterator[Callable[[Segment], Segment]]:
        """Give a way to lay segments down in files, from which they are read as they are needed, until all is done."""
        place = self.folder / f"segment-{uuid4().hex}"
        counting = itertools.count()

        def lay_down(segment: Segment) -> Segment:
            space = FileSpace(place / str(next(counting)))
            arrays = segment.arrays()
            for name, array in arrays.items():
                space.empty(name, array.shape, array.dtype)[...] = array
            return _mapped(space.folder, [f"{name}.npy" for name in arrays])

        try:
            yield lay_down
        finally:
            shutil.rmtree(place, ignore_errors=True)

    @contextmanager
    def building(self) -> Iterator[bool]:
        """Say whether this process is the one that builds now; another that already does is left to it.

        Where the folder cannot be written nobody is in the way either; that nothing can be saved, `save` will tell.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError:
            yield True
            return
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True
        finally:
            os.close(descriptor)

    def _sweep(self, kept: str) -> None:
        """Remove older segments. Who has one mapped keeps reading it: its bytes go when the last reader goes."""
        for each in self.folder.glob("segment-*"):
            if each.name != kept:
                shutil.rmtree(each, ignore_errors=True)


class FileSpace:
    """Space in files of one folder, each array mapped as it is filled: the kernel writes to them when it has to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._files: list[str] = []
        folder.mkdir(parents=True)

    def empty(self, name: str, shape: tuple[int, ...], dtype: DTypeLike) -> NDArray[Any]:
        """Return an array to be filled.

        Raises:
            OSError: the disk has no room for it. Found out later, that would end the process.
        """
        path = self.folder / f"{name}.npy"
        self._files.append(path.name)
        if 0 in shape:
            np.save(path, np.empty(shape, dtype))
            return np.empty(shape, dtype)
        with path.open("wb") as file:
            np.lib.format.write_array_header_1_0(
                file, {"descr": np.lib.format.dtype_to_descr(np.dtype(dtype)), "fortran_order": False, "shape": shape}
            )
            file.flush()
            os.posix_fallocate(file.fileno(), file.tell(), math.prod(shape) * np.dtype(dtype).itemsize)
        mapped: NDArray[Any] = np.load(path, mmap_mode="r+")
        return mapped

    def brought_to_disk(self) -> dict[str, str]:
        """Bring all files to the disk, and return the SHA-256 of each."""
        for name in self._files:
            with (self.folder / name).open("rb") as file:
                os.fsync(file.fileno())
        return _digests(self.folder, self._files)


def _mapped(place: Path, files: Iterable[str]) -> Segment:
    """Map the arrays of a segment."""
    return Segment.from_arrays(_arrays(place, files))


def _to_search(place: Path, files: Iterable[str]) -> Segment:
    """Map the arrays of a segment and read of them what is asked for only, not what stands around it.

    A search looks at few places far apart. Where memory is short, what is read beside them drives out what is needed.
    """
    arrays = _arrays(place, files)
    bases: list[object] = [array.base for array in arrays.values()]
    for base in bases:
        if isinstance(base, mmap.mmap):
            base.madvise(mmap.MADV_RANDOM)
    return Segment.from_arrays(arrays)


def _arrays(place: Path, files: Iterable[str]) -> dict[str, NDArray[Any]]:
    """Map arrays by name; one without elements cannot be mapped and is read."""
    paths = [place / name for name in files]
    return {path.stem: np.load(path) if _is_empty(path) else np.load(path, mmap_mode="r") for path in paths}


def _is_empty(path: Path) -> bool:
    with path.open("rb") as file:
        version = np.lib.format.read_magic(file)
        read = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
        shape, _, _ = read(file)
    return 0 in shape


def _digests(place: Path, files: Iterable[str]) -> dict[str, str]:
    # Digesting lets other threads run, so every processor helps.
    names = list(files)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(zip(names, pool.map(digest_of, (place / name for name in names)), strict=True))
