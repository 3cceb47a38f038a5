"""Fill the register that TRACEMARK_DB names with the sample, and print a session for each role, as JSON."""

import json
from dataclasses import replace
from datetime import date, timedelta
from importlib.resources import as_file, files
from typing import Any

from tests.assistance.asked import asked, by, offered, terms
from tests.browser.between import ask_and_be_asked, plan_and_propose
from tests.browser.published import aim_at, campaign, consult, practise, publish, withhold
from tests.fellowship.courses import nominee
from tests.signed_in import session_of
from tests.transfers.trade import DECIDER
from tests.web.desk_work import fill_desks
from tests.web.peer_work import know, signed, write_letters
from tests.web.sample import OFFICER, fill
from tests.web.stockpile_work import keep_stock
from tests.web.trade_desk import fill_trade
from tracemark import correspondence, diversion, recordkeeping, reporting
from tracemark import node as doing
from tracemark.assistance import AidSeries, FundingCall, propose_grant
from tracemark.authorities import Account, Role, change_account, issue_token, open_account
from tracemark.demo.desk import Desk
from tracemark.demo.fellows import train_fellows
from tracemark.diversion import Found, Reading, Signal, Stage, Strength
from tracemark.exchange import FileSigner
from tracemark.fellowship import Identity
from tracemark.kernel import Actor, PartialDate
from tracemark.node import Node, drawing, this_node
from tracemark.recordkeeping import (
    AlarmKind,
    Checkpoint,
    Correction,
    Neighbour,
    SeenHead,
    VerifierKey,
    sign_checkpoint,
    sound_alarm,
)
from tracemark.reporting import Answer, Period
from tracemark.tracing import AskedPrivately, Query, parse_reading
from tracemark.weapons import WeaponId

PASSWORD = "entered on the sign-in page"


def main() -> None:
    node = this_node()
    sample = fill(node.stores)
    recordkeeping.propose_correction(
        correction=Correction(3, "the place was typed wrongly", void=True),
        actor=OFFICER,
        stores=node.stores,
        clock=node.clock,
    )
    fill_desks(node, sample.pistol, sample.revolver)
    fill_trade(node)
    roles = {role.value: [role.value] for role in Role} | {"nobody": []}
    roles["licensing_adviser"] = [Role.LICENSING_OFFICER.value]
    sessions = {name: session_of(name, held, password=PASSWORD) for name, held in roles.items()}
    sessions["police_witness"] = session_of("police_witness", [Role.APPROVER.value], authority="XT-POL")
    oversee(node)
    keep_stock(node)
    signal_desk(node)
    report_desk(node)
    aim_at(node)
    practise(node)
    ask_for_help(node)
    follow_aid(node)
    witnessed(node)
    introduce(node)
    plan_and_propose(node)
    ask_and_be_asked(node)
    train_fellows(Desk.after_the_record(node, timedelta(minutes=5)))
    print(json.dumps({"sessions": sessions, "person": sample.person, "password": PASSWORD}))


def oversee(node: Node) -> None:
    """Open an account and change it, issue a token, and search, so that an auditor has something to look at."""
    administrator = Actor("administrator", "XT-REG", frozenset({Role.ADMINISTRATOR.value}))
    analyst = Actor("tracing_analyst", "XT-REG", frozenset({Role.TRACING_ANALYST.value}))
    stores, clock = node.stores, node.clock
    account = Account("newcomer", "XT-REG", frozenset({Role.APPROVER.value}))
    open_account(account=account, actor=administrator, stores=stores, clock=clock)
    change_account(account=replace(account, active=False), actor=administrator, stores=stores, clock=clock)
    for owner in (Role.REGISTRY_OFFICER.value, Role.TRACING_ANALYST.value):
        issue_token(
            owner=owner,
            name="evening export",
            scopes=("record.read", "trace.read"),
            days=90,
            actor=Actor(owner, "XT-REG", frozenset({owner})),
            stores=stores,
            clock=clock,
        )
    node.trace(Query((parse_reading("CA?47[1I]*"),), maker="glock", year=2001), analyst)


def signal_desk(node: Node) -> None:
    """Raise signals on the sample's weapons, escalate and dismiss one each, and code a point of diversion."""
    analyst = Actor("tracing_analyst", "XT-REG", frozenset({Role.TRACING_ANALYST.value}))
    stores, clock = node.stores, node.clock
    found = [
        Signal("destroyed_then_recovered", Stage.DISPOSAL, Strength.STRONG, (WeaponId(1), WeaponId(2)), (0, 1, 2, 3),
               "2026-03", "Depot 3", {"destroyed_on": "2025-05", "holder": "XT-ARMY"}),
        Signal("round_counts", Stage.STORAGE, Strength.WEAK, (), (4, 5), "2026", "Depot 3",
               {"site": "ST-2026-000001", "count": 4}),
        Signal("exported_then_recovered", Stage.TRANSFER, Strength.MEDIUM, (WeaponId(4),), (6,), "2026-04-01",
               "Harbour", {"exported_on": "2024", "to_state": "XU"}),
        Signal("seized_twice", Stage.STORAGE, Strength.STRONG, (WeaponId(5),), (7,), "2026-04-02", "",
               {"seized_on": "2025-01"}),
    ]  # fmt: skip
    first, weak, _, last = diversion.raise_signals(signals=found, actor=analyst, stores=stores, clock=clock).names
    diversion.escalate_signal(signal=weak, note="two sites", actor=analyst, stores=stores, clock=clock)
    diversion.dismiss_signal(
        signal=last, readings=[Reading.REPORTED_TWICE], note="", actor=analyst, stores=stores, clock=clock
    )
    theft = Found("storage", "theft", ["the count missed it"], PartialDate(2020), None, "Depot 3", signal=first)
    diversion.establish_diversion(weapons=[WeaponId(2)], found=theft, actor=analyst, stores=stores, clock=clock)


