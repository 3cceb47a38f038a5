import io
import os
import sys
from typing import TextIO

import typer
from typer._click.exceptions import ClickException

from tracemark.cli import (
    accounts,
    asking,
    assisting,
    campaigning,
    consulting,
    contributions,
    demonstration,
    detection,
    fellowships,
    figuring,
    indicators,
    intake,
    learning,
    letters,
    linking,
    lost,
    marking,
    peers,
    plans,
    practices,
    proving,
    publishing,
    questions,
    record,
    regional,
    replying,
    reports,
    review,
    screening,
    serving,
    stating,
    stockpiles,
    targets,
    tipping,
    tokens,
    tracing,
    transfers,
    triage,
    witnessing,
)
from tracemark.cli.output import complain, complain_of, say
from tracemark.cli.usage import complain_of_usage
from tracemark.kernel import Refused, Trouble, reason_of

app = typer.Typer(
    name="tracemark",
    help="Mark, record, verify and trace small arms and light weapons, as the PoA and the ITI ask.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for part in (
    *(
        demonstration,
        intake,
        tracing,
        linking,
        learning,
        record,
        witnessing,
        proving,
        questions,
        detection,
        figuring,
        publishing,
        indicators,
        reports,
        stating,
        asking,
        replying,
        lost,
        triage,
        transfers,
        screening,
        stockpiles,
        marking,
    ),
    *(
        targets,
        plans,
        practices,
        review,
        contributions,
        consulting,
        tipping,
        assisting,
        campaigning,
        fellowships,
        regional,
        peers,
        letters,
        accounts,
        tokens,
        serving,
    ),
):
    part.add_to(app)


def main() -> None:
    """Run the command line; what is refused or fails is said in the reader's language and ends with status 1."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        status = _run()
    except Refused as refused:
        complain(refused.findings)
    except BrokenPipeError:
        sys.stderr.close()
    except Trouble as trouble:
        complain_of(trouble.code, **trouble.facts)
    except OSError as error:
        _forget(sys.stdout)
        complain_of("cli.file_failed", file=error.filename or "", why=reason_of(error))
    except Exception as error:
        # Whoever had trouble with a database has loaded it.
        from tracemark.node import trouble_of

        answer = trouble_of(error)
        if answer is None:
            raise
        complain_of("cli.database_failed", why=say(answer.code, **answer.facts))
    else:
        sys.exit(status)
    sys.exit(1)


def _run() -> int:
    """Run what was typed, and return the status to end with."""
    try:
        status = app(standalone_mode=False)
    except ClickException as error:
        return complain_of_usage(error)
    except typer.Abort:
        return 1
    finally:
        sys.stdout.flush()
    return status if isinstance(status, int) else 0


def _forget(stream: TextIO) -> None:
    """Let what could not be written to a stream go, so that it is not tried again when the program ends."""
    try:
        stream.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
