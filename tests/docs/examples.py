"""Examples of the manual that are run: fenced blocks after a line `<!-- run -->`, or `<!-- run: 1 -->` to end so."""

import io
import re
import shlex
import subprocess
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from typer.testing import CliRunner

from tracemark.cli.app import app

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


@dataclass(frozen=True, slots=True)
class Ended:
    """How an example ended: its status, and what it printed; of what failed also on standard error."""

    status: int
    output: str


def run(example: Example) -> Ended:
    """Run an example where one stands: our own commands and programs in this process, which is faster, others apart."""
    if example.is_python:
        printed = io.StringIO()
        with redirect_stdout(printed):
            exec(compile(example.command, "example", "exec"), {"__name__": "__main__"})  # noqa: S102 - it is our own page
        return Ended(0, printed.getvalue())
    words = shlex.split(example.command)
    if words[0] == "tracemark":
        result = CliRunner().invoke(app, words[1:])
        return Ended(result.exit_code, result.stdout + (result.stderr if result.exit_code else ""))
    ended = subprocess.run(["bash", "-c", example.command], capture_output=True, text=True, check=False, timeout=300)
    return Ended(ended.returncode, ended.stdout + (ended.stderr if ended.returncode else ""))
