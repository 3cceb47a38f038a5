from typing import TYPE_CHECKING, Annotated

import typer

from tracemark.authorities import Operator, Role
from tracemark.cli.options import Db, Json, node_at, operator, writer
from tracemark.cli.output import complain, console, fail, print_json, print_line, say, say_state

if TYPE_CHECKING:
    from tracemark.node import Node
    from tracemark.tracing import Handling, Purpose, StateAnswer, StateRequest, Turn

Name = Annotated[str, typer.Argument(metavar="REQUEST", help="The request's name, such as TR-2026-000001.")]
Note = Annotated[str, typer.Option(help="A note that goes along.")]
Purposes = Annotated[
    list[str] | None,
    typer.Option("--purpose", metavar="CODE", help="What may be done with it; may be said again. Default: tracing."),
]
Onward = Annotated[str, typer.Option(metavar="CODE", help="Whether it may be passed on: never, with_consent, freely.")]
Until = Annotated[str, typer.Option(metavar="DAY", help="The last day on which it may be used (ISO).")]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    part = typer.Typer(help="Ask another State about a recovered weapon, and follow it up.", no_args_is_help=True)
    for command in (
        whom,
        draft,
        send,
        show,
        read,
        supply,
        remind,
        clarify,
        consent,
        readers,
        close,
        withdraw,
        overdue,
        evidence,
    ):
        part.command(command.__name__)(command)
    part.command("list")(list_requests)
    app.add_typer(part, name="request")


def whom(
    case: Annotated[str, typer.Argument(metavar="CASE", help="The trace, such as T-12.")],
    db: Db = None,
    as_json: Json = False,
) -> None:
    """List the States that may know more of a case's weapon, the likeliest first, with reasons."""
    from tracemark import tracing
    from tracemark.weapons import catalogue

    node = node_at(db)
    try:
        found = tracing.whom_to_ask(case=case, actor=analyst(node), bureau=node.bureau, tables=catalogue())
    except KeyError:
        fail("cli.no_such_case", case=case)
    if as_json:
        print_json({"states": [tracing.to_ask_plain(each) for each in found]})
        return
    for each in found:
        why = " ".join(say(f"tracing.because_{reason.code}") for reason in each.because)
        console.print(f"{each.state}  {say_state(each.state)}  {why}  {' '.join(each.asked)}", soft_wrap=True)
    print_line("cli.states_to_ask", count=len(found))


