"""What the fictional State asks of others, from a target and from a gap; two programmes, and what came of one grant."""

from dataclasses import replace
from datetime import date
from typing import Any

from tracemark import assistance, reporting, targets
from tracemark.assistance import (
    Ask,
    AwardTerms,
    Beneficiaries,
    BudgetLine,
    FundingCall,
    Help,
    Offer,
    after_months,
)
from tracemark.authorities import Role
from tracemark.demo.desk import REGISTRY, Desk
from tracemark.kernel import cite
from tracemark.reporting import NATIONAL

_CUSTODY = Ask(
    title="Safe stores for the depot at Kestrel Bay",
    commitment=cite("PoA II.17"), themes=("stockpiles",), helps=(Help.EQUIPMENT, Help.TRAINING), stage="stockpile",
    need="The depot at Kestrel Bay has no second lock and no alarm; two weapons were lost there in a year.",
    lines=(BudgetLine("Doors, locks and an alarm", 38_000), BudgetLine("Training of storekeepers", 12_000)),
    currency="EUR", beneficiaries=Beneficiaries(women=5, men=9), partner="Regional Centre of Fictional States",
    conditions="Work can begin once the count of the year is closed.",
)  # fmt: skip
_MARKING = Ask(
    title="Marking machines for imported lots",
    commitment=cite("ITI 8(b)"), themes=("marking", "records"), helps=(Help.EQUIPMENT,), stage="transfer",
    need="Imported lots wait for three months until the one machine there is has marked them.",
    lines=(BudgetLine("Two dot-peen machines", 64_000), BudgetLine("Spare parts for three years", 9_000)),
    currency="EUR", beneficiaries=Beneficiaries(unstated=6, reason="The posts are not filled yet."),
)  # fmt: skip
_TRACING = Ask(
    title="A tracing course for the border police",
    commitment=cite("ITI 27"), themes=("tracing",), helps=(Help.TRAINING,), stage="recovery",
    need="Officers at the border read damaged marks seldom and send half of them on unread.",
    lines=(BudgetLine("A course of two weeks for twenty officers", 26_000),),
    currency="EUR", beneficiaries=Beneficiaries(women=9, men=11),
)  # fmt: skip


def ask_for_help(desk: Desk) -> None:
    """Tell what was asked, what is offered, and what came of one grant."""
    writes = desk.by("demo-point-of-contact", REGISTRY, Role.POINT_OF_CONTACT)
    approves = desk.by("demo-approver", REGISTRY, Role.APPROVER)
    today = desk.now().date()
    state = desk.node.state
    programmes = [assistance.open_programme(offer=each, **writes) for each in _offers(today)]
    known = targets.target_list(**writes)
    late = next(each.target for each in known if each.target.aim.cost and each.target.standing == "running")
    stores = assistance.draft_request(ask=replace(_CUSTODY, target=late.name), state=state, **writes)
    asked = [stores, assistance.draft_request(ask=_from_gap(_MARKING, writes), state=state, **writes)]
    for name in asked:
        assistance.sign_request(request=name, note="The commission agreed on it.", **approves)
        assistance.open_request(request=name, access="published", **writes)
    assistance.draft_request(ask=_TRACING, state=state, **writes)
    _grant(stores, programmes[0], today, writes, approves)


def _from_gap(ask: Ask, writes: Any) -> Ask:  # noqa: ANN401 - who acts
    """Return a request as one that is born from the first gap of its theme in the newest report."""
    known = reporting.report_list(form=NATIONAL, actor=writes["actor"], stores=writes["stores"])
    newest = max(known, key=lambda each: each.period.last)
    gaps = [
        each.question.id for each in reporting.gaps(newest, reporting.published_scheme()) if each.theme in ask.themes
    ]
    return replace(ask, report=newest.name, gaps=tuple(gaps[:1]))


def _offers(today: date) -> tuple[Offer, Offer]:
    year = date(today.year, 1, 1), date(today.year, 12, 31)
    stores = Offer(
        title="Safe stores", donor="Organisation of Fictional States", themes=("stockpiles", "surplus"),
        helps=(Help.EQUIPMENT, Help.TRAINING), budget=250_000, currency="EUR", least=10_000, most=60_000,
        calls=(FundingCall(f"{year[0].year}", *year),), share_percent=40,
        eligibility="States of the region that reported in the last cycle.",
    )  # fmt: skip
    marks = Offer(
        title="Every weapon its mark", donor="Fund for Marking", themes=("marking",), helps=(Help.EQUIPMENT,),
        budget=120_000, currency="EUR", most=50_000, calls=(FundingCall("Second call", *year),),
        conditions="The machines stay where the weapons are marked.",
    )  # fmt: skip
    return stores, marks


def _grant(request: str, programme: str, today: date, writes: Any, approves: Any) -> None:  # noqa: ANN401 - who acts
    terms = AwardTerms(
        request, programme, 50_000, "EUR", today, after_months(today, 12),
        expects="The depot has two locks and an alarm, and no weapon is lost there.",
        reasons="It asks for what the programme is for, and a target waits for it.",
    )  # fmt: skip
    grant = assistance.propose_grant(terms=terms, **writes)
    assistance.decide_grant(grant=grant, note="Agreed by the board.", **approves)
    assistance.pay_grant(grant=grant, amount=50_000, on=today, note="In one sum.", **writes)
    done = (
        ("Doors, locks and the alarm are in.", 37_200),
        ("Fourteen storekeepers are trained, five of them women.", 11_900),
    )
    for activity, spent in done:
        assistance.report_grant_activity(grant=grant, activity=activity, spent=spent, on=today, **writes)
    assistance.report_result(grant=grant, result="Two locks and an alarm; the count found every weapon.", **writes)
    assistance.confirm_result(grant=grant, note="Seen at the depot.", **approves)
