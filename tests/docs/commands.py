"""Commands of ours as the manual writes them: whole in its blocks, often only begun within a sentence."""

import re
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import typer
from typer._click.exceptions import ClickException, UsageError

from tracemark.cli.app import app

_FENCED = re.compile(r"^```(?P<language>\w*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_INDENTED = re.compile(r"^(?: {4}\S.*\n)+", re.MULTILINE)
_IN_A_SENTENCE = re.compile(r"`((?:\.venv/bin/)?tracemark [^`]+)`")
_SHELLS = ("console", "sh", "bash", "")
_ENDS = frozenset({">", ">>", "|", "&&", ";", "&"})
_SETTING = re.compile(r"[A-Z_]+=\S*")
_GONE = "does not exist"
"""Files of examples lie where the reader has them, so that only their absence is no fault of a page."""


@dataclass(frozen=True, slots=True)
class Command:
    """What is typed after `tracemark`, as words. `whole`: nothing is left to the reader to add."""

    words: tuple[str, ...]
    whole: bool

    def __str__(self) -> str:
        return shlex.join(("tracemark", *self.words))


def commands(page: Path) -> Iterator[Command]:
    """Yield every command of ours on a page."""
    text = page.read_text("utf-8")
    rest = _FENCED.sub("", text)
    blocks = [found["body"] for found in _FENCED.finditer(text) if found["language"] in _SHELLS]
    for block in (*blocks, *_INDENTED.findall(rest)):
        for line in block.replace("\\\n", " ").splitlines():
            yield from _typed(line.strip().removeprefix("$ "), whole=True)
    for found in _IN_A_SENTENCE.findall(_INDENTED.sub("", rest)):
        yield from _typed(" ".join(found.split()), whole=False)


def fault_of(command: Command) -> str:
    """Say why a command cannot begin, "" where it can: no such command, option or choice, or something is missing."""
    found, words = _every(), list(command.words)
    while hasattr(found, "commands"):
        if not words:
            return "a group and no command" if command.whole else ""
        found = found.commands.get(words[0])
        if found is None:
            return f"no such command: {words[0]}"
        words = words[1:]
    try:
        if command.whole:
            found.make_context(found.name, words)
        else:
            _begun(found, words)
    except ClickException as error:
        return "" if _GONE in error.message else error.format_message()
    return ""


@cache
def _every() -> Any:  # noqa: ANN401 - the library's own kinds
    return typer.main.get_command(app)


def _begun(found: Any, words: Sequence[str]) -> None:  # noqa: ANN401 - the library's own kinds
    """Hold the options that a sentence names against those there are."""
    context = found.make_context(found.name, [], resilient_parsing=True)
    known = {name for each in found.get_params(context) for name in (*each.opts, *each.secondary_opts)}
    if strange := [each for each in words if each.startswith("--") and each.partition("=")[0] not in known]:
        raise UsageError(f"no such option: {', '.join(strange)}", context)


def _typed(line: str, *, whole: bool) -> Iterator[Command]:
    try:
        words = shlex.split(line, comments=True)
    except ValueError:
        return
    while words and _SETTING.fullmatch(words[0]):
        words = words[1:]
    if not words or words[0].removeprefix(".venv/bin/") != "tracemark":
        return
    end = next((place for place, word in enumerate(words) if word in _ENDS), len(words))
    yield Command(tuple(words[1:end]), whole)
