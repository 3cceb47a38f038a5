"""Where the project lies, and which files are its own."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "tracemark"
ROOMS = (
    "kernel",
    "instruments",
    "authorities",
    "weapons",
    "marking",
    "recordkeeping",
    "correspondence",
    "tracing",
    "transfers",
    "stockpiles",
    "intake",
    "diversion",
    "reporting",
    "targets",
    "secretariat",
    "assistance",
    "fellowship",
    "participation",
    "practices",
    "review",
)
_SET_UP = {".git", ".uv", ".venv", "var", "build", "dist", "__pycache__", ".hypothesis"}
_SET_UP |= {".import_linter_cache", ".mypy_cache", ".pytest_cache", ".ruff_cache"}


def own_files() -> list[Path]:
    """Return every file that git keeps or would keep; where there is no git, all but what set-up makes."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode == 0:
        named = (ROOT / name for name in listed.stdout.split("\0") if name)
    else:
        named = (path for path in ROOT.rglob("*") if not _SET_UP & set(path.relative_to(ROOT).parts))
    return sorted(path for path in named if path.is_file())


def own_texts() -> Iterator[tuple[str, str]]:
    """Yield the name, from the root, and the text of every own file that is text; other people's libraries excepted."""
    for path in own_files():
        name = path.relative_to(ROOT).as_posix()
        if "/static/vendor/" in name:
            continue
        try:
            yield name, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def modules() -> list[Path]:
    """Return the package's Python files, those that Django writes excepted."""
    return sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)
