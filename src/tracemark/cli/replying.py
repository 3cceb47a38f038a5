from typing import TYPE_CHECKING, Annotated

import typer

from tracemark.authorities import Role
from tracemark.cli import asking
from tracemark.cli.asking import Note, Onward, Purposes, Until, analyst, node_with
from tracemark.cli.options import Db, Json, node_at, operator
from tracemark.cli.output import fail, print_json, print_line, say_state

if TYPE_CHECKING:
    from tracemark.tracing import Inquiry

Name = Annotated[str, typer.Argument(metavar="INQUIRY", help="The inquiry's name, such as TI-2026-000001.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    part = typer.Typer(
        help="Answer what other States ask: judge first, then tell what is needed.", no_args_is_help=True
    )
    for command in (show, read, acknowledge, search, judge, known, answer, consent, readers):
        part.command(command.__name__)(command)
    part.command("list")(list_inquiries)
    part.command("return")(send_back)
    app.add_typer(part, name="inquiry")


def list_inquiries(
    limit: Annotated[int, typer.Option(help="How many at the most.", min=1)] = 50, db: Db = None, as_json: Json = False
) -> None:
    """List the inquiries of other States, the newest first."""
    from tracemark import tracing
    from tracemark.recordkeeping import DossierFilter

    node = node_at(db)
    wanted, auditor = DossierFilter(limit=limit), operator(node, Role.AUDITOR)
    found = tracing.inquiry_list(wanted=wanted, actor=auditor, stores=node.stores)
    if as_json:
        print_json({"inquiries": [tracing.inquiry_plain(each) for each in found]})
        return
    for each in found:
        _line(each)


def show(name: Name, db: Db = None, as_json: Json = False) -> None:
    """Show one inquiry: how it stands and each step; what was told in confidence only `read` shows."""
    from tracemark import tracing

    node = node_with("inquiry", name, db)
    found = tracing.state_inquiry(name=name, actor=operator(node, Role.AUDITOR), stores=node.stores)
    _told(found, as_json=as_json)
    if not as_json:
        asking.print_turns(found.turns)


def read(
    name: Name,
    purpose: Annotated[str, typer.Option(metavar="CODE", help="What it is read for.")] = "tracing",
    db: Db = None,
) -> None:
    """Read what another State asks, as JSON, as far as its handling code allows; that it was read is noted."""
    from tracemark import tracing

    node = node_with("inquiry", name, db)
    asked = tracing.inquiry_shown(
        inquiry=name, purpose=asking.purpose_of(purpose), actor=analyst(node), bureau=node.bureau
    )
    because = [{"code": each.code, "facts": dict(each.facts)} for each in asked.because]
    print_json({"asks": asked.request.plain(), "handling": asked.handling.plain(), "because": because})


def acknowledge(name: Name, db: Db = None, as_json: Json = False) -> None:
    """Take an inquiry on, and tell the other State that it came."""
    from tracemark import tracing

    node = node_with("inquiry", name, db)
    taken = tracing.acknowledge_inquiry(inquiry=name, actor=analyst(node), bureau=node.bureau)
    _told(taken, as_json=as_json)


def send_back(
    name: Name,
    lacking: Annotated[
        list[str] | None, typer.Option(metavar="CODE", help="What ITI 17 asks and it lacks; may be said again.")
    ] = None,
    note: Note = "",
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Send an inquiry back for what it lacks."""
    from tracemark import tracing

    node = node_with("inquiry", name, db)
    known_codes = [each.code for each in tracing.COMPLETENESS_RULES]
    for each in lacking or ():
        if each not in known_codes:
            fail("cli.no_such_code", given=each, codes=known_codes)
    returned = tracing.return_inquiry(
        inquiry=name, lacking=lacking or [], note=note, actor=analyst(node), bureau=node.bureau
    )
    _told(returned, as_json=as_json)


def search(
    name: Name,
    limit: Annotated[int, typer.Option(help="How many candidates to show.", min=1, max=100)] = 10,
    db: Db = None,
) -> None:
    """Search our register for what another State asks, and print the candidates as JSON."""
    from tracemark.node import search_for_inquiry
    from tracemark.weapons import WeaponId, weapon_text

    node = node_with("inquiry", name, db)
    node.stores.marks.catch_up()
    _, ranking = search_for_inquiry(node, name, analyst(node), limit)
    candidates = [
        {"weapon": weapon_text(WeaponId(each.weapon)), "posterior": each.posterior} for each in ranking.candidates
    ]
    print_json({"candidates": candidates, "not_here": ranking.not_here, "weights": ranking.weights_version})


def judge(
    name: Name,
    weapon: Annotated[str, typer.Option(metavar="WEAPON", help="The candidate, such as W-17.")],
    verdict: Annotated[str, typer.Option(metavar="CODE", help="same, different or unsure.")],
    note: Annotated[str, typer.Option(help="Why; must be said where the chance is low.")] = "",
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Record your finding on a candidate; the search is made anew for its chance."""
    from tracemark import tracing
    from tracemark.node import judge_for_inquiry
    from tracemark.weapons import WeaponId

    node = node_with("inquiry", name, db)
    actor = analyst(node)
    codes = [each.value for each in tracing.Verdict]
    if verdict not in codes:
        fail("cli.no_such_code", given=verdict, codes=codes)
    number = weapon.upper().removeprefix("W-")
    if not number.isdecimal() or not node.stores.register.states([WeaponId(int(number))]):
        fail("cli.no_such_weapon", weapon=weapon)
    judged = judge_for_inquiry(node, name, WeaponId(int(number)), tracing.Verdict(verdict), note, actor)
    _told(judged, as_json=as_json)


def known(name: Name, db: Db = None) -> None:
    """Print as JSON what our record can tell of the weapon that was judged the same."""
    from tracemark import tracing

    node = node_with("inquiry", name, db)
    data = tracing.data_for_answer(inquiry=name, actor=analyst(node), bureau=node.bureau)
    print_json({each.name.value: each.value for each in data})


def answer(
    name: Name,
    result: Annotated[
        str, typer.Option(metavar="CODE", help="full, restricted, delayed, refused, not_found or records_lapsed.")
    ],
    datum: Annotated[
        list[str] | None, typer.Option(metavar="CODE", help="What is told of what is known; may be said again.")
    ] = None,
    ground: Annotated[
        list[str] | None,
        typer.Option(metavar="CODE", help="investigation, law, confidentiality or security; may be said again."),
    ] = None,
    reasons: Annotated[str, typer.Option(help="Why it is not a full answer.")] = "",
    expected: Annotated[str, typer.Option(metavar="DAY", help="By when a delayed answer follows (ISO).")] = "",
    purpose: Purposes = None,
    onward: Onward = "with_consent",
    until: Until = "",
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Answer another State. A full answer tells all that is known; any other says why, and on which ground."""
    from tracemark import tracing

    node = node_with("inquiry", name, db)
    actor = analyst(node)
    for codes, typed in (
        (tracing.Result, [result]),
        (tracing.Withholding, ground or []),
        (tracing.Known, datum or []),
    ):
        for each in typed:
            if each not in list(codes):
                fail("cli.no_such_code", given=each, codes=[code.value for code in codes])
    handling = asking.handling_of(purpose or [], onward, until)
    data = tracing.data_for_answer(inquiry=name, actor=actor, bureau=node.bureau, handling=handling)
    told = data if result == "full" else tuple(each for each in data if each.name.value in (datum or ()))
    grounds = tuple(map(tracing.Withholding, ground or ()))
    given = tracing.StateAnswer(tracing.Result(result), told, grounds, reasons, expected_on=expected)
    answered = tracing.answer_inquiry(inquiry=name, answer=given, actor=actor, bureau=node.bureau)
    _told(answered, as_json=as_json)


def consent(
    name: Name,
    datum: Annotated[list[str], typer.Option(metavar="CODE", help="What may be passed on; may be said again.")],
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Let the State that asked pass on what we told it."""
    from tracemark import tracing

    node = node_with("inquiry", name, db)
    consented = tracing.consent_onward(inquiry=name, data=datum, actor=analyst(node), bureau=node.bureau)
    _told(consented, as_json=as_json)


def readers(name: Name, db: Db = None, as_json: Json = False) -> None:
    """Ask the State that we answered who looked at what we told it; the answer shows in the inquiry."""
    from tracemark import tracing

    node = node_with("inquiry", name, db)
    asked = tracing.ask_who_looked(inquiry=name, actor=analyst(node), bureau=node.bureau)
    _told(asked, as_json=as_json)


def _told(found: "Inquiry", *, as_json: bool) -> None:
    from tracemark.tracing import inquiry_plain

    if as_json:
        print_json(inquiry_plain(found))
    else:
        _line(found)


def _line(found: "Inquiry") -> None:
    print_line(
        "cli.inquiry_stands",
        dossier=found.name,
        standing=found.standing,
        state=say_state(found.from_state),
        number=found.number,
    )
