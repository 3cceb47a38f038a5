"""What was typed so that no command can begin, said in the reader's language and with the way to the help."""

import re

from typer._click.exceptions import BadParameter, ClickException, MissingParameter, NoArgsIsHelpError, NoSuchOption

from tracemark.cli.output import complain_of

_NO_COMMAND = re.compile("No such command '(.*?)'")
_NO_FILE = re.compile("'(.*)' does not exist")
_CHOICE = re.compile("is not one of (.*)")
_WHOLE = re.compile("valid integer")
"""What the library that reads a command says in English; what is none of these is quoted as it stands."""


def complain_of_usage(error: ClickException) -> int:
    """Say on standard error what was typed wrongly, and return the status to end with."""
    if isinstance(error, NoArgsIsHelpError):
        error.show()
        return error.exit_code
    code, facts = _meant(error)
    complain_of(code, **facts)
    context = getattr(error, "ctx", None)
    if context is not None:
        complain_of("cli.usage_help", command=context.command_path)
    return error.exit_code


def _meant(error: ClickException) -> tuple[str, dict[str, object]]:
    why = error.message.strip().rstrip(".")
    if isinstance(error, NoSuchOption):
        return "cli.usage_no_option", {
            "option": error.option_name,
            "near": ", ".join(sorted(error.possibilities or ())),
        }
    if isinstance(error, MissingParameter):
        return "cli.usage_missing", {"name": _name(error)}
    if isinstance(error, BadParameter):
        return _unfit(error, why)
    if found := _NO_COMMAND.match(why):
        return "cli.usage_no_command", {"command": found[1]}
    return "cli.usage_else", {"why": why}


def _unfit(error: BadParameter, why: str) -> tuple[str, dict[str, object]]:
    name = _name(error)
    if found := _NO_FILE.search(why):
        return "cli.usage_no_file", {"file": found[1], "name": name}
    if _WHOLE.search(why):
        return "cli.usage_whole_number", {"name": name}
    if found := _CHOICE.search(why):
        return "cli.usage_choice", {"name": name, "choices": found[1].replace("'", "")}
    return "cli.usage_unfit", {"name": name, "why": why}


def _name(error: BadParameter) -> str:
    return error.param.get_error_hint().replace("'", "") if error.param is not None else str(error.param_hint or "")