def draft(
    case: Annotated[str, typer.Argument(metavar="CASE", help="The trace, such as T-12.")],
    to_state: Annotated[str, typer.Option("--to", metavar="STATE", help="The State to ask, ISO alpha-2.")],
    peer: Annotated[str, typer.Option("--node", metavar="NAME", help="The name of that State's node.")],
    purpose: Purposes = None,
    onward: Onward = "with_consent",
    until: Until = "",
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Draft a request to another State about the weapon of a case."""
    from tracemark import tracing
    from tracemark.weapons import catalogue

    node = node_at(db)
    actor = analyst(node)
    try:
        about = tracing.trace_case(case=case, actor=actor, stores=node.stores).request
    except KeyError:
        fail("cli.no_such_case", case=case)
    asking = tracing.Asking(case, to_state, peer, about, handling_of(purpose or [], onward, until))
    drafted = tracing.draft_request(asking=asking, actor=actor, bureau=node.bureau, tables=catalogue())
    _told(drafted, as_json=as_json)


def send(name: Name, db: Db = None, as_json: Json = False) -> None:
    """Send a drafted request; what it lacks of ITI 17 is said, and it is not sent."""
    from tracemark import tracing

    node = node_with("request", name, db)
    _told(tracing.send_request(request=name, actor=analyst(node), bureau=node.bureau), as_json=as_json)


def show(name: Name, db: Db = None, as_json: Json = False) -> None:
    """Show one request: how it stands and each step; what was told in confidence only `read` shows."""
    from tracemark import tracing

    node = node_with("request", name, db)
    known = tracing.state_request(name=name, actor=operator(node, Role.AUDITOR), stores=node.stores)
    _told(known, as_json=as_json)
    if not as_json:
        print_turns(known.turns)


def evidence(name: Name, db: Db = None) -> None:
    """Print what shows years later that the answer was given so: signed, in the other's record, witnessed; as JSON."""
    from tracemark import node as nodes
    from tracemark import tracing

    node = node_with("request", name, db)
    found = tracing.answer_evidence(request=name, actor=analyst(node), bureau=node.bureau)
    peer = node.directory.find(found.peer) if found else None
    if found is None or peer is None:
        fail("cli.no_evidence", request=name)
    print_json(
        {
            "signer": peer.card.signing_key.hex(),
            "document": found.document,
            "proof": found.proof,
            "witnesses": list(found.witnesses),
            "keys": [str(each) for each in nodes.proof_keys(node, peer)],
        }
    )


def list_requests(
    limit: Annotated[int, typer.Option(help="How many at the most.", min=1)] = 50, db: Db = None, as_json: Json = False
) -> None:
    """List the requests to other States, the newest first."""
    from tracemark import tracing
    from tracemark.recordkeeping import DossierFilter

    node = node_at(db)
    wanted, auditor = DossierFilter(limit=limit), operator(node, Role.AUDITOR)
    found = tracing.request_list(wanted=wanted, actor=auditor, stores=node.stores)
    if as_json:
        print_json({"requests": [tracing.request_plain(each) for each in found]})
        return
    if not found:
        print_line("cli.nothing_listed")
    for each in found:
        _line(each)


def read(
    name: Name,
    purpose: Annotated[str, typer.Option(metavar="CODE", help="What it is read for.")] = "tracing",
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Read what another State answered, as far as its handling codes allow; that it was read is noted."""
    from tracemark import tracing

    node = node_with("request", name, db)
    shown = tracing.answer_shown(request=name, purpose=purpose_of(purpose), actor=analyst(node), bureau=node.bureau)
    if shown is None:
        fail("cli.not_answered", request=name)
    if as_json:
        print_json(shown.answer.plain() | {"withheld": [each.code for each in shown.withheld]})
        return
    print_answer(shown.answer)
    complain(shown.withheld)


def supply(
    name: Name,
    circumstances: Annotated[str, typer.Option(help="How and where it was found.")] = "",
    calibre: Annotated[str, typer.Option(help="The calibre's code.")] = "",
    import_country: Annotated[str, typer.Option(help="The State that the import mark names.")] = "",
    reading: Annotated[list[str] | None, typer.Option(help="A further reading; may be said again.")] = None,
    note: Note = "",
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Supply what the other State asked for."""
    from dataclasses import replace

    from tracemark import tracing

    node = node_with("request", name, db)
    actor = analyst(node)
    before = tracing.state_request(name=name, actor=actor, stores=node.stores).request
    given = {"circumstances": circumstances, "calibre": calibre, "import_country": import_country}
    further = tuple(tracing.ComponentReading(each) for each in reading or ())
    changed = {field: text for field, text in given.items() if text}
    told = replace(before, **changed, readings=(*before.readings, *further))  # type: ignore[arg-type]
    supplied = tracing.supply_information(request=name, told=told, note=note, actor=actor, bureau=node.bureau)
    _told(supplied, as_json=as_json)


def remind(name: Name, note: Note = "", db: Db = None, as_json: Json = False) -> None:
    """Remind the other State of a request that is late."""
    from tracemark import tracing

    node = node_with("request", name, db)
    _told(tracing.remind(request=name, note=note, actor=analyst(node), bureau=node.bureau), as_json=as_json)


def clarify(
    name: Name,
    question: Annotated[str, typer.Option(help="What is to be clarified.")],
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Ask the other State to clarify its answer."""
    from tracemark import tracing

    node = node_with("request", name, db)
    asked = tracing.ask_clarification(request=name, question=question, actor=analyst(node), bureau=node.bureau)
    _told(asked, as_json=as_json)


def consent(
    name: Name,
    datum: Annotated[list[str], typer.Option(metavar="CODE", help="What is to be passed on; may be said again.")],
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Ask the State that answered to let what it told be passed on."""
    from tracemark import tracing

    node = node_with("request", name, db)
    asked = tracing.ask_consent(request=name, data=tuple(datum), actor=analyst(node), bureau=node.bureau)
    _told(asked, as_json=as_json)


def readers(name: Name, db: Db = None, as_json: Json = False) -> None:
    """Ask the other State who looked at what we told it; the answer shows in the request."""
    from tracemark import tracing

    node = node_with("request", name, db)
    _told(tracing.ask_who_read(request=name, actor=analyst(node), bureau=node.bureau), as_json=as_json)


def close(
    name: Name,
    outcome: Annotated[str, typer.Option(metavar="CODE", help="What came of the trace, as `answer` has it.")] = "",
    note: Note = "",
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Close a request, and tell the other State what came of the trace."""
    from tracemark import tracing

    node = node_with("request", name, db)
    known = [each.value for each in tracing.Outcome]
    if outcome and outcome not in known:
        fail("cli.no_such_code", given=outcome, codes=known)
    closed = tracing.close_request(request=name, outcome=outcome, note=note, actor=analyst(node), bureau=node.bureau)
    _told(closed, as_json=as_json)


def withdraw(
    name: Name, reason: Annotated[str, typer.Option(help="Why.")], db: Db = None, as_json: Json = False
) -> None:
    """Withdraw a draft."""
    from tracemark import tracing

    node = node_with("request", name, db)
    withdrawn = tracing.withdraw_request(request=name, reason=reason, actor=analyst(node), bureau=node.bureau)
    _told(withdrawn, as_json=as_json)


def overdue(db: Db = None, as_json: Json = False) -> None:
    """List what is late: requests on which other States have not acted, inquiries on which we have not."""
    from tracemark import tracing

    node = node_at(db)
    late = tracing.overdue(actor=operator(node, Role.AUDITOR), bureau=node.bureau)
    if as_json:
        requests = [tracing.request_plain(each) for each in late.requests]
        print_json({"requests": requests, "inquiries": [tracing.inquiry_plain(each) for each in late.inquiries]})
        return
    for name, due, number in (
        *((each.name, each.due, each.reminders) for each in late.requests),
        *((each.name, each.due, each.reminders) for each in late.inquiries),
    ):
        print_line("cli.overdue", dossier=name, due=due, count=number)


def handling_of(purposes: list[str], onward: str, until: str) -> "Handling":
    """Read a handling code from what was typed; what is unknown ends the command."""
    from datetime import date

    from tracemark.tracing import Handling, Onward, Purpose

    codes = frozenset(map(purpose_of, purposes)) or frozenset({Purpose.TRACING})
    if onward not in list(Onward):
        fail("cli.no_such_code", given=onward, codes=[each.value for each in Onward])
    try:
        return Handling(codes, Onward(onward), date.fromisoformat(until) if until else None)
    except ValueError:
        fail("cli.no_such_day", day=until)


def purpose_of(text: str) -> "Purpose":
    """Read a purpose; what is none ends the command."""
    from tracemark.tracing import Purpose

    if text not in list(Purpose):
        fail("cli.no_such_code", given=text, codes=[each.value for each in Purpose])
    return Purpose(text)


def print_answer(answer: "StateAnswer") -> None:
    """Print what a State answers to another, a line for each thing."""
    console.print(say(f"tracing.result_{answer.result.value}"), soft_wrap=True)
    for ground in answer.grounds:
        console.print(say(f"tracing.withholding_{ground.value}"), soft_wrap=True)
    if answer.reasons:
        console.print(answer.reasons, soft_wrap=True)
    for each in answer.data:
        console.print(f"  {say(f'tracing.known_{each.name.value}')}: {each.value}", soft_wrap=True)


def print_turns(turns: "tuple[Turn, ...]") -> None:
    """Print each step of a request or an inquiry."""
    for each in turns:
        said = say(f"recordkeeping.kind_{each.kind.value}")
        console.print(f"  {each.at}  {said}  {each.by}  {each.said}", soft_wrap=True)


def _told(known: "StateRequest", *, as_json: bool) -> None:
    from tracemark.tracing import request_plain

    if as_json:
        print_json(request_plain(known))
    else:
        _line(known)


def _line(known: "StateRequest") -> None:
    print_line(
        "cli.request_stands",
        dossier=known.name,
        standing=known.standing,
        state=say_state(known.to_state),
        case=known.case,
    )


def node_with(kind: str, name: str, db: str | None) -> "Node":
    """Open the node, in which there is a request or an inquiry of this name, or the command ends."""
    node = node_at(db)
    try:
        known = node.stores.dossiers.dossier(name).kind == kind
    except KeyError:
        known = False
    return node if known else fail(_MISSING[kind], **{kind: name})


_MISSING = {"request": "cli.no_such_request", "inquiry": "cli.no_such_inquiry"}


def analyst(node: "Node") -> Operator:
    """Who traces, in a command that writes the record."""
    return writer(node, Role.TRACING_ANALYST)
