import hashlib
import multiprocessing
import os
import secrets
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from mmap import ACCESS_READ, mmap
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tracemark.exchange.oblivious import TAG_BYTES, TagKey

ROUNDED_TO = 4096
"""A set is filled up with random tags to a multiple of this, so that its size tells less of the register's growth."""

_MANY = 50_000
"""From so many keys on it is worth starting a second process."""

Tags = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class TagSet:
    """The sorted tags of a register under one key, as a file: TAG_BYTES each, side by side, in big-endian order."""

    path: Path

    def __len__(self) -> int:
        """How many tags, filling included."""
        return self.path.stat().st_size // TAG_BYTES

    def digest(self) -> str:
        """Return the SHA-256 of the file, hexadecimal."""
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def holding(self, tags: Sequence[bytes]) -> list[bool]:
        """Say of each tag whether it is in the set."""
        if not len(self):
            return [False] * len(tags)
        with self.path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as held:
            listed = _Listed(held)
            places = [(bisect_left(listed, each), each) for each in tags]
            return [place < len(listed) and listed[place] == each for place, each in places]


class _Listed(Sequence[bytes]):
    """Tags of a mapped file, one by one."""

    def __init__(self, held: mmap) -> None:
        self._held = held

    def __len__(self) -> int:
        return len(self._held) // TAG_BYTES

    def __getitem__(self, place: int) -> bytes:  # type: ignore[override]
        return self._held[place * TAG_BYTES : (place + 1) * TAG_BYTES]


def tags_of(seed: bytes, epoch: str, inputs: Sequence[bytes], *, processes: int = 1) -> Tags:
    """Return the tags of inputs as numbers, in any order; by several processes where there is much to do."""
    if processes == 1 or len(inputs) < _MANY:
        return _evaluated((seed, epoch, inputs))
    parts = [(seed, epoch, inputs[at::processes]) for at in range(processes)]
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        return np.concatenate(pool.map(_evaluated, parts))


def write_tags(path: Path, *parts: Tags) -> TagSet:
    """Write tags, each once, sorted and filled up, whole or not at all; return the set."""
    known = _sorted_once(*parts)
    lacking = -len(known) % ROUNDED_TO if len(known) else ROUNDED_TO
    filled = _sorted_once(known, numbers(secrets.token_bytes(lacking * TAG_BYTES)))
    draft = path.with_name(f".{path.name}.draft")
    path.parent.mkdir(parents=True, exist_ok=True)
    with draft.open("wb") as file:
        file.write(filled.astype(">u8").view(np.uint8).reshape(-1, 8)[:, 8 - TAG_BYTES :].tobytes())
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    return TagSet(path)


def read_tags(path: Path) -> Tags:
    """Return the tags of a file as numbers."""
    return numbers(path.read_bytes())


def numbers(tags: bytes) -> Tags:
    """Return tags that stand side by side as numbers."""
    read = np.frombuffer(tags, np.uint8).reshape(-1, TAG_BYTES)
    wide = np.zeros((len(read), 8), np.uint8)
    wide[:, 8 - TAG_BYTES :] = read
    return wide.view(">u8").reshape(-1).astype(np.uint64)


def well_formed(content: bytes) -> bool:
    """Whether the content of a file is a set of tags: sorted, each once."""
    if not content or len(content) % TAG_BYTES:
        return False
    read = numbers(content)
    return bool((read[1:] > read[:-1]).all())


def _sorted_once(*parts: Tags) -> Tags:
    joined = np.sort(np.concatenate([np.empty(0, np.uint64), *parts]))
    new = np.ones(len(joined), bool)
    new[1:] = joined[1:] != joined[:-1]
    return joined[new]


def _evaluated(part: tuple[bytes, str, Iterable[bytes]]) -> Tags:
    seed, epoch, inputs = part
    key = TagKey(seed, epoch)
    return numbers(b"".join(map(key.tag, inputs)))
