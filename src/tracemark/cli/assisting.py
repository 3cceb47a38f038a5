from pathlib import Path
from typing import Annotated, Literal

import typer

from tracemark.cli import aiding
from tracemark.cli.options import Db, Json

Name = Annotated[str, typer.Argument(metavar="NAME", help="Its name, such as AR-2026-000017, AP-… or AG-….")]
StepWord = Literal[
    "sign", "publish", "restrict", "send", "acknowledge", "circulate", "follow_up", "close",
    "decide", "refuse", "pay", "activity", "result", "confirm", "contest", "end",
]  # fmt: skip


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    part = typer.Typer(
        help="Ask for assistance, offer it, match the two, follow grants to their results, see who does what where.",
        no_args_is_help=True,
    )
    part.callback()(_assist)
    part.command("ask")(ask)
    part.command("offer")(offer)
    part.command("revise")(revise)
    part.command("list")(list_all)
    part.command("show")(show)
    part.command("match")(match)
    part.command("propose")(propose)
    part.command("step")(step)
    aiding.add_to(part)
    app.add_typer(part, name="assist")


def _assist() -> None:
    """Ask for assistance, offer it, match the two, follow grants to their results, see who does what where."""


def ask(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The request as TOML, with a [[line]] for each cost.")],
    report: Annotated[str, typer.Option(metavar="REPORT", help="With --gap: the report it is born from.")] = "",
    gap: Annotated[str, typer.Option(metavar="QUESTION", help="A gap of that report, which fills in the rest.")] = "",
    target: Annotated[str, typer.Option(metavar="TARGET", help="A target that fills in the rest.")] = "",
    signal: Annotated[str, typer.Option(metavar="SIGNAL", help="A signal that fills in the rest.")] = "",
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Draft a request for assistance; a second person signs it off before anybody else sees it."""
    from tracemark.cli import helped

    helped.ask(file, report=report, gap=gap, target=target, signal=signal, db=db, as_json=as_json)


def offer(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The programme as TOML, with a [[call]] for each call.")],
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Put on record what a donor or a fund offers, with its calls."""
    from tracemark.cli import helped

    helped.offer(file, db=db, as_json=as_json)


def revise(
    name: Name,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What it is from now on, all of it, as TOML.")],
    reason: Annotated[str, typer.Option(help="Why, for those who read it later.")],
    db: Db = None,
) -> None:
    """Change a draft of a request, or what a programme offers; what it said before stays in the record."""
    from tracemark.cli import helped

    helped.revise(name, file, reason=reason, db=db)


def list_all(
    what: Annotated[Literal["requests", "programmes", "grants"], typer.Argument(help="What to list.")] = "requests",
    alarms: Annotated[
        bool, typer.Option("--alarms", help="Only those with something overdue; status 1 if there are any.")
    ] = False,
    db: Db = None,
    as_json: Json = False,
) -> None:
    """List requests, programmes or grants, those with something overdue first."""
    from tracemark.cli import helped

    helped.list_all(what, alarms=alarms, db=db, as_json=as_json)


def show(name: Name, db: Db = None, as_json: Json = False) -> None:
    """Show a request, a programme or a grant with all that was done, from the target to the result."""
    from tracemark.cli import helped

    helped.show(name, db=db, as_json=as_json)


def match(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FILE]", help="A round as TOML: policy, needs, programmes. Without it, what is on record."
        ),
    ] = None,
    explain: Annotated[
        str, typer.Option("--explain", metavar="REQUEST", help="Say what it would have taken to serve a request.")
    ] = "",
    currency: Annotated[str, typer.Option(metavar="CODE", help="Without a file: in which currency.")] = "",
    seconds: Annotated[float, typer.Option(help="How long to look for a better proposal.", min=0.1)] = 60.0,
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Propose which programme gives how much to which request; people decide."""
    # The solver is loaded for those who match.
    from tracemark.cli import matched

    matched.propose(file, explain=explain, currency=currency, seconds=seconds, db=db, as_json=as_json)


def propose(
    request: Annotated[str, typer.Argument(metavar="REQUEST", help="The request, such as AR-2026-000017.")],
    programme: Annotated[str, typer.Argument(metavar="PROGRAMME", help="The programme, such as AP-2026-000017.")],
    amount: Annotated[int, typer.Argument(metavar="AMOUNT", help="In whole units of the programme's currency.", min=1)],
    starts: Annotated[str, typer.Option(metavar="DAY", help="The first day.")],
    ends: Annotated[str, typer.Option(metavar="DAY", help="The last day, by which the result is due.")],
    expects: Annotated[str, typer.Option(help="The result that is expected.")],
    reasons: Annotated[str, typer.Option(help="Why this programme for this request.")] = "",
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Propose that a programme gives money to a request; a second person decides."""
    from tracemark.cli import helped

    helped.propose((request, programme, amount), (starts, ends), expects, reasons, db=db, as_json=as_json)


def step(
    name: Name,
    step: Annotated[StepWord, typer.Argument(help="What is done; which step may follow depends on where it stands.")],
    note: Annotated[str, typer.Option(help="A note.")] = "",
    reason: Annotated[str, typer.Option(help="Why: close, refuse, contest, end.")] = "",
    outcome: Annotated[
        Literal["met", "partly", "unmet"] | None, typer.Option(help="What became of the need: follow_up, close.")
    ] = None,
    amount: Annotated[int | None, typer.Option(help="What was paid, or spent by an activity.", min=0)] = None,
    on: Annotated[str, typer.Option(metavar="DAY", help="The day of a payment or an activity; by default today.")] = "",
    activity: Annotated[str, typer.Option(help="What was done with the money.")] = "",
    result: Annotated[str, typer.Option(help="What came of a grant.")] = "",
    to: Annotated[str, typer.Option(metavar="NODE", help="To which node a request is sent.")] = "",
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Take a step of a request, a programme or a grant; to sign, decide and confirm takes a second person."""
    from tracemark.cli import helped

    words = {"note": note, "reason": reason, "outcome": outcome or "", "activity": activity, "result": result, "to": to}
    helped.step(name, step, words, amount=amount, on=on, db=db, as_json=as_json)
