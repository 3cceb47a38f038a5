import re
from pathlib import Path

import numpy as np
import pytest

from tests.tracing.matching.registers import bearers, segment_of
from tracemark.storage.relational.segments import Manifest, SegmentFolder

MAPPINGS = Path("/proc/self/smaps")
NUMBERS = [f"A{number:05d}" for number in range(2000)]


@pytest.mark.skipif(not MAPPINGS.exists(), reason="this system does not tell how files are mapped")
def test_of_files_that_are_searched_only_what_is_asked_for_is_read(tmp_path: Path) -> None:
    """Whoever saves a segment and whoever loads it searches it next; flag `rr` says so to the kernel."""
    folder = SegmentFolder(tmp_path)
    saved, name = folder.save([segment_of(bearers(NUMBERS))], Manifest(0, "", 0, {}, {}))
    loaded, _, _ = folder.load()
    assert np.array_equal(saved.high, loaded.high)
    assert [flags.split().count("rr") for flags in flags_of(tmp_path / name / "high.npy")] == [1, 1]


def flags_of(file: Path) -> list[str]:
    """Return the flags of each mapping of a file."""
    parts = re.split(r"(?m)^(?=[0-9a-f]+-[0-9a-f]+ )", MAPPINGS.read_text(encoding="utf-8"))
    return [found[1] for part in parts if str(file) in part and (found := re.search(r"VmFlags: (.*)", part))]
