from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from tracemark.authorities import Role
from tracemark.cli import fellow_funds, fellows
from tracemark.cli.fellows import Cohort, acting, table_of
from tracemark.cli.options import Db, Json, node_at, operator, text_of
from tracemark.cli.output import console, fail, print_json, print_line, print_list, say, say_state

if TYPE_CHECKING:
    from tracemark.fellowship import CohortRecord
    from tracemark.node import Node

Reason = Annotated[str, typer.Option(help="Why, for those who read it later.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    part = typer.Typer(
        help="The fellowship programme: money, calls, nominations, selection, courses, follow-up.", no_args_is_help=True
    )
    for name, command in (
        *fellow_funds.COMMANDS,
        ("call", call),
        ("list", list_cohorts),
        ("show", show),
        ("nominate", nominate),
        ("sent", list_sent),
        ("withdraw", withdraw),
        ("withdraw-sent", withdraw_sent),
        ("recuse", recuse),
        ("propose", propose),
        ("decide", decide),
        ("return", give_back),
        ("fill", fill),
        ("cancel", cancel),
        ("scenarios", scenarios),
        *fellows.COMMANDS,
    ):
        part.command(name)(command)
    app.add_typer(part, name="fellowship")


def call(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The call as TOML: days, seats, money, modules.")],
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Call for nominations for a cohort; what costs more than its funds give is refused."""
    from tracemark import fellowship

    wanted = fellowship.read_call(text_of(file), file.name)
    name = fellowship.call_cohort(call=wanted, **acting(node_at(db), Role.POINT_OF_CONTACT))
    _told(as_json, name, "cli.fellowship_called")


def list_cohorts(db: Db = None, as_json: Json = False) -> None:
    """List the cohorts, newest first."""
    from tracemark import fellowship

    node = node_at(db)
    found = fellowship.cohort_list(actor=operator(node, Role.AUDITOR), stores=node.stores)
    if as_json:
        print_json({"cohorts": [fellowship.cohort_plain(each) for each in found]})
        return
    table = table_of("name", "course", "standing", "closes", "seats", "nominations")
    for each in found:
        standing = say(f"recordkeeping.standing_{each.standing}")
        numbers = (str(each.call.seats), str(len(each.nominations)))
        table.add_row(each.name, each.call.title, standing, each.call.closes.isoformat(), *numbers)
    print_list(table)


def show(cohort: Cohort, db: Db = None, as_json: Json = False) -> None:
    """Show a cohort with its nominations, and why each was selected, waits or was declined."""
    from tracemark import fellowship

    record = _record(node_at(db), cohort)
    if as_json:
        print_json(fellowship.record_plain(record))
        return
    known = record.cohort
    facts = {"cohort": known.name, "title": known.call.title, "seats": len(record.fellows), "of": known.call.seats}
    print_line("cli.fellowship_shown", standing=say(f"recordkeeping.standing_{known.standing}"), **facts)
    proposal = known.proposal
    table = table_of("name", "state", "sex", "standing", "points", "why")
    for each in record.nominations:
        told = each.decision or (proposal.explained.get(each.name) if proposal else None) or {}
        points = sum(one["points"] for one in told.get("points", ()))
        standing = say(f"recordkeeping.standing_{each.standing}")
        sex = say(f"tracing.sex_{each.nominee.sex.value}")
        told_of = known.call.said_of(each.nominee.state)
        state = told_of.name if told_of and told_of.name else say_state(each.nominee.state)
        table.add_row(each.name, state, sex, standing, str(points) if points else "", each.reason or why_of(told))
    print_list(table)


def why_of(told: Mapping[str, Any]) -> str:
    """Say what of a nomination's explanation decides: the rules it breaks, or what it would have taken."""
    if told.get("barred"):
        return "; ".join(say(f"fellowship.rule_{each}") for each in told["barred"])
    lack = told.get("lack")
    if not lack:
        return ""
    found = [say("fellowship.lack_points", points=lack["points"])]
    found += [say("fellowship.lack_seats", seats=lack["seats"])] if lack["seats"] else []
    return "; ".join([*found, *(say(f"fellowship.change_{each}") for each in lack["changes"])])


def nominate(
    cohort: Cohort,
    state: Annotated[str, typer.Option(metavar="XX", help="The State that nominates.")],
    name: Annotated[str, typer.Option(help="Who it is; kept beside the record.")],
    agency: Annotated[str, typer.Option(metavar="KIND", help="The kind of agency, such as police.")] = "",
    sex: Annotated[Literal["female", "male", "other", "unknown"], typer.Option(help="The nominee's sex.")] = "unknown",
    age_band: Annotated[str, typer.Option(metavar="BAND", help="The age band, such as 35-49.")] = "unknown",
    language: Annotated[list[str] | None, typer.Option(metavar="CODE", help="A language, such as fr.")] = None,
    first_choice: Annotated[bool, typer.Option("--first-choice", help="The State's own first choice.")] = False,
    fellow_before: Annotated[
        Literal["yes", "no", "unknown"], typer.Option(help="Whether this person took part before.")
    ] = "unknown",
    post: Annotated[str, typer.Option(help="The nominee's post; kept beside the record.")] = "",
    contact: Annotated[str, typer.Option(help="How to reach the nominee; kept beside the record.")] = "",
    because: Annotated[str, typer.Option(help="Why something is left blank.")] = "",
    until: Annotated[str, typer.Option(metavar="DAY", help="The last day on which the name may be used.")] = "",
    to: Annotated[
        str, typer.Option(metavar="NODE", help="The node whose cohort it is: the nomination goes there as a letter.")
    ] = "",
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Receive a State's nomination, or send one to another node; late, over the ceiling or twice, it is refused."""
    from tracemark import fellowship
    from tracemark.authorities import AgencyKind
    from tracemark.cli.targets import day_in
    from tracemark.node import nominate_elsewhere
    from tracemark.tracing import Sex

    if agency and agency not in set(AgencyKind):
        fail("fellowship.agency_unknown", agency=agency, known=", ".join(AgencyKind))
    told = fellowship.Nominee(
        state=state,
        agency=AgencyKind(agency) if agency else None,
        sex=Sex(sex),
        age_band=age_band,
        languages=tuple(language or ()),
        first_choice=first_choice,
        earlier_fellow={"yes": True, "no": False}.get(fellow_before),
        reason=because,
        until=day_in(until) if until else None,
    )
    who = fellowship.Identity(name, post, contact)
    node = node_at(db)
    by = acting(node, Role.POINT_OF_CONTACT)
    if to:
        sent = nominate_elsewhere(node, to, cohort, told, who, by["actor"])
        _told(as_json, sent, "cli.fellowship_nomination_sent")
    else:
        _told(as_json, fellowship.nominate(cohort=cohort, nominee=told, identity=who, **by), "cli.fellowship_nominated")


def list_sent(db: Db = None, as_json: Json = False) -> None:
    """List nominations that went to other nodes, with what those told of them last."""
    from tracemark import fellowship

    node = node_at(db)
    found = fellowship.sent_nominations(actor=operator(node, Role.AUDITOR), stores=node.stores)
    if as_json:
        print_json({"items": [fellowship.sent_plain(each) for each in found]})
        return
    if not found:
        print_line("cli.nothing_listed")
    for each in found:
        standing = say(f"recordkeeping.standing_{each.status or 'sent'}")
        here = f"{say('web.fellowship.withdrawn_here')}: {each.withdrawn_on}" if each.withdrawn_on else ""
        told = (each.name, each.peer, each.cohort, standing, each.note, here)
        console.print("  ".join(filter(None, told)), soft_wrap=True)


def withdraw(nomination: fellows.Nomination, reason: Reason, db: Db = None) -> None:
    """Take a nomination back; a seat that it had is free."""
    from tracemark import fellowship

    by = acting(node_at(db), Role.POINT_OF_CONTACT)
    fellowship.withdraw_nomination(nomination=nomination, reason=reason, **by)
    print_line("cli.fellowship_done", name=nomination)


def withdraw_sent(
    nomination: Annotated[
        str, typer.Argument(metavar="NOMINATION", help="The name of what was sent, such as FS-2026-000001.")
    ],
    reason: Reason,
    db: Db = None,
) -> None:
    """Take back a nomination at another node, by letter; the reason names nobody, for it goes into both records."""
    from tracemark.node import withdraw_elsewhere

    node = node_at(db)
    withdraw_elsewhere(node, nomination, reason, acting(node, Role.POINT_OF_CONTACT)["actor"])
    print_line("cli.fellowship_withdrawal_sent", name=nomination)


def recuse(
    cohort: Cohort,
    reason: Reason,
    account: Annotated[str, typer.Option(metavar="NAME", help="Whose interest it is; by default yours.")] = "",
    db: Db = None,
) -> None:
    """Declare an interest: the account selects, assesses and certifies nobody of this cohort."""
    from tracemark import fellowship

    by = acting(node_at(db), Role.POINT_OF_CONTACT)
    fellowship.declare_conflict(cohort=cohort, reason=reason, account=account, **by)
    print_line("cli.fellowship_done", name=cohort)


def propose(cohort: Cohort, db: Db = None, as_json: Json = False) -> None:
    """Propose the best selection under the call's policy; a second person decides."""
    from tracemark import fellowship

    node = node_at(db)
    found = fellowship.propose_selection(cohort=cohort, **acting(node, Role.POINT_OF_CONTACT))
    if as_json:
        print_json(fellowship.record_plain(_record(node, cohort)))
        return
    print_line("cli.fellowship_proposed", selected=list(found.selected), waiting=list(found.waiting))
    print_line("fellowship.proven" if found.proven else "fellowship.not_proven", bound=found.bound, worth=found.worth)


def decide(
    cohort: Cohort,
    depart: Annotated[
        list[str] | None, typer.Option(metavar="NOMINATION=OUTCOME", help="Another outcome than that proposed.")
    ] = None,
    reason: Annotated[str, typer.Option(help="Why, where anything departs from the proposal.")] = "",
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Decide a proposed selection as a second person; outcomes are selected, waiting and declined."""
    from tracemark import fellowship

    node = node_at(db)
    pairs = (each.partition("=") for each in depart or ())
    departures = {name.strip(): outcome.strip() for name, _, outcome in pairs}
    by = acting(node, Role.APPROVER)
    fellowship.decide_selection(cohort=cohort, departures=departures, reason=reason, **by)
    if as_json:
        print_json(fellowship.record_plain(_record(node, cohort)))
    else:
        show(cohort, db)


def give_back(cohort: Cohort, reason: Reason, db: Db = None) -> None:
    """Send a proposed selection back, as a second person."""
    from tracemark import fellowship

    fellowship.return_selection(cohort=cohort, reason=reason, **acting(node_at(db), Role.APPROVER))
    print_line("cli.fellowship_done", name=cohort)


def fill(
    nomination: fellows.Nomination,
    reason: Annotated[str, typer.Option(help="Why, where others wait before it.")] = "",
    db: Db = None,
) -> None:
    """Give a free seat to who waits."""
    from tracemark import fellowship

    fellowship.fill_seat(nomination=nomination, reason=reason, **acting(node_at(db), Role.APPROVER))
    print_line("cli.fellowship_done", name=nomination)


def cancel(cohort: Cohort, reason: Reason, db: Db = None) -> None:
    """Cancel a cohort; its funds are free again."""
    from tracemark import fellowship

    fellowship.cancel_cohort(cohort=cohort, reason=reason, **acting(node_at(db), Role.APPROVER))
    print_line("cli.fellowship_done", name=cohort)


def scenarios(
    cohort: Cohort,
    contribution: Annotated[
        list[str] | None,
        typer.Option(metavar="NUMBER", help="A further contribution. Default: 1 to 4 seats."),
    ] = None,
    anew: Annotated[
        bool, typer.Option("--anew", help="Select anew, also where people decided already who has a seat.")
    ] = False,
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Say what a further contribution would buy: how many seats, and which States get in next."""
    from tracemark import fellowship
    from tracemark.cli.targets import number_in

    node = node_at(db)
    cost = _record(node, cohort).cohort.call.seat_cost
    money = [number_in(each) for each in contribution or ()] or [cost * seats for seats in range(1, 5)]
    by: dict[str, Any] = {"actor": operator(node, Role.AUDITOR), "stores": node.stores}
    found = fellowship.cohort_scenarios(cohort=cohort, contributions=[Decimal(each) for each in money], anew=anew, **by)
    if as_json:
        print_json({"cohort": cohort, "scenarios": fellowship.scenarios_plain(found)})
        return
    table = table_of("contribution", "seats", "women", "men", "states", "comes_in", "goes_out")
    for each in found:
        numbers = (f"{each.contribution:f}", str(each.seats), str(each.women), str(each.men))
        table.add_row(*numbers, str(len(each.states)), ", ".join(each.comes_in), ", ".join(each.goes_out))
    print_list(table)


def _record(node: "Node", cohort: str) -> "CohortRecord":
    from tracemark import fellowship

    try:
        return fellowship.cohort_record(cohort=cohort, actor=operator(node, Role.AUDITOR), stores=node.stores)
    except KeyError:
        return fail("fellowship.no_such_dossier", dossier=cohort)


def _told(as_json: bool, name: str, code: str) -> None:
    if as_json:
        print_json({"name": name})
    else:
        print_line(code, name=name)
