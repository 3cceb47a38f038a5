import inspect
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer.main

from docs.generators.markdown import code, table
from tracemark.cli.app import app

# Typer carries its own copy of Click, which is no public name: commands are taken as they come.
Command = Any

_TOLD = tomllib.loads(Path(__file__).with_name("commands.toml").read_text("utf-8"))

SHAPES: dict[str, str] = {name: told["json"] for name, told in _TOLD["commands"].items() if "json" in told}
"""What commands print with `--json`, by command."""

_BEGINNING = """# The command line

`tracemark COMMAND --help` says the same. After `make demo` or `make test` the program is `.venv/bin/tracemark`.
"""


def commands_page() -> str:
    """Describe every command with its options, exit status, and the shape of what it prints as JSON."""
    parts = [_BEGINNING, "## Exit status\n", table(["status", "meaning"], _TOLD["status"].items())]
    parts += ["", _TOLD["roles"].strip()]
    for name, command in commands():
        parts += ["", *_command(name, command)]
    return "\n".join(parts)


def commands() -> Iterator[tuple[str, Command]]:
    """Yield every command that does something, with its full name."""
    yield from _below("tracemark", typer.main.get_command(app))


def _below(name: str, command: Command) -> Iterator[tuple[str, Command]]:
    if hasattr(command, "commands"):
        for each, inner in command.commands.items():
            yield from _below(f"{name} {each}", inner)
    else:
        yield name, command


def _command(name: str, command: Command) -> Iterator[str]:
    taken = [each for each in command.params if each.param_type_name == "argument"]
    options = [each for each in command.params if each.param_type_name == "option"]
    words = [name, *(f"<{(each.metavar or each.name).lower()}>" for each in taken), "[options]"]
    yield f"## {name}\n"
    yield f"{command.help}\n"
    yield f"    {' '.join(words)}\n"
    yield table(["argument or option", "meaning", "default"], [_row(each) for each in (*taken, *options)])
    if roles := re.findall(r"Role\.(\w+)", inspect.getsource(command.callback)):
        yield f"\nActs in the role {code(roles[0].lower())}."
    if told := _TOLD["commands"].get(name.removeprefix("tracemark ")):
        yield f"\n{told['status']}" if "status" in told else ""
        yield f"\n`--json` prints one line:\n\n```\n{told['json'].strip()}\n```" if "json" in told else ""


def _row(each: Command) -> tuple[str, str, str]:
    if each.param_type_name == "argument":
        return code(f"<{(each.metavar or each.name).lower()}>"), each.help or "", "required"
    names = ", ".join(code(name) for name in (*each.opts, *each.secondary_opts))
    named = f" Also {code(each.envvar)} in the environment." if each.envvar else ""
    return names, (each.help or "") + named, _default(each)


def _default(each: Command) -> str:
    if each.required:
        return "required"
    if each.is_bool_flag:
        return "yes" if each.default else "no"
    return code(str(each.default)) if each.default not in {None, ""} else ""
