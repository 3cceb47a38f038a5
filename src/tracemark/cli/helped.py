"""What `assist` does and prints; apart from the commands, so that nothing is loaded for them where none is typed."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import typer
from rich.table import Table

from tracemark import assistance, diversion, node, targets, wording
from tracemark.assistance import Ask, AwardRecord, AwardTerms, FundRecord, RequestRecord
from tracemark.authorities import Role
from tracemark.cli import gaps
from tracemark.cli.options import node_at, operator, text_of, writer
from tracemark.cli.output import complain, console, fail, print_json, print_line, reader_language, say
from tracemark.cli.targets import day_in
from tracemark.kernel import Plain
from tracemark.node import Node, StepSaid
from tracemark.recordkeeping import event_kinds

Found = TypeVar("Found")
Record = RequestRecord | FundRecord | AwardRecord
_APPROVES = "assistance.approve"


def ask(file: Path, *, report: str, gap: str, target: str, signal: str, db: str | None, as_json: bool) -> None:
    """Draft a request."""
    opened = node_at(db)
    asked = assistance.read_ask(text_of(file), file.name, _begun(opened, report, gap, target, signal))
    name = assistance.draft_request(ask=asked, state=opened.state, **_by(opened))
    _tell("cli.assistance_drafted", name, as_json=as_json)


def offer(file: Path, *, db: str | None, as_json: bool) -> None:
    """Put a programme on record."""
    opened = node_at(db)
    offered = assistance.read_offer(text_of(file), file.name)
    _tell("cli.assistance_offered", assistance.open_programme(offer=offered, **_by(opened)), as_json=as_json)


def revise(name: str, file: Path, *, reason: str, db: str | None) -> None:
    """Change a draft or a programme."""
    opened, text = node_at(db), text_of(file)
    if name.startswith("AP"):
        offered = assistance.read_offer(text, file.name)
        assistance.revise_programme(programme=name, offer=offered, reason=reason, **_by(opened))
    else:
        asked = assistance.read_ask(text, file.name)
        assistance.revise_request(request=name, ask=asked, reason=reason, **_by(opened))
    print_line("cli.assistance_revised", name=name)


def list_all(what: str, *, alarms: bool, db: str | None, as_json: bool) -> None:
    """Print a list."""
    opened = node_at(db)
    found = [each for each in _listed(opened, what) if each.alarms or not alarms]
    if as_json:
        print_json({what: [_plain(each) for each in found]})
    elif not found:
        print_line("cli.assistance_none_overdue" if alarms else f"cli.assistance_none_{what}")
    else:
        heads = ("name", "about", "state", "status", "amount", "alarms")
        table = Table(*(say(f"cli.column_{each}") for each in heads), box=None, pad_edge=False, header_style="bold")
        for each in found:
            table.add_row(*_line(each))
        console.print(table)
    if alarms and found:
        raise typer.Exit(1)


def show(name: str, *, db: str | None, as_json: bool) -> None:
    """Print one of them with its steps."""
    record = _record(node_at(db), name)
    if as_json:
        print_json(_plain(record))
        return
    _, about, state, status, amount, _ = _line(record)
    print_line("cli.assistance_shown", name=name, about=about, state=state, status=status, amount=amount)
    complain(record.alarms)
    heads = ("on", "step", "by", "amount", "note")
    table = Table(*(say(f"cli.column_{each}") for each in heads), box=None, pad_edge=False, header_style="bold")
    for each in _noun(record).steps:
        money = "" if each.amount is None else str(each.amount)
        table.add_row(each.on, say(f"recordkeeping.kind_{each.kind.value}"), each.by, money, each.said)
    console.print(table)


def propose(
    what: tuple[str, str, int], days: tuple[str, str], expects: str, reasons: str, *, db: str | None, as_json: bool
) -> None:
    """Propose a grant, in the currency of its programme."""
    opened = node_at(db)
    request, programme, amount = what
    fund = _record(opened, programme)
    currency = fund.fund.offers.currency if isinstance(fund, FundRecord) else ""
    starts, ends = map(day_in, days)
    terms = AwardTerms(request, programme, amount, currency, starts, ends, expects, reasons)
    _tell("cli.assistance_proposed", assistance.propose_grant(terms=terms, **_by(opened)), as_json=as_json)


def step(
    name: str, word: str, words: Mapping[str, str], *, amount: int | None, on: str, db: str | None, as_json: bool
) -> None:
    """Take a step, in the role that it needs."""
    opened = node_at(db)
    known = node.steps_of(name)
    if word not in known:
        fail("cli.assistance_no_step", name=name, step=word, known=", ".join(known) or "–")
    approves = event_kinds()[known[word].kind].permission == _APPROVES
    actor = writer(opened, Role.APPROVER if approves else Role.POINT_OF_CONTACT)
    said = StepSaid(**words, amount=amount, on=day_in(on) if on else None)
    node.take_assistance_step(opened, name, word, said, actor)
    record = _record(opened, name)
    if as_json:
        print_json(_plain(record))
    else:
        print_line("cli.assistance_step", name=name, status=_status(record))
        complain(record.alarms)


def _begun(opened: Node, report: str, gap: str, target: str, signal: str) -> Ask | None:
    by = _reads(opened)
    if gap:
        found, known = gaps.gap_at(opened, report, gap)
        words = gaps.words_of(found)
        return assistance.ask_for_gap(found, known, title=say("web.assistance.for_gap", question=words), need=words)
    if target:
        known_target = _known(lambda: targets.target_record(target=target, **by), target).target
        return assistance.ask_for_target(known_target, what=known_target.aim.title)
    if signal:
        actor, stores = by["actor"], opened.stores
        raised = _known(lambda: diversion.signal_record(name=signal, actor=actor, stores=stores), signal).raised
        rule = wording.rule_title(raised.signal.rule, to=reader_language())
        title = say("web.assistance.for_signal", rule=rule)
        return assistance.ask_for_signal(signal, raised.signal, title=title, need=rule)
    return None


def _listed(opened: Node, what: str) -> list[Record]:
    lists: Mapping[str, Callable[..., list[Any]]] = {
        "requests": assistance.requests_shown,
        "programmes": assistance.programmes_shown,
        "grants": assistance.grants_shown,
    }
    return lists[what](**_reads(opened))


def _record(opened: Node, name: str) -> Record:
    by = _reads(opened)
    match name[:2]:
        case "AP":
            return _known(lambda: assistance.programme_record(programme=name, **by), name)
        case "AG":
            return _known(lambda: assistance.grant_record(grant=name, **by), name)
    return _known(lambda: assistance.request_record(request=name, **by), name)


def _plain(record: Record) -> dict[str, Plain]:
    match record:
        case RequestRecord():
            return assistance.request_plain(record)
        case FundRecord():
            return assistance.programme_plain(record)
    return assistance.grant_plain(record)


def _noun(record: Record) -> Any:  # noqa: ANN401 - a request, a programme or a grant
    match record:
        case RequestRecord():
            return record.request
        case FundRecord():
            return record.fund
    return record.award


def _line(record: Record) -> tuple[str, str, str, str, str, str]:
    match record:
        case RequestRecord():
            about, state, currency = record.request.asks.title, record.state, record.currency
        case FundRecord():
            about, state, currency = record.fund.offers.title, "", record.fund.offers.currency
        case AwardRecord():
            about, state, currency = record.request.asks.title, record.state, record.currency
    money = f"{record.amount} {currency}"
    return _noun(record).name, about, state, _status(record), money, str(len(record.alarms) or "")


def _status(record: Record) -> str:
    if record.status == "matched":
        return say("assistance.matched")
    return say(f"recordkeeping.standing_{record.status}")


def _tell(code: str, name: str, *, as_json: bool) -> None:
    if as_json:
        print_json({"name": name})
    else:
        print_line(code, name=name)


def _by(opened: Node) -> dict[str, Any]:
    return {"actor": writer(opened, Role.POINT_OF_CONTACT), "stores": opened.stores, "clock": opened.clock}


def _reads(opened: Node) -> dict[str, Any]:
    return {"actor": operator(opened, Role.AUDITOR), "stores": opened.stores, "clock": opened.clock}


def _known(read: Callable[[], Found], name: str) -> Found:
    """Return what is read, or end the command where there is no dossier of that name."""
    try:
        return read()
    except KeyError:
        return fail("assistance.dossier_unknown", dossier=name)