def report_desk(node: Node) -> None:
    """Submit a report and draft the next, so that answers wait to be confirmed and one is commented on."""
    contact = Actor("point_of_contact", "XT-REG", frozenset({Role.POINT_OF_CONTACT.value}))
    by: dict[str, Any] = {"actor": contact, "stores": node.stores, "clock": node.clock}
    for edition, years in (("2020", ("2022", "2023")), ("2026", ("2024", "2025"))):
        with drawing(node, Period.parse(*years), contact) as opened:
            name = reporting.draft_report(form="poa", edition=edition, drawing=opened, **by)
        reporting.answer_question(report=name, answer=Answer("col.awareness", "no"), **by)
        if edition == "2020":
            reporting.answer_question(report=name, answer=Answer("nca.exists", "yes"), **by)
            reporting.answer_question(report=name, answer=Answer("stk.std", "in_progress"), **by)
            withhold(name, node)
            approver = Actor("approver", "XT-REG", frozenset({Role.APPROVER.value}))
            reporting.sign_off_report(report=name, actor=approver, stores=node.stores, clock=node.clock)
            reporting.submit_report(report=name, **by)
            publish(node, name)
            consult(node)
            campaign(node)
    reporting.assign_section(report=name, section="tracing", owner="tracing_analyst", **by)
    reporting.comment_on_report(report=name, text="Is this still so?", question="nca.exists", **by)


def ask_for_help(node: Node) -> None:
    """A request that is open, a programme with a call, and a grant that waits for a second person."""
    always = (FundingCall("Every year", date(2020, 1, 1), date(2099, 12, 31)),)
    request, programme = asked(node.stores, node.clock), offered(node.stores, node.clock, calls=always)
    propose_grant(terms=terms(request, programme), **by(node.stores, node.clock))


def follow_aid(node: Node) -> None:
    """Take in the demonstration's file of aid activities and its series."""
    contact = Actor("point_of_contact", "XT-REG", frozenset({Role.POINT_OF_CONTACT.value}))
    series = AidSeries("Aid by purpose", "Invented for a demonstration", "2026-01-12", {})
    with as_file(files("tracemark.demo") / "given") as folder:
        doing.follow_aid(node, doing.read_aid(folder / "activities.xml"), "activities.xml", contact)
        doing.keep_series_file(node, folder / "aid-series.csv", series, contact)


def witnessed(node: Node) -> None:
    """Watch another record that showed two heads of one size, so that an alarm stands with its evidence."""
    contact = Actor("point_of_contact", "XT-REG", frozenset({Role.POINT_OF_CONTACT.value}))
    signer = FileSigner.fleeting("xu/tracemark/record")
    heads = [sign_checkpoint(Checkpoint(signer.name, 9, bytes([fill]) * 32), signer) for fill in (1, 2)]
    neighbour = Neighbour(VerifierKey(signer.name, signer.public_key), "https://node.xu.invalid", cosigns=True)
    node.witnessing.put_neighbour(neighbour, contact)
    node.stores.witnesses.see(SeenHead(heads[0], "2026-01-01T00:00:00.000Z"))
    node.stores.questions.note(AskedPrivately(signer.name, "2026-05-06T07:08:09.000Z", 2048))
    sound_alarm(
        kind=AlarmKind.SPLIT_VIEW,
        origin=signer.name,
        heads=heads,
        actor=contact,
        stores=node.stores,
        clock=node.clock,
    )


def introduce(node: Node) -> None:
    """Let two nodes be known, one with letters and one stale, and a third be proposed, so that it waits for digits."""
    known, _ = signed("xu/tracemark/record", "XU")
    stale, _ = signed("xb/tracemark/record", "XB")
    contact = Actor("point_of_contact", "XT-REG", frozenset({Role.POINT_OF_CONTACT.value}))
    know(node, known)
    write_letters(node, known)
    card, _ = signed("xc/tracemark/record", "XC")
    correspondence.propose_peer(card=card, actor=contact, stores=node.stores, clock=node.clock)
    know(node, stale, days_ago=40, every_days=30)
    tell_another(node, known.name)


def tell_another(node: Node, peer: str) -> None:
    """Tell another node of a signal and of an own embargo, nominate at its programme, and take one of two back."""
    contact = Actor("point_of_contact", "XT-REG", frozenset({Role.POINT_OF_CONTACT.value}))
    doing.send_notices(node, "SG-2026-000001", [peer], contact)
    doing.send_notices(node, "EM-2026-000001", [peer], DECIDER)
    for who in ("Somebody Invented", "Somebody Else"):
        sent = doing.nominate_elsewhere(node, peer, "FC-2026-000009", nominee("XT"), Identity(who), contact)
    doing.withdraw_elsewhere(node, sent, "moved to another post", contact)


if __name__ == "__main__":
    main()
