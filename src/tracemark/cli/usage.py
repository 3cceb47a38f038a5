"""What was typed so that no command can begin, said in the reader's language and with the way to the help."""

import re
from difflib import get_close_matches

from typer._click.exceptions import (
    BadOptionUsage,
    BadParameter,
    ClickException,
    MissingParameter,
    NoArgsIsHelpError,
    NoSuchOption,
)

from tracemark.cli.output import complain_of

_Meaning = tuple[str, dict[str, object]]

_OF_A_COMMAND = {
    "cli.usage_no_command": re.compile("No such command '(?P<command>.*?)'"),
    "cli.usage_command_missing": re.compile("Missing command"),
    "cli.usage_too_much": re.compile(r"unexpected extra argument\(s\) \((?P<extra>.*)\)"),
}
_OF_A_VALUE = {
    "cli.usage_no_file": re.compile("'(?P<file>.*)' does not exist"),
    "cli.usage_a_folder": re.compile("'(?P<file>.*)' is a directory"),
    "cli.usage_a_file": re.compile("'(?P<file>.*)' is a file"),
    "cli.usage_unreadable": re.compile("'(?P<file>.*)' is not readable"),
    "cli.usage_whole_number": re.compile("valid integer"),
    "cli.usage_number": re.compile("valid number|valid float"),
    "cli.usage_at_least": re.compile(r"greater than or equal to (?P<least>[-\d.]+)"),
    "cli.usage_at_most": re.compile(r"less than or equal to (?P<most>[-\d.]+)"),
    "cli.usage_choice": re.compile("is not one of (?:'', )?(?P<choices>.*)"),
}
"""What the library that reads a command says in English; what is none of these is quoted as it stands."""


def complain_of_usage(error: ClickException) -> int:
    """Say on standard error what was typed wrongly, and return the status to end with."""
    if isinstance(error, NoArgsIsHelpError):
        error.show()
        return error.exit_code
    code, facts = _meant(error)
    complain_of(code, **facts)
    context = getattr(error, "ctx", None)
    # An option without its value is told of before the command is known.
    complain_of("cli.usage_help", command=context.command_path if context is not None else "tracemark")
    return error.exit_code


def _meant(error: ClickException) -> _Meaning:
    why = error.message.strip().rstrip(".")
    if isinstance(error, NoSuchOption):
        return "cli.usage_no_option", {
            "option": error.option_name,
            "near": ", ".join(sorted(error.possibilities or ())),
        }
    if isinstance(error, BadOptionUsage):
        code = "cli.usage_takes_none" if "does not take" in why else "cli.usage_no_value"
        return code, {"name": error.option_name}
    if isinstance(error, MissingParameter):
        return "cli.usage_missing", {"name": _name(error)}
    if isinstance(error, BadParameter):
        return _said(_OF_A_VALUE, why, "cli.usage_unfit", {"name": _name(error)})
    code, facts = _said(_OF_A_COMMAND, why, "cli.usage_else", {})
    if code == "cli.usage_no_command":
        facts["near"] = ", ".join(get_close_matches(str(facts["command"]), _commands(error), 3))
    return code, facts


def _said(known: dict[str, re.Pattern[str]], why: str, otherwise: str, facts: dict[str, object]) -> _Meaning:
    for code, words in known.items():
        if found := words.search(why):
            return code, facts | {name: told.replace("'", "") for name, told in found.groupdict().items()}
    return otherwise, facts | {"why": why}


def _commands(error: ClickException) -> list[str]:
    context = getattr(error, "ctx", None)
    return list(context.command.list_commands(context)) if context is not None else []


def _name(error: BadParameter) -> str:
    return error.param.get_error_hint().replace("'", "") if error.param is not None else str(error.param_hint or "")
