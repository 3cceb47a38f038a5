import json
import os
import platform
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

RESULTS = Path(__file__).parent / "results"

Row = Mapping[str, str | int | float | None]

_UNITS = {"K": 1_000, "M": 1_000_000}


def size(text: str) -> int:
    """Return the number that a size on the command line means: `250000`, `250K` or `10M`."""
    unit = _UNITS.get(text[-1:].upper())
    return int(float(text[:-1]) * unit) if unit else int(text)


def write(name: str, rows: Sequence[Row], *, keep_other_sizes: bool = False) -> Path:
    """Write what a benchmark measured to `benchmarks/results/<name>.json`, with commit and machine; return its path.

    Each row names `system`, `size` and `class`; the other keys are measures with their unit in the name, null where a
    system does not have it. Rows of other sizes can be kept from an earlier run; they then name their own commit.
    """
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{name}.json"
    kept = _not_measured(path, rows) if keep_other_sizes else []
    result = {"commit": _commit(), "machine": _machine(), "rows": [*rows, *kept]}
    path.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    return path


def _not_measured(path: Path, rows: Sequence[Row]) -> list[Row]:
    if not path.exists():
        return []
    measured = {(row["system"], row["size"]) for row in rows}
    earlier = json.loads(path.read_text("utf-8"))
    return [
        {"commit": earlier["commit"], **row} for row in earlier["rows"] if (row["system"], row["size"]) not in measured
    ]


def _commit() -> str:
    """Return the commit measured, with a plus sign where the work tree holds changes."""
    head = _git("rev-parse", "HEAD")
    return head + ("+" if _git("status", "--porcelain", "--untracked-files=no") else "")


def _git(*arguments: str) -> str:
    command = ["git", *arguments]
    return subprocess.run(command, cwd=RESULTS.parent, capture_output=True, text=True, check=False).stdout.strip()


def _machine() -> dict[str, str | int]:
    return {
        "processor": _processor(),
        "cores": os.cpu_count() or 0,
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
    }


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines() if Path("/proc/cpuinfo").exists() else []
    return next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.processor()
    )
