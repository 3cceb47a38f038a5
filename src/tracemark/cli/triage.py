from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from tracemark.authorities import Role
from tracemark.cli import diversions, notified
from tracemark.cli.options import Db, Json, node_at, operator, text_of, writer
from tracemark.cli.output import console, fail, print_json, print_line, reader_language, say, say_state

if TYPE_CHECKING:
    from tracemark.diversion import RaisedSignal
    from tracemark.node import Node

Name = Annotated[str, typer.Argument(metavar="SIGNAL", help="The signal's name, such as SG-2026-000017.")]
Note = Annotated[str, typer.Option(help="Why, for those who read it later.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    part = typer.Typer(
        help="Judge signals of diversion: the queue, each signal, how often rules are right.", no_args_is_help=True
    )
    part.command("raise")(raise_signals)
    part.command("list")(list_signals)
    part.command("show")(show)
    part.command("merge")(merge)
    part.command("dismiss")(dismiss)
    part.command("escalate")(escalate)
    part.command("confirm")(diversions.confirm)
    part.command("establish")(diversions.establish)
    part.command("precision")(precision)
    app.add_typer(part, name="signals")
    notices = typer.Typer(
        help="Share a signal or a refusal with another State as a signed notice, and verify one.", no_args_is_help=True
    )
    notices.command("export")(export_notice)
    notices.command("verify")(verify_notice)
    notices.command("send")(notified.send)
    notices.command("list")(notified.list_notices)
    app.add_typer(notices, name="notice")


def raise_signals(
    rule: Annotated[
        list[str] | None, typer.Option("--rule", metavar="CODE", help="Apply this rule only; may be said again.")
    ] = None,
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Look for signals in the whole record and raise those that were not raised before, for officers to judge."""
    from tracemark.cli import raising

    raised = raising.raised_in(node_at(db), rule or [])
    if as_json:
        print_json({"raised": raised.names, "known": raised.known})
    else:
        print_line("cli.signals_raised", count=len(raised.names), known=raised.known)


def list_signals(
    standing: Annotated[
        Literal["waiting", "open", "escalated", "merged", "dismissed", "confirmed"],
        typer.Option(help="Which signals: by default those that wait."),
    ] = "waiting",
    strength: Annotated[
        Literal["", "weak", "medium", "strong"], typer.Option(help="Only those of this strength.")
    ] = "",
    rule: Annotated[str, typer.Option(metavar="CODE", help="Only those of this rule.")] = "",
    limit: Annotated[int, typer.Option(help="How many at the most.", min=1)] = 200,
    db: Db = None,
    as_json: Json = False,
) -> None:
    """List signals, the strongest first and of equally strong ones the oldest."""
    from tracemark.diversion import SignalFilter, Standing, signal_queue

    node = node_at(db)
    standings = {Standing.OPEN, Standing.ESCALATED} if standing == "waiting" else {Standing(standing)}
    wanted = SignalFilter(frozenset(standings), strength=strength, rule=rule)
    found = signal_queue(wanted=wanted, actor=operator(node, Role.AUDITOR), stores=node.stores, limit=limit)
    if as_json:
        print_json({"signals": [each.plain() | _about(each, node) for each in found]})
        return
    for each in found:
        _print(each, node)
    print_line("cli.signals", count=len(found))


def show(name: Name, db: Db = None, as_json: Json = False) -> None:
    """Show one signal: what was found, in which events, and what was done."""
    from tracemark import wording
    from tracemark.diversion import signal_record

    node = node_at(db)
    try:
        record = signal_record(name=name, actor=operator(node, Role.AUDITOR), stores=node.stores)
    except KeyError:
        fail("cli.no_such_signal", signal=name)
    raised = record.raised
    innocent = wording.innocent_text(raised.signal, to=reader_language())
    if as_json:
        told = {"innocent": innocent, "corroborated": record.corroborated}
        print_json(raised.plain() | _about(raised, node) | told)
        return
    _print(raised, node)
    console.print(innocent, soft_wrap=True)
    for each in record.evidence:
        kind = say(f"recordkeeping.kind_{each.event.kind.value}")
        console.print(f"  {each.position}  {each.event.happened}  {kind}", soft_wrap=True)
    for step in (raised.raised, *raised.steps):
        console.print(
            f"  {step.on}  {say(f'recordkeeping.kind_{step.kind.value}')}  {step.by}  {step.note}", soft_wrap=True
        )


def merge(
    name: Name,
    into: Annotated[str, typer.Option(metavar="SIGNAL", help="The signal that it is merged into.")],
    note: Note = "",
    db: Db = None,
) -> None:
    """Merge a signal into another that is about the same."""
    from tracemark import diversion

    node = node_at(db)
    actor = writer(node, Role.TRACING_ANALYST)
    diversion.merge_signal(signal=name, into=into, note=note, actor=actor, stores=node.stores, clock=node.clock)
    print_line("cli.signal_merged", signal=name, into=into)


def dismiss(
    name: Name,
    reading: Annotated[list[str], typer.Option(metavar="CODE", help="An innocent reading; may be said again.")],
    note: Note = "",
    db: Db = None,
) -> None:
    """Dismiss a signal for an innocent reading."""
    from tracemark import diversion
    from tracemark.diversion import Reading

    node = node_at(db)
    known = [each.value for each in Reading]
    for each in reading:
        if each not in known:
            fail("cli.no_such_reading", reading=each, readings=known)
    actor, readings = writer(node, Role.TRACING_ANALYST), list(map(Reading, reading))
    diversion.dismiss_signal(
        signal=name, readings=readings, note=note, actor=actor, stores=node.stores, clock=node.clock
    )
    print_line("cli.signal_dismissed", signal=name)


def escalate(
    name: Name,
    note: Note,
    case: Annotated[str, typer.Option(metavar="CASE", help="The trace case it goes to.")] = "",
    investigation: Annotated[str, typer.Option(metavar="NAME", help="The investigation it goes to.")] = "",
    opens: Annotated[
        Literal["", "investigation", "case"], typer.Option("--open", help="What is opened with it, in one step.")
    ] = "",
    db: Db = None,
) -> None:
    """Escalate a signal, to a trace case or an investigation, there already or opened; a second person confirms it."""
    from tracemark import diversion

    node = node_at(db)
    follow_up = diversion.FollowUp(opens) if opens else None
    diversion.escalate_signal(
        signal=name,
        note=note,
        onward=diversion.Onward(investigation, case, follow_up),
        actor=writer(node, Role.TRACING_ANALYST),
        stores=node.stores,
        clock=node.clock,
    )
    print_line("cli.signal_escalated", signal=name)
    raised = diversion.signal_record(name=name, actor=operator(node, Role.AUDITOR), stores=node.stores).raised
    for each in filter(None, (raised.steps[-1].investigation, raised.steps[-1].case)):
        console.print(f"  {each}")


def precision(db: Db = None, as_json: Json = False) -> None:
    """Show by rule how often officers found it right, with the Wilson interval of 95 %."""
    from tracemark import wording
    from tracemark.diversion import precision_by_rule

    node = node_at(db)
    found = precision_by_rule(actor=operator(node, Role.AUDITOR), stores=node.stores)
    if as_json:
        print_json({"rules": [each.plain() for each in found]})
        return
    if not found:
        print_line("cli.nothing_listed")
    for each in found:
        low, high = each.between or (0.0, 1.0)
        counts = {
            "rule": wording.rule_title(each.rule, to=reader_language()),
            "confirmed": each.confirmed,
            "dismissed": each.dismissed,
        }
        print_line("cli.precision", **counts, low=f"{low:.0%}", high=f"{high:.0%}")


def export_notice(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="A signal, such as SG-2026-000017, or a refused licence.")
    ],
    to_state: Annotated[str, typer.Option("--to", metavar="STATE", help="The State or region it is for, such as XU.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Where to write it; standard output otherwise.")
    ] = None,
    db: Db = None,
) -> None:
    """Write a signal, or a licence refused, as a signed notice: nothing of persons. That it was is sealed."""
    from tracemark import diversion, transfers

    node = node_at(db)
    if name.startswith("EL-"):
        actor = writer(node, Role.APPROVER)
        try:
            text = transfers.share_refusal(
                licence=name, for_state=to_state, state=node.state, actor=actor, stores=node.stores, clock=node.clock
            )
        except KeyError:
            fail("cli.no_such_licence", licence=name)
    else:
        actor = writer(node, Role.POINT_OF_CONTACT)
        text = diversion.share_signal(
            signal=name, to_state=to_state, state=node.state, actor=actor, stores=node.stores, clock=node.clock
        )
    if output:
        output.write_text(text, "utf-8")
        print_line("cli.notice_exported", name=name, state=say_state(to_state), file=str(output))
    else:
        typer.echo(text, nl=False)


def verify_notice(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The notice.", exists=True, dir_okay=False)],
    key: Annotated[str, typer.Option(metavar="TEXT", help="The public key under which the other State signs.")],
    as_json: Json = False,
) -> None:
    """Verify that a notice is what the holder of a key signed; status 1 where it is not."""
    from tracemark.node import verify_notice as verified
    from tracemark.transfers import Denial

    notice = verified(text_of(file), key)
    if as_json:
        print_json(notice.plain())
    elif isinstance(notice, Denial):
        told = {"reference": notice.reference, "origin": notice.by_state, "on": notice.issued_on}
        print_line("cli.denial_verified", **told, state=notice.to_state)
    else:
        told = {"reference": notice.reference, "origin": notice.from_state, "on": notice.issued_on}
        print_line("cli.notice_verified", **told, count=len(notice.weapons))


def _about(raised: "RaisedSignal", node: "Node") -> dict[str, str]:
    from tracemark import wording

    title = wording.rule_title(raised.signal.rule, to=reader_language())
    return {"title": title, "explanation": _told(raised, node)}


def _told(raised: "RaisedSignal", node: "Node") -> str:
    from tracemark import wording

    return wording.signal_text(raised.signal, node.agency_names, to=reader_language())


def _print(raised: "RaisedSignal", node: "Node") -> None:
    standing = say(f"recordkeeping.standing_{raised.standing.value}")
    strength = say(f"diversion.strength_{raised.signal.strength.value}")
    told = _about(raised, node)
    console.print(f"{raised.name}  {standing}  {strength}: {told['title']}. {told['explanation']}", soft_wrap=True)
