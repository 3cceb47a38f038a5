"""Examples of the manual that are run: fenced blocks after a line `<!-- run -->`, or `<!-- run: 1 -->` to end so."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_BLOCK = re.compile(
    r"^<!-- run(?:: (?P<status>\d))? -->\n```(?P<language>console|python)\n(?P<body>.*?)^```\n"
    r"(?:\n```\n(?P<printed>.*?)^```\n)?",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Example:
    """A command of the shell or a program of Python, the status it ends with, and what it prints.

    In `printed`, `…` stands for anything within a line, and a line of its own for any lines. None: anything.
    """

    command: str
    status: int
    printed: str | None
    is_python: bool = False

    def is_met_by(self, output: str) -> bool:
        """Tell whether this was printed; runs of spaces count as one."""
        if self.printed is None:
            return True
        lines = ("(?:.*\n)*?" if line == "…" else _pattern(line) + "\n" for line in self.printed.splitlines())
        told = "".join(" ".join(line.split()) + "\n" for line in output.splitlines())
        return bool(re.fullmatch("".join(lines), told))


def examples(page: Path) -> Iterator[Example]:
    """Yield the examples of a page, in order."""
    for found in _BLOCK.finditer(page.read_text("utf-8")):
        status = int(found["status"] or 0)
        if found["language"] == "python":
            yield Example(found["body"], status, found["printed"], is_python=True)
        else:
            yield from _commands(found["body"], status)


def _commands(body: str, status: int) -> Iterator[Example]:
    parts = re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]
    for place, part in enumerate(parts, 1):
        command, _, printed = part.partition("\n")
        yield Example(command, status if place == len(parts) else 0, printed)


def _pattern(line: str) -> str:
    return ".*".join(re.escape(part) for part in " ".join(line.split()).split("…"))


def run(example: Example, folder: Path) -> "subprocess.CompletedProcess[str]":
    """Run an example in a folder whose register is `demo.sqlite3`, with the programs of `bin` before all others."""
    command = [sys.executable, "-c", example.command] if example.is_python else ["bash", "-c", example.command]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TRACEMARK_", "DJANGO_"))}
    own = {
        "PATH": f"{folder / 'bin'}:{Path(sys.executable).parent}:{os.environ['PATH']}",
        "COLUMNS": "240",
        "TRACEMARK_DB": "sqlite:///demo.sqlite3",
        "TRACEMARK_LANGUAGE": "en",
        "TRACEMARK_STATE": "XT",
    }
    return subprocess.run(command, cwd=folder, env=kept | own, capture_output=True, text=True, check=False, timeout=300)
