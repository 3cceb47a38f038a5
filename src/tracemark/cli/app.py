import sys

import typer

from tracemark.cli import accounts, demonstration, intake, marking, record, serving, tokens, tracing
from tracemark.cli.output import complain
from tracemark.kernel import Refused

app = typer.Typer(
    name="tracemark",
    help="Mark, record, verify and trace small arms and light weapons, as the PoA and the ITI ask.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for part in (demonstration, intake, tracing, record, marking, accounts, tokens, serving):
    part.add_to(app)


def main() -> None:
    """Run the command line; a refusal is said in the reader's language and ends with status 1."""
    try:
        app()
    except Refused as refused:
        complain(refused.findings)
        sys.exit(1)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
